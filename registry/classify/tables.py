"""The category rules: words, suppliers and product codes, read from the reference tables."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from registry.classify.codes import ProductCode, Scheme
from registry.classify.words import fold_words
from registry.names import name_parts

REFERENCE = Path(__file__).parent.parent / "reference"

# What a word adds, by its weight in the table; 4 decides. `g` marks words of IT that fit any
# product, which a named product or service area beats: "software", "system"; `a` marks service
# areas, whose words mean IT only beside such a word: "planning" is not, "planning software" is;
# `m` marks words that have another meaning: "server", "scanner".
POINTS = {"1": 0.5, "2": 1.2, "3": 2.5, "4": 5.0, "g2": 0.5, "g3": 0.8, "m": 2.5, "a": 2.0}
AREA = "a"
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
SURE = frozenset({"3", "4", "g3"})  # words that say by themselves whether it is IT


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase and the category it speaks for."""

    words: tuple[str, ...]
    code: str
    points: float
    reason: str  # the term as written
    sure: bool  # False: means something only where other things say that it is IT
    generic: bool = False  # says IT, fits any product
    area: bool = False  # a service area: counts only beside a generic word of IT


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


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that rules speak of, with what is asked of all these rules worked out."""

    words: tuple[str, ...]
    rules: tuple[Rule, ...]
    points: float  # the most that one of them adds
    more: float  # the factor for its length: a longer phrase is less ambiguous


# By first word, longest first.
PhraseTable = dict[str, list[Phrase]]
# What each further word adds.
PER_WORD = 0.25


@dataclass(frozen=True, slots=True)
class Rules:
    phrases: PhraseTable
    areas: PhraseTable
    vendors: dict[str, list[Vendor]]  # by first word, longest first
    codes: dict[tuple[Scheme, str], CodeRule]
    numbers: frozenset[str]  # that are part of a phrase: "365", "cat 6"

    def code_rule(self, code: ProductCode) -> CodeRule | None:
        """The rule of the longest prefix."""
        for length in range(8, 1, -1):
            if rule := self.codes.get((code.scheme, code.digits[:length])):
                return rule
        return None

    def without_numbers(self, raw: str) -> str:
        """The text with each number that no phrase knows as a nought: "Taxi for route 118".

        Registers hold thousands of titles that differ in such a number alone.
        """
        return _NUMBER.sub(lambda n: n[0] if n[0] in self.numbers else "0", raw)


@cache
def rules() -> Rules:
    """Read the tables once."""
    rows = [_rule(row) for row in _rows("category_rules.csv")]
    return Rules(
        phrases=_phrase_table(r for r in rows if not r.area),
        areas=_phrase_table(r for r in rows if r.area),
        vendors=_vendors(),
        codes=_codes(),
        numbers=frozenset(w for rule in rows for w in rule.words if w.isdigit()),
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _rule(row: dict[str, str]) -> Rule:
    weight = row["weight"]
    return Rule(
        fold_words(row["term"]),
        row["code"],
        POINTS[weight],
        f"“{row['term']}”",
        sure=weight in SURE,
        generic=weight.startswith("g"),
        area=weight == AREA,
    )


def _phrase_table(found: Iterable[Rule]) -> PhraseTable:
    """Rules by the words of their phrase; one rule for each category, the first."""
    by_words: dict[tuple[str, ...], dict[str, Rule]] = {}
    for rule in found:
        by_words.setdefault(rule.words, {}).setdefault(rule.code, rule)
    table: PhraseTable = {}
    for words, by_code in by_words.items():
        most = max(rule.points for rule in by_code.values())
        more = 1 + PER_WORD * (len(words) - 1)
        phrase = Phrase(words, tuple(by_code.values()), most, more)
        table.setdefault(words[0], []).append(phrase)
    for phrases in table.values():
        phrases.sort(key=lambda phrase: -len(phrase.words))
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
