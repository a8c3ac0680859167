"""Supplier names as written, and the words that make two of them one name."""

import csv
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

WORDS_FILE = Path(__file__).parent / "reference" / "name_words.csv"

# Payment systems cut names at 30 to 40 characters, so a legal form can end mid-word from here on.
CUT_LENGTH = 29
# Names taken apart are asked for again within moments: by index, comparison and registry.
REMEMBERED = 20_000
# Fewer distinguishing letters than this say too little to be sure of on their own.
FEW_LETTERS = 4
# What a word for a rarer trade or place is worth beside them, and how much makes up for too few.
RARER_WORD = 3
ENOUGH = 6
# Forms that are words or initials too, so that they count only at the end: AG, SpA, LP, Inc.
ONLY_LAST = frozenset({"foreign", "partnership"})
TRUNCATED_FORMS = frozenset({"l", "lt", "li", "lim", "limi", "limit", "limite", "pl", "ll"})


class Strength(IntEnum):
    """How much a name tells about which firm it is."""

    BARE = 0  # `ACS`, `Computer Services`: generic or short, never enough on its own
    WEAK = 1  # `DEF Software`: enough where both are registered names, which are unique by law
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the words table says, by kind."""

    forms: dict[str, str]  # "ltd" -> "company"
    form_words: frozenset[str]
    short: dict[str, str]  # "svcs" -> "services"
    noise: frozenset[str]  # ignored when names are compared: "the", "uk"
    notes: frozenset[str]  # begin a note of the payment system: "invs", "payable"
    generic: frozenset[str]  # say what a firm does, and thousands say it: "services", "software"
    descriptive: frozenset[str]  # these and rarer ones: "ecology", "south", "solicitors"
    decisive: frozenset[str]  # make another body of the same name: "holdings", "north"
    compass: dict[str, str]  # "south west", "southwest" -> "sw"
    compass_words: frozenset[str]  # that begin one of these
    phrases: dict[str, str]  # "community interest company" -> "cic"
    phrase: re.Pattern[str]  # any of the phrases


class Name(NamedTuple):
    """One name: its words folded and in order, without legal form and words of no weight."""

    words: tuple[str, ...]
    form: str = ""  # "company", "llp", "cic", ...; "" when not said
    spelt: str = ""  # the letters in order without spaces or legal form, nothing expanded

    @property
    def canonical(self) -> str:
        return " ".join(sorted(self.words))

    @property
    def distinctive(self) -> tuple[str, ...]:
        """The words that say which firm it is, not what it does."""
        descriptive = vocabulary().descriptive
        return tuple(w for w in self.words if w not in descriptive)

    @property
    def strength(self) -> Strength:
        vocab = vocabulary()
        letters = sum(map(len, self.distinctive))
        described = [w for w in self.words if w in vocab.descriptive and w not in vocab.generic]
        if letters >= FEW_LETTERS or letters + RARER_WORD * len(described) >= ENOUGH:
            return Strength.STRONG
        if len(self.words) > 2 or (
            len(self.words) == 2 and not vocab.generic.issuperset(self.words)
        ):
            return Strength.WEAK
        return Strength.BARE


class NameParts(NamedTuple):
    """Everything one supplier cell says: the name, the other names it goes by, and notes."""

    main: Name
    aliases: tuple[Name, ...] = ()  # trading and former names
    beside: tuple[Name, ...] = ()  # behind a slash: another body, or one more name of this
    notes: tuple[str, ...] = ()  # "po box 187", "use 172362": never part of the name


@cache
def vocabulary() -> Vocabulary:
    """Read the words table once."""
    by_kind: dict[str, dict[str, str]] = {}
    with WORDS_FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            by_kind.setdefault(row["kind"], {})[row["word"]] = row["meaning"]
    phrases = by_kind["phrase"]
    return Vocabulary(
        forms=by_kind["form"],
        form_words=frozenset(by_kind["form"]),
        short=by_kind["short"],
        noise=frozenset(by_kind["noise"]),
        notes=frozenset(by_kind["note"]),
        generic=frozenset(map(singular, by_kind["generic"])),
        descriptive=frozenset(map(singular, {**by_kind["generic"], **by_kind["descriptive"]})),
        decisive=frozenset(map(singular, by_kind["decisive"])),
        compass=by_kind["compass"],
        compass_words=frozenset(p.split()[0] for p in by_kind["compass"]),
        phrases=phrases,
        phrase=re.compile(rf"\b(?:{'|'.join(phrases)})\b"),
    )


def canonical_name(name: str) -> str:
    """The form in which two spellings of one name are equal: folded, without legal form, sorted."""
    return name_parts(name).main.canonical


@lru_cache(maxsize=REMEMBERED)
def name_parts(name: str) -> NameParts:
    """What a supplier cell says: its first name is the legal one where the cell has several."""
    text = folded(name)
    notes: list[str] = []
    if _SPECIAL.search(text):
        text = _without_remarks(text, notes)
        pieces, beside = _names_in(text)
    else:
        pieces, beside = [text], []
    cut = len(name) >= CUT_LENGTH
    names = [n for n in (_name(p, notes, cut=cut) for p in pieces) if n.words]
    others = [n for n in (_name(p, notes, cut=cut) for p in beside) if n.words]
    if not names:
        names, others = others[:1] or [Name(())], others[1:]
    return NameParts(names[0], tuple(dict.fromkeys(names[1:])), tuple(others), tuple(notes))


def folded(text: str) -> str:
    """Lower case, no accents, one kind of blank, apostrophe and bracket."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.replace("–", "-").replace("—", "-"))
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
        text = text.replace("’", "'").replace("‘", "'")
    text = text.lower().replace("_", " ").replace("[", "(").replace("]", ")")
    return " ".join(text.split())


@cache
def singular(word: str) -> str:
    """A word without its plural, and with s for z: `solutions`, `technologies`, `maximize`."""
    return _singular(word)


def _singular(word: str) -> str:
    """The same of letters that few names share, which it would be a waste to remember."""
    if "iz" in word:
        word = _IZE.sub(r"is\1", word)
    if len(word) > 5 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_IZE = re.compile(r"iz(e|ed|er|ing|ation)$")
_SPECIAL = re.compile(
    r"[*/(\-]|\b(?:t/?as?|trading|trades|formerly|previously|prev|fka|now|aka|known|in|do not use"
    r"|not in use)\b"
)
_ALIAS = re.compile(
    r"[\s,;(/\-]*\b(?:(?:formerly|previously|prev|now|also)\.?\s+(?:known\s+as|trading\s+as|t/?as?"
    r"|called)\b|(?:formerly|previously|prev|fka|f/k/a|aka|a/k/a|known\s+as|trading\s+as"
    r"|trades\s+as|t/as)\b|t/a|(?<=\()now\b|(?<=\w\s)ta(?=\s))\.?:?\s*"
)
_REMARK = re.compile(
    r"\b(?:please\s+)?do\s+not\s+(?:use|pay)\b[^a-z]*(?:\buse\b\s*\d+)?|\bnot\s+in\s+use\b"
    r"|\b(?:use|see)\s+(?:supplier\s+|vendor\s+|a/?c\s+)?\d{3,}"
    r"|\bin\s+(?:admin\w*|admi?|liquidation|receivership)$|\bp\.?\s?o\.?\s+box\s+\d+"
    r"|\b(?:a/?cs?|acct?s?|account)\.?\s*(?:no\.?\s*)?:?\s*\d[\d ]*"
)
_REMARK_START = re.compile(r"\s*(?:use|do not|check|see|pay|not|\d)\b|\s*\d")
_SLASH = re.compile(r"(?<=[a-z).])\s*/\s*(?=[a-z(])|\s/\s")
_SLASH_WORD = re.compile(r"\b(a/cs?|c/o|n/a|24/7|i/t|p/t|f/t)\b")
_CARE_OF = re.compile(r"\bc/o\b.*$")
_MARKED = re.compile(r"[^a-z0-9 ]")
_MAY_BE_PHRASE = re.compile(r"\b(?:community|public|liability|company|organisation|co|nhs)\b")
_BRACKET = re.compile(r"\(+([^()]*)(?:\)+|$)")
_FORM = r"(?:ltd|limited|plc|llp|cic|cio)"
_AFTER_FORM = re.compile(rf"(?<=\b)({_FORM})\b\.?\s*[-:/,]+\s*(?=\S)")
_FORM_END = re.compile(rf"\b{_FORM}\b")
_WEB = re.compile(r"\bwww\.|\.(?:co\.uk|com|org\.uk|org|net|uk)\b")
_TOKEN = re.compile(r"[a-z0-9]+")
_DOTTED = re.compile(r"\b[a-z](?:\.[a-z])+\b")  # l.l.p


def _without_remarks(text: str, notes: list[str]) -> str:
    """Take off what the payment system's clerks wrote: stars, `use 12345`, `do not use`."""
    text = _CARE_OF.sub("", text)
    found = _REMARK.findall(text)
    if found:
        notes.extend(found)
        text = _REMARK.sub("*", text)
    if "*" not in text:
        return text
    pieces = [p for p in re.split(r"[*#]+", text) if _TOKEN.search(p)]
    named = [p for p in pieces if not _REMARK_START.match(p)]
    kept = next((p for p in named if len(p) > 1), "")
    notes.extend(p.strip() for p in pieces if p is not kept)
    return kept


def _names_in(text: str) -> tuple[list[str], list[str]]:
    """Split at `t/a` and `formerly` (names of one body), and at slashes (perhaps another's).

    Where only one side of a slash has a legal form, the other is its trading name.
    """
    names: list[str] = []
    beside: list[str] = []
    for piece in _ALIAS.split(text):
        parts = [piece] if _SLASH_WORD.search(piece) else _SLASH.split(piece)
        first, *rest = (part.strip(" -,;:/") for part in parts)
        names.append(first)
        one_body = sum(bool(_FORM_END.search(part)) for part in parts) == 1
        (names if one_body else beside).extend(rest)
    return [n for n in names if n], [n for n in beside if n]


def _name(text: str, notes: list[str], *, cut: bool) -> Name:
    """One name of a cell: notes off, legal form off, words folded."""
    vocab = vocabulary()
    if _MARKED.search(text):
        text = _without_notes(text, notes)
        text = _WEB.sub(" ", text).replace("&", " and ").replace("+", " and ").replace("'", "")
    if "." in text:
        text = _DOTTED.sub(lambda m: m[0].replace(".", ""), text)
    if _MAY_BE_PHRASE.search(text):
        text = vocab.phrase.sub(lambda m: vocab.phrases[m[0]], text)
    tokens, form = _without_form(_TOKEN.findall(text), notes, cut=cut)
    joined = _joined_initials(_weighty(tokens))
    return Name(_words(joined), form, _singular("".join(joined)))


def _without_notes(text: str, notes: list[str]) -> str:
    """Brackets and dashes behind the legal form, or at the end, are notes; inside they are name."""
    match = _AFTER_FORM.search(text)
    if match:
        notes.append(text[match.end() :])
        text = text[: match.end(1)]
    while found := _BRACKET.search(text):
        inside, before, after = found[1].strip(), text[: found.start()], text[found.end() :]
        if _is_note(inside, before, after):
            notes.append(inside)
            text = f"{before} {after}"
        else:
            text = f"{before} {inside} {after}"
    return text


def _is_note(inside: str, before: str, after: str) -> bool:
    """A company's brackets before its legal form are part of its registered name."""
    if not _TOKEN.search(before):
        return False
    if inside in vocabulary().forms:
        return False
    if _FORM_END.search(before):
        return True
    return not _TOKEN.search(after)


def _without_form(tokens: list[str], notes: list[str], *, cut: bool) -> tuple[list[str], str]:
    """Take the legal form off, wherever it stands; a note or an inverted name may follow it."""
    vocab = vocabulary()
    if vocab.form_words.isdisjoint(tokens) and not cut:
        return tokens, ""
    forms, last = vocab.forms, len(tokens) - 1
    first = next(
        (
            i
            for i, t in enumerate(tokens)
            if t in forms and (i == last or forms[t] not in ONLY_LAST)
        ),
        None,
    )
    if first is None:
        if cut and len(tokens) > 2 and tokens[-1] in TRUNCATED_FORMS:
            return tokens[:-1], "company"
        return tokens, ""
    head = tokens[:first]
    if first == last and head:
        return head, forms[tokens[first]]
    tail = [t for t in tokens[first + 1 :] if t not in forms]
    if any(t in vocab.notes or (t.isdigit() and len(t) > 2) for t in tail):
        notes.append(" ".join(tail))
        tail = []
    return (head + tail, forms[tokens[first]]) if head or tail else (tokens, "")


def _weighty(tokens: list[str]) -> list[str]:
    """Without words that carry no weight, unless nothing else would be left."""
    noise = vocabulary().noise
    if noise.isdisjoint(tokens):
        return tokens
    return [t for t in tokens if t not in noise] or tokens


def _joined_initials(tokens: list[str]) -> list[str]:
    """Make one word of a run of single letters: `d j h roofing` is `djh roofing`."""
    if 1 not in map(len, tokens):
        return tokens
    joined: list[str] = []
    run = ""
    for token in tokens:
        if len(token) == 1:
            run += token
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(token)
    if run:
        joined.append(run)
    return joined


def _words(tokens: Sequence[str]) -> tuple[str, ...]:
    """Expand abbreviations, join the points of the compass, fold plurals."""
    vocab = vocabulary()
    full = [vocab.short.get(t, t) for t in tokens]
    if not vocab.compass_words.isdisjoint(full):
        full = _compass(full, vocab)
    if not vocab.noise.isdisjoint(full):
        full = [t for t in full if t not in vocab.noise] or full
    return tuple([singular(t) for t in full])


def _compass(words: list[str], vocab: Vocabulary) -> list[str]:
    for i in range(len(words) - 1):
        if (pair := vocab.compass.get(f"{words[i]} {words[i + 1]}")) is not None:
            words[i : i + 2] = [pair, ""]
    return [vocab.compass.get(t, t) for t in words if t]
