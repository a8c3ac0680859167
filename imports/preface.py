"""What rows above the headings say of every amount below: basis, VAT, thousands, currency."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from imports.headings import money_scale, understand
from registry.currencies import POUNDS, code_of
from registry.records import Basis, Vat

# "Contracts with a value over £5,000" says which contracts are listed, not what amounts mean.
_WHICH = re.compile(
    r"\b(over|above|exceed\w*|more than|greater than|less than|at least|under|below|threshold)\b"
    r"|[£$€]\s?\d*[1-9]",
    re.IGNORECASE,
)
_OF_AMOUNTS = re.compile(r"£|\b(vat|figures?|spend)\b", re.IGNORECASE)
# "All values in USD", "Amounts (€)", "Figures are shown in Canadian dollars".
_IN_CURRENCY = re.compile(
    r"(?:\b(?:in|of)\s+|\bcurrency\b[\s:=]*(?:is\s+)?|\(\s*)(?=(?P<named>[^()]+))", re.IGNORECASE
)
_MOST_WORDS = 2  # of a currency's name

SAID = (
    "“{words}”, above the headings of sheet “{sheet}”, was taken to hold for every amount whose "
    "heading does not say otherwise."
)


@dataclass(frozen=True, slots=True)
class Preface:
    """What is said of amounts; "" and 1 where nothing is."""

    basis: str = ""
    vat: str = ""
    scale: int = 1
    words: str = ""  # the lines that say it
    currency: str = ""  # by its code; "" for pounds too, which need no saying
    currency_words: str = ""  # the line that names it


def preface(lines: Iterable[str]) -> Preface:
    """What the first lines that speak of amounts say; a line about which contracts says nothing."""
    basis = vat = ""
    scale = 1
    words: list[str] = []
    named = Preface()
    for line in lines:
        said = _line(line)
        if said.words:
            words.append(said.words)
        basis, vat = basis or said.basis, vat or said.vat
        scale = said.scale if scale == 1 else scale
        named = named if named.currency else said
    return Preface(basis, vat, scale, " ".join(words), named.currency, named.currency_words)


def _line(line: str) -> Preface:
    meant = {word.means for word in understand(line)}
    speaks = {"value", "currency"} & meant or _OF_AMOUNTS.search(line)
    if _WHICH.search(line) or not speaks:
        return Preface()
    basis, vat, scale = _basis(meant), _vat(meant), money_scale(line)
    told = bool(basis or vat) or scale != 1
    code = _currency(line)
    return Preface(basis, vat, scale, line if told else "", code, line if code else "")


def _currency(line: str) -> str:
    """The one currency a line says amounts are in; "" for pounds, for several and for none."""
    places = (found["named"].split() for found in _IN_CURRENCY.finditer(line))
    codes = {code for words in places if (code := _begins_with(words))}
    return codes.pop() if len(codes) == 1 and POUNDS not in codes else ""


def _begins_with(words: list[str]) -> str:
    starts = (" ".join(words[:count]) for count in range(_MOST_WORDS, 0, -1))
    return next((code for start in starts if (code := code_of(start.strip(".,;:")))), "")


def _basis(meant: set[str]) -> str:
    if "annual" in meant:
        return "" if {"or", "total"} & meant else Basis.ANNUAL.value
    whole = {"total", "term", "includingextension", "excludingextension"}
    return Basis.TOTAL.value if whole & meant else ""


def _vat(meant: set[str]) -> str:
    if {"exvat", "incvat"} <= meant:
        return ""
    return Vat.NET.value if "exvat" in meant else Vat.GROSS.value if "incvat" in meant else ""
