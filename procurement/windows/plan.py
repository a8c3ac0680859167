"""The plan of one group: the start dates, well apart, that let the most yearly value join.

The value of a set of dates is that of every contract permitted on at least one of them. For
contracts permitted on one run of days a date adds what it permits and the date before it does
not, so dynamic programming over the dates, last to first, is exact. Contracts permitted on
several runs (whole options) could be counted twice by it, so for those it gives a bound. The
bound is made tight by prices (`Prices`) and a depth-first search in order of date closes what
is left. The search is exact unless it reaches its limit of steps, and then it says so.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from procurement.windows.columns import Ints
from procurement.windows.seats import seats

Days = tuple[int, ...]
MOST_STEPS = 20_000
ROUNDS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Contracts of one group that can join, numbered from 0, and their spans of start days.

    Days are offsets into the horizon. `after` gives, for each day, the first day far enough
    from it to be another date of the plan. Every contract has a span.
    """

    pence: Ints
    council: Ints
    owner: Ints
    first: Ints
    last: Ints
    after: Ints
    needed: int = 2  # councils at each date

    def permits(self, days: Days) -> npt.NDArray[np.bool_]:
        """Whether each contract (row) may start on each day (column)."""
        on = np.array(days, np.int64)
        spans = (self.first[:, None] <= on) & (on <= self.last[:, None])
        begins = np.searchsorted(self.owner, np.arange(len(self.pence)))
        answer: npt.NDArray[np.bool_] = np.logical_or.reduceat(spans, begins, axis=0)
        return answer


@dataclass(frozen=True, slots=True)
class Plan:
    """Offsets of the chosen days; `exact` is False if the search stopped at its limit."""

    days: Days
    exact: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """The days worth considering, in order, and what they share.

    `begin` and `end` are each span's first and past-the-last such day. `far` is the first such
    day far enough from each. `scale` makes room below a penny to prefer fewer dates.
    """

    days: Ints
    begin: Ints
    end: Ints
    far: Ints
    scale: int


def best_plan(group: Group, *, councils: Ints, most_steps: int = MOST_STEPS) -> Plan:
    """The most yearly value, then the fewest dates, then the earliest; enough councils at each.

    `councils` is how many councils could join on each day of the horizon.
    """
    grid = grid_of(group, councils)
    if not len(grid.days):
        return Plan(())
    return Search(group, grid, most_steps).run()


def grid_of(group: Group, councils: Ints) -> Grid:
    """Days on which a contract begins to be permitted, and days just far enough after those.

    No other day is needed: from any other, a day earlier permits at least as much.
    """
    reach = np.unique(group.first)
    found = reach
    while len(reach):
        later = group.after[reach]
        reach = np.unique(later[later < len(councils)])
        found = np.union1d(found, reach)
    days = found[councils[found] >= group.needed]
    most_dates = len(days) + 1
    return Grid(
        days,
        np.searchsorted(days, group.first),
        np.searchsorted(days, group.last, "right"),
        np.searchsorted(days, group.after[days]),
        most_dates,
    )


class Prices:
    """What each contract adds when a date permits it and the date before does not.

    A contract with several spans may be so counted more than once. Taking `once` of its worth
    as counted whatever happens, and leaving the rest for each time, stays an upper bound.
    """

    def __init__(self, group: Group, grid: Grid, once: Ints) -> None:
        self.grid = grid
        self.floor = int(once.sum())
        rest = (group.pence * grid.scale - once)[group.owner]
        size = len(grid.days)
        self.alone = running(grid.begin, grid.end, rest, size)
        self.shared = shared_worth(group, grid, rest)
        self.best = self.best_after()

    def best_after(self) -> Ints:
        """The most that dates after each day can add, that day being the last chosen."""
        size = len(self.grid.days)
        self.onward = np.zeros(size + 1, np.int64)
        for i in range(size - 1, -1, -1):
            j = int(self.grid.far[i])
            if j < size:
                self.onward[i] = max(0, int((self.adds(i) + self.onward[j:size]).max()))
        return self.onward

    def adds(self, i: int) -> Ints:
        """What each day far enough after day i adds to it."""
        j = int(self.grid.far[i])
        gain: Ints = self.alone[j:] - self.shared[i, j:] - 1
        return gain

    def first_adds(self) -> Ints:
        return self.alone - 1

    def bound(self) -> int:
        return self.floor + max(0, int((self.first_adds() + self.onward[:-1]).max()))

    def path(self) -> Days:
        """The earliest of the best sequences of days, by index in the grid."""
        days: list[int] = []
        start, adds = 0, self.first_adds()
        while len(adds):
            worth = adds + self.onward[start : start + len(adds)]
            best = int(worth.max())
            if best <= 0:
                break
            chosen = start + int(worth.argmax())
            days.append(chosen)
            start, adds = int(self.grid.far[chosen]), self.adds(chosen)
        return tuple(days)


def running(begin: Ints, end: Ints, weight: Ints, size: int) -> Ints:
    change = np.zeros(size + 1, np.int64)
    np.add.at(change, begin, weight)
    np.subtract.at(change, end, weight)
    return np.cumsum(change)[:size]


def shared_worth(group: Group, grid: Grid, rest: Ints) -> Ints:
    """The worth of contracts permitted on both days of each pair, from corners of rectangles."""
    size = len(grid.days)
    one, two = span_pairs(group.owner)
    weight = rest[one]
    change = np.zeros((size + 1, size + 1), np.int64)
    np.add.at(change, (grid.begin[one], grid.begin[two]), weight)
    np.subtract.at(change, (grid.begin[one], grid.end[two]), weight)
    np.subtract.at(change, (grid.end[one], grid.begin[two]), weight)
    np.add.at(change, (grid.end[one], grid.end[two]), weight)
    return change.cumsum(axis=0).cumsum(axis=1)[:size, :size]


def span_pairs(owner: Ints) -> tuple[Ints, Ints]:
    """Each span with each span of the same contract, itself too; spans are in order of owner."""
    begins = np.searchsorted(owner, owner)
    counts = np.searchsorted(owner, owner, "right") - begins
    one = np.repeat(np.arange(len(owner)), counts)
    offset = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
    return one, begins[one] + offset


class Search:
    """Looks for the best dates of a group, and knows whether it has proved them best."""

    def __init__(self, group: Group, grid: Grid, most_steps: int) -> None:
        self.group, self.grid, self.steps = group, grid, most_steps
        self.found: Days = ()
        self.score = 0

    def run(self) -> Plan:
        prices = Prices(self.group, self.grid, np.zeros_like(self.group.pence))
        self.consider(prices.path())
        if self.score == prices.bound():
            # The path is the earliest of those that reach the bound, so also of the best.
            return Plan(self.as_days(self.found))
        prices = self.tighten(prices)
        # Searching in order of date, the first set found to equal the best is the earliest.
        self.score -= 1
        self.explore((), prices.floor, prices)
        return Plan(self.as_days(self.found), exact=self.steps > 0)

    def as_days(self, chosen: Days) -> Days:
        return tuple(int(day) for day in self.grid.days[list(chosen)])

    def worth(self, chosen: Days) -> int:
        hit = self.group.permits(self.as_days(chosen)).any(axis=1)
        return int(self.group.pence[hit].sum()) * self.grid.scale - len(chosen)

    def seated(self, chosen: Days) -> bool:
        """Whether every date can have enough councils of its own, each contract at one date."""
        permits = self.group.permits(self.as_days(chosen))
        return seats(permits, self.group.council, needed=self.group.needed) is not None

    def consider(self, chosen: Days) -> bool:
        """Keep the dates if nothing better was found; False if they cannot all be held."""
        if not chosen or not self.seated(chosen):
            return not chosen
        worth = self.worth(chosen)
        if worth > self.score:
            self.found, self.score = chosen, worth
        return True

    def tighten(self, prices: Prices) -> Prices:
        """Move worth from each time to once, for contracts counted twice, while it helps."""
        group, best = self.group, prices
        most = group.pence * self.grid.scale
        several = np.bincount(group.owner, minlength=len(most)) > 1
        once, pace = np.zeros_like(most), 1.0
        for _ in range(ROUNDS if several.any() else 0):
            path = prices.path()
            self.consider(path)
            gap = prices.bound() - self.score
            push = np.where(several, self.times_counted(path) - 1, 0)
            push[(push < 0) & (once == 0)] = 0
            size = int((push * push).sum())
            if best.bound() <= self.score or not size:
                break
            once = np.clip(once + np.int64(np.ceil(pace * gap / size)) * push, 0, most)
            prices = Prices(group, self.grid, once)
            if prices.bound() < best.bound():
                best = prices
            else:
                pace *= 0.8
        return best

    def times_counted(self, chosen: Days) -> Ints:
        """How often dates in order permit each contract when the date before does not."""
        permits = self.group.permits(self.as_days(chosen))
        fresh = permits.copy()
        fresh[:, 1:] &= ~permits[:, :-1]
        times: Ints = fresh.sum(axis=1)
        return times

    def explore(self, chosen: Days, sure: int, prices: Prices) -> None:
        """Every set of dates that begins so and might beat the best, earliest first."""
        start = int(self.grid.far[chosen[-1]]) if chosen else 0
        adds = prices.adds(chosen[-1]) if chosen else prices.first_adds()
        bounds = sure + adds + prices.onward[start : start + len(adds)]
        for k in np.flatnonzero(bounds > self.score):
            if int(bounds[k]) <= self.score:
                continue
            if self.steps <= 0:
                return
            self.steps -= 1
            longer = (*chosen, start + int(k))
            if self.consider(longer):
                self.explore(longer, sure + int(adds[k]), prices)
