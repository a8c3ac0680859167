from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.records import Basis, Vat
from registry.values import (
    Amounts,
    months_on,
    over_the_term,
    share_of_a_year,
    term_in_months,
    with_vat,
    yearly_value,
)

START = date(2025, 4, 1)


def test_yearly_value_prefers_the_stated_annual_value():
    amounts = Amounts(total=Decimal(90000), annual=Decimal(40000), basis=Basis.TOTAL)

    assert yearly_value(amounts, start=START, end=date(2028, 3, 31)).amount == Decimal("40000.00")


@pytest.mark.parametrize(
    ("end", "yearly"),
    [
        (date(2027, 3, 31), "60000.00"),
        (date(2028, 3, 31), "40000.00"),
        (date(2026, 9, 30), "80000.00"),
        (date(2032, 3, 31), "17142.86"),
    ],
)
def test_yearly_value_spreads_the_total_over_calendar_months(end, yearly):
    amounts = Amounts(total=Decimal(120000), basis=Basis.TOTAL)

    assert yearly_value(amounts, start=START, end=end).amount == Decimal(yearly)


def test_yearly_value_of_a_short_contract_is_its_total():
    amounts = Amounts(total=Decimal(9000), basis=Basis.TOTAL)

    assert yearly_value(amounts, start=START, end=date(2025, 6, 30)).amount == Decimal("9000.00")


def test_yearly_value_says_when_the_basis_was_taken_as_total():
    found = yearly_value(Amounts(total=Decimal(100)), start=START, end=date(2027, 3, 31))

    assert found.amount == Decimal("50.00")
    assert "its basis is not stated" in found.because


def test_yearly_value_takes_an_annual_basis_as_it_is():
    amounts = Amounts(total=Decimal(100), basis=Basis.ANNUAL)

    assert yearly_value(amounts, start=None, end=None).amount == Decimal("100.00")


@pytest.mark.parametrize(
    "amounts", [Amounts(), Amounts(total=Decimal(0)), Amounts(total=Decimal(-5))]
)
def test_yearly_value_is_none_without_a_value(amounts):
    assert yearly_value(amounts, start=START, end=date(2027, 3, 31)).amount is None


def test_yearly_value_is_none_without_a_term():
    found = yearly_value(Amounts(total=Decimal(100)), start=START, end=None)

    assert found.amount is None
    assert "not known" in found.because


def test_term_in_months_counts_left_over_days_as_part_of_their_month():
    assert term_in_months(START, date(2027, 4, 1)) == 24 + Fraction(1, 30)


@pytest.mark.parametrize("start", [date(9998, 12, 31), date(9999, 1, 1)])
def test_term_in_months_counts_to_the_end_of_the_calendar(start):
    assert term_in_months(start, date.max) == 12


@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(-60, 240))
def test_months_on_keeps_the_day_or_takes_the_last(day, months):
    later = months_on(day, months)

    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_term_in_months_grows_with_every_day(start, days):
    end = date.fromordinal(start.toordinal() + days)
    following = date.fromordinal(end.toordinal() + 1)

    assert 0 < term_in_months(start, end) < term_in_months(start, following)


@pytest.mark.parametrize(
    ("vat", "amount"), [(Vat.NET, "120.00"), (Vat.UNKNOWN, "120.00"), (Vat.GROSS, "100.00")]
)
def test_with_vat_adds_it_unless_it_is_in(vat, amount):
    assert with_vat(Decimal(100), vat=vat, rate_percent=Decimal(20)) == Decimal(amount)


@given(
    st.decimals(Decimal("0.01"), Decimal(10) ** 9, places=2),
    st.fractions(Fraction(25, 2), Fraction(400), max_denominator=31),
)
def test_share_of_a_year_is_within_half_a_penny_of_the_exact_share(total, months):
    exact = Fraction(total) * 12 / months

    assert abs(Fraction(share_of_a_year(total, months)) - exact) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("start", "end", "comes_to"),
    [
        (date(2024, 4, 1), date(2027, 3, 31), "36000.00"),
        (date(2024, 4, 1), date(2025, 9, 30), "18000.00"),
        # Nothing says that less than a year is spent of a year's value.
        (date(2024, 4, 1), date(2024, 6, 30), "12000.00"),
        (date(2024, 4, 1), None, "12000"),
        (None, date(2027, 3, 31), "12000"),
    ],
)
def test_a_yearly_value_comes_to_that_of_its_term(start, end, comes_to):
    assert over_the_term(Decimal(12_000), start=start, end=end) == Decimal(comes_to)
