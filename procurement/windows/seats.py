"""Which contract joins on which date of a plan: one date each, enough councils at every date."""

import numpy as np

from procurement.windows.columns import Ints
from procurement.windows.compiled import compiled
from procurement.windows.plan import choices
from procurement.windows.search import NOWHERE, Bools, those_held


def seats(may: Bools, council: Ints, pence: Ints, *, needed: int = 2) -> Ints | None:
    """Each contract's date, as a row of `may`, or NOWHERE; None if it cannot be done.

    A contract goes where the most value could gather, then to the earliest, so that value is
    joined rather than scattered; a few are moved where a date would lack a council.
    """
    gathered, enough = most_gathered(may, council, pence, needed)
    if enough:
        return gathered
    kept, seat = those_held(choices(may, council), np.arange(len(may)), needed)
    if len(kept) < len(may):
        return None
    return np.where(seat == NOWHERE, gathered, seat)


@compiled
def most_gathered(may: Bools, council: Ints, pence: Ints, needed: int) -> tuple[Ints, bool]:
    """Each contract's date where it goes by value alone, and if all dates have their councils."""
    dates, contracts = may.shape
    could = np.zeros(dates, np.int64)
    for date in range(dates):
        for contract in range(contracts):
            could[date] += may[date, contract] * pence[contract]
    gathered = np.full(contracts, -1)
    there = np.zeros((dates, council.max() + 1), np.bool_)
    for contract in range(contracts):
        best = -1
        for date in range(dates):
            if may[date, contract] and (best < 0 or could[date] > could[best]):
                best = date
        if best >= 0:
            gathered[contract] = best
            there[best, council[contract]] = True
    enough = True
    for date in range(dates):
        enough &= there[date].sum() >= needed
    return gathered, enough
