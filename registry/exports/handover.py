"""The schedule of contracts that a council owes whoever takes over from it.

The Local Government (Structural Changes) (Transfer of Functions, Property, Rights and Liabilities)
Regulations 2008 (SI 2008/2176), regulation 3: details of every relevant contract. Consent to new
contracts under section 24 of the Local Government and Public Involvement in Health Act 2007 is
asked where a direction names the council; whether one does is for its lawyers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from registry.currencies import words_of
from registry.exports.rows import Agreement, Buyer, withheld_words
from registry.exports.workbook import Sheet
from registry.formats import day as written
from registry.formats import money_exact
from registry.records import Kind

# What may become of a contract. The service decides none of it.
OUTCOMES = ("Transfer", "Host", "Novate")
WIDE = frozenset({"Contract", "Description", "Supplier", "Section 24 consent", "Extension options"})


@dataclass(frozen=True, slots=True)
class Succession:
    """Who takes over, on which day, as far as that is settled."""

    successor: str
    vesting: date
    status: str


@dataclass(frozen=True, slots=True)
class Consent:
    """The value in pounds above which consent is asked, and which law says so."""

    above: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Handing:
    """What the schedule is made for. `consent` is None where no threshold is known."""

    council: Buyer
    today: date
    successions: Sequence[Succession] = ()
    consent: Consent | None = None

    @property
    def vesting(self) -> date | None:
        return min((one.vesting for one in self.successions), default=None)


COLUMNS: Mapping[str, Any] = {
    "Reference": lambda one, _: one.facts.get("reference"),
    "Contract": lambda one, _: one.facts.get("title"),
    "Description": lambda one, _: one.facts.get("description"),
    "Kind": lambda one, _: Kind(one.facts.get("kind", Kind.CONTRACT)).words,
    "Department": lambda one, _: one.facts.get("department"),
    "Category": lambda one, _: one.category,
    "Supplier": lambda one, _: one.facts.get("supplier_name"),
    "Company number": lambda one, _: one.facts.get("supplier_company_number"),
    "Charity number": lambda one, _: one.facts.get("supplier_charity_number"),
    "Value, whole term": lambda one, _: whole_term(one),
    "Value a year": lambda one, _: one.yearly_value,
    "VAT in amounts": lambda one, _: one.facts.get("value_vat"),
    "Amounts are in": lambda one, _: words_of(one.currency),
    "Start": lambda one, _: one.facts.get("start_date"),
    "End": lambda one, _: one.facts.get("end_date"),
    "Rolling": lambda one, _: one.facts.get("rolling", False),
    "Extension options": lambda one, _: one.facts.get("extension"),
    "Latest permitted end": lambda one, _: one.latest_permitted_end,
    "Notice period": lambda one, _: one.facts.get("notice_period"),
    "Break clause": lambda one, _: one.facts.get("break_clause"),
    "Review": lambda one, _: one.facts.get("review_date"),
    "Runs past vesting day": lambda one, handing: runs_past(one, handing),
    "Section 24 consent": lambda one, handing: consent(one, handing),
    "Successor": lambda one, handing: successor(one, handing),
    "Transfer, host or novate": lambda one, _: one.handover and one.handover.outcome.capitalize(),
    "Decided by": lambda one, _: one.handover and one.handover.decided_by,
    "Decided on": lambda one, _: one.handover and one.handover.decided_on,
    "Contact": lambda one, _: one.facts.get("contact_name"),
    "Contact e-mail": lambda one, _: one.facts.get("contact_email"),
    "Withheld from the public": lambda one, _: withheld_words(one),
    "Identifier": lambda one, _: one.id,
}


def sheets(handing: Handing, agreements: Iterable[Agreement]) -> list[Sheet]:
    return [
        Sheet(
            "Contracts to hand over",
            list(COLUMNS),
            ([write(one, handing) for write in COLUMNS.values()] for one in agreements),
            notes=notes(handing),
            wide=WIDE,
            choices={"Transfer, host or novate": OUTCOMES},
        )
    ]


def notes(handing: Handing) -> list[str]:
    told = [
        f"Contracts of {handing.council.name}, as its register stood on {written(handing.today)}"
    ]
    told += [
        f"{one.successor} takes over on {written(one.vesting)} ({one.status})."
        for one in handing.successions
    ]
    if not handing.successions:
        told.append("No successor is known to this service, so vesting day is left open.")
    told.append(about_consent(handing))
    return told


def about_consent(handing: Handing) -> str:
    if handing.consent is None:
        return "Section 24 consent is not judged: no threshold is loaded."
    above = money_exact(handing.consent.above)
    return (
        f"Section 24: contracts above {above} that may run past vesting day "
        f"({handing.consent.source}). Contracts with one supplier, or of one kind, are added "
        "together (section 27). Whether a direction applies is for the council’s lawyers."
    )


def whole_term(one: Agreement) -> Decimal | None:
    """What a total says; an amount stated as annual is no total."""
    return None if one.facts.get("value_basis") == "annual" else one.facts.get("total_value")


def runs_past(one: Agreement, handing: Handing) -> str:
    vesting = handing.vesting
    if vesting is None:
        return "Vesting day not known"
    if one.facts.get("rolling"):
        return "Yes: rolling"
    if one.latest_permitted_end is None:
        return "End not known"
    if one.latest_permitted_end < vesting:
        return "No"
    end = one.facts.get("end_date")
    return "Yes" if end and end >= vesting else "Only if extended"


def consent(one: Agreement, handing: Handing) -> str:
    """Whether the contract alone is large enough, and may run long enough, to need it."""
    if handing.consent is None or handing.vesting is None:
        return "Not judged"
    if runs_past(one, handing) == "No":
        return "No: it ends before vesting day"
    if one.currency_words:
        return f"Check: its value is in {one.currency_words}"
    worth = whole_term(one) or one.yearly_value
    if worth is None:
        return "Check: its value is not known"
    if worth > handing.consent.above:
        return "Check: above the threshold by itself"
    return "Check with others of its supplier and kind"


def successor(one: Agreement, handing: Handing) -> str:
    """As decided; where nothing is, the only one. Which of several is for people to settle."""
    if one.handover:
        return one.handover.successor
    found = handing.successions
    return found[0].successor if len(found) == 1 else ""
