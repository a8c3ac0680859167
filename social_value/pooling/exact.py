"""The best set of targets that can all be filled at once, by looking at every set of a few.

A set can be filled if no part of it asks for more than the classes of parcels that reach that
part hold (Gale 1957). Sums over all parts of all sets are made at once, one target at a time.
"""

from collections.abc import Sequence

import numpy as np

from social_value.pooling.columns import Bools, Ints

# Targets that compete for the same parcels; past this, sets are too many to look at.
MOST = 14


def reach(masks: Sequence[int], amounts: Sequence[int], count: int) -> Ints:
    """For every set of targets, how much the classes that reach any of it hold."""
    inside = np.zeros(1 << count, np.int64)
    np.add.at(inside, np.asarray(masks, np.int64), np.asarray(amounts, np.int64))
    for n in range(count):
        halves = inside.reshape(-1, 2, 1 << n)
        halves[:, 1] += halves[:, 0]
    # `inside[S]` is now what reaches nothing outside S; the rest reaches the complement of S.
    everything: Ints = inside[-1] - inside[::-1]
    return everything


def sums(values: Sequence[int]) -> Ints:
    """For every set of targets, the sum of their values."""
    total = np.zeros(1, np.int64)
    for value in values:
        total = np.concatenate([total, total + value])
    return total


def fillable(reached: Ints, asked: Ints, count: int) -> Bools:
    """For every set of targets, whether all of it can be filled at once."""
    fits = asked <= reached
    for n in range(count):
        halves = fits.reshape(-1, 2, 1 << n)
        halves[:, 1] &= halves[:, 0]
    return fits


def best_set(
    masks: Sequence[int], amounts: Sequence[int], asked: Sequence[int], *, covering: bool
) -> list[int]:
    """The fillable set worth most: by what it asks, or, `covering`, by what reaches it.

    Of sets worth the same the one of fewest targets, then that of the earliest.
    """
    count = len(asked)
    reached, wanted = reach(masks, amounts, count), sums(asked)
    worth = reached if covering else wanted
    fits = fillable(reached, wanted, count)
    most = worth[fits].max()
    sizes = sums([1] * count)
    found = np.flatnonzero(fits & (worth == most))
    fewest = found[sizes[found] == sizes[found].min()]
    return [n for n in range(count) if int(fewest[0]) >> n & 1]
