"""What a person types for a cell: kept when better, answered in a sentence when not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.cells import ColumnReading
from imports.mending import Line, corrections_of, is_wrong_anywhere, typed
from imports.normalise.written_dates import Order

START = ColumnReading("S", "D", "Start date", "start_date", "")
END = ColumnReading("S", "E", "End date", "end_date", "")
TITLE = ColumnReading("S", "B", "Title", "title", "")
NOTES = ColumnReading("S", "C", "Description", "description", "")
VALUE = ColumnReading("S", "F", "Value", "total_value", "")
COLUMNS = [TITLE, START, END, VALUE]
LINE = Line("key", {"B": "Laptops", "D": "01/04/2026", "E": "31/03/2026", "F": "S5"}, {})
FIRST = Order.DAY_FIRST


def test_typed_keeps_a_day_in_a_form_no_files_order_turns_round():
    assert typed("03/04/2027", END, FIRST).value == "2027-04-03"


def test_typed_says_why_a_text_is_no_better():
    assert "November has 30 days" in typed("31/11/2026", END, FIRST).fault
    assert typed("S2,035", VALUE, FIRST).fault


@pytest.mark.parametrize(
    ("column", "length", "most"),
    [(TITLE, 501, "500"), (TITLE, 1001, "1,000"), (NOTES, 1001, "1,000")],
)
def test_typed_asks_to_shorten_what_would_be_cut(column, length, most):
    said = f"This is longer than the {most} characters kept here. Shorten it."

    assert typed("x" * length, column, FIRST).fault == said


@pytest.mark.parametrize(("column", "length"), [(TITLE, 500), (NOTES, 1000)])
def test_typed_takes_a_text_as_long_as_is_kept(column, length):
    assert typed("x" * length, column, FIRST).fault == ""


def test_typed_takes_a_blank_as_leaving_the_cell_out():
    assert typed("  ", VALUE, FIRST).value == typed("  ", VALUE, FIRST).fault == ""


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_what_was_typed_as_a_day_reads_as_that_day_in_any_order(day):
    kept = typed(f"{day:%d/%m/%Y}", START, FIRST)

    assert typed(kept.value, START, Order.MONTH_FIRST) == kept
    assert not kept.fault


def test_a_cell_is_wrong_anywhere_or_only_in_its_row():
    assert is_wrong_anywhere("31/11/2026", END, FIRST)
    assert not is_wrong_anywhere("31/03/2026", END, FIRST)


def test_corrections_of_a_row_name_only_what_changed():
    made, faults = corrections_of(LINE, {"B": "Laptops", "F": "5,000"}, [TITLE, VALUE], FIRST)

    assert not faults
    assert [(one.field, one.raw, one.value, one.row_key) for one in made] == [
        ("total_value", "S5", "5,000", "key")
    ]


def test_corrections_of_a_row_refuse_an_end_before_its_start():
    _, faults = corrections_of(LINE, {"E": "30/03/2026"}, COLUMNS, FIRST)

    assert faults == {"E": "The end would be before the start (01/04/2026). Check both."}


def test_corrections_of_a_row_may_move_start_and_end_together():
    made, faults = corrections_of(LINE, {"D": "01/04/2024"}, COLUMNS, FIRST)

    assert not faults
    assert [one.value for one in made] == ["2024-04-01"]
