"""Problem rows as a workbook, and that workbook read back."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from imports.cells import ColumnReading
from imports.mending import Line
from imports.problem_book import Wrong, as_sent, read_back, write_book, written
from imports.problems import UnreadableFileError
from imports.reading import read
from tests.imports.books import make_sheet, make_workbook

READINGS = [
    ColumnReading("Contracts", "B", "Title", "title", ""),
    ColumnReading("Contracts", "C", "=Value", "total_value", ""),
]


def wrong(title="Laptops", value="S5"):
    line = Line("key", {"B": title, "C": value}, {})
    return Wrong("Contracts", 7, line, {"C": "Type the amount again."})


def test_write_book_notes_and_colours_the_bad_cell_alone():
    page = load_workbook(BytesIO(write_book([wrong()], READINGS, upload=3))).worksheets[0]

    assert page.title == "Problems 3-1"
    assert [cell.value for cell in page[1]] == ["Sheet", "Row", "What is wrong", "Title", "=Value"]
    assert [bool(cell.comment) for cell in page[2]] == [False] * 4 + [True]
    assert page["E2"].comment.text == "Type the amount again."
    assert page["E2"].fill.fgColor.rgb != page["D2"].fill.fgColor.rgb


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_write_book_writes_no_formula(text):
    page = load_workbook(BytesIO(write_book([wrong(text)], READINGS, upload=3))).worksheets[0]

    assert (page["D2"].value, page["D2"].data_type, page["D2"].quotePrefix) == (text, "s", True)
    assert page["E1"].data_type == "s"


def test_read_back_gives_what_was_written(tmp_path):
    path = tmp_path / "back.xlsx"
    path.write_bytes(write_book([wrong()], READINGS, upload=3))

    rows = read_back(read(path, name="back.xlsx"), READINGS, upload=3)

    assert rows == {("Contracts", 7): {"B": "Laptops", "C": "S5"}}


def sent(*rows, name="Problems 3-1"):
    return make_workbook(make_sheet(rows, name))


OURS = ["Sheet", "Row", "What is wrong", "Title", "=Value"]


@pytest.mark.parametrize(
    "book",
    [
        sent(["Title", "Value"], ["Laptops", "5"]),
        sent(OURS, ["Contracts", 7, "", "Laptops", "5"], name="Problems 4-1"),
        sent([*OURS[:3], "Value", "Title"], ["Contracts", 7, "", "Laptops", "5"]),
        sent([]),
    ],
    ids=["no headings of ours", "of another upload", "columns moved", "empty"],
)
def test_read_back_refuses_any_other_file_in_a_sentence(book):
    with pytest.raises(UnreadableFileError, match="not the workbook of this upload"):
        read_back(book, READINGS, upload=3)


def test_read_back_ignores_rows_added_below():
    book = sent(OURS, ["Contracts", 7, "", "Laptops", 5000], ["", "", "", "Mine", "6"])

    rows = read_back(book, READINGS, upload=3)

    assert rows == {("Contracts", 7): {"B": "Laptops", "C": "5000"}}


@given(st.text(max_size=30))
def test_any_text_goes_into_a_workbook_as_text(text):
    page = load_workbook(BytesIO(write_book([wrong(text)], READINGS, upload=3))).worksheets[0]

    assert page["D2"].data_type != "f"
    assert written(page["D2"].value) == written(as_sent(text))
