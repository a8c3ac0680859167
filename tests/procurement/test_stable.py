"""The largest set of commitments that holds: by examples, and against every set there is."""

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.stable import (
    Commitment,
    Conditions,
    Lack,
    Prices,
    Reason,
    resolve,
    told_in_full,
    told_itself,
)

FLAT = Prices(((1, Decimal(600)),))
FALLING = Prices(((1, Decimal(650)), (500, Decimal(610)), (1000, Decimal(570))))


def commits(council, quantity=100, **conditions):
    if "leads" in conditions:
        conditions["leads"] = frozenset(conditions["leads"])
    return Commitment(council, quantity, Conditions(**conditions))


def why(outcome):
    return {f.council: (f.round, [r.lack for r in f.reasons]) for f in outcome.fallen}


def test_resolve_keeps_all_whose_conditions_are_met():
    outcome = resolve([commits("a", councils=2), commits("b", price=Decimal(600))], prices=FLAT)

    assert outcome.holding == ("a", "b")
    assert (outcome.quantity, outcome.price) == (200, Decimal(600))
    assert outcome.fallen == ()


def test_resolve_lets_those_fall_out_whom_others_leave_short():
    outcome = resolve(
        [
            commits("a", 500, price=Decimal(500)),
            commits("b", 300, price=Decimal(600)),
            commits("c", 400, councils=2),
            commits("d", 50),
        ],
        prices=FALLING,
    )

    assert outcome.holding == ("c", "d")
    assert why(outcome) == {"a": (1, [Lack.PRICE]), "b": (2, [Lack.PRICE])}
    assert [(r.asked, r.had) for r in outcome.fallen[1].reasons] == [("600", "610")]


def test_resolve_finds_no_joint_buy_of_one():
    outcome = resolve([commits("a")], prices=FLAT)

    assert outcome.holding == ()
    assert why(outcome) == {"a": (1, [Lack.COUNCILS])}


def test_resolve_counts_a_price_nobody_knows_as_not_low_enough():
    outcome = resolve([commits("a", price=Decimal(600)), commits("b")], prices=Prices())

    assert why(outcome)["a"] == (1, [Lack.PRICE])


def test_resolve_takes_the_lead_under_whom_most_hold():
    offered = [commits("a", leads="b"), commits("b"), commits("c", leads="ab"), commits("d")]

    assert resolve(offered, prices=FLAT, leads=["a", "b"]).lead == "b"
    assert resolve(offered, prices=FLAT, leads=["a"]).holding == ()


def test_resolve_of_two_leads_alike_takes_the_one_with_the_larger_volume():
    offered = [
        commits("a", leads="x"),
        commits("b", leads="x"),
        commits("c", 200, leads="y"),
        commits("d", leads="y"),
    ]

    assert resolve(offered, prices=FLAT, leads=["x", "y"]).lead == "y"
    assert resolve(offered[:2], prices=FLAT, leads=["x", "y"]).lead == "x"


def test_resolve_holds_nobody_to_a_lead_that_fell_out():
    offered = [commits("a", councils=5), commits("b"), commits("c")]

    outcome = resolve(offered, prices=FLAT, leads=["a"])

    assert outcome.holding == ()
    assert why(outcome) == {
        "a": (1, [Lack.COUNCILS]),
        "b": (2, [Lack.LEAD_FELL_OUT]),
        "c": (2, [Lack.LEAD_FELL_OUT]),
    }


def test_resolve_of_nobody_is_nobody():
    assert resolve([], prices=FLAT).holding == ()


@pytest.mark.parametrize(
    "steps", [((1, Decimal(5)), (2, Decimal(6))), ((2, Decimal(6)), (2, Decimal(5)))]
)
def test_prices_that_rise_or_repeat_are_refused(steps):
    with pytest.raises(ValueError, match="not dearer"):
        Prices(steps)


NAMES = {"a": "Ash", "b": "Birch"}
REASONS = [
    Reason(Lack.COUNCILS, "5", "4"),
    Reason(Lack.QUANTITY, "500", "420"),
    Reason(Lack.PRICE, "600", "640"),
    Reason(Lack.PRICE, "600", ""),
    Reason(Lack.LEAD, "a", "b"),
    Reason(Lack.LEAD, "a b", ""),
    Reason(Lack.LEAD_FELL_OUT, "a", ""),
]


def test_reasons_are_told_in_full_to_those_who_see_all():
    assert [told_in_full(reason, NAMES) for reason in REASONS] == [
        "It wants at least 5 councils, and 4 were left.",
        "It wants at least 500 bought together, and 420 were left.",
        "It pays at most £600 each, and the price would be £640.",
        "It pays at most £600 each, and no price is known for so few.",
        "It wants Ash to lead, and Birch would lead.",
        "It wants Ash or Birch to lead, and nobody leads.",
        "Ash would lead, and fell out itself.",
    ]


def test_reasons_told_to_a_council_hold_no_quantity_or_price_but_its_own():
    told = [told_itself(reason, NAMES) for reason in REASONS]

    assert told == [
        "You want at least 5 councils, and 4 were left.",
        "You want at least 500 bought together, and fewer were left.",
        *["You pay at most £600 each, and the price would be more or is not known."] * 2,
        "You want Ash to lead, who would not.",
        "You want Ash or Birch to lead, who would not.",
        "The council that would lead fell out itself.",
    ]
    assert not any(figure in words for words in told for figure in ("420", "640"))


CODES = "abcdef"
money = st.integers(1, 8).map(Decimal)
some_conditions = st.builds(
    Conditions,
    councils=st.integers(0, 6),
    quantity=st.integers(0, 40),
    price=st.none() | money,
    leads=st.frozensets(st.sampled_from(CODES), max_size=3) | st.just(frozenset()),
)


@st.composite
def instances(draw):
    councils = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=6))
    offered = [
        Commitment(c, draw(st.integers(1, 12)), draw(some_conditions)) for c in sorted(councils)
    ]
    quantities = sorted(draw(st.sets(st.integers(1, 40), max_size=4)))
    dearest_first = sorted((draw(money) for _ in quantities), reverse=True)
    leads = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=3))
    return offered, Prices(tuple(zip(quantities, dearest_first, strict=True))), leads


def holds(chosen, offered, prices, lead):
    """Said once more, plainly: whether everybody's conditions are met in this set."""
    quantity = sum(one.quantity for one in chosen)
    price = prices.at(quantity)
    codes = {one.council for one in chosen}
    return all(
        len(chosen) >= max(2, one.conditions.councils)
        and quantity >= one.conditions.quantity
        and (one.conditions.price is None or (price or Decimal(99)) <= one.conditions.price)
        and (not one.conditions.leads or lead in one.conditions.leads)
        and (lead in codes or lead not in {o.council for o in offered})
        for one in chosen
    )


def stable_sets(offered, prices, lead):
    return [
        chosen
        for size in range(len(offered) + 1)
        for chosen in combinations(offered, size)
        if holds(chosen, offered, prices, lead)
    ]


@settings(max_examples=2000, deadline=None)
@given(instances())
def test_resolve_finds_the_largest_of_all_sets_that_hold(instance):
    offered, prices, leads = instance
    every = [
        (len(s), sum(one.quantity for one in s), lead, {one.council for one in s})
        for lead in leads or [""]
        for s in stable_sets(offered, prices, lead)
    ]

    outcome = resolve(offered, prices=prices, leads=leads)

    size, quantity = max((size, quantity) for size, quantity, _, _ in every)
    assert (len(outcome.holding), outcome.quantity) == (size, quantity)
    assert outcome.lead == min(lead for n, q, lead, _ in every if (n, q) == (size, quantity))
    # Nothing that holds under the same lead reaches outside it.
    assert all(
        members <= set(outcome.holding) for _, _, lead, members in every if lead == outcome.lead
    )
    assert sorted([*outcome.holding, *(f.council for f in outcome.fallen)]) == [
        one.council for one in offered
    ]


@settings(max_examples=300, deadline=None)
@given(instances(), st.integers(1, 12))
def test_resolve_lets_nobody_fall_out_because_another_comes(instance, quantity):
    offered, prices, leads = instance
    newcomer = Commitment("z", quantity)

    before = resolve(offered, prices=prices, leads=leads[:1]).holding
    after = resolve([*offered, newcomer], prices=prices, leads=leads[:1]).holding

    assert set(before) <= set(after)
