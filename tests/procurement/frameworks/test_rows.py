"""Tables of frameworks: told apart by their headings, read cell by cell, problems by line."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.frameworks.rows import (
    AWARDS,
    FRAMEWORKS,
    LAYOUTS,
    LOTS,
    NotATableError,
    as_cell,
    read_csv,
)

HEADINGS = "reference,name,owner,kind,source,as_at"
LINE = "RM1,One,YPO,framework,its page,2026-06-30"


def read(*lines):
    return read_csv("\r\n".join(lines).encode())


def test_a_line_says_what_its_columns_say_and_no_more():
    table = read(f"{HEADINGS},ends,fee_percent,categories", f"{LINE},31/03/2029,0.5%,TAB LAP TAB")

    [row] = table.rows
    assert row.line == 2
    assert row.values["ends"] == date(2029, 3, 31)
    assert row.values["fee_percent"] == Decimal("0.50")
    assert row.values["categories"] == ("LAP", "TAB")
    assert "starts" not in row.values


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_each_table_is_known_by_its_own_headings(layout):
    assert read_csv(",".join(layout.headings).encode()).layout is layout


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("ends", "soon", "“soon” is not a date"),
        ("ends", "2027-02-30", "is not a date"),
        ("ends", "1/1/99999999999", "is not a date"),
        ("fee_percent", "101", "0 to 100"),
        ("fee_percent", "one", "not a percentage"),
        ("fee_percent", "NaN", "0 to 100"),
        ("maximum_value", "lots", "not an amount"),
        ("maximum_value", "-1", "from 0 up"),
        ("maximum_value", "1e999999", "from 0 up"),
        ("maximum_value", "99999999999999.995", "from 0 up"),
        ("open_to", "all", "is none of: public bodies"),
        ("note", "x" * 301, "longer than 300 characters"),
        ("note", "a\x07b", "cannot be shown"),
    ],
)
def test_a_cell_that_cannot_be_is_a_problem_of_its_line(column, cell, words):
    table = read(f"{HEADINGS},{column}", f"{LINE},{cell}")

    assert not table.rows
    [problem] = table.problems
    assert problem.line == 2
    assert problem.says.startswith(f"{column}: ")
    assert words in problem.says


@pytest.mark.parametrize("number", ["0", "10000", "000001" + "9" * 20, "000001" + "9" * 5_000])
def test_a_number_that_no_lot_has_is_a_problem_of_its_line(number):
    table = read("framework,number,name", f"RM1,{number},Laptops")

    assert not table.rows
    assert "not a number from 1 to 9999" in table.problems[0].says


@pytest.mark.parametrize("reference", ["A/B", "..", '"A\nB"', "x" * 61])
def test_a_reference_that_cannot_be_an_address_is_a_problem(reference):
    table = read(HEADINGS, LINE.replace("RM1", reference))

    assert [one.says.split(":")[0] for one in table.problems] == ["reference"]


def test_what_a_line_needs_and_lines_of_the_same_are_said():
    table = read(HEADINGS, LINE, "", LINE, "RM2,,YPO,framework,its page,2026-06-30")

    assert [row.line for row in table.rows] == [2]
    assert [(one.line, one.says) for one in table.problems] == [
        (4, "Line 2 is of the same. Keep one of them."),
        (5, "name is empty. Every line needs it."),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not the headings"),
        (b"Title,Supplier\nx,y", "not the headings"),
        (b"PK\x03\x04\x00\x00", "not a CSV"),
        (f"{HEADINGS},colour\n".encode(), "no column colour"),
        (f"{HEADINGS},name\n".encode(), "stands twice"),
        (f"{HEADINGS}\n{'x' * 200_000}".encode(), "not a CSV"),
    ],
)
def test_a_file_that_is_none_of_the_tables_is_refused_with_what_to_do(content, words):
    with pytest.raises(NotATableError, match=words):
        read_csv(content)


def test_a_file_from_windows_is_read_and_a_byte_order_mark_is_nothing():
    assert read_csv(f"{HEADINGS}\n{LINE}".encode("utf-8-sig")).rows
    text = f"{HEADINGS}\n{LINE.replace('One', 'Café')}".encode("cp1252")
    assert read_csv(text).rows[0].values["name"] == "Café"


@settings(max_examples=60, deadline=None)
@given(
    st.dates(),
    st.decimals(0, 10**12, places=2),
    st.lists(st.from_regex(r"[A-Z]{3}", fullmatch=True)),
)
def test_what_is_written_is_read_back(day, amount, codes):
    columns = {column.name: column for column in (*FRAMEWORKS.columns, *AWARDS.columns)}
    values = {
        "ends": day,
        "maximum_value": amount,
        "categories": tuple(sorted(set(codes))),
        "single_supplier": True,
    }

    for name, value in values.items():
        assert columns[name].read(as_cell(value)) == value


def test_what_looks_like_a_formula_comes_back_as_it_was():
    lines = f"framework,number,name\nRM1,1,{as_cell('=1+1')}"

    assert "'=1+1" in lines
    table = read_csv(lines.encode())
    assert table.layout is LOTS
    assert table.rows[0].values["name"] == "=1+1"
