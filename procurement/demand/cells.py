"""What councils answered, by the cells in which it may be shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from registry.periods import Period, half_years

# By council, how many it intends to buy.
Quantities = Mapping[str, int]


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A category, one nation or region, and the first day of a half-year."""

    category: str
    area: str
    half: date


@dataclass(frozen=True, slots=True)
class Answer:
    """That a council intends to buy so many from a day on."""

    council: str
    category: str
    start: date
    quantity: int


@cache
def half_of(day: date) -> date:
    """The first day of the half of councils' financial year it lies in."""
    return half_year(day).first


def half_year(day: date) -> Period:
    """The half of councils' financial year a day lies in."""
    return half_years(day, 1)[0]


def answers_by_cell(
    answers: Iterable[Answer], areas: Mapping[str, str]
) -> Mapping[Cell, Quantities]:
    """Each council once in a cell: what it says in two joint buys is one need, the larger.

    A council of no area, or no longer of one, is in no cell.
    """
    found: dict[Cell, dict[str, int]] = defaultdict(dict)
    for one in answers:
        if area := areas.get(one.council):
            held = found[Cell(one.category, area, half_of(one.start))]
            held[one.council] = max(one.quantity, held.get(one.council, 0))
    return found
