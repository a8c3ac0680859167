"""Yes/no columns, which hold sizes, kinds and charity numbers as often as yes and no."""

import re
from typing import Any

from imports.cells import Cell
from imports.normalise.reading import BLANK, Fault, Reading, says_nothing, text_of
from registry.identifiers import charity_number

YES = re.compile(r"y|yes|true|t|1|✓|✔|☑|x|yes\W.*", re.IGNORECASE)
NO = re.compile(r"n|no|false|f|0|✗|✘|no\W.*|neither(?: .*)?", re.IGNORECASE)
UNSURE = re.compile(r"unknown|not sure|don'?t know|unsure|\?+|other|exempt", re.IGNORECASE)
LARGE = re.compile(
    r"large(?: .*)?|l|(?:non|not)[ -]?(?:an? )?sme|corporate|multi-?national|plc", re.IGNORECASE
)
SMALL = re.compile(
    r"sme|smes|micro(?:[- ].*)?|small(?: .*)?|medium(?:[- ].*)?|s/m/e|start-?up|small ?(?:/|&"
    r"|and) ?medium.*",
    re.IGNORECASE,
)
VCSE = re.compile(
    r"(?:registered )?charit\w*|vcse|vcs|vsce|vcfse|vco|v[cs]o|voluntary.*|community.*"
    r"|third sector.*"
    r"|social enterprise|cic|c\.i\.c\.?|not[- ]for[- ]profit|non[- ]?profit.*|mutual",
    re.IGNORECASE,
)
FOR_PROFIT = re.compile(
    r"for[- ]?profit|private(?: sector| company)?|commercial|public(?: sector| body)?",
    re.IGNORECASE,
)
SIZES = {"micro": "Micro", "small": "Small", "medium": "Medium", "large": "Large"}
SIZE = re.compile(r"\b(micro|small|medium|large)\b", re.IGNORECASE)
ESTIMATE = re.compile(r"est(?:imated?)?(?: .*)?|e|approx.*|forecast|indicative", re.IGNORECASE)
FIXED = re.compile(r"fixed(?: .*)?|f|actual(?: .*)?|firm|confirmed|contract(?:ed)?", re.IGNORECASE)
NUMBERED = re.compile(r"[£$]?[\d,.]{3,}|[a-z]{0,5}[-/ ]?\d{2,}.*", re.IGNORECASE)


def read_sme(cell: Cell) -> Reading:
    """Whether the supplier is small or medium; its size or being a VCSE when that is said."""
    text = text_of(cell)
    if says_nothing(text) or UNSURE.fullmatch(text):
        return BLANK
    also = _beside(text)
    if any(SMALL.fullmatch(each) or YES.fullmatch(each) for each in _each(text)):
        return Reading(True, also=also)
    if LARGE.fullmatch(text) or NO.fullmatch(text):
        return Reading(False, also=also)
    if also or VCSE.fullmatch(text) or FOR_PROFIT.fullmatch(text):
        return Reading(also=also)
    return Reading(fault=_not_yes_or_no(text))


def read_vcse(cell: Cell) -> Reading:
    """Whether the supplier is voluntary, community or social enterprise, and its charity number."""
    text = text_of(cell)
    if says_nothing(text) or UNSURE.fullmatch(text):
        return BLANK
    also = {name: value for name, value in _beside(text).items() if name != "vcse"}
    told = any(VCSE.fullmatch(each) for each in _each(re.sub(r"\d+", "", text)))
    if YES.fullmatch(text) or told or "supplier_charity_number" in also:
        return Reading(True, also=also)
    if NO.fullmatch(text) or FOR_PROFIT.fullmatch(text):
        return Reading(False)
    if any(SMALL.fullmatch(each) or LARGE.fullmatch(each) for each in _each(text)):
        return Reading(also=also)
    return Reading(fault=_not_yes_or_no(text))


def _each(text: str) -> list[str]:
    """The things a flag cell names: "SME / VCSE", "SME (micro)"."""
    text = "SME / VCSE" if text.casefold() == "both" else text
    pieces = re.split(r"\s*(?:[/,;&+()]|\band\b)\s*", text)
    return [text, *(piece.strip() for piece in pieces)]


def _beside(text: str) -> dict[str, Any]:
    """What a flag cell says besides: "Micro", "VCSE 1121596", "Charity"."""
    also: dict[str, Any] = {}
    size = SIZE.search(text)
    if size and not re.search(r"small\W+(?:and|&|/|or)?\W*medium", text, re.IGNORECASE):
        also["supplier_size"] = SIZES[size[1].casefold()]
    words = re.sub(r"[^a-z ]+", " ", text, flags=re.IGNORECASE).split()
    if any(VCSE.fullmatch(word) for word in words) or VCSE.fullmatch(text):
        also["vcse"] = True
        kind = re.search(r"(voluntary|community) sector", text, re.IGNORECASE)
        if kind:
            also["vcse_type"] = kind[0].capitalize()
    number = re.search(r"(?<![\d.,£])\d{6,7}(?![\d.,])", text)
    if also.get("vcse") and number and (known := charity_number(number[0])):
        also["supplier_charity_number"] = known.value
    return also


def read_estimate(cell: Cell, *, yes_is_estimate: bool | None) -> Reading:
    """Whether the amount is an estimate. What "Yes" means is for the heading to say."""
    text = text_of(cell)
    if says_nothing(text):
        return BLANK
    if ESTIMATE.fullmatch(text):
        return Reading(True)
    if FIXED.fullmatch(text):
        return Reading(False)
    if YES.fullmatch(text) or NO.fullmatch(text):
        said = YES.fullmatch(text) is not None
        return BLANK if yes_is_estimate is None else Reading(said is yes_is_estimate)
    return Reading(fault=_not_yes_or_no(text))


def _not_yes_or_no(text: str) -> Fault:
    if text.startswith(("£", "$", "€")) or re.fullmatch(r"[\d,]+\.\d\d", text):
        found = "This is an amount of money, not a yes or no."
    elif NUMBERED.fullmatch(text):
        found = "This looks like a reference, not a yes or no."
    else:
        found = "This is neither yes nor no."
    return Fault(found, "Give Yes or No, or leave the cell blank.")
