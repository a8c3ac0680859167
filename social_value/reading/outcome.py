"""What reading social value comes to: promises, problems, and words that promise nothing."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise as understood: so much of a measure, in its unit, with the reason."""

    measure: str
    quantity: Decimal  # of the measure's unit; for each year where `per_year`
    words: str  # the part of the cell it was read from
    because: tuple[str, ...]
    per_year: bool = False
    group: str = ""  # whom it is for, where the words say so
    place: str = ""  # where, in the words of the cell


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that were not understood, and what to do about it."""

    words: str
    problem: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole cell as read. `nothing` holds parts that say that nothing is promised."""

    promises: tuple[Promise, ...] = ()
    unread: tuple[Unread, ...] = ()
    nothing: tuple[str, ...] = ()
