"""The category rules: words, suppliers and product codes, read from the reference tables."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from registry.classify.codes import ProductCode, Scheme
from registry.classify.words import fold_words
from registry.names import name_parts

REFERENCE = Path(__file__).parent.parent / "reference"

# What a word adds, by its weight in the table. `g` marks words of IT that fit any product, which
# a named product or service area beats: "software", "system".
POINTS = {"1": 0.5, "2": 1.2, "3": 2.5, "g2": 0.6, "g3": 1.0}
SURE = frozenset({"3", "g3"})  # words that say by themselves whether it is IT


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase and the category it speaks for."""

    words: tuple[str, ...]
    code: str
    points: float
    term: str  # as written, for the reason
    sure: bool  # False: means something only where other things say that it is IT
    generic: bool = False  # says IT, fits any product


@dataclass(frozen=True, slots=True)
class Vendor:
    """A supplier known to sell IT, and what it may be selling, likeliest first."""

    words: tuple[str, ...]
    codes: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class CodeRule:
    code: str
    points: float
    prefix: str


# Phrases by first word, longest first.
PhraseTable = dict[str, list[tuple[tuple[str, ...], list[Rule]]]]


@dataclass(frozen=True, slots=True)
class Rules:
    phrases: PhraseTable
    vendors: dict[str, list[Vendor]]  # by first word, longest first
    codes: dict[tuple[Scheme, str], CodeRule]

    def code_rule(self, code: ProductCode) -> CodeRule | None:
        """The rule of the longest prefix."""
        for length in range(8, 1, -1):
            if rule := self.codes.get((code.scheme, code.digits[:length])):
                return rule
        return None


@cache
def rules() -> Rules:
    """Read the tables once."""
    return Rules(_phrases(), _vendors(), _codes())


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _phrases() -> PhraseTable:
    by_words: dict[tuple[str, ...], list[Rule]] = {}
    for row in _rows("category_rules.csv"):
        words = fold_words(row["term"])
        held = by_words.setdefault(words, [])
        sure, generic = row["weight"] in SURE, row["weight"].startswith("g")
        if all(r.code != row["code"] for r in held):
            held.append(Rule(words, row["code"], POINTS[row["weight"]], row["term"], sure, generic))
    table: PhraseTable = {}
    for words, found in by_words.items():
        table.setdefault(words[0], []).append((words, found))
    for phrases in table.values():
        phrases.sort(key=lambda item: -len(item[0]))
    return table


def _vendors() -> dict[str, list[Vendor]]:
    table: dict[str, list[Vendor]] = {}
    for row in _rows("vendors.csv"):
        words = name_parts(row["vendor"]).main.words
        vendor = Vendor(words, tuple(row["codes"].split()), row["vendor"])
        table.setdefault(words[0], []).append(vendor)
    for vendors in table.values():
        vendors.sort(key=lambda v: -len(v.words))
    return table


def _codes() -> dict[tuple[Scheme, str], CodeRule]:
    return {
        (Scheme(row["scheme"]), row["prefix"]): CodeRule(
            row["code"], float(row["weight"]), row["prefix"]
        )
        for row in _rows("category_codes.csv")
    }
