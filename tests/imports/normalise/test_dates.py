from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.normalise.dates import read_date
from imports.normalise.written_dates import Order, evidence

DAY, MONTH = Order.DAY_FIRST, Order.MONTH_FIRST
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def day(cell, order=DAY, *, is_end=False):
    return read_date(cell, order=order, is_end=is_end).value


@pytest.mark.parametrize(
    "cell",
    [
        "31/03/2027", "31/3/27", "31-03-2027", "31.03.2027", "31 03 2027", "31-Mar-2027",
        "31-Mar-27", "31 March 2027", "31st March 2027", "31st of March 2027", "March 31, 2027",
        "Wednesday 31 March 2027", "2027-03-31", "2027/03/31", "20270331", "31032027",
        "2027-03-31T00:00:00", "2027-03-31T00:00:00Z", "31/03/2027 00:00", "31/03/2027 12:00 AM",
        "2027-03-30T23:00:00Z", 46477, "46477", 46477.0, date(2027, 3, 31),
        datetime(2027, 3, 31), datetime(2027, 3, 31, 1), datetime(2027, 3, 30, 23),
        "31/03/2027 (extended)", "Extended to 31/03/2027", "  31/03/2027 ",
    ],
)  # fmt: skip
def test_read_date_reads_every_form(cell):
    assert day(cell) == date(2027, 3, 31)


@given(
    DAYS, st.sampled_from(["%d/%m/%Y", "%d-%b-%Y", "%d %B %Y", "%Y-%m-%d", "%Y%m%d", "%B %d, %Y"])
)
def test_read_date_reads_back_what_was_written(written, form):
    assert day(written.strftime(form)) == written


@given(DAYS)
def test_read_date_reads_back_month_first(written):
    assert day(written.strftime("%m/%d/%Y"), MONTH) == written


@given(st.lists(DAYS, min_size=1, max_size=30), st.booleans())
def test_evidence_never_decides_against_the_dates(written, day_first):
    form = "%d/%m/%Y" if day_first else "%m/%d/%Y"

    found = evidence(each.strftime(form) for each in written).order

    assert found in {None, DAY if day_first else MONTH}


def test_read_date_takes_months_from_their_first_to_their_last_day():
    assert day("Feb-28") == date(2028, 2, 1)
    assert day("Feb-28", is_end=True) == date(2028, 2, 29)
    assert day("March 2027", is_end=True) == date(2027, 3, 31)
    assert day("03/2027", is_end=True) == date(2027, 3, 31)


@pytest.mark.parametrize(
    "cell",
    ["", "TBC", "tbc", "N/A", "n/a", "-", "Unknown", "To be confirmed", 0, "0", "31/12/2099",
     "01/01/1900", "1899-12-30", "31/12/9999", date(2099, 12, 31), "#N/A", "none"],
)  # fmt: skip
def test_read_date_finds_nothing_said_and_no_problem(cell):
    reading = read_date(cell, order=DAY, is_end=True)

    assert (reading.value, reading.fault, dict(reading.also)) == (None, None, {})


@pytest.mark.parametrize(
    "cell",
    ["Ongoing", "ongoing", "Rolling", "Rolling contract", "On-going", "Until terminated",
     "Evergreen", "Perpetual", "open ended", "No end date", "Continuous", "Until further notice"],
)  # fmt: skip
def test_read_date_knows_contracts_that_just_go_on(cell):
    reading = read_date(cell, order=DAY, is_end=True)

    assert (reading.value, reading.fault, dict(reading.also)) == (None, None, {"rolling": True})


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("31/11/2026", "31/11/2026 does not exist: November has 30 days."),
        ("29/02/2027", "29/02/2027 does not exist: February 2027 has 28 days."),
        ("00/04/2027", "00/04/2027 does not exist: there is no day 0."),
        ("31/13/2026", "31/13/2026 does not exist: there is no month 13."),
        ("31/03/202", "The year 202 has three digits."),
        ("31/03/20255", "The year 20255 has 5 digits."),
        ("10000-01-01", "The year 10000 has 5 digits."),
        ("2027", "This is a year, not a date."),
        ("2026/27", "This is a period, not one date."),
        ("Q3 2026", "This is a period, not one date."),
        ("see contract", "This is not a date."),
        ("31/03/2025 & 30/06/2025", "Two dates stand in this cell."),
        ("31/03/2206", "31/03/2206 is in the year 2206."),
        ("1 April", "This is not a date."),
    ],
)
def test_read_date_refuses_and_says_why(cell, said):
    reading = read_date(cell, order=DAY)

    assert reading.value is None
    assert reading.fault.problem == said
    assert reading.fault.what_to_do


def test_read_date_keeps_options_written_behind_an_end():
    reading = read_date("31/03/2025 + 1 + 1", order=DAY, is_end=True)

    assert reading.value == date(2025, 3, 31)
    assert reading.also == {"extension": "+ 1 + 1"}


def test_read_date_takes_an_end_from_a_span():
    assert day("01/04/2024 - 31/03/2027") == date(2024, 4, 1)
    assert day("01/04/2024 - 31/03/2027", is_end=True) == date(2027, 3, 31)


def test_read_date_windows_two_digit_years():
    assert day("01/04/95") == date(1995, 4, 1)
    assert day("31/03/50") == date(2050, 3, 31)
