"""How well a column's values fit a field: a factor on the heading's score, and the words for it."""

from dataclasses import dataclass

from imports.looks import Look
from registry.records import FIELDS, FieldType

AGREE, NEUTRAL, DOUBT, DENY = 1.08, 1.0, 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Fit:
    """Above 1 where the values speak for the field, below where they speak against it."""

    factor: float
    because: str = ""


@dataclass(frozen=True, slots=True)
class Expected:
    """What values of a field look like, and what they never look like."""

    kinds: tuple[str, ...] = ()
    words: str = ""
    share: float = 0.5  # of values of one of `kinds` that speaks for the field
    otherwise: float = NEUTRAL  # the factor where too few are
    never: tuple[str, ...] = ()
    # What they seldom look like: "Firm 12" reads as a code, yet its heading may well say supplier.
    seldom: tuple[str, ...] = ()


NOT_WORDS = ("dates", "currency", "flags", "emails", "web", "numbers")
BY_FIELD: dict[str, Expected] = {
    "title": Expected(("sentences", "words"), "", 0.5, DOUBT, NOT_WORDS, ("codes",)),
    "description": Expected(("sentences", "words"), "", 0.5, DOUBT, NOT_WORDS, ("codes",)),
    "reference": Expected(("codes", "numbers"), "codes", 0.5, DOUBT, ("dates", "emails", "web")),
    "supplier_name": Expected(
        ("organisations",), "organisations", 0.3, NEUTRAL, NOT_WORDS, ("codes",)
    ),
    "supplier_charity_number": Expected(("charity numbers",), "charity numbers", 0.4, DOUBT),
    "supplier_other_id": Expected(("codes", "numbers"), "codes", 0.5, DOUBT, ("dates",)),
    "cpv_code": Expected(("cpv",), "CPV codes", 0.3, DOUBT, ("dates", "sentences")),
    "cpv_label": Expected(("words",), "", 0.5, DENY, ("cpv",)),
    "contact_email": Expected(("emails",), "e-mail addresses", 0.3, DOUBT),
    "contact_name": Expected(("words",), "", 0.5, DENY, ("dates", "emails", "web", "numbers")),
    "contact_url": Expected(("web",), "web addresses", 0.3, DOUBT, ("emails",)),
    "document_url": Expected(("web",), "web addresses", 0.3, DOUBT, ("emails",)),
    "tender_url": Expected(("web",), "web addresses", 0.3, DOUBT, ("emails",)),
    "performance_url": Expected(("web",), "web addresses", 0.3, NEUTRAL),
    "council_name": Expected(("words",), "", 0.5, DENY, ("dates", "web", "legal forms")),
    "currency": Expected(("currency",), "currencies", 0.5, DOUBT, ("dates", "money", "numbers")),
    "department": Expected(("words",), "", 0.5, DOUBT, ("dates", "web", "currency", "emails")),
    # An award is one day; "01/04/2024 - 31/03/2027" is when a contract runs.
    "award_date": Expected(("dates", "serials"), "dates", 0.5, DENY, (), ("spans",)),
    "ocid": Expected(("ocids",), "open contracting IDs", 0.5, NEUTRAL),
    "status": Expected(("words",), "", 0.5, DOUBT, ("dates", "currency", "web")),
    "contract_type": Expected(("words",), "", 0.5, DOUBT, ("dates", "currency", "web")),
    "procedure": Expected(("words",), "", 0.5, DOUBT, ("dates", "currency", "web")),
    "category": Expected(("words", "codes"), "", 0.5, DOUBT, ("dates", "currency", "web")),
}
BY_TYPE: dict[FieldType, Expected] = {
    FieldType.DATE: Expected(("dates", "serials"), "dates", 0.5, DENY),
    FieldType.MONEY: Expected(("money",), "amounts of money", 0.5, DENY, ("dates", "sentences")),
    FieldType.NUMBER: Expected(("numbers",), "numbers", 0.5, DENY),
    FieldType.YES_NO: Expected(("flags",), "yes and no", 0.4, DOUBT, ("dates", "legal forms")),
    FieldType.COMPANY_NUMBER: Expected(("company numbers",), "company numbers", 0.4, DOUBT),
    FieldType.TERM: Expected(("terms", "numbers"), "lengths of time", 0.4, 0.9, ("dates",)),
    FieldType.TEXT: Expected(never=("dates", "currency")),
}
NEVER_SHARE = 0.7
FIGURES = {FieldType.DATE, FieldType.MONEY, FieldType.NUMBER}


def fit(field: str, look: Look) -> Fit:
    """How the values of a column bear on its being `field`; an empty column says nothing."""
    expected = BY_FIELD.get(field, BY_TYPE[FIELDS[field].type])
    if look.empty:
        return Fit(NEUTRAL, "it is empty")
    for kinds, factor in ((expected.never, DENY), (expected.seldom, DOUBT)):
        against = next((kind for kind in kinds if look[kind] >= NEVER_SHARE), "")
        if against:
            return Fit(factor, f"though the values read as {WORDS.get(against, against)}")
    if not expected.kinds:
        return Fit(NEUTRAL)
    if max(look[kind] for kind in expected.kinds) < expected.share:
        # A column of ranges or of impossible dates is still the amounts or the dates.
        spoilt = FIELDS[field].type in FIGURES and look["figures"] >= expected.share
        return Fit(NEUTRAL if spoilt else expected.otherwise)
    said = f"the values read as {expected.words}" if expected.words else ""
    return Fit(AGREE * _repetition(field, look), said)


def _repetition(field: str, look: Look) -> float:
    """A few values again and again are a department or a category, hardly titles or references."""
    if field == "effective_date" and look.distinct > 1 and not look.repeats:
        return DOUBT  # the day of a register is one for all its rows
    if not look.repeats:
        return DOUBT if field == "department" and look["sentences"] >= NEVER_SHARE else NEUTRAL
    return DOUBT if field in {"title", "reference", "description"} else NEUTRAL


WORDS = {
    "currency": "amounts of money",
    "flags": "yes and no",
    "emails": "e-mail addresses",
    "web": "web addresses",
    "legal forms": "organisations",
    "cpv": "CPV codes",
    "sentences": "text",
}
