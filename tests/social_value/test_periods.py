"""A promise's parts come to the whole, year by year, whatever the term."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from social_value.periods import (
    ONE_YEAR,
    Part,
    due_first,
    less,
    parts,
    whole_months,
    whole_quantity,
)

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("starts", "ends", "months"),
    [
        (date(2026, 4, 1), date(2029, 3, 31), 36),
        (date(2026, 1, 31), date(2026, 2, 27), 1),
        (date(2026, 4, 15), date(2026, 5, 14), 1),
        (date(2026, 4, 15), date(2026, 5, 13), 0),
        (date(2026, 4, 1), date(2026, 4, 1), 0),
    ],
)
def test_whole_months_are_those_completed(starts, ends, months):
    assert whole_months(starts, ends) == months


@pytest.mark.parametrize("starts", [date(9997, 12, 31), date(9998, 1, 1)])
def test_a_yearly_promise_has_parts_to_the_end_of_the_calendar(starts):
    found = parts(Decimal(20), Decimal(10), starts, date.max)

    assert [part.first for part in found][:2] == [starts, starts.replace(starts.year + 1)]
    assert found[-1].last == date.max
    assert sum(part.amount for part in found) == 20


def test_a_yearly_promise_is_counted_for_each_year_of_the_term():
    total, why = whole_quantity(
        Decimal(10), per_year=True, starts=date(2026, 4, 1), ends=date(2027, 9, 30)
    )

    assert total == 15
    assert "18 months" in why


def test_a_yearly_promise_without_a_known_term_is_counted_once():
    assert whole_quantity(Decimal(10), per_year=True, starts=None, ends=None) == (10, ONE_YEAR)


def test_a_promise_for_the_whole_is_one_part():
    assert parts(Decimal(10), None, date(2026, 4, 1), None) == [
        Part(Decimal(10), date(2026, 4, 1), None)
    ]


def test_a_yearly_promise_has_a_part_for_each_year():
    found = parts(Decimal(15), Decimal(10), date(2026, 4, 1), date(2027, 9, 30))

    assert found == [
        Part(Decimal(10), date(2026, 4, 1), date(2027, 3, 31)),
        Part(Decimal(5), date(2027, 4, 1), date(2027, 9, 30)),
    ]


@given(DAYS, st.integers(0, 5000), st.decimals("0.0001", "1000", places=4))
def test_parts_come_to_the_whole_and_lie_within_the_term(starts, length, yearly):
    ends = starts + timedelta(days=length)
    total, _ = whole_quantity(yearly, per_year=True, starts=starts, ends=ends)

    found = parts(total, yearly, starts, ends)

    assert sum(part.amount for part in found) == total
    assert all(part.amount > 0 for part in found)
    assert all(starts <= part.first <= part.last <= ends for part in found)
    assert all(one.last < other.first for one, other in pairwise(found))


PARTS = st.lists(
    st.builds(
        lambda amount, first, length: Part(Decimal(amount), first, first + timedelta(days=length)),
        st.integers(1, 100),
        DAYS,
        st.integers(0, 400),
    ),
    max_size=6,
)


@given(PARTS, PARTS)
def test_what_is_left_and_what_is_used_is_all_there_was(held, used):
    left = less(held, used)

    total, taken = (sum(part.amount for part in parts) for parts in (held, used))
    assert sum(part.amount for part in left) == max(total - taken, 0)
    assert all(part.amount > 0 for part in left)


def test_what_is_used_is_taken_from_the_year_it_is_used_in():
    years = parts(Decimal(30), Decimal(10), date(2026, 4, 1), date(2029, 3, 31))

    left = less(years, [Part(Decimal(12), date(2027, 6, 1), date(2027, 12, 31))])

    assert [(part.amount, part.first.year) for part in left] == [(8, 2026), (10, 2028)]


@given(st.dictionaries(st.integers(0, 3), PARTS), st.integers(0, 400))
def test_what_is_delivered_is_taken_of_what_falls_due_first_and_no_more(promises, amount):
    taken = list(due_first(promises, Decimal(amount)))

    held = sum(part.amount for theirs in promises.values() for part in theirs)
    assert sum(part.amount for _, part in taken) == min(amount, held)
    used = {key: [part for k, part in taken if k == key] for key in promises}
    left = [part for key, theirs in promises.items() for part in less(theirs, used[key])]
    if left and taken:
        assert sum(part.amount for part in left) == held - min(amount, held)


def test_of_two_promises_the_one_that_ends_first_is_kept_first():
    early, late = date(2026, 3, 31), date(2028, 3, 31)
    promises = {
        "open": [Part(Decimal(5), None, None)],
        "late": [Part(Decimal(5), date(2025, 4, 1), late)],
        "early": [Part(Decimal(5), date(2025, 4, 1), early)],
    }

    taken = due_first(promises, Decimal(7))

    assert [(key, part.amount) for key, part in taken] == [("early", 5), ("late", 2)]
