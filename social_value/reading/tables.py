"""The tables by which words become measures: wordings, groups and conversions."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from hashlib import sha256
from pathlib import Path

FILES = ("wordings.csv", "groups.csv", "conversions.csv", "measures.csv")
REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words that name a measure, and the kind of amount it is counted by."""

    measure: str
    counted: str  # time, apprentices, people, posts, count, money, percent, mass
    needed: tuple[re.Pattern[str], ...]  # one of each must stand in the words
    without: re.Pattern[str] | None
    note: str  # what is judged by it, where that is not plain

    def names(self, words: str) -> bool:
        return all(one.search(words) for one in self.needed) and not (
            self.without and self.without.search(words)
        )

    def because(self, words: str, name: str) -> tuple[str, ...]:
        """Which words named the measure."""
        stems = [match for one in self.needed if (match := one.search(words))]
        found = " and ".join(f"“{whole_word(words, match)}”" for match in stems)
        verb = "names" if len(stems) == 1 else "name"
        said = f"{found} {verb} it as {name[0].lower()}{name[1:]}"
        return (said, self.note) if self.note else (said,)


@dataclass(frozen=True, slots=True)
class Conversion:
    """How many of a measure's unit one of what was said is, as a fraction, and why."""

    numerator: Decimal
    denominator: Decimal
    because: str

    def of(self, value: Decimal, finest: Decimal) -> Decimal:
        """So many of the unit, rounded down to what can be kept."""
        exact = value * self.numerator / self.denominator
        return exact.quantize(finest, ROUND_DOWN) if exact != exact.quantize(finest) else exact


@dataclass(frozen=True, slots=True)
class Group:
    """People a promise may be for, and the measure that is always for them."""

    name: str
    words: re.Pattern[str]
    meant_by: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything reading goes by."""

    wordings: tuple[Wording, ...]
    groups: tuple[Group, ...]
    conversions: Mapping[tuple[str, str], Conversion]  # by what was said and the unit
    units: Mapping[str, str]  # of measures, as their names
    names: Mapping[str, str]
    version: str  # another one means that cells may be read otherwise


def load(folder: Path = REFERENCE) -> Tables:
    return Tables(
        wordings=tuple(wording(row) for row in rows(folder / "wordings.csv")),
        groups=tuple(
            Group(row["group"], whole(row["words"]), row["meant_by"])
            for row in rows(folder / "groups.csv")
        ),
        conversions={
            (row["said"], row["unit"]): conversion(row) for row in rows(folder / "conversions.csv")
        },
        units={row["code"]: row["unit"] for row in rows(folder / "measures.csv")},
        names={row["code"]: row["name"] for row in rows(folder / "measures.csv")},
        version=sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest(),
    )


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def conversion(row: Mapping[str, str]) -> Conversion:
    """A number, or a fraction such as 52/12."""
    numerator, _, denominator = row["amount"].partition("/")
    return Conversion(Decimal(numerator), Decimal(denominator or 1), row["because"])


def wording(row: Mapping[str, str]) -> Wording:
    """`a|b c|d` needs a or b, and c or d; a space inside an alternative joins its words."""
    needed = tuple(begins(row[name]) for name in ("words", "and") if row[name])
    without = begins(row["without"]) if row["without"] else None
    return Wording(row["measure"], row["counted"], needed, without, row["note"])


def whole_word(words: str, match: re.Match[str]) -> str:
    """The word that a stem begins."""
    rest = re.match(r"[\w-]*", words[match.end() :])
    return match[0] + (rest[0] if rest else "")


def begins(alternatives: str) -> re.Pattern[str]:
    """Any of these at the beginning of a word; `=` before one: the whole word."""
    return re.compile("|".join(map(one_word, alternatives.split("|"))))


def one_word(word: str) -> str:
    exact = word.startswith("=")
    return rf"\b{re.escape(word.removeprefix('='))}" + (r"\b" if exact else "")


def whole(alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, alternatives.split('|')))})\b")


TABLES = load()
