from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurement.placement import (
    Evidence,
    GridRules,
    place,
    placed_by_hand,
    price_spread,
    wardley,
)

RULES = GridRules(
    grid_least_councils=Decimal(5),
    grid_undated_months=Decimal(60),
    grid_step=Decimal("0.03"),
    grid_many_suppliers=Decimal(10),
    grid_few_suppliers=Decimal(3),
    grid_most_buy=Decimal("0.5"),
    grid_few_buy=Decimal("0.1"),
    grid_narrow_prices=Decimal("0.2"),
    grid_wide_prices=Decimal("0.8"),
    grid_alike_units=Decimal("0.8"),
    grid_unlike_units=Decimal("0.5"),
    grid_box_evolution=Decimal("0.8"),
    grid_box_visibility=Decimal("0.5"),
)
HALF = Decimal("0.5")
PLAIN = {"councils": 8, "councils_in_all": 40, "suppliers": 5}


def placed(evolution="0.80", visibility="0.30", **evidence):
    return place(Decimal(evolution), Decimal(visibility), Evidence(**PLAIN | evidence), RULES)


def test_evidence_that_says_nothing_leaves_the_place():
    assert placed().moves == ()
    assert placed().evolution == Decimal("0.80")


@pytest.mark.parametrize(
    ("evidence", "by", "because"),
    [
        ({"suppliers": 10}, "0.03", "it is sold by 10 suppliers"),
        ({"suppliers": 1}, "-0.03", "it is sold by 1 supplier"),
        ({"councils": 20}, "0.03", "20 of 40 councils buy it"),
        ({"councils_in_all": 100}, "-0.03", "8 of 100 councils buy it"),
        ({"price_spread": Decimal("0.2")}, "0.03", "what councils pay for one lies close together"),
        ({"price_spread": Decimal("0.9")}, "-0.03", "what councils pay for one lies far apart"),
        ({"alike_units": Decimal("0.9")}, "0.03", "councils count it in one unit"),
        ({"alike_units": Decimal("0.4")}, "-0.03", "councils count it in different units"),
    ],
)
def test_each_piece_of_evidence_moves_it_one_step(evidence, by, because):
    [move] = placed(**evidence).moves

    assert (move.by, move.because) == (Decimal(by), because)


def test_what_a_council_says_itself_stays_where_it_is():
    own = placed_by_hand(Decimal("0.80"), Decimal("0.50"), RULES)

    assert (own.evolution, own.visibility, own.moves) == (Decimal("0.80"), HALF, ())
    assert own.day_one
    assert not placed_by_hand(Decimal("0.80"), Decimal("0.51"), RULES).day_one


@pytest.mark.parametrize(
    ("low", "high", "spread"), [("500", "500", "0"), ("400", "600", "0.4"), ("400", "1200", "1")]
)
def test_a_price_band_is_as_wide_as_it_is_beside_its_middle(low, high, spread):
    assert price_spread(Decimal(low), Decimal(high)) == Decimal(spread)


PRICES = st.decimals(min_value="0.01", max_value="100000", places=2)


@given(PRICES, PRICES)
def test_the_spread_of_prices_lies_from_nothing_to_two(one, other):
    low, high = sorted((one, other))

    assert 0 <= price_spread(low, high) < 2


def test_few_councils_move_nothing():
    assert placed(councils=4, suppliers=1, price_spread=Decimal(2)).moves == ()


def test_the_box_is_of_commodities_far_from_residents():
    assert placed(evolution="0.80", visibility="0.50").day_one
    assert not placed(evolution="0.79").day_one
    assert not placed(visibility="0.51").day_one
    assert placed(evolution="0.78", suppliers=10).day_one


SHARES = st.decimals(0, 1, places=2)
MAYBE = st.none() | SHARES


EVIDENCE = st.builds(
    Evidence,
    councils=st.integers(0, 50),
    councils_in_all=st.just(50),
    suppliers=st.integers(0, 50),
    price_spread=MAYBE,
    alike_units=MAYBE,
)


@given(evolution=SHARES, visibility=SHARES, evidence=EVIDENCE)
def test_a_place_stays_on_the_grid_and_near_where_it_began(evolution, visibility, evidence):
    found = place(evolution, visibility, evidence, RULES)

    assert 0 <= found.evolution <= 1
    assert abs(found.evolution - evolution) <= 4 * RULES.grid_step
    assert found.visibility == visibility


def test_map_text_has_a_component_for_each_category_and_no_marks_of_its_own_in_names():
    text = wardley("Shared", {"Fixed telephony [UC] -> SIP": placed()})

    assert text.splitlines() == [
        "title Shared",
        "anchor Residents [0.98, 0.5]",
        "component Fixed telephony UC SIP [0.30, 0.80]",
        "Residents->Fixed telephony UC SIP",
    ]
