"""A cell's words parted into clauses, each of which may hold one promise."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from social_value.reading.going_on import conditional, goes_on, of_all, stands_alone, wherever
from social_value.reading.numbers import fold


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the cell: as it stands there, and folded for reading."""

    words: str
    folded: str
    conditional: bool = False  # by words of its sentence, which may stand in another clause


# What an amount begins with, so that "and" before it begins a new clause.
AMOUNT = (
    r"(?:£|\d|(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|fifteen|"
    r"twenty|thirty|forty|fifty|hundred)\b)"
)
BOUND = (
    r"(?:(?:at\sleast|an?\s(?:minimum|maximum)\sof|minimum|maximum|up\sto"
    r"|n(?:o|ot)\s(?:less|more|fewer)\sthan|approximately|approx\.?|around|circa"
    r"|a\sfurther|an\sadditional|another)\s)?"
)
# Where an amount stands before it, "and provide 20" tells the next: not in "recruit and train 2".
DOING = (
    r"(?:also\s)?(?:deliver|provide|donate|fund|create|host|offer|give|support|run|recruit|employ"
    r"|spend|train|volunteer|attend|pay)"
)
BREAK = re.compile(
    rf"""
      [;\n\r|•·▪●]+
    | ,(?!\d{{3}}(?!\d))                       # a comma, save in 5,000
    | (?<=[a-z)%\d])(?<!\bno)(?<!\dno)(?<!p\.a)(?<!\bp)(?<!\bapprox)
      (?!\.\s(?-i:[a-z])(?<=(?:\bhrs|.\bhr|\bwks|.\bwk|\byrs|.\byr|\bmin|\bmax|\binc)\.\s.))
      \.(?=\s|$)                              # ends a sentence, and shortens no word
    | (?<!between)\s(?:and|plus|as\s+well\s+as)\s(?!an?\s+(?:half|quarter)\b)(?={BOUND}{AMOUNT})
    | \s(?P<then>and)\s(?=(?:then\s)?{DOING}\s{BOUND}{AMOUNT})
    | \s[&+]\s(?={AMOUNT})
    | \s[-–—]\s(?=\d+\s*x\s)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Said before a list, of all of it: "Each year: 20 hours of volunteering, £500 to a food bank".
BY_YEAR = re.compile(
    r"(?:(?:in )?(?:each|every)(?: contract)? year|per annum|p\.a\.?|annually)\s?[:,-]"
)
# Breaks that end no sentence.
WITHIN = re.compile(r",|\s")
BETWEEN = re.compile(r"\bbetween\s+£?[\d,.]+k?\s*$", re.IGNORECASE)


def clauses(text: str) -> list[Clause]:
    """In order. Every letter and digit stands in exactly one of them, save a list's numbers."""
    found: list[Clause] = []
    last = 0  # where the sentence before begins
    for sentence in sentences(text):
        folded = fold(", ".join(sentence))
        if found and stands_alone(folded):
            on = 0 if of_all(folded) else last
            found[on:] = [replace(one, conditional=conditional(folded)) for one in found[on:]]
            found[-1] = replace(found[-1], words=f"{found[-1].words}, {', '.join(sentence)}")
            continue
        if found and wherever(fold(sentence[0])):
            sentence[0] = f"{found.pop().words}, {sentence[0]}"
        last = len(found)
        found += clauses_of(sentence)
    return found


def clauses_of(sentence: Sequence[str]) -> list[Clause]:
    """Its pieces, with those joined that only say more of another; a condition is put on all."""
    parts: list[str] = []
    waits = ""  # a condition that stands first
    for piece in sentence:
        folded = fold(piece)
        alone = stands_alone(folded)
        if parts and (alone or wherever(folded) or goes_on(fold(parts[-1]), folded)):
            parts[-1] = f"{parts[-1]}, {piece}"
        elif alone:
            waits = f"{waits}{piece}, "
        else:
            parts.append(f"{waits}{piece}")
            waits = ""
    if waits:
        parts.append(waits.removesuffix(", "))
    every = ", each year" if BY_YEAR.match(fold(sentence[0])) else ""
    on_all = any(stands_alone(one) and conditional(one) for one in map(fold, sentence))
    return [
        Clause(words, fold(words) + (every if n else ""), on_all) for n, words in enumerate(parts)
    ]


def sentences(text: str) -> Iterator[list[str]]:
    """Each as its pieces: parted at breaks outside brackets, and outside "between 10 and 20"."""
    for item in items(text):
        sentence: list[str] = []
        for piece, ends in pieces_of(item):
            sentence += told(piece)
            if ends and sentence:
                yield sentence
                sentence = []


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


def pieces_of(text: str) -> Iterator[tuple[str, bool]]:
    """Each, and whether a sentence ends with it."""
    begins = 0
    for found in BREAK.finditer(text):
        before = text[begins : found.start()]
        if before.count("(") > before.count(")") and found[0].strip("\n\r;"):
            continue
        if BETWEEN.search(before) or (found["then"] and not re.search(r"\d", fold(before))):
            continue
        yield before, not WITHIN.match(found[0])
        begins = found.end()
    yield text[begins:], True


def told(piece: str) -> Iterator[str]:
    """Without the signs at its ends, if any letter or digit is left."""
    stripped = piece.strip(" \t\n\r,;.-–—*")
    if any(character.isalnum() for character in stripped):
        yield stripped
