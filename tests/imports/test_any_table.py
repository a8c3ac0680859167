"""Any table at all goes through the whole reading: every row counted once, every problem placed."""

import csv
import io
import re
import string
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from imports.problems import UnreadableFileError
from imports.understanding import understand

HEADINGS = ["Reference", "Contract title", "Supplier", "Start date", "End date", "Contract value"]
# What cells of registers hold, and what nobody expects there.
SAID = st.sampled_from(
    [
        *("", "TBC", "n/a", "Rolling", "31/11/2026", "01/04/2025", "2027-03-31", "45383", "Mar-27"),
        *(
            "£1,200.50",
            "(500)",
            "1.2m",
            "12-15k",
            "=1+1",
            "+44 20",
            "@x",
            "-",
            "Total",
            "0",
            "#REF!",
        ),
        *(
            "Laptops",
            "Ash Ltd",
            "Ash Ltd t/a Birch",
            "C-1",
            "2 x 12 months",
            "a\nb",
            "é£€",
            "\u200b",
        ),
    ]
)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12)
CELLS = st.one_of(SAID, SAID, TEXT, st.integers(-(10**6), 10**6), st.floats(allow_nan=False),
                  st.dates(date(1900, 3, 1), date(2100, 1, 1)), st.booleans())  # fmt: skip
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=8), max_size=12)
HEADED = st.permutations(HEADINGS) | st.lists(st.sampled_from(HEADINGS) | TEXT, max_size=8)


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_xlsx(rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append([plain(cell) for cell in row])
    book.save(out)
    return out.getvalue()


def plain(cell):
    """No formulas, which a program would work out, nor signs that no workbook can hold."""
    if not isinstance(cell, str):
        return cell
    return ILLEGAL_CHARACTERS_RE.sub("", cell).lstrip("=") or None


def read_twice(content, name):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "stored"
        path.write_bytes(content)
        return outcome(path, name), outcome(path, name)


def outcome(path, name):
    try:
        found = understand(path, name=name)
    except UnreadableFileError as refused:
        return str(refused)
    return found.tables, found.columns, found.normalised


@pytest.mark.parametrize(("write", "name"), [(as_csv, "any.csv"), (as_xlsx, "any.xlsx")])
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(headings=HEADED, rows=ROWS)
def test_any_table_is_refused_in_a_sentence_or_every_row_counted(write, name, headings, rows):
    first, second = read_twice(write([headings, *rows]), name)

    event("refused" if isinstance(first, str) else "read")
    if isinstance(first, str):
        assert first.endswith(".")
        assert second == first
        return
    tables, columns, read = first
    counts = read.rows
    others = counts.problem + counts.duplicate + counts.not_a_contract + counts.total_line
    assert counts.read == len(read.records) + others
    fields = [c.field for c in columns if c.field != "ignored"]
    assert len(fields) == len(set(fields))
    [table] = tables
    for problem in read.problems:
        letter, row = re.fullmatch(r"([A-Z]+)(\d+)", problem.cell).groups()
        assert letter in set(string.ascii_uppercase[: len(table.headings)])
        assert int(row) == problem.row
        assert table.first_row <= problem.row <= table.last_row
        assert problem.problem
        assert problem.what_to_do
    assert (second[1], second[2]) == (columns, read)
