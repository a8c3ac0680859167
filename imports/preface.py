"""What the rows above the headings say of every amount below: its basis, its VAT, thousands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from imports.headings import money_scale, understand
from registry.records import Basis, Vat

# "Contracts with a value over £5,000" says which contracts are listed, not what amounts mean.
_WHICH = re.compile(
    r"\b(over|above|exceed\w*|more than|greater than|less than|at least|under|below|threshold)\b"
    r"|[£$€]\s?\d*[1-9]",
    re.IGNORECASE,
)
_OF_AMOUNTS = re.compile(r"£|\b(vat|figures?|spend)\b", re.IGNORECASE)

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


def preface(lines: Iterable[str]) -> Preface:
    """What the first lines that speak of amounts say; a line about which contracts says nothing."""
    basis = vat = ""
    scale = 1
    words: list[str] = []
    for line in lines:
        said = _line(line)
        if said.words:
            words.append(said.words)
        basis, vat = basis or said.basis, vat or said.vat
        scale = said.scale if scale == 1 else scale
    return Preface(basis, vat, scale, " ".join(words))


def _line(line: str) -> Preface:
    meant = {word.means for word in understand(line)}
    if _WHICH.search(line) or not ("value" in meant or _OF_AMOUNTS.search(line)):
        return Preface()
    basis, vat, scale = _basis(meant), _vat(meant), money_scale(line)
    told = bool(basis or vat) or scale != 1
    return Preface(basis, vat, scale, line if told else "")


def _basis(meant: set[str]) -> str:
    if "annual" in meant:
        return "" if {"or", "total"} & meant else Basis.ANNUAL.value
    whole = {"total", "term", "includingextension", "excludingextension"}
    return Basis.TOTAL.value if whole & meant else ""


def _vat(meant: set[str]) -> str:
    if {"exvat", "incvat"} <= meant:
        return ""
    return Vat.NET.value if "exvat" in meant else Vat.GROSS.value if "incvat" in meant else ""
