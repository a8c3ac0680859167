"""The words of a title: folded, with the phrase that says what is bought found."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from registry.names import folded, singular

TEXTS_KEPT = 20_000  # readings of texts kept in memory
WORDS_FILE = Path(__file__).parent.parent / "reference" / "title_words.csv"


@dataclass(frozen=True, slots=True)
class Text:
    """A title's or description's words, and where its head stands (-1: none)."""

    words: tuple[str, ...]
    head: int = -1
    phrase_end: int = 10_000  # where the phrase of the head ends

    @property
    def head_word(self) -> str:
        return self.words[self.head] if self.head >= 0 else ""


@dataclass(frozen=True, slots=True)
class TitleWords:
    """What the words table says, by kind."""

    light: frozenset[str]  # stand around what is bought: "provision", "framework"
    breaks: frozenset[str]  # end a phrase: "for", "of"
    it_nouns: frozenset[str]  # as head, make the words before them say what it is for
    it_trades: frozenset[str]  # in a supplier's name, say that it sells IT
    out_nouns: frozenset[str]  # as head, say that people's work is bought
    verbs_before_it: frozenset[str]  # "Shred it"
    nouns_after_it: frozenset[str]  # "IT SUPPORT", where all is in capitals
    same: dict[str, str]  # spellings of one word


@cache
def title_words() -> TitleWords:
    """Read the words table once."""
    kinds: dict[str, dict[str, str]] = {}
    with WORDS_FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            kinds.setdefault(row["kind"], {})[row["word"]] = row["meaning"]
    same = kinds["same"]

    def folded_kind(kind: str) -> frozenset[str]:
        return frozenset(_fold(w, same) for w in kinds[kind])

    return TitleWords(
        light=folded_kind("light"),
        breaks=frozenset(kinds["break"]),
        it_nouns=folded_kind("it_noun"),
        it_trades=folded_kind("it_trade"),
        out_nouns=folded_kind("out_noun"),
        verbs_before_it=frozenset(kinds["verb_it"]),
        nouns_after_it=frozenset(kinds["noun_it"]),
        same=same,
    )


@lru_cache(TEXTS_KEPT)
def text_of(raw: str) -> Text:
    """Fold a title into words and find the noun that says what is bought."""
    breaks = title_words().breaks
    words: list[str] = []
    ends: list[int] = []  # how many words stood before each break
    for token in _tokens(raw):
        if token in _PUNCTUATION:
            ends.append(len(words))
            continue
        if token in breaks:
            ends.append(len(words))
        words.append(fold_word(token))
    return Text(tuple(words), *_head(words, ends))


def fold_words(text: str) -> tuple[str, ...]:
    """The words of a rule, folded as titles are."""
    words = re.findall(r"[a-z0-9]+", _WIFI.sub("wifi", text))
    return tuple("ict" if w == "it" else fold_word(w) for w in words)


@cache
def fold_word(word: str) -> str:
    return _fold(word, title_words().same)


def _fold(word: str, same: dict[str, str]) -> str:
    word = singular(same.get(word, word))
    return same.get(word, word)


_BOILERPLATE = re.compile(
    r"\.?\s*published for completeness.*|\.?\s*this contract award was not published at the time.*"
    r"|\bterms? (?:of|and).{0,60}\bapply\b|information and communications? technology \(ict\)"
    r"|dynamic purchasing (?:system|solution|vehicle)|\bframework agreement\b|\bdps\b"
    r"|\bcontract (?:award|notice)\b|\baward notice\b|\bvoluntary ex ante transparency\b.*"
    r"|https?://\S+|\bwww\.\S+|\S+@\S+|\b(?:crown commercial service|ccs|espo|ypo|nepo|kcs)\b"
    r"|\be-?tendering (?:system|portal)\b(?=.)|\bmulti-?quote\b|\bin-?tend\b|\bprocontract\b"
    r"|\badditional information:.*",
    re.IGNORECASE,
)
# Each of its phrases holds one of these; looking for them first is ten times quicker.
_BOILERPLATE_SIGNS = (
    "published", " apply", "(ict)", "dynamic purchasing", "framework agreement", "dps", " award",
    "contract notice", "award notice", "ex ante", "http", "www.", "@", "crown commercial", "ccs",
    "espo", "ypo", "nepo", "kcs", "tendering", "quote", "tend", "procontract", "additional info",
)  # fmt: skip
_IT = re.compile(r"\bI\.?T\.?(?=[\s/&,)\-]|$)|\bI\.?C\.?T\.?(?=[\s/&,)\-]|$)|\bIM&T\b|\bDDaT\b")
_PRONOUN = re.compile(r"\bit\b")
_WIFI = re.compile(r"\bwi[\s-]?fi\b", re.IGNORECASE)
_E_WORD = re.compile(r"\be-(?=[a-z]{4})", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z0-9]+|[-–:;,()|/.]")
_PUNCTUATION = frozenset("-–:;,()|/.")
_WORD = re.compile(r"[a-z]+")


def _tokens(raw: str) -> list[str]:
    lower = raw.lower()
    text = _BOILERPLATE.sub(" ", raw) if any(sign in lower for sign in _BOILERPLATE_SIGNS) else raw
    # Asked first whether it can be there at all: most titles hold none of these.
    text = _WIFI.sub("wifi", text) if "fi" in lower else text
    text = _E_WORD.sub("e ", text) if "e-" in lower else text
    return _TOKEN.findall(folded(_with_ict(text)))


def _with_ict(text: str) -> str:
    """Write the noun IT as `ICT` and take the pronoun away, while case still tells them apart."""
    if _IT.search(text):
        shouted = text.isupper()
        text = _IT.sub(lambda match: " ICT " if _is_noun(match, shouted=shouted) else " ", text)
    return _PRONOUN.sub(" ", text) if "it" in text else text


def _is_noun(match: re.Match[str], *, shouted: bool) -> bool:
    if match[0].replace(".", "") != "IT":
        return True
    known = title_words()
    before = _WORD.findall(match.string[: match.start()].lower())[-1:]
    if before and before[0] in known.verbs_before_it:
        return False
    after = _WORD.findall(match.string[match.end() :].lower())[:1]
    return not shouted or bool(after and after[0] in known.nouns_after_it)


def _head(words: list[str], ends: list[int]) -> tuple[int, int]:
    """The last weighty word of the first phrase that has one: `supply of [laptops] for schools`."""
    start = 0
    for end in (*ends, len(words)):
        weighty = [i for i in range(start, end) if _is_weighty(words[i])]
        department = end - start == 1 and words[start] == "ict" and end < len(words)
        if weighty and not department:
            return weighty[-1], end
        start = max(start, end)
    return -1, len(words)


@cache
def _is_weighty(word: str) -> bool:
    known = title_words()
    return (
        len(word) > 1
        and not word[0].isdigit()
        and word not in known.light
        and word not in known.breaks
    )
