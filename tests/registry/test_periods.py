"""Months, and half-years of the financial year."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from registry.periods import Period, from_day, half_years, months, sums

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))


@given(DAYS, st.integers(1, 12), st.sampled_from([half_years, months]))
def test_periods_begin_with_the_day_and_leave_no_gap(day, number, make):
    spans = make(day, number)

    assert len(spans) == number
    assert spans[0].first <= day <= spans[0].last
    assert all(a.last + timedelta(days=1) == b.first for a, b in pairwise(spans))


@given(DAYS)
def test_half_years_begin_in_april_or_october(day):
    assert {span.first.month for span in half_years(day, 3)} == {4, 10}


def test_from_a_day_on_the_first_period_begins_with_it():
    day = date(2026, 11, 2)
    first, second = from_day(half_years(day, 2), day)

    assert (first.first, first.last) == (day, date(2027, 3, 31))
    assert first.short == "Nov–Mar 2026–27"
    assert second.first == date(2027, 4, 1)


def test_periods_name_their_months_and_years():
    october, april = half_years(date(2026, 11, 2), 2)

    assert october.short == "Oct–Mar 2026–27"
    assert april.short == "Apr–Sep 2027"
    assert [month.short for month in months(date(2026, 12, 31), 2)] == ["Dec 2026", "Jan 2027"]


def test_sums_counts_each_amount_in_its_period_only():
    spans = [
        Period(date(2027, 1, 1), date(2027, 3, 31)),
        Period(date(2027, 4, 1), date(2027, 6, 30)),
    ]
    amounts = [
        (date(2027, 3, 31), Decimal(1)),
        (date(2027, 3, 31), Decimal(2)),
        (date(2027, 4, 1), Decimal(4)),
        (date(2027, 7, 1), Decimal(8)),
    ]

    assert sums(amounts, spans) == [Decimal(3), Decimal(4)]
