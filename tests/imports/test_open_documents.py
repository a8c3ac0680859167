"""Cells merged over several rows in an OpenDocument spreadsheet."""

import pytest

from imports.problems import UnreadableFileError
from imports.understanding import understand
from imports.unpacking import open_documents
from imports.unpacking.open_documents import NOT_LOOKED_AT, merged_down
from tests.imports.hostile import ods, ods_cell, ods_row, with_directory_size, zipped

HEADINGS = ["Reference", "Title", "Supplier", "Start date", "End date", "Total value"]
COVERED = "<table:covered-table-cell/>"


def merged(text, rows, columns=1):
    spans = f'table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
    return ods_cell(text).replace("<table:table-cell", f"<table:table-cell {spans}")


def row(reference, title, supplier, value):
    days = [ods_cell("01/04/2024"), ods_cell("31/03/2027")]
    return ods_row(ods_cell(reference), ods_cell(title), supplier, *days, value)


@pytest.fixture
def write(tmp_path):
    def write(content, name="register.ods"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def register(*, before=""):
    return ods(
        before
        + ods_row(*map(ods_cell, HEADINGS))
        + row("C-1", "Laptops", merged("Acme IT Ltd", 3), merged("900", 2))
        + row("C-2", "Phones", COVERED, COVERED)
        + row("C-3", "Tablets", COVERED, ods_cell("300"))
        + row("C-4", "Chairs", ods_cell("Birch Ltd"), ods_cell("400"))
    )


def test_a_merged_supplier_is_that_of_every_row_and_a_merged_amount_of_the_first(write):
    path = write(register())

    read = understand(path, name=path.name).normalised

    facts = {one.facts["reference"]: one.facts for one in read.records}
    suppliers = [one.get("supplier_name") for one in facts.values()]
    assert suppliers == ["Acme IT Ltd"] * 3 + ["Birch Ltd"]
    assert [int(one.get("total_value", 0)) for one in facts.values()] == [900, 0, 300, 400]
    assert any("2 empty cells of sheet “S” are merged" in said for said in read.judgements)


def test_rows_and_columns_are_counted_with_their_repetitions(write):
    body = ods_row(ods_cell(times=3), times=5) + ods_row(ods_cell(times=2), merged("x", 4))

    assert merged_down(write(ods(body))).areas == {"S": [(3, 6, 9)]}


def test_what_is_merged_sideways_too_is_left(write):
    body = ods_row(merged("x", 3, 2), COVERED, merged("y", 2))

    assert merged_down(write(ods(body))).areas == {"S": [(3, 1, 2)]}


def test_areas_are_those_of_their_sheet_whatever_it_is_called(write):
    other = f'</table:table><table:table table:name="P &amp; L">{ods_row(merged("x", 2))}'
    empty = '</table:table><table:table table:name="E"/><table:table table:name="Z">'
    body = ods_row(ods_cell()) + other + empty + ods_row(ods_cell(), merged("y", 2))

    assert merged_down(write(ods(body))).areas == {"P & L": [(1, 1, 2)], "Z": [(2, 1, 2)]}


def test_rows_are_counted_across_the_blocks_they_are_read_in(write, monkeypatch):
    path = write(register())
    monkeypatch.setattr(open_documents, "SCANNED_AT_A_TIME", 7)

    assert merged_down(path).areas == {"S": [(3, 2, 4), (6, 2, 3)]}


TABLE_INSIDE = f'<table:table table:name="In">{ods_row(merged("x", 2))}</table:table>'


@pytest.mark.parametrize(
    "body",
    [
        ods_row(f"<table:table-cell>{TABLE_INSIDE}</table:table-cell>"),
        ods_row('<table:table-cell table:formula="A1>2" table:number-rows-spanned="2"/>'),
        ods_row(f'<table:table-cell table:a="{"b" * 50_000}" table:number-rows-spanned="2"/>'),
        f'<table:table-row table:a="{"b" * 50_000}"></table:table-row>',
    ],
    ids=["a table inside a cell", "an end inside an attribute", "endless cell", "endless row"],
)
def test_where_places_would_be_guessed_none_are_told_and_that_is_said(write, body):
    found = merged_down(write(ods(body)))

    assert (found.areas, found.note) == ({}, NOT_LOOKED_AT)


@pytest.mark.parametrize(
    "content",
    [
        ods(ods_row(ods_cell())),
        ods(ods_row(merged("x", 1))),
        ods(ods_row(merged("x", "many"))),
        zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    ],
    ids=["no areas", "of one row", "of no number", "no content"],
)
def test_where_nothing_is_merged_or_said_rightly_there_are_no_areas(write, content):
    found = merged_down(write(content))

    assert (found.areas, found.note) == ({}, "")


def test_a_merged_area_ends_where_spreadsheets_do(write):
    body = ods_row(merged("x", "9" * 18), merged("y", 2), times=99**9)

    assert merged_down(write(ods(body))).areas == {"S": [(1, 1, 1_048_576), (2, 1, 2)]}


@pytest.mark.parametrize(("limit", "most"), [("MOST_AREAS", 1), ("MOST_SECONDS", -1.0)])
def test_too_many_areas_are_not_looked_at_and_that_is_said(write, monkeypatch, limit, most):
    monkeypatch.setattr(open_documents, limit, most)

    found = merged_down(write(ods(ods_row(merged("x", 2), merged("y", 3)) + ods_row())))

    assert (found.areas, found.note) == ({}, NOT_LOOKED_AT)


def test_xml_larger_than_it_claims_is_refused(write):
    content = with_directory_size(ods(ods_row(merged("x", 2))), "content.xml", 60)

    with pytest.raises(UnreadableFileError):
        merged_down(write(content))
