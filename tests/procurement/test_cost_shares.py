"""The lead's costs are shared to the penny."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from procurement.cost_shares import Rule, cost_shares

QUANTITIES = {"a": 300, "b": 100, "c": 200}


def shared(costs, rule, quantities=QUANTITIES):
    return cost_shares(Decimal(costs), quantities, rule=rule, lead="b")


def test_costs_are_shared_by_each_rule():
    assert shared(600, Rule.EQUALLY) == {"a": 200, "b": 200, "c": 200}
    assert shared(600, Rule.BY_QUANTITY) == {"a": 300, "b": 100, "c": 200}
    assert shared(600, Rule.BY_LEAD) == {"b": 600}


def test_pennies_that_rounding_leaves_are_given_out():
    assert shared("100.00", Rule.EQUALLY) == {
        "a": Decimal("33.34"),
        "b": Decimal("33.33"),
        "c": Decimal("33.33"),
    }


def test_costs_of_nobody_are_nobody_s():
    assert shared(600, Rule.EQUALLY, {}) == {}


@given(
    st.decimals(0, 1_000_000, places=2),
    st.dictionaries(st.text("abcd", min_size=1, max_size=3), st.integers(1, 999), min_size=1),
    st.sampled_from(Rule),
)
def test_shares_sum_to_the_costs_and_are_within_a_penny_of_exact(costs, quantities, rule):
    shares = cost_shares(costs, quantities, rule=rule, lead=min(quantities))

    assert sum(shares.values()) == costs
    if rule == Rule.BY_QUANTITY:
        total = sum(quantities.values())
        assert all(
            abs(s - costs * quantities[c] / total) < Decimal("0.01") for c, s in shares.items()
        )
