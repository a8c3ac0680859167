"""Pages by position: everything once, in order, whatever cursor is sent."""

import base64
import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.exceptions import NotFound

from procurement.pagination import Order, Position, read_cursor, rows_after, write_cursor
from registry.models import Category, Contract
from tests.factories import NOW, make_category, make_contract, make_council, make_supplier

BY_END = Order("end_date", lacking=True)
BY_CHANGE = Order("changed_at")


def contracts_ending(*days):
    shared = {
        "council": make_council(),
        "supplier": make_supplier(),
        "category": make_category(),
        "start_date": None,
    }
    return [make_contract(end_date=day, **shared) for day in days]


def walk(queryset, order, size):
    """The rows of every page, following positions until none is left."""
    after, found = None, []
    while rows := rows_after(queryset, order, after=after, size=size):
        found += rows
        value = None if order.field == "pk" else getattr(rows[-1], order.field)
        after = Position(value, rows[-1].pk)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_pages_hold_every_row_once_and_those_without_a_date_last(size):
    same, none = date(2027, 3, 31), None
    made = contracts_ending(none, same, date(2030, 1, 1), same, none, date(2026, 1, 1), same, none)

    found = walk(Contract.objects.all(), BY_END, size)

    assert [row.pk for row in found] == [
        row.pk for row in sorted(made, key=lambda c: (c.end_date or date.max, c.pk))
    ]


@pytest.mark.django_db
def test_page_in_the_middle_is_one_query_by_the_index(django_assert_num_queries):
    contracts_ending(*[date(2027, 1, day) for day in range(1, 10)])
    after = Position(date(2027, 1, 4), UUID(int=0))

    with django_assert_num_queries(1):
        rows = rows_after(Contract.objects.all(), BY_END, after=after, size=3)

    assert [row.end_date.day for row in rows] == [4, 5, 6]


@pytest.mark.django_db
def test_page_by_change_follows_the_moment():
    made = contracts_ending(*[date(2027, 1, 1)] * 3)
    for minutes, contract in enumerate(made):
        contract.changed_at = NOW - timedelta(minutes=minutes)
        contract.save()

    assert walk(Contract.objects.all(), BY_CHANGE, 1) == made[::-1]


@pytest.mark.django_db
def test_page_by_key_alone():
    for code in ("LAP", "MON", "PRN"):
        make_category(code)

    assert [c.pk for c in walk(Category.objects.all(), Order(), 2)] == ["LAP", "MON", "PRN"]


@given(day=st.none() | st.dates(), key=st.uuids())
def test_cursor_comes_back_as_it_was(day, key):
    position = Position(day, key)

    assert read_cursor(write_cursor(BY_END, position), Contract, BY_END) == position


@given(moment=st.datetimes(timezones=st.just(UTC)), key=st.uuids())
def test_cursor_keeps_moments_to_the_microsecond(moment, key):
    position = Position(moment, key)

    assert read_cursor(write_cursor(BY_CHANGE, position), Contract, BY_CHANGE) == position


def encoded(*parts):
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


KEY = str(UUID(int=7))


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "nonsense",
        "\0",
        "é",
        "A" * 100_000,
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        base64.urlsafe_b64encode(b"[" * 200).decode(),
        encoded("end_date", "2027-03-31"),
        encoded("end_date", "0000-00-00", KEY),
        encoded("end_date", "2027-02-30", KEY),
        encoded("end_date", "2027-03-31", "7"),
        encoded("end_date", 1, KEY),
        encoded("title", "Laptops", KEY),
        encoded("end_date", "2027-03-31 ", KEY),
        write_cursor(BY_CHANGE, Position(datetime(2026, 1, 1, tzinfo=UTC), UUID(int=7))),
        write_cursor(BY_END, Position(date(2027, 3, 31), UUID(int=7))) + "=",
    ],
)
def test_cursor_of_another_make_is_refused(cursor):
    with pytest.raises(NotFound):
        read_cursor(cursor, Contract, BY_END)


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "2026-01-01T00:00:00", "2026-01-01"]
)
def test_cursor_with_a_moment_not_in_utc_is_refused(moment):
    with pytest.raises(NotFound):
        read_cursor(encoded("changed_at", moment, KEY), Contract, BY_CHANGE)


@given(
    st.text(max_size=200) | st.binary(max_size=200).map(base64.urlsafe_b64encode).map(bytes.decode)
)
def test_cursor_of_any_text_is_read_or_refused(text):
    try:
        position = read_cursor(text, Contract, BY_END)
    except NotFound:
        return
    assert write_cursor(BY_END, position) == text


@pytest.mark.django_db
def test_a_cursor_with_half_a_character_leads_nowhere():
    text = base64.urlsafe_b64encode(
        json.dumps(["pk", None, "\ud800"], separators=(",", ":")).encode()
    )

    with pytest.raises(NotFound):
        read_cursor(text.decode().rstrip("="), Category, Order())
