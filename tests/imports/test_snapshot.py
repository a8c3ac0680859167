"""What is settled survives being kept as JSON."""

import json

from hypothesis import given
from hypothesis import strategies as st

from imports.settled import ColumnChoice, Correction, Settled, SheetChoice, Suggestion
from imports.snapshot import decode, decode_column, encode, encode_column

WORDS = st.text(max_size=12)
COLUMNS = st.builds(
    ColumnChoice,
    field=WORDS,
    heading=WORDS,
    column=WORDS,
    beside=st.tuples(WORDS, WORDS),
    values=st.frozensets(st.integers(0, 2**32 - 1), max_size=4),
    left=st.lists(WORDS, max_size=2).map(tuple),
    chosen=st.booleans(),
)
SHEETS = st.builds(
    SheetChoice,
    name=WORDS,
    heading_rows=st.lists(st.integers(1, 40), max_size=3).map(tuple),
    headings=st.lists(WORDS, max_size=3).map(tuple),
)
SETTLED = st.builds(
    Settled,
    sheets=st.lists(SHEETS, max_size=2).map(tuple),
    columns=st.dictionaries(WORDS, COLUMNS, max_size=3),
    suggested=st.dictionaries(WORDS, st.builds(Suggestion, WORDS, st.integers(2, 9)), max_size=2),
    day_first=st.sampled_from([None, True, False]),
    meanings=st.dictionaries(WORDS, st.tuples(WORDS, WORDS), max_size=2),
    rolling_words=st.dictionaries(WORDS, st.booleans(), max_size=2),
    others=st.none() | st.dictionaries(WORDS, st.booleans(), max_size=2),
    corrections=st.lists(st.builds(Correction, WORDS, WORDS, WORDS, WORDS), max_size=2).map(tuple),
)


@given(SETTLED)
def test_decode_gives_back_what_encode_was_given(settled):
    assert decode(json.loads(json.dumps(encode(settled)))) == settled


def test_a_column_remembered_before_those_left_aside_were_kept_has_none():
    kept = encode_column(ColumnChoice("title", "Name"))
    del kept["left"]

    assert decode_column(kept) == ColumnChoice("title", "Name")


def test_decode_of_an_upload_read_before_anything_could_be_settled_settles_nothing():
    assert decode({}) == Settled()
