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
    ranked = np.argsort(-np.where(may, pence, 0).sum(axis=1), kind="stable")
    gathered, enough = first_choices(may, council, ranked, needed)
    if enough:
        return gathered
    kept, seat = those_held(choices(may, council), np.arange(len(may)), needed)
    if len(kept) < len(may):
        return None
    return np.where(seat == NOWHERE, gathered, seat)


@compiled
def first_choices(may: Bools, council: Ints, ranked: Ints, needed: int) -> tuple[Ints, bool]:
    """The first of the ranked dates each contract may join, and if all have enough councils."""
    chosen = np.full(len(council), -1)
    there = np.zeros((len(ranked), council.max() + 1), np.bool_)
    for contract in range(len(council)):
        for date in ranked:
            if may[date, contract]:
                chosen[contract] = date
                there[date, council[contract]] = True
                break
    enough = True
    for date in ranked:
        enough &= there[date].sum() >= needed
    return chosen, enough
