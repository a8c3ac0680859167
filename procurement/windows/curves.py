"""What could join on every day, for many groups at once: difference arrays over days."""

from dataclasses import dataclass

import numpy as np

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
    each = np.bincount(starts.contract, minlength=int(groups.contract.max(initial=0)) + 1)
    begins, counts = (np.cumsum(each) - each)[groups.contract], each[groups.contract]
    pair = np.repeat(np.arange(len(counts)), counts)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(counts) - counts, counts)
    span, base = begins[pair] + offset, within.first.toordinal()
    return GroupedSpans(
        groups.group[pair],
        groups.contract[pair],
        starts.first[span] - base,
        starts.last[span] - base,
    )


def curves(spans: GroupedSpans, contracts: Contracts, *, groups: int, days: int) -> Curves:
    """Contracts add up; a council with several contracts counts once."""
    cells = (groups, days + 1)
    value = steps(spans.group, spans.first, spans.last, contracts.pence[spans.contract], cells)
    council = contracts.council[spans.contract]
    width = int(council.max(initial=0)) + 1
    key, first, last = joined(spans.group * width + council, spans.first, spans.last)
    number = steps(key // width, first, last, 1, cells)
    return Curves(value[:, :days], number[:, :days])


def steps(row: Ints, first: Ints, last: Ints, worth: Ints | int, cells: tuple[int, int]) -> Ints:
    """How much is in force in each row on each day: up at the first day, down after the last."""
    change = np.zeros(cells, np.int64)
    at = row * cells[1] + first
    np.add.at(change.reshape(-1), at, worth)
    np.subtract.at(change.reshape(-1), at + (last - first + 1), worth)
    return np.cumsum(change, axis=1, out=change)
