"""A cell's words parted into clauses, each of which may hold one promise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from social_value.reading.numbers import fold


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the cell: as it stands there, and folded for reading."""

    words: str
    folded: str


# What an amount begins with, so that "and" before it begins a new clause.
AMOUNT = (
    r"(?:£|\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|fifteen|"
    r"twenty|thirty|forty|fifty|hundred)\b)"
)
BREAK = re.compile(
    rf"""
      [;\n\r|•·▪●]+
    | ,(?!\d{{3}}(?!\d))                       # a comma, save in 5,000
    | (?<=[a-z)%\d])(?<!\bno)(?<!p\.a)(?<!\bp)(?<!\bapprox)\.(?=\s|$)  # ends a sentence
    | (?<!between)\s(?:and|plus|as\s+well\s+as)\s(?!an?\s+(?:half|quarter)\b)(?={AMOUNT})
    | \s[&+]\s(?={AMOUNT})
    | \s[-–—]\s(?=\d+\s*x\s)
    """,
    re.VERBOSE | re.IGNORECASE,
)
BETWEEN = re.compile(r"\bbetween\s+£?[\d,.]+k?\s*$", re.IGNORECASE)
# What goes on with the clause before it: how often, how long each takes.
PERIOD = (
    r"(?:per annum|p\.?a\.?|per year|each year|every year|annually|yearly|per month|monthly|each)"
)
GOES_ON = re.compile(
    rf"^(?:{PERIOD}|each (?:lasting|for|of) \d+(?:\.\d+)?[\s-]*(?:hour|hr|day|week|month)s?"
    rf"|(?:lasting|for|of)?\s*\d+(?:\.\d+)?[\s-]*(?:hour|hr|day|week|month)s?"
    r" (?:each|per person))\W*$"
)


def clauses(text: str) -> list[Clause]:
    """In order. Every letter and digit stands in exactly one of them, save a list's numbers."""
    found: list[str] = []
    for piece in pieces(text):
        if found and GOES_ON.match(fold(piece)):
            found[-1] = f"{found[-1]}, {piece}"
        else:
            found.append(piece)
    return [Clause(words, fold(words)) for words in found]


def pieces(text: str) -> Iterator[str]:
    """Parted at breaks outside brackets, and outside "between 10 and 20"."""
    for item in items(text):
        yield from pieces_of(item)


def items(text: str) -> Iterator[str]:
    """The items of a list numbered from 1; any other text is one item."""
    begins = 0
    for number in range(1, 100):
        mark = re.compile(rf"(?:^|\s)\(?{number}[.)]\s").search(text, begins)
        if mark is None or (number == 1 and text[: mark.start()].strip()):
            break
        yield text[begins : mark.start()]
        begins = mark.end()
    yield text[begins:]


def pieces_of(text: str) -> Iterator[str]:
    begins = 0
    for found in BREAK.finditer(text):
        before = text[begins : found.start()]
        if before.count("(") > before.count(")") and found[0].strip("\n\r;"):
            continue
        if BETWEEN.search(before):
            continue
        yield from told(before)
        begins = found.end()
    yield from told(text[begins:])


def told(piece: str) -> Iterator[str]:
    """Without the signs at its ends, if any letter or digit is left."""
    stripped = piece.strip(" \t\n\r,;.-–—*")
    if any(character.isalnum() for character in stripped):
        yield stripped
