"""What pooling is given and what it gives: columns of whole numbers, and pools as lists."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Quantities are kept to four decimals, so that this many grains make one of any unit.
GRAINS = 10_000
# The place of a parcel that may be used anywhere in its region.
ANYWHERE = -1
NO_GROUP = 0
NO_NEED = -1


@dataclass(frozen=True, slots=True, eq=False)
class Parcels:
    """Promises to be pooled. A field is one measure in one region: nothing crosses it.

    `first` and `last` are days as ordinals; `place` is the one council a parcel is confined to,
    or `ANYWHERE`; `group` the people it is for, or `NO_GROUP`.
    """

    field: Ints
    place: Ints
    group: Ints
    amount: Ints
    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.amount)


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """What is asked for: all of `amount`, at `place`, for `group`, between two days."""

    field: Ints
    place: Ints
    group: Ints
    amount: Ints
    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.amount)


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """The day it is, the useful amount of each field, and how long two periods must overlap.

    `barred` are, by need, the parcels that may not go to it, since somebody said no; those by
    `NO_NEED` go to no pool but those of needs.
    """

    today: date
    useful: Ints
    least_days: int = 28
    barred: Mapping[int, Collection[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """One pool: its shares are parcels by number, with what each gives."""

    field: int
    place: int
    group: int
    first: int
    last: int
    need: int
    shares: Sequence[tuple[int, int]]

    @property
    def amount(self) -> int:
        return sum(given for _, given in self.shares)


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is left of a place and group, and how much more would make a useful amount of it."""

    field: int
    place: int
    group: int
    amount: int
    missing: int


@dataclass(slots=True)
class Pooled:
    """Everything made and left. `met` of needs, and the most that any way of meeting could."""

    pools: list[Made] = field(default_factory=list)
    left: list[Remainder] = field(default_factory=list)
    met: int = 0
    most: int = 0
    exact: bool = True
