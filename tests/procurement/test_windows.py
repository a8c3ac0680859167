"""The plan is checked against brute force: every set of dates, every seating."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from procurement.members import ask
from procurement.windows import (
    Contracts,
    Group,
    WindowSettings,
    best_plan,
    by_membership,
    exit_columns,
    find_windows,
    seats,
)
from registry.exits import Terms, permitted
from registry.terms import Extension, ExtensionKind, Length
from registry.values import months_on

TODAY = date(2026, 11, 22)
ANY_TIME = WindowSettings(lead_months=0)


def windows_of(terms, *, councils, pounds, settings=ANY_TIME, today=TODAY):
    """The windows of one group that holds every contract."""
    council = np.array(councils)
    contracts = Contracts(council, np.array(pounds, dtype=np.int64) * 100)
    groups = by_membership(
        category=np.zeros(len(terms), np.int64), council=council, members={0: set(councils)}
    )
    exits = exit_columns(terms)
    found = list(find_windows(contracts, exits, groups, settings=settings, today=today))
    return found[0].windows if found else ()


def ending(*days):
    return [Terms(end=day) for day in days]


def test_find_windows_needs_two_councils():
    day = date(2027, 3, 31)

    assert windows_of(ending(day, day), councils=[0, 0], pounds=[5, 5]) == ()


def test_find_windows_starts_the_day_after_the_last_day():
    day = date(2027, 3, 31)

    [window] = windows_of(ending(day, day), councils=[0, 1], pounds=[5, 7])

    assert window.start == date(2027, 4, 1)
    assert window.annual_value == Decimal(12)
    assert window.contracts.tolist() == [0, 1]


@pytest.mark.parametrize(("lead", "windows"), [(0, 1), (4, 1), (5, 0)])
def test_find_windows_keeps_the_lead_time_before_a_start(lead, windows):
    day = date(2027, 3, 31)

    found = windows_of(
        ending(day, day), councils=[0, 1], pounds=[5, 7], settings=WindowSettings(lead)
    )

    assert len(found) == windows


def test_find_windows_lines_up_different_ends_by_extending():
    to_extend = Terms(
        end=date(2027, 3, 31),
        extension=Extension(ExtensionKind.UP_TO, (Length(months=12),)),
        notice=Length(months=3),
    )

    [window] = windows_of([to_extend, *ending(date(2027, 9, 30))], councils=[0, 1], pounds=[5, 7])

    assert (window.start, window.councils) == (date(2027, 10, 1), 2)


def test_find_windows_leaves_out_an_extension_that_can_no_longer_be_decided():
    too_late = Terms(
        end=date(2027, 3, 31),
        extension=Extension(ExtensionKind.UP_TO, (Length(months=12),)),
        notice=Length(months=6),
    )

    found = windows_of([too_late, *ending(date(2027, 9, 30))], councils=[0, 1], pounds=[5, 7])

    assert found == ()


def test_find_windows_counts_each_contract_once_over_the_plan():
    rolling = [Terms(rolling=True)] * 4
    fixed = ending(date(2027, 3, 31), date(2028, 3, 31))

    found = windows_of([*rolling, *fixed], councils=[0, 1, 2, 3, 4, 5], pounds=[1, 1, 1, 1, 9, 8])

    plan = [w for w in found if not w.alternative]
    joined = np.concatenate([w.contracts for w in plan])
    assert [w.start for w in plan] == [date(2027, 4, 1), date(2028, 4, 1)]
    assert sorted(joined.tolist()) == [0, 1, 2, 3, 4, 5]


def test_find_windows_spaces_the_plan_and_shows_the_rest_as_runners_up():
    months = [date(2027, 3, 31), date(2027, 3, 31), date(2027, 6, 30), date(2027, 6, 30)]

    plan, other = windows_of(ending(*months), councils=[0, 1, 0, 1], pounds=[5, 5, 4, 4])

    assert (plan.start, plan.alternative) == (date(2027, 4, 1), False)
    assert (other.start, other.alternative) == (date(2027, 7, 1), True)


def test_find_windows_shows_the_best_single_date_even_outside_the_plan():
    ends = [date(2027, 3, 31)] * 2 + [date(2027, 6, 30)] * 2 + [date(2027, 10, 1)] * 2

    found = windows_of(ending(*ends), councils=[0, 1] * 3, pounds=[4, 4, 5, 5, 4, 4])

    assert [w.start for w in found if not w.alternative] == [date(2027, 4, 1), date(2027, 10, 2)]
    assert [w.annual_value for w in found if w.alternative] == [Decimal(10)]


def test_find_windows_keeps_groups_apart():
    council = np.array([0, 1, 0, 1])
    groups = by_membership(
        category=np.array([0, 0, 1, 1]), council=council, members={0: [0, 1], 1: [0]}
    )
    contracts = Contracts(council, np.array([100, 100, 100, 100]))
    exits = exit_columns(ending(*[date(2027, 3, 31)] * 3, date(2028, 3, 31)))

    found = list(find_windows(contracts, exits, groups, settings=ANY_TIME, today=TODAY))

    assert [g.group for g in found] == [0]


def test_find_windows_agrees_with_permitted_on_every_day():
    rng = np.random.default_rng(5)
    terms = [some_terms(rng) for _ in range(40)]
    today, start = TODAY, date(2027, 10, 1)
    expected = {n for n, t in enumerate(terms) if permitted(t, today=today).by(date(2027, 9, 30))}
    anchors = ending(date(2027, 9, 30), date(2027, 9, 30))
    pounds = [1] * len(terms) + [10_000, 10_000]

    found = windows_of([*terms, *anchors], councils=range(len(pounds)), pounds=pounds)

    everyone = [w for w in found if w.start == start]
    joined = set().union(*(w.contracts.tolist() for w in found if not w.alternative))
    assert everyone
    assert expected <= joined


def some_terms(rng):
    kind = rng.choice([ExtensionKind.NONE, ExtensionKind.PERIODS, ExtensionKind.UP_TO])
    periods = tuple(Length(months=int(m)) for m in rng.choice([3, 6, 12], rng.integers(1, 3)))
    end = date(2027, int(rng.integers(1, 13)), 28)
    return Terms(
        end=None if rng.random() < 0.1 else end,
        rolling=bool(rng.random() < 0.1),
        extension=Extension(kind, periods),
        notice=Length(months=int(rng.integers(0, 7))),
    )


@pytest.mark.parametrize("seed", range(2))
def test_find_windows_keeps_to_the_rules_of_plans_and_runners_up(seed):
    """Who could join is asked of `members.ask`, which knows nothing of arrays."""
    rng = np.random.default_rng(seed)
    settings = WindowSettings(lead_months=2, plan_months=30, spacing_months=4)
    several = 0
    for _ in range(30):
        size = int(rng.integers(4, 9))
        terms = [some_terms(rng) for _ in range(size)]
        councils = rng.integers(0, 4, size).tolist()
        pounds = rng.choice([0, 1, 5, 5, 10], size).tolist()

        found = windows_of(terms, councils=councils, pounds=pounds, settings=settings)

        plan = [w for w in found if not w.alternative]
        others = [w for w in found if w.alternative]
        worth = {w.start: sum(pounds[n] for n in joins(terms, w.start)) for w in found}
        several += len(plan) > 1
        for window in found:
            could = set(window.contracts.tolist())
            assert could <= joins(terms, window.start)
            assert window.councils == len({councils[n] for n in could}) >= settings.councils
            assert date(2027, 1, 22) <= window.start <= date(2029, 5, 22)
        joined = [n for w in plan for n in w.contracts.tolist()]
        assert len(joined) == len(set(joined))
        assert {n for w in plan for n in joins(terms, w.start)} == set(joined)
        for one, later in pairwise(plan):
            assert later.start >= months_on(one.start, settings.spacing_months)
        best = best_single(terms, councils, pounds)
        assert max(worth.values(), default=0) == best
        for one in others:
            assert set(one.contracts.tolist()) == joins(terms, one.start)
            apart = [abs((one.start - w.start).days) for w in found if w is not one]
            assert 2 * worth[one.start] >= best
            assert min(apart, default=28) >= 28 or worth[one.start] == best
        assert len(others) <= settings.runners_up
    assert several


def joins(terms, start):
    return {n for n, one in enumerate(terms) if ask(one, start=start, today=TODAY).joins}


def best_single(terms, councils, pounds):
    """The most that two councils or more could start together, trying every day but few twice."""
    days = {date(2027, 1, 22)} | {
        e.first + timedelta(days=1) for one in terms for e in permitted(one, today=TODAY).by_right
    }
    within = [day for day in days if date(2027, 1, 22) <= day <= date(2029, 5, 22)]
    could = (joins(terms, day) for day in within)
    together = (found for found in could if len({councils[n] for n in found}) > 1)
    return max((sum(pounds[n] for n in found) for found in together), default=0)


def brute_force(group, days):
    """The best set of dates by trying them all: value, then fewest, then earliest."""
    permits = group.permits(tuple(range(days)))
    on = [sum(1 << int(c) for c in np.flatnonzero(column)) for column in permits]
    pence = group.pence.tolist()
    worth = {m: sum(p for c, p in enumerate(pence) if m >> c & 1) for m in range(1 << len(pence))}
    keys = []
    for chosen in spaced_sets(days, group.after.tolist()):
        hit = 0
        for day in chosen:
            hit |= on[day]
        if worth[hit]:
            keys.append((-worth[hit], len(chosen), chosen))
    return next((key[2] for key in sorted(keys) if seating_exists(group, key[2])), ())


def spaced_sets(days, after, first=0, chosen=()):
    for day in range(first, days):
        yield (*chosen, day)
        yield from spaced_sets(days, after, after[day], (*chosen, day))


def seating_exists(group, chosen):
    """Whether some way of giving each contract one date has enough councils at every date."""
    council = group.council.tolist()
    dates = [[n for n, yes in enumerate(row) if yes] for row in group.permits(chosen).T.tolist()]

    def seat(contract, there):
        if all(len(councils) >= group.needed for councils in there):
            return True
        if contract == len(dates):
            return False
        return seat(contract + 1, there) or any(
            seat(
                contract + 1,
                [c | {council[contract]} if m == n else c for m, c in enumerate(there)],
            )
            for n in dates[contract]
            if council[contract] not in there[n]
        )

    return seat(0, [frozenset()] * len(chosen))


def a_small_group(rng):
    days, gap = int(rng.integers(6, 13)), int(rng.integers(2, 5))
    size = int(rng.integers(2, 7))
    spans = []
    for owner in range(size):
        cuts = np.sort(rng.choice(days, size=2 * int(rng.integers(1, 4)), replace=False))
        points = rng.random() < 0.5
        spans += [
            (owner, a, a if points else b) for a, b in zip(cuts[::2], cuts[1::2], strict=True)
        ]
    owner, first, last = (np.array(column) for column in zip(*spans, strict=True))
    return Group(
        pence=rng.choice([0, 1, 5, 10, 17, 40], size=size),
        council=rng.integers(0, int(rng.integers(2, 5)), size=size),
        owner=owner,
        first=first,
        last=last,
        after=np.arange(days) + gap,
        needed=int(rng.choice([2, 2, 3])),
    ), days


@pytest.mark.parametrize("seed", range(8))
def test_best_plan_agrees_with_brute_force(seed):
    rng = np.random.default_rng(seed)
    for _ in range(500):
        group, days = a_small_group(rng)
        permits = group.permits(tuple(range(days)))
        councils = np.array([len(np.unique(group.council[on])) for on in permits])

        plan = best_plan(group, councils=councils)

        assert plan.exact
        assert plan.days == brute_force(group, days)


@pytest.mark.parametrize("seed", range(2))
def test_seats_are_found_exactly_when_they_exist(seed):
    rng = np.random.default_rng(100 + seed)
    for _ in range(500):
        group, days = a_small_group(rng)
        sets = list(spaced_sets(days, group.after.tolist()))
        chosen = sets[int(rng.integers(len(sets)))]
        permits = group.permits(chosen)

        found = seats(permits, group.council, group.pence, needed=group.needed)

        assert (found is not None) == seating_exists(group, chosen)


def test_best_plan_says_when_it_stopped_early():
    rng = np.random.default_rng(3)
    stopped = 0
    for _ in range(300):
        group, days = a_small_group(rng)
        permits = group.permits(tuple(range(days)))
        councils = np.array([len(np.unique(group.council[on])) for on in permits])
        stopped += not best_plan(group, councils=councils, most_steps=0).exact

    assert stopped


@pytest.mark.parametrize("pounds", [10**9, 10**12, 10**14])
def test_best_plan_of_sums_beyond_reason_keeps_to_its_rules_and_says_it_is_not_exact(pounds):
    rng = np.random.default_rng(24)
    size, days = 200, 1600
    first = rng.integers(0, days - 100, size)
    group = Group(
        pence=np.full(size, pounds * 100),
        council=rng.integers(0, 40, size),
        owner=np.arange(size),
        first=first,
        last=first + 60,
        after=np.arange(days) + 182,
    )
    councils = np.array([len(np.unique(group.council[on])) for on in group.permits(range(days))])
    small = replace(group, pence=np.full(size, 100))

    plan = best_plan(group, councils=councils)

    assert plan.days == best_plan(small, councils=councils).days
    assert plan.exact == (pounds == 10**9)
