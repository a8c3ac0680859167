"""Quarters in which parcels of one place and group could be pooled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from social_value.pooling.columns import ANYWHERE, NO_GROUP, Bools, Ints, Parcels

# How far ahead a pool is looked for; a contract's promises seldom run longer.
QUARTERS = 40
# A parcel with an open end is taken to go on for this long, no longer.
OPEN_QUARTERS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """Whole quarters from the next one on; quarter `n` is from `starts[n]` to `starts[n+1]`."""

    starts: Ints

    @classmethod
    def after(cls, today: date) -> "Calendar":
        first = today.year * 4 + (today.month - 1) // 3 + 1
        if today.day == 1 and today.month % 3 == 1:
            first -= 1
        quarters = range(first, first + QUARTERS + 1)
        return cls(np.array([date(q // 4, q % 4 * 3 + 1, 1).toordinal() for q in quarters]))

    def first_whole(self, first: Ints) -> Ints:
        """The first quarter that begins on or after each day."""
        return np.searchsorted(self.starts[:-1], first, side="left")

    def last_whole(self, first: Ints, last: Ints, *, far: int) -> Ints:
        """The last quarter that ends by each day; of an open end, so many after the first."""
        ended = np.searchsorted(self.starts, last + 1, side="right") - 2
        return np.where(last >= far, self.first_whole(first) + OPEN_QUARTERS - 1, ended)


@dataclass(frozen=True, slots=True)
class Window:
    """A place, a group and a quarter that a pool could be made for."""

    place: int
    group: int
    quarter: int


def windows(parcels: Parcels, begins: Ints, ends: Ints) -> Iterator[Window]:
    """Every place and group that parcels name, in every quarter most of them share."""
    pairs = np.unique(np.stack([parcels.place, parcels.group], axis=1), axis=0)
    for place, group in pairs.tolist():
        fits = permitted(parcels, place, group) & (begins <= ends)
        for quarter in busiest(begins[fits].tolist(), ends[fits].tolist()):
            yield Window(place, group, quarter)


def permitted(parcels: Parcels, place: int, group: int) -> Bools:
    """Parcels that may be used there and for them: those of that place and group, or of none."""
    here = (parcels.place == place) | (parcels.place == ANYWHERE)
    for_them = (parcels.group == group) | (parcels.group == NO_GROUP)
    found: Bools = here & for_them
    return found


def busiest(begins: list[int], ends: list[int]) -> list[int]:
    """The quarters at which a set of parcels is open that no other quarter has more of."""
    found: list[int] = []
    begun = sorted(begins)
    waiting = 0
    for end in sorted(set(ends)):
        new = waiting
        while new < len(begun) and begun[new] <= end:
            new += 1
        if new > waiting:
            found.append(end)
        waiting = new
    return found
