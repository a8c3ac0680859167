"""What could join on every day, for many groups at once: difference arrays over days."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from procurement.windows.columns import Contracts, Groups, Horizon, Ints, Starts, joined


@dataclass(frozen=True, slots=True, eq=False)
class Curves:
    """By group and day of the horizon: the yearly pence that could join, of how many councils."""

    pence: Ints
    councils: Ints


@dataclass(frozen=True, slots=True, eq=False)
class GroupedSpans:
    """Spans of start days by group, as offsets into the horizon; in order of group, contract."""

    group: Ints
    contract: Ints
    first: Ints
    last: Ints


def grouped(groups: Groups, starts: Starts, within: Horizon) -> GroupedSpans:
    """The spans of every group's contracts; contracts that cannot join have none."""
    begins = np.searchsorted(starts.contract, groups.contract)
    counts = np.searchsorted(starts.contract, groups.contract, "right") - begins
    pair = np.repeat(np.arange(len(counts)), counts)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    span = begins[pair] + offset
    group, contract = groups.group[pair], groups.contract[pair]
    order = np.argsort(group * (int(contract.max(initial=0)) + 1) + contract, kind="stable")
    base = within.first.toordinal()
    span = span[order]
    return GroupedSpans(
        group[order], contract[order], starts.first[span] - base, starts.last[span] - base
    )


def curves(spans: GroupedSpans, contracts: Contracts, *, groups: int, days: int) -> Curves:
    """Pence are summed exactly: a group's stay far below the 2^53 a float holds."""
    cells = (groups, days + 1)
    pence = contracts.pence[spans.contract].astype(np.float64)
    value = steps(spans.group, spans.first, spans.last, cells=cells, weights=pence)
    council = contracts.council[spans.contract]
    width = int(council.max(initial=0)) + 1
    key, first, last = joined(spans.group * width + council, spans.first, spans.last)
    number = steps(key // width, first, last, cells=cells)
    return Curves(value[:, :days], number[:, :days])


def steps(
    row: Ints,
    first: Ints,
    last: Ints,
    *,
    cells: tuple[int, int],
    weights: npt.NDArray[np.float64] | None = None,
) -> Ints:
    """How much is in force in each row on each day: up at the first day, down after the last."""
    size = cells[0] * cells[1]
    at = row * cells[1]
    change = np.bincount(at + first, weights, size)
    change = change - np.bincount(at + last + 1, weights, size)
    total = np.cumsum(change.reshape(cells), axis=1)
    return np.rint(total).astype(np.int64)
