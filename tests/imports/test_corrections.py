"""Corrections taken over: which cells they stand in for, and what they leave alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from imports.columns import propose
from imports.corrections import Asked, row_key, rows_held, take
from imports.settled import LEFT_OUT, Correction
from tests.imports.tables import table

HEADINGS = ["Reference", "Contract title", "Supplier name", "End date", "Total value"]
ROWS = (
    ["A1", "Laptops", "Acme Ltd", "31/11/2026", 5],
    ["A2", "Phones", "Birch Ltd", "31/11/2026", 6.5],
    ["A3", "Printers", None, None, "S2,035"],
)
END = Correction("end_date", "31/11/2026", "2026-11-30")


def taken(*corrections, rows=ROWS):
    made = table(HEADINGS, *rows)
    return take([made], propose(made), corrections)


def cells(found, letter):
    column = found.tables[0].cells[letter].astype(object)
    return column.where(column.notna(), None).tolist()


def keys(*rows):
    made = table(HEADINGS, *rows)
    asked = Asked(made, propose(made))
    return [asked.key(at) for at in range(len(rows))]


def test_take_corrects_a_text_wherever_it_stands():
    found = taken(END)

    assert cells(found, "D") == ["2026-11-30", "2026-11-30", None]
    assert [(one.row, one.column) for one in found.corrected] == [(2, "D"), (3, "D")]


def test_take_puts_a_rows_own_correction_before_a_general_one():
    own = Correction("end_date", "31/11/2026", "2026-12-01", keys(*ROWS)[1])

    assert cells(taken(END, own), "D") == ["2026-11-30", "2026-12-01", None]


def test_take_fills_a_blank_cell_of_one_row():
    found = taken(Correction("supplier_name", "", "Cedar Ltd", keys(*ROWS)[2]))

    assert cells(found, "C") == ["Acme Ltd", "Birch Ltd", "Cedar Ltd"]


def test_take_leaves_a_cell_blank():
    assert cells(taken(Correction("total_value", "S2,035", "")), "E") == [5, 6.5, None]


def test_take_empties_a_row_left_out():
    found = taken(END, Correction(LEFT_OUT, "", "not a contract", keys(*ROWS)[0]))

    assert found.tables[0].cells.loc[2].isna().all()
    assert found.left_out == 1
    assert [one.row for one in found.corrected if one.column] == [3]


def test_take_leaves_the_table_it_was_given_as_it_was():
    made = table(HEADINGS, *ROWS)
    take([made], propose(made), [END])

    assert made.cells["D"].astype(object).tolist()[0] == "31/11/2026"


def test_rows_held_tell_what_the_file_says_where_a_correction_stands():
    made = table(HEADINGS, *ROWS)
    found = take([made], propose(made), [END])

    [held] = rows_held([made], propose(made), found.corrected, {("Contracts", 2)})

    assert held.cells == {
        "A": "A1", "B": "Laptops", "C": "Acme Ltd", "D": "2026-11-30", "E": "5"
    }  # fmt: skip
    assert held.raw == {"D": "31/11/2026"}


def test_a_row_is_known_by_reference_supplier_and_title_else_by_all_it_says():
    assert keys(["A1", "Laptops", "Acme", "x", 1]) == keys(["a1", "LAPTOPS", "acme", "y", 2])
    assert keys([None, None, None, "x", 1]) != keys([None, None, None, "y", 1])


texts = st.text(alphabet="ab1/ £", max_size=4)
some_rows = st.lists(st.tuples(*(texts for _ in HEADINGS)), min_size=1, max_size=8)


@settings(deadline=None)  # the first table also loads what reads headings
@given(some_rows)
def test_nothing_settled_changes_nothing(rows):
    made = table(HEADINGS, *rows)

    assert take([made], propose(made), []).tables == [made]


@settings(deadline=None)  # the first table also loads what reads headings
@given(some_rows, texts.filter(str.strip), texts)
def test_corrections_change_those_cells_alone_that_say_the_raw_text(rows, raw, value):
    raw = " ".join(raw.split())
    made = table(HEADINGS, *rows)
    found = take([made], propose(made), [Correction("end_date", raw, value)])

    before, after = made.cells.astype(object), found.tables[0].cells.astype(object)
    is_read = any(column.field == "end_date" for column in propose(made))
    for at, row in enumerate(rows):
        says_it = " ".join(row[3].split()) == raw
        wanted = (value or None) if says_it and is_read else row[3]
        got = after["D"].iloc[at]
        assert (None if got != got else got) == wanted
    assert before.drop(columns="D").equals(after.drop(columns="D"))


@given(st.lists(texts, min_size=3, max_size=3))
def test_row_keys_are_blank_for_blank_rows_alone(said):
    assert bool(row_key(said)) == any(text.strip() for text in said)
