"""Problems by the hundred thousand: every one there, in order, and never all made at once."""

import gc
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from imports.columns import propose
from imports.normalise import tables
from imports.normalise.register import normalise
from imports.problems import Problem, Problems
from tests.imports.tables import read, table

HEADINGS = ["Reference", "Contract title", "Supplier name", "Start date", "Contract value"]
BAD = ["C-1", "", "Acme Ltd", "31/02/2025", "about ten"]
TEXT = st.text(max_size=3)
PROBLEMS = st.builds(
    lambda letter, one: replace(one, cell=f"{letter}{one.row}"),
    st.sampled_from(["A", "H", "AB"]),
    st.builds(Problem, TEXT, st.integers(1, 1_048_576), TEXT, TEXT, TEXT, TEXT, TEXT, TEXT),
)


def kept(problems):
    found = Problems()
    for one in problems:
        found.append(one)
    return found


@given(st.lists(PROBLEMS))
def test_problems_are_given_back_as_they_were_found(problems):
    found = kept(problems)

    assert list(found) == problems
    assert len(found) == len(problems)
    assert all(one in found for one in problems)
    assert found == kept(problems)


@given(st.lists(PROBLEMS), st.lists(PROBLEMS))
def test_problems_are_the_same_only_where_each_is(one, other):
    assert (kept(one) == kept(other)) == (one == other)


def test_problems_are_made_one_by_one():
    found = read(HEADINGS, *([f"C-{n}", *BAD[1:]] for n in range(300))).problems
    assert len(found) == 600

    for at, _ in enumerate(found):
        if at % 200 == 0:
            assert sum(1 for one in gc.get_objects() if type(one) is Problem) <= 2


def test_rows_that_are_not_recorded_are_not_kept_beside_each_other(monkeypatch):
    monkeypatch.setattr(tables, "ROWS_AT_ONCE", 10)
    at_once, facts = [], tables.TableReader._facts
    monkeypatch.setattr(
        tables.TableReader,
        "_facts",
        lambda *asked: at_once.append(len(facts(*asked))) or facts(*asked),
    )

    read(HEADINGS, *([f"C-{n}", *BAD[1:]] for n in range(25)))

    assert at_once == [10, 10, 5]


def test_reading_some_rows_at_a_time_changes_nothing(monkeypatch):
    rows = [
        ["C-1", "Laptops", "Acme Ltd", "01/04/2025", "1000"],
        ["C-2", "", "Bell Ltd", "31/02/2025", "per annum"],
        ["C-3", "Phones", "Redacted", "TBC", "£1,200 per annum"],
        ["", "", "", "", ""],
        ["C-4", "Desks", "Cole Ltd", "30/02/2025", "€5"],
        ["C-5", "Chairs", "Dean Ltd", "from 01/04/2025 to 31/03/2027", "12"],
        ["Total", "", "", "", "2212"],
    ]
    headings = [*HEADINGS[:4], "Contract value (£)"]
    whole = read(headings, *rows)

    for size in (1, 2, 3):
        monkeypatch.setattr(tables, "ROWS_AT_ONCE", size)
        assert read(headings, *rows) == whole
    assert whole.records
    assert len(whole.problems) > 2


def test_a_split_row_costs_the_same_however_many_there_are(monkeypatch):
    passes, codes = [], tables.TableReader._codes
    monkeypatch.setattr(
        tables.TableReader, "_codes", lambda *asked: passes.append(0) or codes(*asked)
    )

    def passes_of(count):
        passes.clear()
        rows = [[f"C-{n}", "Laptops", "Acme Ltd", "01/04/2025", "1"] for n in range(count)]
        made = table(HEADINGS, *rows)
        split = replace(made, split_rows=frozenset(made.cells.index))
        assert normalise([split], propose(split)).rows.problem == count
        return len(passes)

    assert passes_of(200) == passes_of(2)
