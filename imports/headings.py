"""What a heading's words say: which field a column may be, and what an amount means."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from registry.records import FIELDS, Basis, Vat

REFERENCE = Path(__file__).parent / "reference"

LONGEST_HEADING = 300  # characters; past this a cell is prose, and its end says nothing
MOST_WORDS = 40
SURE_WEIGHT = 0.55  # of a rule's weight is earned by its words; the rest by how much they cover


@dataclass(frozen=True, slots=True)
class Match:
    """One field a heading may stand for; `score` runs from 0 to 1."""

    field: str
    score: float
    because: str  # "the heading says contractor"


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the heading writes it, and the word of our vocabulary it stands for."""

    written: str
    means: str


@dataclass(frozen=True, slots=True)
class Rule:
    """All of `words` (each a set of alternatives) and none of `without` make it `field`."""

    field: str
    words: tuple[frozenset[str], ...]
    without: frozenset[str]
    weight: float


def recognise(heading: str) -> list[Match]:
    """The fields a heading may stand for, best first; empty when its words say nothing."""
    return list(_recognise(heading))


@lru_cache(maxsize=8192)
def _recognise(heading: str) -> tuple[Match, ...]:
    best: dict[str, Match] = {}
    for share, part in _parts(heading):
        words = understand(part)
        for match in _matches(words, share):
            held = best.get(match.field)
            if held is None or match.score > held.score:
                best[match.field] = match
    return tuple(sorted(best.values(), key=lambda match: (-match.score, match.field)))


def _parts(heading: str) -> Iterator[tuple[float, str]]:
    """The heading as a whole and, under a group heading, its last part alone."""
    yield 1.0, heading
    _, joined, own = heading.rpartition(" / ")
    if joined:
        yield 0.97, own
    explained = EXPLAINED.match(heading)
    if explained:
        yield 0.98, explained[1]


# "Contract reference - the number your council gave the contract"
EXPLAINED = re.compile(r"(\S+(?: \S+){1,4}) [-–—:] ?(?:\S+ ){4,}")


def _matches(words: tuple[Word, ...], share: float) -> Iterator[Match]:
    meant = {word.means for word in words}
    for rule in rules():
        if rule.without & meant or not all(choice & meant for choice in rule.words):
            continue
        said = frozenset().union(*rule.words)
        score = share * rule.weight * (SURE_WEIGHT + (1 - SURE_WEIGHT) * _coverage(words, said))
        written = " ".join(dict.fromkeys(w.written for w in words if w.means in said))
        yield Match(rule.field, round(score, 3), f"the heading says {written}")


def _coverage(words: tuple[Word, ...], said: frozenset[str]) -> float:
    """How much of what the heading says is accounted for; other known words count half."""
    content = [word.means for word in words if word.means not in filler() or word.means in said]
    credit = sum(1.0 if word in said else 0.5 * (word in vocabulary()) for word in content)
    return credit / len(content) if content else 0.0


def money_meaning(heading: str) -> tuple[str, str]:
    """What the heading says an amount is: its `Basis` and its `Vat`."""
    meant = {word.means for word in understand(heading)}
    return _basis(meant).value, _vat(meant).value


def _basis(meant: set[str]) -> Basis:
    whole_term = {"total", "term", "original", "award", "extended", "maximum"}
    whole_term |= {"includingextension", "excludingextension"}
    if "annual" in meant:
        return Basis.UNKNOWN if {"or"} & meant else Basis.ANNUAL
    if meant & whole_term or {"contract", "value"} <= meant:
        return Basis.TOTAL
    return Basis.UNKNOWN


def _vat(meant: set[str]) -> Vat:
    if "exvat" in meant or "net" in meant:
        return Vat.NET
    if "incvat" in meant or "gross" in meant:
        return Vat.GROSS
    return Vat.UNKNOWN


def money_scale(heading: str) -> int:
    """What one in the column stands for in pounds: 1000 under "Value (£000s)", else 1."""
    text = heading.casefold().replace("'", "").replace("’", "").replace(",", "")
    if THOUSANDS.search(text):
        return 1000
    return 1_000_000 if MILLIONS.search(text) else 1


THOUSANDS = re.compile(r"£\s?0{3}s?\b|£\s?k\b|\b0{3}s\b|\(\s*0{3}\s*\)|\bthousands?\b|\(k\)")
MILLIONS = re.compile(r"£\s?m\b|£\s?million|\bmillions\b|\(m\)|£\s?0{6}\b")


def says_estimate(heading: str) -> bool:
    """Whether the heading says that the amounts below it are estimates."""
    meant = {word.means for word in understand(heading)}
    return "estimate" in meant and not {"fixed", "actual", "or"} & meant


@lru_cache(maxsize=8192)
def understand(heading: str) -> tuple[Word, ...]:
    """The heading's words in our vocabulary: spelt right, singular, synonyms made one."""
    written = WORD.findall(plain(heading))[:MOST_WORDS]
    apart = (part for word in written for part in _taken_apart(word))
    return _join_phrases(tuple(Word(word, _meaning(word)) for word in apart))


@lru_cache(maxsize=8192)
def _taken_apart(word: str) -> tuple[str, ...]:
    """Known words written as one, as exports do: "contracttitle"; any other word as it is."""
    if len(word) < SHORTEST_RUN or _meaning(word) != word or word in _known():
        return (word,)
    for at in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        first, rest = word[:at], _taken_apart(word[at:])
        if first in _known() and all(part in _known() for part in rest):
            return (first, *rest)
    return (word,)


SHORTEST_RUN, SHORTEST_PART = 7, 3
WORD = re.compile(r"[a-z0-9£#]+")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
SIGNS = {"&": " and ", "£": " pounds ", "#": " number ", "+": " plus ", "(s)": ""}
APOSTROPHES = str.maketrans("", "", "'’")
TOGETHER = re.compile(r"\b(e-?mail|p\.\s?a\.?|y/n|yes/no|pro-class|call-off|re-?tender)(?=\W|$)")
TOGETHER_AS = {"p.a": "annual", "p.a.": "annual", "p. a.": "annual", "y/n": "yn", "yes/no": "yn"}


def plain(heading: str) -> str:
    """Lower case, camel case and snake case taken apart, accents and signs spelt out."""
    text = unicodedata.normalize("NFKD", heading[:LONGEST_HEADING])
    text = CAMEL.sub(" ", text).casefold().replace("_", " ").translate(APOSTROPHES)
    for sign, word in SIGNS.items():
        text = text.replace(sign, word)
    return TOGETHER.sub(lambda found: _together(found[0]), text)


def _together(text: str) -> str:
    return TOGETHER_AS.get(text) or text.replace("-", "")


def _join_phrases(words: tuple[Word, ...]) -> tuple[Word, ...]:
    joined: list[Word] = []
    at = 0
    while at < len(words):
        length = next((n for n in (4, 3, 2) if _phrase(words[at : at + n])), 0)
        if not length:
            joined.append(words[at])
            at += 1
            continue
        piece = words[at : at + length]
        spelling = " ".join(word.written for word in piece)
        joined += [Word(spelling, means) for means in _phrase(piece)]
        at += length
    return tuple(joined)


def _phrase(words: tuple[Word, ...]) -> tuple[str, ...]:
    return phrases().get(tuple(word.means for word in words), ())


@lru_cache(maxsize=8192)
def _meaning(word: str) -> str:
    known = synonyms()
    if word in known:
        return known[word]
    if word in vocabulary() or word in other_words():
        return word
    singular = word.removesuffix("s")
    if singular in vocabulary():
        return singular
    return _corrected(word)


def _corrected(word: str) -> str:
    """The known word that this one misspells, if exactly one is near; else the word itself."""
    if len(word) < 5 or not word.isalpha():
        return word
    slack = 2 if len(word) >= 9 else 1
    near = [
        other
        for other in _spellings()
        if other[0] == word[0] and OSA.distance(word, other, score_cutoff=slack) <= slack
    ]
    swapped = [other for other in near if sorted(other) == sorted(word)]
    meant = {synonyms().get(other, other) for other in swapped or near}
    return meant.pop() if len(meant) == 1 else word


@cache
def _spellings() -> frozenset[str]:
    return frozenset(word for word in {*synonyms(), *vocabulary()} if len(word) >= 5)


@cache
def _known() -> frozenset[str]:
    return frozenset({*synonyms(), *vocabulary()} | other_words().keys())


@cache
def synonyms() -> dict[str, str]:
    return {row["word"]: row["means"] for row in _rows("heading_words.csv")}


@cache
def other_words() -> dict[str, str]:
    """Real words outside the vocabulary, not to be "corrected" into it, and which are filler."""
    return {row["word"]: row["role"] for row in _rows("heading_other_words.csv")}


@cache
def filler() -> frozenset[str]:
    """Words that carry no meaning in a heading; they neither help nor dilute a match."""
    return frozenset(word for word, role in other_words().items() if role == "filler")


@cache
def phrases() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Runs of words that mean one thing together, written in the vocabulary's own words."""
    known = synonyms()
    return {
        tuple(known.get(word, word) for word in row["phrase"].split()): tuple(row["means"].split())
        for row in _rows("heading_phrases.csv")
    }


@cache
def rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            field=row["field"],
            words=tuple(frozenset(choice.split("|")) for choice in row["words"].split()),
            without=frozenset(row["without"].replace("|", " ").split())
            - frozenset(row["words"].replace("|", " ").split()),
            weight=float(row["weight"]),
        )
        for row in _rows("heading_rules.csv")
        if row["field"] in FIELDS
    )


@cache
def vocabulary() -> frozenset[str]:
    """Every word that some rule speaks of."""
    said = {word for rule in rules() for choice in rule.words for word in choice}
    avoided = {word for rule in rules() for word in rule.without}
    in_phrases = {word for phrase in phrases() for word in phrase}
    return frozenset(said | avoided | in_phrases | set(synonyms().values()))


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
