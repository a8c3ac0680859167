"""Identifiers of organisations: typed, in one spelling, found in free text."""

import re
from dataclasses import dataclass
from functools import lru_cache

# Schemes as named by org-id.guide and, for PPON, by the UK's OCDS profile.
COMPANY = "GB-COH"
CHARITY_ENGLAND_WALES = "GB-CHC"
CHARITY_SCOTLAND = "GB-SC"
CHARITY_NORTHERN_IRELAND = "GB-NIC"
PPON = "GB-PPON"

SCHEME_NAMES = {
    COMPANY: "Companies House number",
    CHARITY_ENGLAND_WALES: "Charity number",
    CHARITY_SCOTLAND: "Scottish charity number",
    CHARITY_NORTHERN_IRELAND: "Northern Ireland charity number",
    PPON: "Public procurement organisation number",
}

# What a body is called by where only its number is stated.
CALLED = {
    COMPANY: "Company",
    CHARITY_ENGLAND_WALES: "Charity",
    CHARITY_SCOTLAND: "Scottish charity",
    CHARITY_NORTHERN_IRELAND: "Northern Ireland charity",
    PPON: "Organisation",
}

# One body has one number in each of these, so two different numbers are two bodies.
UNIQUE_SCHEMES = frozenset(
    {COMPANY, CHARITY_ENGLAND_WALES, CHARITY_SCOTLAND, CHARITY_NORTHERN_IRELAND, PPON}
)

# The two letters Companies House puts before six digits, by kind of body and nation.
_PREFIXES = (
    "AC CE CS CU ES FC FE GE GI GN GS IC IP LP NA NC NF NI NL NO NP NR NV NZ OC OE PC RC RS SA SC"
    " SE SF SG SI SL SO SP SR SZ ZC"
)
COMPANY_PREFIXES = frozenset(_PREFIXES.split())
FEWEST_DIGITS = 5  # a spreadsheet drops leading zeros; below this it is rarely a company number


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """A number and the register it stands in."""

    scheme: str
    value: str

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"

    @property
    def words(self) -> str:
        """Company 01234566."""
        return f"{CALLED.get(self.scheme, self.scheme)} {self.value}"


def company_number(text: str) -> str | None:
    """The eight characters of a Companies House number, however it was typed, or None."""
    compact = _compact(text)
    for known in ("GBCOH", "COH", "GB"):
        compact = compact.removeprefix(known)
    if match := _ENGLISH.fullmatch(compact):
        digits = match[1]
        return digits.zfill(8) if int(digits) > 0 else None
    if _OLD_NORTHERN_IRISH.fullmatch(compact):
        return compact
    match = _PREFIXED.fullmatch(compact)
    if not match or match[1] not in COMPANY_PREFIXES:
        return None
    tail = match[3]
    value = match[1] + match[2].zfill(6 - len(tail)) + tail
    return value if len(value) == 8 and int(match[2]) > 0 else None


def charity_number(text: str) -> Identifier | None:
    """A charity's number with the register it belongs to: England and Wales, Scotland, or NI."""
    compact = _compact(text)
    if match := _CHARITY_SCOTLAND.fullmatch(compact):
        return Identifier(CHARITY_SCOTLAND, f"SC{match[1]}")
    if match := _CHARITY_NI.fullmatch(compact):
        return Identifier(CHARITY_NORTHERN_IRELAND, f"NIC{match[1]}")
    if match := _CHARITY_ENGLISH.fullmatch(compact):
        return Identifier(CHARITY_ENGLAND_WALES, match[1])
    return None


def ppon(text: str) -> str | None:
    """A Public Procurement Organisation Number, `PABC-1234-DEFG`, or None."""
    match = _PPON.search(text.upper())
    return f"{match[1]}-{match[2]}-{match[3]}" if match else None


@lru_cache(maxsize=20_000)
def identifiers(*, company: str = "", charity: str = "", other: str = "") -> tuple[Identifier, ...]:
    """All that a row's identifier cells say, each once; what cannot be read is left out."""
    found: list[Identifier] = []
    if number := company_number(company):
        found.append(Identifier(COMPANY, number))
    if known := charity_number(charity):
        found.append(known)
    found.extend(named_identifiers(" ".join((company, charity, other))))
    return tuple(dict.fromkeys(found))


def called_by_number(*, company: str = "", charity: str = "") -> str:
    """What to call a supplier whose name is not stated: by its number; "" without one."""
    return next((each.words for each in identifiers(company=company, charity=charity)), "")


def named_identifiers(text: str) -> tuple[Identifier, ...]:
    """Identifiers that say in the text what they are: `Company No. 1234567`, `GB-COH-...`."""
    companies = (company_number(m[1]) for m in _NAMED_COMPANY.finditer(text))
    charities = (charity_number(m[1]) for m in _NAMED_CHARITY.finditer(text))
    number = ppon(text)
    found = [
        *([Identifier(PPON, number)] if number else []),
        *(_typed(m[1], m[2]) for m in _ORG_ID.finditer(text.upper())),
        *(Identifier(COMPANY, value) for value in companies if value),
        *(known for known in charities if known),
    ]
    return tuple(dict.fromkeys(found))


def _typed(scheme: str, value: str) -> Identifier:
    if scheme == COMPANY:
        return Identifier(COMPANY, company_number(value) or value)
    return Identifier(scheme, value)


def _compact(text: str) -> str:
    """Letters and digits only, upper case; the `.0` a spreadsheet adds to a number is dropped."""
    text = re.sub(r"\.0+$", "", text.strip())
    return _LABEL.sub("", re.sub(r"[^A-Z0-9]", "", text.upper()))


_LABEL = re.compile(
    r"^(?:REGISTERED|REG)?(?:COMPANY|CHARITY|CO)?(?:REGISTRATION|REGISTERED|REG)?(?:NUMBER|NO)?(?=.*\d)"
    r"(?=(?:[A-Z]{2,5})?\d)"
)
_ENGLISH = re.compile(rf"(\d{{{FEWEST_DIGITS},8}})")
_PREFIXED = re.compile(r"([A-Z]{2})0*?(\d{1,6})([A-Z]?)")
_OLD_NORTHERN_IRISH = re.compile(r"R0\d{6}")
_CHARITY_ENGLISH = re.compile(r"(?:GBCHC|CHC|CC|RCN|VCSE)?([1-9]\d{5,6})")
_CHARITY_SCOTLAND = re.compile(r"(?:GB)?SCO?(\d{6})")
_CHARITY_NI = re.compile(r"(?:GB)?NIC?(\d{6})")
_PPON = re.compile(r"\b(P[A-Z]{3})[- ]?(\d{4})[- ]?([A-Z]{4})\b")
_ORG_ID = re.compile(
    r"\b(GB-(?:COH|CHC|SC|NIC|NHS|EDU|UKPRN|LAE|MPR|SRS|GOR|VAT)|XI-(?:LEI|DUNS|PB|GRID|EID))"
    r"-([A-Z0-9]+)\b"
)
_NAMED_COMPANY = re.compile(
    r"\bcompan(?:y|ies house)\s*(?:registration|reg(?:istered)?)?\.?\s*"
    r"(?:number|no|num|#)?\.?\s*:?\s*([A-Z]{0,2}\d{5,8}[A-Z]?)\b",
    re.IGNORECASE,
)
_NAMED_CHARITY = re.compile(
    r"\b(?:charity|vcse|voluntary\s+sector)\s*(?:registration|reg(?:istered)?)?\.?\s*"
    r"(?:number|no|num|#)?\.?\s*:?\s*((?:SC|NIC)?\d{6,7})\b",
    re.IGNORECASE,
)
