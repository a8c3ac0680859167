"""One ask of social value for a joint buy: as much as its contracts promise apart, and no more."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from social_value.assumptions import assumed
from social_value.reading.tables import REFERENCE

ANY = "*"
OTHER_MATTER = "it has little to do with what is bought"
NO_SUM = "shares of something do not add up"
TOO_LITTLE = "together it comes to less than is useful at once"
TOO_MANY = "an ask of a few measures is answered better than one of many"


@dataclass(frozen=True, slots=True)
class Promised:
    """What contracts promise of one measure together."""

    measure: str
    name: str
    unit: str
    useful: Decimal | None
    useful_name: str
    amount: Decimal
    contracts: int
    councils: int
    delivered: Decimal = Decimal(0)  # as confirmed

    @property
    def times(self) -> int:
        """How many useful amounts it comes to."""
        return int(self.amount // self.useful) if self.useful else 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ask: whole useful amounts, and why it belongs to what is bought."""

    promised: Promised
    amount: Decimal
    because: str


@dataclass(frozen=True, slots=True)
class Left:
    """What is not asked for, and why not."""

    promised: Promised
    because: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Lines of equal weight, and what is left out."""

    lines: Sequence[Line]
    left: Sequence[Left]

    @property
    def weight(self) -> Decimal:
        """Of each line, in per cent of the marks for social value."""
        return (
            (Decimal(100) / len(self.lines)).quantize(Decimal("0.1")) if self.lines else Decimal()
        )


def ask(promised: Sequence[Promised], category: str) -> Ask:
    """What most councils' contracts promise, of what belongs to this category."""
    lines: list[Line] = []
    left: list[Left] = []
    ordered = sorted(promised, key=lambda one: (-one.councils, -one.times, one.measure))
    for one in ordered:
        why = relevance(one.measure, category)
        if fault := why_not(one, why, len(lines)):
            left.append(Left(one, fault))
        else:
            lines.append(Line(one, one.times * (one.useful or Decimal()), why))
    return Ask(lines, left)


def why_not(one: Promised, relevant: str, asked: int) -> str:
    if one.useful is None:
        return NO_SUM
    if not relevant:
        return OTHER_MATTER
    if not one.times:
        return TOO_LITTLE
    return TOO_MANY if asked >= assumed("ask_measures_most") else ""


def relevance(measure: str, category: str) -> str:
    """Why a measure belongs to what a category buys; blank where it does not."""
    return next((why for codes, why in belongs().get(measure, ()) if {category, ANY} & codes), "")


@cache
def belongs() -> dict[str, list[tuple[frozenset[str], str]]]:
    """The table of relevance, by measure."""
    found: dict[str, list[tuple[frozenset[str], str]]] = {}
    for measure, codes, why in rows():
        found.setdefault(measure, []).append((codes, why))
    return found


def rows() -> Iterator[tuple[str, frozenset[str], str]]:
    with (REFERENCE / "relevance.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["measure"], frozenset(row["categories"].split()), row["because"]
