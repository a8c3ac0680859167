"""What follows from a contract's facts."""

from datetime import date
from decimal import Decimal

import pytest

from registry.workings import terms_of, work_out

TERM = {"start_date": date(2024, 4, 1), "end_date": date(2027, 3, 31)}


@pytest.mark.parametrize(
    ("said", "earliest", "latest"),
    [
        ({}, date(2027, 3, 31), date(2027, 3, 31)),
        ({"extension": "2 x 12 months"}, date(2027, 3, 31), date(2029, 3, 31)),
        ({"latest_end_date": date(2028, 3, 31)}, date(2027, 3, 31), date(2028, 3, 31)),
        ({"latest_end_date": date(2025, 3, 31)}, date(2027, 3, 31), date(2027, 3, 31)),
    ],
)
def test_work_out_finds_the_first_and_last_day_it_can_end(said, earliest, latest):
    found = work_out(TERM | said)

    assert (found.earliest_exit, found.latest_permitted_end) == (earliest, latest)


def test_work_out_lets_a_break_clause_end_it_sooner():
    found = work_out(TERM | {"break_clause": "3 months' notice at any time"})

    assert found.earliest_exit < date(2027, 3, 31)


@pytest.mark.parametrize("facts", [{"rolling": True}, {"start_date": date(2024, 4, 1)}, {}])
def test_work_out_assumes_no_end(facts):
    found = work_out(facts)

    assert (found.earliest_exit, found.latest_permitted_end) == (None, None)


@pytest.mark.parametrize(
    ("said", "yearly"),
    [
        ({"total_value": Decimal("120000.00"), "value_basis": "total"}, Decimal("40000.00")),
        ({"annual_value": Decimal("5.00"), "total_value": Decimal("99.00")}, Decimal("5.00")),
        ({"total_value": Decimal("120000.00"), "value_basis": "annual"}, Decimal("120000.00")),
        ({"total_value": Decimal("-5.00")}, None),
        ({"annual_value": Decimal("5.00"), "currency": "EUR"}, None),
        ({"annual_value": Decimal("5.00"), "currency": "GBP"}, Decimal("5.00")),
        ({}, None),
    ],
)
def test_work_out_gives_a_year_s_value(said, yearly):
    assert work_out(TERM | said).yearly_value == yearly


def test_terms_of_a_phrase_that_says_nothing_are_unknown():
    terms = terms_of({"notice_period": "see contract", "break_clause": "", "extension": ""})

    assert (terms.notice, terms.leave, terms.rolling) == (None, None, False)
