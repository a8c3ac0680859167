"""Text files as rows: what a spreadsheet program wrote comes back, whatever its cells hold."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

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
