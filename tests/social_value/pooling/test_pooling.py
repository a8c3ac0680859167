"""Nothing is used twice or lost, what is permitted is kept to, and small cases are the best."""

from collections import Counter
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from social_value.pooling import ANYWHERE, NO_NEED, Needs, Parcels, Rules, pool
from social_value.pooling.choosing import Part, choose
from social_value.pooling.exact import MOST
from social_value.pooling.fields import FAR

TODAY = date(2026, 11, 20)
USEFUL = 52


def parcels(*rows):
    """Rows of (amount, first, last[, place[, group[, field]]])."""
    return columns(Parcels, [(*row, *(ANYWHERE, 0, 0)[len(row) - 3 :]) for row in rows])


def needs(*rows):
    return columns(Needs, [(*row, *(ANYWHERE, 0, 0)[len(row) - 3 :]) for row in rows])


def columns(kind, rows):
    names = ("amount", "first", "last", "place", "group", "field")
    return kind(
        **{name: np.array([row[n] for row in rows], np.int64) for n, name in enumerate(names)}
    )


def rules(fields=1):
    return Rules(TODAY, np.full(fields, USEFUL))


def day(year, month=1, number=1):
    return date(year, month, number).toordinal()


NONE = needs()
WHOLE = (day(2026, 1), day(2028, 12, 31))


def test_four_quarters_of_an_apprentice_make_one():
    pooled = pool(parcels(*[(13, *WHOLE)] * 4), NONE, rules())

    [made] = pooled.pools
    assert made.amount == 52
    assert made.shares == [(0, 13), (1, 13), (2, 13), (3, 13)]
    assert (made.first, made.last) == (day(2027, 1), day(2028, 12, 31))
    assert pooled.left == []


def test_too_little_is_left_with_what_is_missing():
    pooled = pool(parcels((13, *WHOLE), (13, *WHOLE)), NONE, rules())

    assert pooled.pools == []
    [left] = pooled.left
    assert (left.amount, left.missing) == (26, 26)


def test_parcels_of_different_times_are_not_pooled():
    early, late = (day(2026, 1), day(2027, 6, 30)), (day(2027, 7, 1), day(2028, 12, 31))

    pooled = pool(parcels((40, *early), (40, *late)), NONE, rules())

    assert pooled.pools == []
    assert pooled.left[0].missing == 12


def test_parcels_of_different_fields_are_not_pooled():
    pooled = pool(
        parcels((40, *WHOLE, ANYWHERE, 0, 0), (40, *WHOLE, ANYWHERE, 0, 1)), NONE, rules(2)
    )

    assert pooled.pools == []


def test_a_parcel_confined_to_a_council_is_used_there_alone():
    pooled = pool(parcels((40, *WHOLE, 1), (40, *WHOLE, 2)), NONE, rules())

    assert pooled.pools == []


def test_a_parcel_that_may_be_used_anywhere_joins_one_that_may_not():
    pooled = pool(parcels((40, *WHOLE, 7), (40, *WHOLE)), NONE, rules())

    [made] = pooled.pools
    assert (made.place, made.amount) == (7, 80)


def test_a_parcel_for_a_group_is_not_used_for_others():
    pooled = pool(parcels((40, *WHOLE, ANYWHERE, 3), (40, *WHOLE, ANYWHERE, 4)), NONE, rules())

    assert pooled.pools == []


def test_a_parcel_for_anybody_joins_one_for_a_group():
    pooled = pool(parcels((40, *WHOLE, ANYWHERE, 3), (40, *WHOLE)), NONE, rules())

    [made] = pooled.pools
    assert made.group == 3


def test_a_need_is_met_before_pools_are_made_and_in_full():
    pooled = pool(parcels(*[(13, *WHOLE)] * 6), needs((20, *WHOLE)), rules())

    met, made = pooled.pools
    assert (met.need, met.amount) == (0, 20)
    assert (made.need, made.amount) == (NO_NEED, 58)
    assert pooled.met == 20


def test_a_need_that_cannot_be_met_in_full_takes_nothing():
    pooled = pool(parcels((40, *WHOLE)), needs((41, *WHOLE)), rules())

    assert pooled.pools == []
    assert pooled.left[0].amount == 40


def test_a_need_past_its_day_takes_nothing():
    pooled = pool(parcels((40, *WHOLE)), needs((10, day(2026, 1), day(2026, 11, 1))), rules())

    assert pooled.met == 0


def test_a_need_at_a_council_takes_what_is_confined_there_or_nowhere():
    one = pool(parcels((10, *WHOLE, 5)), needs((10, *WHOLE, 5)), rules())
    other = pool(parcels((10, *WHOLE, 6)), needs((10, *WHOLE, 5)), rules())

    assert (one.met, other.met) == (10, 0)


def test_needs_are_chosen_so_that_most_is_met():
    """The largest alone would leave nothing for the other two, which come to more."""
    pooled = pool(
        parcels((6, *WHOLE, 1), (6, *WHOLE, 2)),
        needs((7, *WHOLE, ANYWHERE), (6, *WHOLE, 1), (6, *WHOLE, 2)),
        rules(),
    )

    assert pooled.met == 12


def test_an_open_end_goes_on_for_a_year():
    pooled = pool(parcels((60, day(2026, 1), FAR)), NONE, rules())

    [made] = pooled.pools
    assert (made.first, made.last) == (day(2027, 1), day(2027, 12, 31))


def test_pooling_nothing_makes_nothing():
    pooled = pool(parcels(), NONE, rules())

    assert (pooled.pools, pooled.left) == ([], [])


PERIODS = st.tuples(st.integers(0, 1000), st.integers(0, 1500)).map(
    lambda two: (TODAY.toordinal() - 500 + two[0], TODAY.toordinal() - 500 + two[0] + two[1])
)
PLACES = st.sampled_from([ANYWHERE, ANYWHERE, 1, 2])
ROWS = st.tuples(st.integers(1, 40), PERIODS, PLACES, st.integers(0, 2), st.integers(0, 1)).map(
    lambda row: (row[0], *row[1], *row[2:])
)


@given(st.lists(ROWS, max_size=30), st.lists(ROWS, max_size=20))
@settings(max_examples=150, deadline=None)
def test_pooling_conserves_and_keeps_to_what_is_permitted(supply, demand):
    held, asked = parcels(*supply), needs(*demand)

    pooled = pool(held, asked, rules(2))

    used = Counter()
    for made in pooled.pools:
        for parcel, amount in made.shares:
            used[parcel] += amount
            assert amount > 0
            assert held.field[parcel] == made.field
            assert held.place[parcel] in (ANYWHERE, made.place)
            assert held.group[parcel] in (0, made.group)
            assert held.first[parcel] <= made.last
            assert made.first <= held.last[parcel]
        if made.need == NO_NEED:
            assert made.amount >= USEFUL
            assert all(
                held.first[p] <= made.first and made.last <= held.last[p] for p, _ in made.shares
            )
        else:
            assert made.amount == asked.amount[made.need]
    assert all(used[n] <= amount for n, amount in enumerate(held.amount))
    assert sum(used.values()) + sum(one.amount for one in pooled.left) == held.amount.sum()
    assert len({made.need for made in pooled.pools if made.need >= 0}) == sum(
        made.need >= 0 for made in pooled.pools
    )
    identities = Counter((m.field, m.place, m.group, m.first, m.last, m.need) for m in pooled.pools)
    assert all(count == 1 for count in identities.values())
    assert pooled.met <= pooled.most


@given(st.lists(ROWS, max_size=20), st.lists(ROWS, max_size=10))
@settings(max_examples=40, deadline=None)
def test_pooling_again_gives_the_same(supply, demand):
    once = pool(parcels(*supply), needs(*demand), rules(2))
    again = pool(parcels(*supply), needs(*demand), rules(2))

    assert once == again


def can_be_filled(reaches, amounts, asked, chosen):
    """Whether a linear programme finds a way to give every chosen target what it asks."""
    pairs = [(c, t) for c in range(len(amounts)) for t in chosen if reaches[c, t]]
    if {t for _, t in pairs} != set(chosen):
        return False
    if not chosen:
        return True
    limits = [[float(c == row) for c, _ in pairs] for row in range(len(amounts))]
    wanted = [[float(t == target) for _, t in pairs] for target in chosen]
    found = linprog(
        np.zeros(len(pairs)),
        A_ub=limits,
        b_ub=amounts,
        A_eq=wanted,
        b_eq=[asked[t] for t in chosen],
    )
    return found.status == 0


def best_by_trying(reaches, amounts, asked, covering):
    worth = 0
    for size in range(len(asked) + 1):
        for chosen in combinations(range(len(asked)), size):
            if can_be_filled(reaches, amounts, asked, chosen):
                got = (
                    amounts[reaches[:, list(chosen)].any(axis=1)].sum()
                    if covering
                    else sum(asked[t] for t in chosen)
                )
                worth = max(worth, got)
    return worth


@pytest.mark.parametrize("covering", [False, True])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_choosing_among_few_is_the_best_there_is(covering, data):
    reaches, amounts, asked = data.draw(instances(most_targets=4))

    chosen = choose(reaches, amounts, asked, covering=covering)

    assert chosen.exact
    assert chosen.worth == best_by_trying(reaches, amounts, asked, covering)
    check(chosen, reaches, amounts, asked, covering)


@pytest.mark.parametrize("covering", [False, True])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_choosing_among_many_conserves_and_knows_how_good_it_is(covering, data):
    reaches, amounts, asked = data.draw(instances(most_targets=2 * MOST, fewest=MOST + 1))

    chosen = choose(reaches, amounts, asked, covering=covering)

    assert chosen.worth <= chosen.most
    check(chosen, reaches, amounts, asked, covering)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_the_most_there_could_be_is_no_less_than_the_best(data):
    reaches, amounts, asked = data.draw(instances(most_targets=4))

    for covering in (False, True):
        part = Part(reaches, amounts.tolist(), asked.tolist(), covering)
        assert part.most() >= best_by_trying(reaches, amounts, asked, covering)


@st.composite
def instances(draw, most_targets, fewest=1):
    targets = draw(st.integers(fewest, most_targets))
    classes = draw(st.integers(1, 6))
    cells = draw(st.lists(st.booleans(), min_size=classes * targets, max_size=classes * targets))
    amounts = draw(st.lists(st.integers(1, 20), min_size=classes, max_size=classes))
    asked = draw(st.lists(st.integers(1, 25), min_size=targets, max_size=targets))
    return np.array(cells, bool).reshape(classes, targets), np.array(amounts), np.array(asked)


def check(chosen, reaches, amounts, asked, covering):
    """Classes give what they have to what they reach; targets get what they ask, or nothing."""
    got = Counter()
    for one, given_ in enumerate(chosen.given):
        assert sum(given_.values()) + chosen.spare[one] == amounts[one]
        for target, amount in given_.items():
            assert amount > 0
            assert reaches[one, target]
            got[target] += amount
    assert set(got) == set(chosen.targets)
    for target, amount in got.items():
        assert amount >= asked[target] if covering else amount == asked[target]
    assert chosen.worth == sum(got.values())


def test_a_parcel_barred_from_a_need_goes_elsewhere():
    wanted = needs((60, day(2027, 1), day(2027, 12, 31)))
    barred = Rules(TODAY, np.full(1, USEFUL), barred={0: [0]})

    [made] = pool(parcels((60, *WHOLE)), wanted, barred).pools

    assert made.need == NO_NEED


def test_a_parcel_barred_from_pools_is_for_needs_alone():
    wanted = needs((20, day(2027, 1), day(2027, 12, 31)))
    barred = Rules(TODAY, np.full(1, USEFUL), barred={NO_NEED: [0]})

    pooled = pool(parcels((80, *WHOLE)), wanted, barred)

    assert [made.need for made in pooled.pools] == [0]
    [left] = pooled.left
    assert (left.amount, left.missing) == (60, USEFUL)
