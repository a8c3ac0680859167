"""How pages write a contract's supplier and value: what is withheld says so, and why."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from registry.currencies import POUNDS, words_of
from registry.formats import money_short
from registry.models import Contract, Withholding
from registry.readable import readable_name

register = template.Library()
NOT_STATED = format_html("{}", "Not stated")
NOT_KNOWN = format_html('<span class="app-soft">{}</span>', "Not known")


@register.simple_tag
def supplier_link(contract: Contract) -> SafeString:
    """The supplier with a way to its page, or the name the register has."""
    if contract.supplier is None:
        return supplier_name(contract)
    link = format_html(
        '<a class="govuk-link" href="{}">{}</a>',
        contract.supplier.get_absolute_url(),
        readable_name(contract.supplier.name),
    )
    return beside(link, withheld_note(contract, "supplier"))


@register.simple_tag
def supplier_name(contract: Contract) -> SafeString:
    name = contract.supplier_called
    if not name:
        return withheld_note(contract, "supplier") or NOT_STATED
    return beside(readable_name(name), withheld_note(contract, "supplier"))


@register.simple_tag
def yearly_value(contract: Contract) -> SafeString:
    note = withheld_note(contract, "value")
    if contract.yearly_value is None:
        return note or in_another_currency(contract) or NOT_KNOWN
    return beside(money_short(contract.yearly_value), note)


def in_another_currency(contract: Contract) -> SafeString:
    """Why a stated amount is no value a year: those are in pounds."""
    words = currency_words(contract)
    return format_html('<span class="app-soft">In {}</span>', words) if words else SafeString("")


@register.filter
def currency_words(contract: Contract) -> str:
    """The currency of its amounts, where it is not pounds."""
    return "" if contract.currency == POUNDS else words_of(contract.currency)


@register.simple_tag
def withheld_note(contract: Contract, what: str) -> SafeString:
    """Nothing unless withheld: for the public why, for its council that the public sees nothing.

    Contracts are those given `as_published_to` their reader.
    """
    because = getattr(contract, f"{what}_withheld_because")
    if not because:
        return SafeString("")
    hidden = getattr(contract, f"hides_{what}")
    words = "Withheld" if hidden else "Withheld from the public"
    why = Withholding.Reason(because).label
    return format_html('<span class="app-soft">{}: {}</span>', words, lower_first(why))


def beside(fact: str, note: SafeString) -> SafeString:
    return format_html("{} {}", fact, note) if note else conditional_escape(fact)


def lower_first(words: str) -> str:
    return words[:1].lower() + words[1:]
