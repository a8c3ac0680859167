"""What the contracts of each window come to: of all windows at once, by array, exact."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from procurement.savings import hhi
from procurement.windows import Ints


class Joining(NamedTuple):
    """Contracts by column: who they are of, what they are worth a year, and what is in doubt."""

    council: Ints
    supplier: Ints
    pence: Ints  # nought where no value is known
    lacks_notice: npt.NDArray[np.bool_]


class WindowSums(NamedTuple):
    """Of one window. Amounts are pence a year."""

    councils: Sequence[int]  # that join, in order
    largest: int  # what the council that buys most buys
    hhi: int
    without_value: int  # contracts
    without_notice: int  # what rests on contracts that lack notice


def window_sums(windows: Sequence[Ints], contracts: Joining) -> list[WindowSums]:
    """One for each window, given the contracts that join it by index."""
    if not windows:
        return []
    sizes = np.array([len(joining) for joining in windows])
    begins = np.cumsum(sizes) - sizes
    joins, window = np.concatenate(windows), np.repeat(np.arange(len(windows)), sizes)
    pence = contracts.pence[joins]
    councils, bought = shares(window, contracts.council[joins], pence)
    _, sold = shares(window, contracts.supplier[joins], pence)
    return [
        WindowSums(*found)
        for found in zip(
            councils,
            map(max, bought),
            map(hhi, sold),
            np.add.reduceat((pence == 0).astype(np.int64), begins).tolist(),
            np.add.reduceat(pence * contracts.lacks_notice[joins], begins).tolist(),
            strict=True,
        )
    ]


def shares(window: Ints, whose: Ints, pence: Ints) -> tuple[list[list[int]], list[list[int]]]:
    """In each window, who has a part in it, in order, and how much theirs comes to."""
    width = int(whose.max()) + 1
    keys, amounts = sums_by(window * width + whose, pence)
    of, who = np.divmod(keys, width)
    edges = np.append(np.flatnonzero(np.diff(of, prepend=-1)), len(of)).tolist()
    parts = [slice(a, b) for a, b in pairwise(edges)]
    return in_parts(who, parts), in_parts(amounts, parts)


def in_parts(column: Ints, parts: Sequence[slice]) -> list[list[int]]:
    numbers = column.tolist()
    return [numbers[part] for part in parts]


def sums_by(keys: Ints, *columns: Ints) -> tuple[Ints, ...]:
    """The keys there are, in order, and the sum of each column by key: in whole numbers."""
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    fresh = np.ones(len(keys), np.bool_)
    fresh[1:] = keys[1:] != keys[:-1]
    begins = np.flatnonzero(fresh)
    return keys[begins], *(np.add.reduceat(column[order], begins) for column in columns)
