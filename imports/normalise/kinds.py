"""What sort of agreement a row is: contract, purchase order, grant, framework, call-off, market."""

import re
from functools import lru_cache

from registry.records import Facts, Kind

# In order: a "framework call-off" is a call-off, not a framework.
TYPES: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"call[- ]?offs?\b|further competition|mini[- ]?competition|under (?:a |the )?framework"
         r"|(?:via|from|using|through) (?:a |the )?framework", Kind.CALL_OFF),
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
        (r"\bcall[- ]?off (?:contract|agreement|from|under)\b|\bcall[- ]?off$", Kind.CALL_OFF),
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
LONGEST_NAME = 60  # characters; past this it is a note
CALL_OFF_PROCEDURE = re.compile(
    r"call[- ]?off|further competition under|mini[- ]?competition", re.IGNORECASE
)


def population_of(name: str) -> Kind | None:
    """The one sort of agreement that a section or sheet of this name holds; None: not said."""
    if len(name) > LONGEST_NAME:
        return None
    said = [kind for pattern, kind in POPULATIONS if pattern.search(name)]
    return said[0] if len(said) == 1 else None


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
