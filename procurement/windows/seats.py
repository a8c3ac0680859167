"""Which contract joins on which date of a plan: one date each, enough councils at every date."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from procurement.windows.columns import Ints

NOWHERE = -1
Permits = npt.NDArray[np.bool_]


def seats(
    permits: Permits, council: Ints, pence: Ints | None = None, *, needed: int = 2
) -> Ints | None:
    """Each contract's date, as a column of `permits`, or NOWHERE; None if it cannot be done.

    A contract goes where the most value could gather, then to the earliest, so that value is
    joined rather than scattered; a few are moved where a date would lack a council.
    """
    worth = np.ones(len(council), np.int64) if pence is None else pence
    ranked = np.argsort(-(worth @ permits), kind="stable")
    in_rank = permits[:, ranked]
    chosen = np.where(in_rank.any(axis=1), ranked[in_rank.argmax(axis=1)], NOWHERE)
    days = range(permits.shape[1])
    if all(len(np.unique(council[chosen == day])) >= needed for day in days):
        return chosen
    table = Table(permits, council)
    if not all(table.fill_all(day, needed) for day in days):
        return None
    for contract, day in table.seat.items():
        chosen[contract] = day
    return chosen


@dataclass(slots=True)
class Tried:
    """What one search for a seat has been through already."""

    contracts: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)


class Table:
    """Seats taken so far: a flow from contracts through councils to dates, grown path by path.

    It fails only where no arrangement exists, since each search goes through every contract,
    council and date that could give way.
    """

    def __init__(self, permits: Permits, council: Ints) -> None:
        self.council = council.tolist()
        choices = permits.sum(axis=1)
        # Those with the fewest dates first, so that few need moving.
        order = np.argsort(choices, kind="stable")
        self.may = [order[on[order]].tolist() for on in permits.T]
        self.seat: dict[int, int] = {}

    def copy(self) -> "Table":
        other = Table.__new__(Table)
        other.council, other.may, other.seat = self.council, self.may, self.seat.copy()
        return other

    def fill_all(self, day: int, needed: int) -> bool:
        """Seat as many councils as are needed at one more date."""
        return all(self.fill(day, Tried()) for _ in range(needed))

    def fill(self, day: int, tried: Tried) -> bool:
        """Seat one more council at a date, moving others round if need be."""
        tried.days.add(day)
        present = {self.council[c] for c, d in self.seat.items() if d == day}
        return self.take(day, (c for c in self.may[day] if self.council[c] not in present), tried)

    def take(self, day: int, contracts: Iterable[int], tried: Tried) -> bool:
        """Seat the first of these that is free or can be freed."""
        for contract in contracts:
            if contract in tried.contracts:
                continue
            tried.contracts.add(contract)
            if self.free(contract, tried):
                self.seat[contract] = day
                return True
        return False

    def free(self, contract: int, tried: Tried) -> bool:
        """Whether a contract has no seat, or its council or another can take the one it has."""
        day = self.seat.pop(contract, None)
        if day is None:
            return True
        ours = [c for c in self.may[day] if self.council[c] == self.council[contract]]
        if self.take(day, ours, tried) or (day not in tried.days and self.fill(day, tried)):
            return True
        self.seat[contract] = day
        return False
