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
# A bound counts no contract more often than this: once for each date of ten years.
MOST_COUNTED = 32


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
    day far enough from each. `most` is how many dates there can be. `scale` makes room below a
    penny to prefer fewer dates.
    """

    days: Ints
    begin: Ints
    end: Ints
    far: Ints
    most: int
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
    far = np.searchsorted(days, group.after[days])
    return Grid(
        days,
        np.searchsorted(days, group.first),
        np.searchsorted(days, group.last, "right"),
        far,
        most_dates(group, far),
        scale=len(days) + 1,
    )


def most_dates(group: Group, far: Ints) -> int:
    """No plan has more: days far enough apart, and at each enough councils with a contract."""
    contracts, following = np.bincount(group.council), far.tolist()
    day, dates = 0, 0
    while day < len(following) and np.minimum(contracts, dates + 1).sum() >= group.needed * (
        dates + 1
    ):
        day, dates = following[day], dates + 1
    return dates


class Prices:
    """What each contract adds when a date permits it and the date before does not.

    A contract with several spans may be so counted more than once. Taking `once` of its worth
    as counted whatever happens, and leaving the rest for each time, stays an upper bound.
    """

    def __init__(self, group: Group, grid: Grid, once: Ints) -> None:
        self.grid = grid
        self.floor = int(once.sum())
        self.rest = group.pence * grid.scale - once
        rest = self.rest[group.owner]
        self.first_adds = running(grid.begin, grid.end, rest, len(grid.days)) - 1
        self.adds = self.first_adds - shared_worth(group, grid, rest)
        self.adds[np.arange(len(grid.days)) < grid.far[:, None]] = -IMPOSSIBLE
        self.onward = self.best_after()

    def best_after(self) -> list[Ints]:
        """The most that so many dates (0, 1, 2, ...) after each day can add, it being chosen."""
        onward = [np.zeros(len(self.grid.days), np.int64)]
        for _ in range(self.grid.most - 1):
            onward.append(np.maximum(0, (self.adds + onward[-1]).max(axis=1)))
        return onward

    def bound(self) -> int:
        return self.floor + max(0, int((self.first_adds + self.onward[-1]).max()))

    def path(self) -> Days:
        """The earliest of the best sequences of days, by index in the grid."""
        days: list[int] = []
        adds = self.first_adds
        for onward in reversed(self.onward):
            worth = adds + onward
            if int(worth.max()) <= 0:
                break
            days.append(int(worth.argmax()))
            adds = self.adds[days[-1]]
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


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A set of dates begun: what it is worth, and whom it permits.

    `sure` is that worth and, of the contracts it does not permit, what counts whatever happens.
    """

    chosen: Days
    worth: int
    sure: int
    hit: npt.NDArray[np.bool_]


class Search:
    """Looks for the best dates of a group, and knows whether it has proved them best."""

    def __init__(self, group: Group, grid: Grid, most_steps: int) -> None:
        self.group, self.grid, self.steps = group, grid, most_steps
        self.may = group.permits(tuple(grid.days.tolist()))
        councils = np.unique(group.council)[:, None]
        self.of_council = (group.council == councils).astype(np.float32)
        # Numbers with a point multiply many times as fast, and are whole below 2**53.
        exact = int(group.pence.sum()) * grid.scale < 2**53 // MOST_COUNTED
        self.number = np.float64 if exact else np.int64
        self.permits = self.may.astype(self.number)
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
        self.explore(
            Begun((), 0, prices.floor, nothing), Table(self.may, self.group.council), prices
        )
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

    def explore(self, begun: Begun, table: Table, prices: Prices) -> None:
        """Every set of dates that begins so and might beat the best, earliest first.

        Whether a date has its councils takes longest to see: it is asked last.
        """
        for day, worth, sure, reach in self.likely(begun, prices):
            if reach <= self.score or self.steps <= 0:
                continue
            self.steps -= 1
            seated = table.copy()
            if seated.fill_all(day, self.group.needed):
                then = Begun((*begun.chosen, day), worth, sure, begun.hit | self.may[:, day])
                if worth > self.score:
                    self.found, self.score = then.chosen, worth
                self.explore(then, seated, prices)

    def seatable(self, begun: Begun, days: Ints) -> npt.NDArray[np.bool_]:
        """Whether councils have as many contracts as one of these days more would need."""
        dates = len(begun.chosen) + 1
        reached = self.of_council @ (begun.hit[:, None] | self.may[:, days])
        held = np.minimum(reached, dates).sum(axis=0)
        able: npt.NDArray[np.bool_] = held >= self.group.needed * dates
        return able

    def likely(self, begun: Begun, prices: Prices) -> list[tuple[int, int, int, int]]:
        """Each next day that might lead to the best: day, worth, `sure`, and the bound after it.

        Unlike the bound for a path, what was permitted once is not counted again.
        """
        left = self.grid.most - len(begun.chosen)
        if not left:
            return []
        low = int(self.grid.far[begun.chosen[-1]]) if begun.chosen else 0
        rest = np.where(begun.hit, 0, prices.rest).astype(self.number)
        sure = begun.sure - 1 + rest @ self.permits[:, low:]
        some = np.flatnonzero(sure + prices.onward[left - 1][low:] > self.score)
        some = some[self.seatable(begun, low + some)]
        day, sure = low + some, sure[some]
        worth = begun.worth - 1 + np.where(begun.hit, 0, self.pence) @ self.permits[:, day]
        reach = worth
        if left > 1 and len(day):
            after = (rest[:, None] * ~self.may[:, day]).T @ self.permits - 1 + sure[:, None]
            after += prices.onward[left - 2]
            after[np.arange(len(self.grid.days)) < self.grid.far[day][:, None]] = 0
            reach = np.maximum(worth, after.max(axis=1))
        table = np.array([day, worth, sure, reach]).astype(np.int64).T
        return [tuple(row) for row in table[reach > self.score].tolist()]
