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
from procurement.windows.seats import Table, seats

Days = tuple[int, ...]
# Steps of the depth-first search for one group: a second or two. All groups of a few hundred
# contracts tried, with a third of them in options, but one in some hundreds end well before.
MOST_STEPS = 20_000
# How often the bound is tightened: more rounds cost more than the steps they spare.
ROUNDS = 20
IMPOSSIBLE = 2**61


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
        self.first_adds = running(grid.begin, grid.end, rest, len(grid.days)) - 1
        self.adds = self.first_adds - shared_worth(group, grid, rest)
        self.adds[np.arange(len(grid.days)) < grid.far[:, None]] = -IMPOSSIBLE
        self.onward = self.best_after()

    def best_after(self) -> Ints:
        """The most that dates after each day can add, that day being the last chosen.

        Last to first, in runs of days too close to each other to be chosen together.
        """
        high = len(self.grid.days)
        onward = np.zeros(high, np.int64)
        while high:
            low = int(np.searchsorted(self.grid.far, high))
            low = min(low, high - 1)
            onward[low:high] = np.maximum(0, (self.adds[low:high] + onward).max(axis=1))
            high = low
        return onward

    def bound(self) -> int:
        return self.floor + max(0, int((self.first_adds + self.onward).max()))

    def path(self) -> Days:
        """The earliest of the best sequences of days, by index in the grid."""
        days: list[int] = []
        adds = self.first_adds
        while True:
            worth = adds + self.onward
            if int(worth.max()) <= 0:
                return tuple(days)
            days.append(int(worth.argmax()))
            adds = self.adds[days[-1]]


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


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A set of dates begun: what it is worth, what the bound counts for it, whom it permits."""

    chosen: Days
    worth: int
    sure: int
    hit: npt.NDArray[np.bool_]
    table: Table

    def then(self, day: int, gain: int, adds: int, may: npt.NDArray[np.bool_]) -> "Begun":
        return Begun(
            (*self.chosen, day),
            self.worth + gain,
            self.sure + adds,
            self.hit | may[:, day],
            self.table.copy(),
        )


class Search:
    """Looks for the best dates of a group, and knows whether it has proved them best."""

    def __init__(self, group: Group, grid: Grid, most_steps: int) -> None:
        self.group, self.grid, self.steps = group, grid, most_steps
        self.may = group.permits(tuple(grid.days.tolist()))
        self.pence = group.pence * grid.scale
        self.found: Days = ()
        self.score = 0

    def run(self) -> Plan:
        prices = Prices(self.group, self.grid, np.zeros_like(self.pence))
        self.consider(prices.path())
        if self.score == prices.bound():
            # The path is the earliest of those that reach the bound, so also of the best.
            return Plan(self.as_days(self.found))
        prices = self.tighten(prices)
        # Searching in order of date, the first set found to equal the best is the earliest.
        self.score -= 1
        nothing = np.zeros(len(self.pence), dtype=bool)
        table = Table(self.may, self.group.council)
        self.explore(Begun((), 0, prices.floor, nothing, table), prices)
        return Plan(self.as_days(self.found), exact=self.steps > 0)

    def as_days(self, chosen: Days) -> Days:
        return tuple(int(day) for day in self.grid.days[list(chosen)])

    def consider(self, chosen: Days) -> None:
        """Keep the dates if they are the best found and can all be held."""
        hit = self.may[:, chosen].any(axis=1)
        worth = int(self.pence[hit].sum()) - len(chosen)
        if worth > self.score and self.seated(chosen):
            self.found, self.score = chosen, worth

    def seated(self, chosen: Days) -> bool:
        """Whether every date can have enough councils of its own, each contract at one date."""
        group = self.group
        return seats(self.may[:, chosen], group.council, needed=group.needed) is not None

    def tighten(self, prices: Prices) -> Prices:
        """Move worth from each time to once, for contracts counted twice, while it helps."""
        group, best = self.group, prices
        several = np.bincount(group.owner, minlength=len(self.pence)) > 1
        once, pace = np.zeros_like(self.pence), 1.0
        for _ in range(ROUNDS if several.any() else 0):
            path = prices.path()
            self.consider(path)
            gap = prices.bound() - self.score
            push = np.where(several, self.times_counted(path) - 1, 0)
            push[(push < 0) & (once == 0)] = 0
            size = int((push * push).sum())
            if best.bound() <= self.score or not size:
                break
            once = np.clip(once + np.int64(np.ceil(pace * gap / size)) * push, 0, self.pence)
            prices = Prices(group, self.grid, once)
            if prices.bound() < best.bound():
                best = prices
            else:
                pace *= 0.8
        return best

    def times_counted(self, chosen: Days) -> Ints:
        """How often dates in order permit each contract when the date before does not."""
        fresh = self.may[:, chosen]
        fresh[:, 1:] &= ~fresh[:, :-1]
        times: Ints = fresh.sum(axis=1)
        return times

    def explore(self, begun: Begun, prices: Prices) -> None:
        """Every set of dates that begins so and might beat the best, earliest first."""
        adds = prices.adds[begun.chosen[-1]] if begun.chosen else prices.first_adds
        bounds = begun.sure + adds + prices.onward
        likely = np.flatnonzero(bounds > self.score)
        if not len(likely):
            return
        gains = np.where(begun.hit, 0, self.pence) @ self.may[:, likely] - 1
        for k, gain in zip(likely.tolist(), gains.tolist(), strict=True):
            if self.steps <= 0:
                return
            if bounds[k] > self.score:
                self.steps -= 1
                self.step(begun.then(k, gain, int(adds[k]), self.may), prices)

    def step(self, begun: Begun, prices: Prices) -> None:
        if not begun.table.fill_all(begun.chosen[-1], self.group.needed):
            return
        if begun.worth > self.score:
            self.found, self.score = begun.chosen, begun.worth
        self.explore(begun, prices)
