"""What sort of agreement a row is: contract, purchase order, grant, framework, call-off, market."""

import re
from collections.abc import Iterable
from functools import lru_cache

from registry.records import Facts, Kind

# Words of buying under a framework that stands: its name or number may come between.
_UNDER = r"(?<!not )(?:via|from|under|using|through|within|off) (?:(?!no |not )\S+ ){0,6}?"
CALLED_OFF = (
    r"call(?:ed|ing)?[- ]?off|further[- ]competition|mini[- ]?comp(?:etition)?s?\b"
    rf"|\b{_UNDER}framework|\b{_UNDER}RM ?\d{{3,5}}\b"
    r"|\bframework\W{1,4}(?:direct award|further|mini)"
)
# In order: a "framework call-off" is a call-off, not a framework.
TYPES: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (CALLED_OFF, Kind.CALL_OFF),
        (r"dynamic (?:purchasing|market)|\bdps\b|\bdm\b", Kind.DYNAMIC_MARKET),
        (r"framework", Kind.FRAMEWORK),
        (r"purchase order|^p\.?o\.?s?$|\bpo\b", Kind.PURCHASE_ORDER),
        (r"\bgrants?\b", Kind.GRANT),
        (r"\bcontract|award|agreement|spot|block", Kind.CONTRACT),
    )
)  # fmt: skip
TITLES: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bcall[- ]?off (?:contract|agreement|from|under)\b|\bcall[- ]?off$"
         r"|\b(?:via|under|through) (?:the |an? )?(?-i:[A-Z]{2,}\w*)(?: \w+){0,2} framework\b",
         Kind.CALL_OFF),
        (r"\bdynamic (?:purchasing system|market)\b|\bDPS$", Kind.DYNAMIC_MARKET),
        (r"\bframework agreement\b(?! call)|^framework (?:agreement"
         r"|contract) for\b", Kind.FRAMEWORK),
        (r"^purchase order\b|^p\.?o\.? (?:number )?\d", Kind.PURCHASE_ORDER),
        (r"\bgrant (?:agreement|funding agreement|award)\b|^grant (?:to|for|funding)\b"
         r"|\bgrant$", Kind.GRANT),
    )
)  # fmt: skip
# Most titles hold none of these words and need not be asked further.
HINT = re.compile(r"call|dynamic|dps|framework|purchase|grant|p\.?o")
ORDER_NUMBER = re.compile(r"P\.?O\.?(?:[-_ /#]*)\d{3,}|purchase order.*", re.IGNORECASE)
# What the name of a section or of a sheet says of all rows in it; of two sorts, it says nothing.
POPULATIONS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bpurchase orders?\b|^p\.?o\.?s?$|\bP\.?O\.?s\b", Kind.PURCHASE_ORDER),
        (r"\bgrants?\b", Kind.GRANT),
        (r"\bframeworks?\b", Kind.FRAMEWORK),
        (r"\bcontracts?\b|\bagreements?\b", Kind.CONTRACT),
    )
)
FEWEST_OF_GRANTS = 2
LONGEST_NAME = 60  # characters; past this it is a note
CALL_OFF_PROCEDURE = re.compile(CALLED_OFF, re.IGNORECASE)
GRANT_HEADING = re.compile(r"\bgrant(?:s|ees?)?\b", re.IGNORECASE)


def population_of(name: str) -> Kind | None:
    """The one sort of agreement that a section or sheet of this name holds; None: not said."""
    if len(name) > LONGEST_NAME:
        return None
    said = [kind for pattern, kind in POPULATIONS if pattern.search(name)]
    return said[0] if len(said) == 1 else None


def headed(headings: Iterable[str]) -> Kind | None:
    """Grants, where several headings speak of them ("Grantee", "Grant amount") and more than of
    contracts. Other sorts stand among contracts as well: their headings tell nothing.
    """
    said = list(headings)
    of_grants = sum(1 for heading in said if GRANT_HEADING.search(heading))
    of_contracts = sum(1 for heading in said if population_of(heading) is Kind.CONTRACT)
    return Kind.GRANT if of_grants >= FEWEST_OF_GRANTS and of_grants > of_contracts else None


def kind_of(facts: Facts, *, told: Kind | None = None) -> Kind:
    """The register's own word first, then reference, title, section (`told`) and procedure."""
    stated = _by(TYPES, facts.get("contract_type", ""))
    if stated is not None:
        return stated
    if ORDER_NUMBER.fullmatch(facts.get("reference", "")):
        return Kind.PURCHASE_ORDER
    title = facts.get("title", "")
    titled = _by(TITLES, title) if HINT.search(title.casefold()) else None
    if titled is not None:
        return titled
    if told is not None and told is not Kind.CONTRACT:
        return told
    called_off = CALL_OFF_PROCEDURE.search(facts.get("procedure", ""))
    return Kind.CALL_OFF if called_off else Kind.CONTRACT


@lru_cache(65_536)
def _by(rules: tuple[tuple[re.Pattern[str], Kind], ...], text: str) -> Kind | None:
    return next((kind for pattern, kind in rules if text and pattern.search(text)), None)
