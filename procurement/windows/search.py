"""The search for a group's best dates, as loops over small arrays.

The value of a set of dates is that of every contract permitted on at least one of them. For
contracts permitted on one run of days a date adds what it permits and the date before does not,
so dynamic programming over the dates, last to first, is exact. Contracts permitted on several
runs (whole options) could be counted twice by it, so for those it gives a bound. The bound is
made tight by prices (`tightened`) and a depth-first search in order of date closes what is left
(`explored`). A date is held only if enough councils can each give it a contract of its own,
whoever must move for it (`filled`). All in one module, since compiled code is kept by module.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from procurement.windows.columns import Ints
from procurement.windows.compiled import compiled

Bools = npt.NDArray[np.bool_]
# How often the bound is tightened: more rounds cost more than the steps they spare.
ROUNDS = 20
IMPOSSIBLE = 2**61
NOWHERE = -1


class Choices(NamedTuple):
    """On which day (row of `may`) which contract (column) is permitted, and whose it is."""

    may: Bools
    council: Ints
    order: Ints  # contracts, those with the fewest days first, so that few need moving
    councils: int  # one more than their largest number


class Problem(NamedTuple):
    """A group over the days worth considering, numbered in order.

    `worth` is each contract's, with room below a penny to prefer fewer dates. A span of days
    goes from `begin` to before `end`; a contract's are from its number in `spans` to before the
    next. `far` is the first day far enough from each. There cannot be more than `most` dates.
    """

    worth: Ints
    owner: Ints
    spans: Ints
    begin: Ints
    end: Ints
    far: Ints
    most: int
    needed: int
    choices: Choices


class Prices(NamedTuple):
    """What each contract adds when a date permits it and the date before does not.

    A contract with several spans may be so counted more than once. Taking `once` of its worth
    as counted whatever happens, and leaving `rest` for each time, stays an upper bound.
    `adds[a, b]` is what b adds after a; `onward[a]` the most that dates after a can add.
    """

    floor: int
    rest: Ints
    first_adds: Ints
    adds: Ints
    onward: Ints
    bound: int


@compiled
def best_dates(p: Problem, most_steps: int) -> tuple[Ints, bool]:
    """The days of most value, then fewest, then earliest; False if the search met its limit."""
    prices = priced(p, np.zeros(len(p.worth), np.int64))
    best, _ = those_held(p.choices, path(prices), p.needed)
    score = value(p, best)
    if score == prices.bound:
        # The path is the earliest of those that reach the bound, so also of the best.
        return best, True
    prices, best, score = tightened(p, prices, best, score)
    best, steps = explored(p, prices, best, score, most_steps)
    return best, steps > 0


@compiled
def priced(p: Problem, once: Ints) -> Prices:
    """The bound that counts so much of each contract once."""
    size = len(p.far)
    rest = p.worth - once
    first_adds = gained(p, rest) - 1
    adds = shared(p, rest)
    onward = np.zeros(size, np.int64)
    for a in range(size - 1, -1, -1):
        adds[a, : p.far[a]] = -IMPOSSIBLE
        for b in range(p.far[a], size):
            adds[a, b] = first_adds[b] - adds[a, b]
            onward[a] = max(onward[a], adds[a, b] + onward[b])
    floor, best = once.sum(), 0
    for a in range(size):
        best = max(best, first_adds[a] + onward[a])
    return Prices(floor, rest, first_adds, adds, onward, floor + best)


@compiled
def gained(p: Problem, weight: Ints) -> Ints:
    """For each day, the weight of the contracts it permits."""
    change = np.zeros(len(p.far) + 1, np.int64)
    for span in range(len(p.owner)):
        change[p.begin[span]] += weight[p.owner[span]]
        change[p.end[span]] -= weight[p.owner[span]]
    for day in range(1, len(p.far)):
        change[day] += change[day - 1]
    return change[:-1]


@compiled
def shared(p: Problem, weight: Ints) -> Ints:
    """For each pair of days in order, the weight of contracts permitted on both.

    Each span with itself and those before it of its contract is a rectangle of such pairs: its
    corners are noted, and summed up in both directions.
    """
    size, begun = len(p.far), 0
    change = np.zeros((size + 1, size + 1), np.int64)
    for span in range(len(p.owner)):
        begin, end, w = p.begin[span], p.end[span], weight[p.owner[span]]
        if p.owner[span] != p.owner[begun]:
            begun = span
        for earlier in range(begun, span + 1):
            change[p.begin[earlier], begin] += w
            change[p.begin[earlier], end] -= w
            change[p.end[earlier], begin] -= w
            change[p.end[earlier], end] += w
    for a in range(size):
        row = 0
        for b in range(size):
            row += change[a, b]
            change[a, b] = row + (change[a - 1, b] if a else 0)
    return change


@compiled
def path(prices: Prices) -> Ints:
    """The earliest of the best sequences of days."""
    size = len(prices.onward)
    days = np.zeros(size, np.int64)
    adds = prices.first_adds
    for n in range(size):
        most = 0
        for day in range(size):
            if adds[day] + prices.onward[day] > most:
                days[n], most = day, adds[day] + prices.onward[day]
        if most == 0:
            return days[:n]
        adds = prices.adds[days[n], :size]
    return days


@compiled
def value(p: Problem, chosen: Ints) -> int:
    worth = -len(chosen)
    for contract, times in enumerate(times_counted(p, chosen)):
        if times:
            worth += p.worth[contract]
    return worth


@compiled
def times_counted(p: Problem, chosen: Ints) -> Ints:
    """How often dates in order permit each contract when the date before does not."""
    times = np.zeros(len(p.worth), np.int64)
    for contract in range(len(times)):
        before = False
        for day in chosen:
            now = p.choices.may[day, contract]
            if now and not before:
                times[contract] += 1
            before = now
    return times


@compiled
def tightened(p: Problem, prices: Prices, best: Ints, score: int) -> tuple[Prices, Ints, int]:
    """Move worth from each time to once, for contracts counted twice, while it helps."""
    closest, once, pace = prices, np.zeros(len(p.worth), np.int64), 1.0
    for _ in range(ROUNDS):
        days = path(prices)
        could, _ = those_held(p.choices, days, p.needed)
        if value(p, could) > score:
            best, score = could, value(p, could)
        # Those with one span are counted once at most, and have no worth to give back.
        push = times_counted(p, days) - 1
        push *= (push > 0) | (once > 0)
        size = (push * push).sum()
        if closest.bound <= score or size == 0:
            break
        step = pace * (prices.bound - score) / size
        once = np.clip(once + np.ceil(step * push).astype(np.int64), 0, p.worth)
        prices = priced(p, once)
        if prices.bound < closest.bound:
            closest = prices
        else:
            pace *= 0.8
    return closest, best, score


class Begun(NamedTuple):
    """Sets of dates begun; rows are by how many dates are chosen.

    Which contracts these permit (`hit`) and where they sit; what they are worth, and what is
    `sure` of that and the rest; what each day would gain of contracts not permitted. Unlike a
    path they count nothing permitted twice.
    """

    chosen: Ints
    hit: Bools
    seat: Ints
    worth: Ints
    sure: Ints
    gains: Ints


@compiled
def explored(p: Problem, prices: Prices, best: Ints, score: int, steps: int) -> tuple[Ints, int]:
    """The best set of dates, trying every one that might be it, and the steps that are left."""
    score -= 1  # in order of date, the first set found to equal the best is the earliest
    rows, contracts = p.most + 1, len(p.worth)
    begun = Begun(
        chosen=np.zeros(rows, np.int64),
        hit=np.zeros((rows, contracts), np.bool_),
        seat=np.full((rows, contracts), NOWHERE),
        worth=np.zeros(rows, np.int64),
        sure=np.full(rows, prices.floor),
        gains=np.zeros((rows, len(p.far)), np.int64),
    )
    begun.gains[0] = prices.first_adds + 1
    dates, following = 0, np.zeros(rows, np.int64)
    while dates >= 0 and steps > 0:
        day = following[dates]
        if day == len(p.far) or dates == p.most:
            dates -= 1
            continue
        following[dates] += 1
        if begun.sure[dates] + begun.gains[dates, day] - 1 + prices.onward[day] <= score:
            continue
        if chosen_too(p, prices, begun, dates, day) <= score:
            continue
        steps -= 1
        if filled(p.choices, begun.chosen, dates, p.needed, begun.seat[dates + 1]):
            dates += 1
            following[dates] = p.far[day]
            if begun.worth[dates] > score:
                best, score = begun.chosen[:dates].copy(), begun.worth[dates]
    return best, steps


@compiled
def chosen_too(p: Problem, prices: Prices, begun: Begun, dates: int, day: int) -> int:
    """Choose one day more, in the row after; a bound on what can come of it."""
    then, size = dates + 1, len(p.far)
    begun.chosen[dates], begun.seat[then] = day, begun.seat[dates]
    begun.sure[then] = begun.sure[dates] + begun.gains[dates, day] - 1
    begun.worth[then] = begun.worth[dates] - 1
    lost = np.zeros(size + 1, np.int64)
    for contract in range(len(p.worth)):
        hit = begun.hit[dates, contract]
        if p.choices.may[day, contract] and not hit:
            begun.worth[then] += p.worth[contract]
            for span in range(p.spans[contract], p.spans[contract + 1]):
                lost[p.begin[span]] += prices.rest[contract]
                lost[p.end[span]] -= prices.rest[contract]
            hit = True
        begun.hit[then, contract] = hit
    reach, gone = int(begun.worth[then]), 0
    for later in range(size):
        gone += lost[later]
        if later >= p.far[day]:
            gains = begun.gains[dates, later] - gone
            begun.gains[then, later] = gains
            reach = max(reach, begun.sure[then] + gains - 1 + prices.onward[later])
    return reach


@compiled
def those_held(choices: Choices, days: Ints, needed: int) -> tuple[Ints, Ints]:
    """The days but those that cannot be held beside the ones before, and who sits where."""
    kept, seat, dates = days.copy(), np.full(len(choices.council), NOWHERE), 0
    for day in days:
        kept[dates] = day
        then = seat.copy()
        if filled(choices, kept, dates, needed, then):
            dates, seat = dates + 1, then
    return kept[:dates], seat


@compiled
def filled(choices: Choices, chosen: Ints, date: int, needed: int, seat: Ints) -> bool:
    """Seat as many councils as are needed at one more of the chosen days, if it can be done.

    `seat` has each contract's date, by its place among the chosen: it is written to.
    """
    enough = True
    for _ in range(needed):
        enough = enough and seated(choices, chosen, date, seat)
    return enough


@compiled
def seated(choices: Choices, chosen: Ints, date: int, seat: Ints) -> bool:
    """Seat one more council at a date, moving others round if need be.

    It fails only where no arrangement exists: it goes through every contract, council and date
    that could give way, each once, as a flow from dates through councils to contracts grows.
    """
    takes = np.full(len(seat), NOWHERE)  # the date each contract reached would take
    behind = np.full(len(seat), NOWHERE)  # and the one whose seat it takes, or makes up for
    queue = np.zeros(len(seat), np.int64)
    asked = np.zeros(len(chosen), np.bool_)
    head, tail, short, leaving = 0, 0, date, NOWHERE
    while True:
        present = councils_at(choices, short, seat)
        for contract in choices.order:
            council = choices.council[contract]
            # Another contract of the council that leaves, or of one that is not there yet.
            same = leaving != NOWHERE and council == choices.council[leaving]
            could = choices.may[chosen[short], contract] and takes[contract] == NOWHERE
            if could and (same or not (asked[short] or present[council])):
                takes[contract], behind[contract] = short, leaving
                if seat[contract] == NOWHERE:
                    while contract != NOWHERE:
                        seat[contract] = takes[contract]
                        contract = behind[contract]
                    return True
                queue[tail] = contract
                tail += 1
        asked[short] = True
        if head == tail:
            return False
        leaving = queue[head]
        head += 1
        short = seat[leaving]


@compiled
def councils_at(choices: Choices, date: int, seat: Ints) -> Bools:
    """Which councils have a seat at the date."""
    present = np.zeros(choices.councils, np.bool_)
    for contract in range(len(seat)):
        if seat[contract] == date:
            present[choices.council[contract]] = True
    return present
