"""Money, dates and counts as people read them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import formats


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "£0"),
        ("849.50", "£850"),
        ("999.60", "£1,000"),
        ("71638.20", "£71,600"),
        ("999949", "£999,900"),
        ("999950", "£1 million"),
        ("1000000", "£1 million"),
        ("1234567", "£1.2 million"),
        ("999949999", "£999.9 million"),
        ("999950000", "£1 billion"),
        ("2650000000", "£2.7 billion"),
        ("-71638.20", "−£71,600"),
    ],
)
def test_money_short_rounds_to_what_people_say(amount, words):
    assert formats.money_short(Decimal(amount)) == words


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_rounded_is_never_far_off(amount):
    away = abs(formats.rounded(amount) - amount)

    assert away <= max(Decimal("0.5"), amount / 19)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_money_exact_loses_no_penny(amount):
    words = formats.money_exact(amount)

    assert Decimal(words.replace("£", "").replace(",", "").replace("−", "-")) == amount


def test_money_exact_leaves_out_empty_pennies():
    assert formats.money_exact(Decimal("71600.00")) == "£71,600"
    assert formats.money_exact(Decimal("71600.50")) == "£71,600.50"


def test_money_exact_has_the_sign_of_its_currency():
    told = {"USD": "−$5", "EUR": "−€5", "CHF": "−CHF 5", "NOK": "−NOK 5", "GBP": "−£5"}

    assert {code: formats.money_exact(Decimal(-5), code) for code in told} == told


def test_dates_are_written_out():
    assert formats.day(date(2027, 5, 3)) == "3 May 2027"
    assert formats.month(date(2027, 5, 3)) == "May 2027"
    assert formats.quarter(date(2027, 5, 3)) == "April to June 2027"
    assert formats.quarter(date(2027, 12, 31)) == "October to December 2027"


def test_count_takes_the_plural_given():
    assert formats.count(1, "contract") == "1 contract"
    assert formats.count(1204, "contract") == "1,204 contracts"
    assert formats.count(0, "opportunity", "opportunities") == "0 opportunities"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "in 1 day"),
        (-12, "12 days ago"),
        (92, "in 3 months"),
        (-366, "12 months ago"),
    ],
)
def test_days_away_uses_the_nearest_unit(days, words):
    today = date(2026, 11, 2)

    assert formats.days_away(today + timedelta(days=days), today) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("850", "£850"),
        ("999.60", "£1k"),
        ("71600", "£72k"),
        ("999400", "£999k"),
        ("999700", "£1m"),
        ("1240000", "£1.2m"),
        ("-2000", "−£2k"),
    ],
)
def test_money_brief_takes_a_few_characters(amount, words):
    assert formats.money_brief(Decimal(amount)) == words
