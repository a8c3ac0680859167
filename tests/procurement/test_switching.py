from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from procurement.switching import Switching, net
from procurement.track_record import Forecast

SAVING = Forecast(Decimal(2_000), Decimal(5_000), Decimal(9_000))


def test_what_is_paid_once_is_spread_over_the_term():
    found = net(SAVING, [Switching(Decimal(12_000), Decimal(100))], term_months=48)

    assert found.cost == Decimal("3100.00")
    assert found.left == Forecast(Decimal(0), Decimal(1_900), Decimal(5_900))
    assert not found.outweighed


def test_switching_that_costs_more_than_is_likely_saved_is_said():
    assert net(SAVING, [Switching(yearly=Decimal(5_001))], term_months=48).outweighed


def test_a_term_of_less_than_a_year_spreads_nothing():
    assert net(SAVING, [Switching(once=Decimal(600))], term_months=0).cost == 600


POUNDS = st.decimals(0, 10**6, places=2)


@given(
    stated=st.lists(st.builds(Switching, POUNDS, POUNDS), max_size=6),
    term=st.integers(12, 96),
    pounds=st.tuples(POUNDS, POUNDS, POUNDS).map(sorted),
)
def test_a_net_saving_stays_a_range_between_nothing_and_the_saving(stated, term, pounds):
    found = net(Forecast(*pounds), stated, term_months=term)

    assert Decimal(0) <= found.left.low <= found.left.mid <= found.left.high
    assert all(a <= b for a, b in zip(found.left.pounds, pounds, strict=True))
    # Over the whole term no more than a penny a year is lost to rounding.
    exact = sum(one.once + one.yearly * term / 12 for one in stated)
    assert abs(found.cost * term / 12 - exact) <= Decimal("0.01") * term / 12


def test_a_part_of_an_estimate_is_shown_no_more_exactly_than_the_whole():
    found = net(SAVING, [Switching(Decimal(5_412))], term_months=48)

    assert found.about.left == Forecast(Decimal(600), Decimal(3_600), Decimal(7_600))
