"""Titles of contracts: their words, numbers and years, and how alike two of them are."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

# How alike two titles are: 1 the same, `NEAR` and more for a typo, an added word or year.
NEAR = 0.75
ANOTHER_OF_A_SERIES = -1.0
SAME_WORD = 0.7  # share of letters two spellings of one word have in common
YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class Title:
    """A title's words in order, without its numbers and years."""

    folded: str
    words: tuple[str, ...]
    numbers: frozenset[str]  # "lot 2", "b": what tells one of a series from the next
    years: frozenset[str]


WORD = re.compile(r"[^\W\d_]+|\d+")
ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})
SMALL = frozenset({"a", "i", "s", "t"})  # "a lease", "council's": letters that number nothing


@lru_cache(200_000)
def read_title(folded: str) -> Title:
    words: list[str] = []
    numbers: set[str] = set()
    years: set[str] = set()
    before = ""
    for word in WORD.findall(folded):
        if word.isdecimal():
            (years if int(word) in YEARS or is_second_year(word, before) else numbers).add(word)
        elif is_numeral(word, before):
            numbers.add(word)
        else:
            words.append(word)
        before = word
    return Title(folded, tuple(words), frozenset(numbers), frozenset(years))


SERIES = frozenset({"lot", "phase", "part", "stage", "zone", "area", "tranche", "batch"})


def is_numeral(word: str, before: str) -> bool:
    """The B of "Plant hire B", the II of "Phase II"."""
    if before in SERIES:
        return len(word) == 1 or word in ROMAN
    return len(word) == 1 and word not in SMALL


def is_second_year(word: str, before: str) -> bool:
    """The 26 of 2025/26."""
    is_year = before.isdecimal() and int(before) in YEARS
    return is_year and len(word) == 2 and int(word) == (int(before) + 1) % 100


@lru_cache(100_000)
def title_likeness(one: str, other: str) -> float:
    """From 0 to 1; -1 where numbers say that they are two of one series."""
    if one == other:
        return 1
    ours, theirs = read_title(one), read_title(other)
    if (
        ours.numbers
        and theirs.numbers
        and not (ours.numbers <= theirs.numbers or theirs.numbers <= ours.numbers)
    ):
        return ANOTHER_OF_A_SERIES
    if bool(ours.numbers) != bool(theirs.numbers) and not set(ours.words) - set(theirs.words):
        return 0.76
    years = 0.1 if ours.years and theirs.years and not ours.years & theirs.years else 0
    return word_likeness(ours.words, theirs.words) - years


def without_shared_words(
    ours: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    mine, yours = list(ours), list(theirs)
    for word in ours:
        if word in yours:
            mine.remove(word)
            yours.remove(word)
    for word in list(mine):
        nearest = max(yours, key=lambda w: Indel.normalized_similarity(word, w), default="")
        if nearest and Indel.normalized_similarity(word, nearest) >= SAME_WORD:
            mine.remove(word)
            yours.remove(nearest)
    return mine, yours


def word_likeness(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """The share of words both have, typos allowed; a word put for another weighs double."""
    mine, yours = without_shared_words(ours, theirs)
    longest = max(len(ours), len(theirs))
    if not mine and not yours:
        return 0.98 if longest else 0
    if "".join(ours) == "".join(theirs):
        return 0.98
    common = longest - max(len(mine), len(yours))
    if mine and yours:
        return 0.7 * common / longest
    return 0.75 + 0.2 * common / longest if common else 0
