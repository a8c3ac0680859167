"""The plan of one group: the start dates, well apart, that let the most yearly value join."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from procurement.windows.columns import Ints
from procurement.windows.compiled import compiled
from procurement.windows.search import Bools, Choices, Problem, best_dates

Days = tuple[int, ...]
# Steps of the search for one group: a tenth of a second. Of groups of a few hundred contracts
# tried, with a third of them in options, all but one in some hundreds end well before.
MOST_STEPS = 20_000
# What the dates of a path could add together stays below this: half of what is `IMPOSSIBLE`.
LARGEST = 2**60


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Contracts of one group that can join, numbered from 0, and their spans of start days.

    Days are offsets into the horizon. Spans are in order of their contracts (`owner`), each of
    which has one. `after` gives, for each day, the first day far enough from it to be another
    date of the plan.
    """

    pence: Ints
    council: Ints
    owner: Ints
    first: Ints
    last: Ints
    after: Ints
    needed: int = 2  # councils at each date

    def permits(self, days: Days) -> Bools:
        """Whether on each day (row) each contract (column) may start."""
        on = np.array(days, np.int64)
        begin, end = on.searchsorted(self.first), on.searchsorted(self.last, "right")
        return in_spans(self.owner, begin, end, len(self.pence), len(on))


@dataclass(frozen=True, slots=True)
class Plan:
    """Offsets of the chosen days; `exact` is False if the search stopped at its limit."""

    days: Days
    exact: bool = True


def best_plan(group: Group, *, councils: Ints, most_steps: int = MOST_STEPS) -> Plan:
    """The most yearly value, then the fewest dates, then the earliest; enough councils at each.

    `councils` is how many councils could join on each day of the horizon.
    """
    days = worth_considering(group.first, group.after, councils, group.needed)
    if not len(days):
        return Plan(())
    asked, unit = problem(group, days)
    chosen, exact = best_dates(asked, most_steps)
    return Plan(tuple(days[chosen].tolist()), exact and unit == 1)


def problem(group: Group, days: Ints) -> tuple[Problem, int]:
    """What the search is to solve, its days numbered in order, and how many pence count as one.

    More than one only where the sum is beyond what all councils could spend.
    """
    begin, end = days.searchsorted(group.first), days.searchsorted(group.last, "right")
    far = days.searchsorted(group.after[days])
    scale, path = len(days) + 1, longest_path(far.tolist())
    # In the bound, each date of a path can count all there is.
    unit = 1 + sum(group.pence.tolist()) * scale * path // LARGEST
    asked = Problem(
        worth=group.pence // unit * scale,
        owner=group.owner,
        spans=group.owner.searchsorted(np.arange(len(group.pence) + 1)),
        begin=begin,
        end=end,
        far=far,
        most=most_dates(group.council, far, group.needed),
        needed=group.needed,
        choices=choices(
            in_spans(group.owner, begin, end, len(group.pence), len(days)), group.council
        ),
    )
    return asked, unit


def longest_path(far: Sequence[int]) -> int:
    """How many days far enough apart there can be."""
    day, dates = 0, 0
    while day < len(far):
        day, dates = far[day], dates + 1
    return dates


def choices(may: Bools, council: Ints) -> Choices:
    """Contracts with the fewest days first, so that few need moving."""
    order = np.argsort(may.sum(axis=0), kind="stable")
    return Choices(may, council, order, int(council.max()) + 1)


@compiled
def worth_considering(first: Ints, after: Ints, councils: Ints, needed: int) -> Ints:
    """Days on which a contract begins to be permitted, and days just far enough after those.

    No other day is needed: from any other, a day earlier permits at least as much.
    """
    size = len(councils)
    wanted = np.zeros(size, np.bool_)
    for day in first:
        wanted[day] = True
    for day in range(size):
        if wanted[day] and after[day] < size:
            wanted[after[day]] = True
        wanted[day] &= councils[day] >= needed
    return np.flatnonzero(wanted)


@compiled
def in_spans(owner: Ints, begin: Ints, end: Ints, contracts: int, days: int) -> Bools:
    """Whether each contract (column) has a span with each day (row)."""
    inside = np.zeros((days, contracts), np.bool_)
    for span in range(len(owner)):
        inside[begin[span] : end[span], owner[span]] = True
    return inside


@compiled
def most_dates(council: Ints, far: Ints, needed: int) -> int:
    """No plan has more: days far enough apart, and at each enough councils with a contract."""
    contracts = np.bincount(council)
    day, dates = 0, 0
    while day < len(far):
        held = 0
        for number in contracts:
            held += min(number, dates + 1)
        if held < needed * (dates + 1):
            break
        day, dates = far[day], dates + 1
    return dates
