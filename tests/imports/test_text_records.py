"""Text files as rows: what a spreadsheet program wrote comes back, whatever its cells hold."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.problems import UnreadableFileError
from imports.unpacking.limits import MAX_CELL_CHARACTERS
from imports.unpacking.text import Noticed, records

# Signs at which records, cells or marks could be taken for what they are not.
CELLS = st.text(alphabet='ab1£", \n', max_size=12).map(str.strip)
TABLES = st.integers(1, 7).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
)


@given(TABLES, st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
def test_records_gives_back_what_was_written(table, quoting):
    written = io.StringIO(newline="")
    csv.writer(written, quoting=quoting).writerows(table)
    noticed = Noticed()

    read = list(records(written.getvalue(), ",", noticed))

    assert read == table
    assert noticed.unclosed == []


def test_records_leaves_out_a_mark_that_never_closes_and_says_where():
    noticed = Noticed()

    read = list(records('a,b,c,d\n1,"x,y,z\n2,x,y,z\n3,x,y,z\n', ",", noticed))

    assert read[1:3] == [["1", "x", "y", "z"], ["2", "x", "y", "z"]]
    assert noticed.unclosed == [2]
    assert noticed.widths.tolist() == [4, 4, 4, 4]


LONG = "too long " * MAX_CELL_CHARACTERS


@pytest.mark.parametrize("cell", [LONG, f'"{LONG}"', f'"{LONG}\n{LONG}"', f'"{LONG}, ""so"""'])
def test_a_cell_too_long_that_closes_is_to_be_shortened(cell):
    with pytest.raises(UnreadableFileError) as refused:
        list(records(f"a,b,c,d\n1,2,3,4\n5,{cell},7,8\n9,10,11,12\n", ","))

    assert str(refused.value) == (
        "A cell that begins in row 3 holds more than 32,767 characters; shorten it and upload "
        "again."
    )


@pytest.mark.parametrize(
    "cell", [f'"{LONG}', f'"{LONG}\n5,6,7,8\n{LONG}', f'"{LONG}\n5,"six",7,8\n{LONG}']
)
def test_a_cell_too_long_that_may_lack_its_mark_is_said_to(cell):
    with pytest.raises(UnreadableFileError, match="or add the quotation mark missing there, and"):
        list(records(f"a,b,c,d\n1,2,3,4\n5,{cell},7,8\n9,10,11,12\n", ","))
