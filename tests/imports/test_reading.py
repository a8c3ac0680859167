"""Honest files of every kind come out as the spreadsheet program shows them."""

import csv
import io
from datetime import date, datetime, time

import openpyxl
import pytest
import xlwt
from hypothesis import example, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from imports.reading import letter, read, sheet_from
from imports.unpacking.__main__ import unpack
from tests.imports.books import cells_of, make_sheet
from tests.imports.hostile import MACRO_TYPE, cells, ods, ods_cell, ole, raw_xlsx, saved, xlsx

ROWS = [["Title", "Supplier"], ["Café £5", "Firm – Ltd"]]
CSV = "Title,Supplier\nCafé £5,Firm – Ltd\n"


@pytest.fixture
def read_bytes(tmp_path):
    def read_content(content, name="register.csv"):
        path = tmp_path / "stored"
        path.write_bytes(content)
        return read(path, name=name)

    return read_content


def only_sheet(workbook):
    [sheet] = workbook.sheets
    return sheet


@pytest.mark.parametrize(
    ("codec", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_read_tells_encodings_apart(read_bytes, codec, said):
    workbook = read_bytes(CSV.encode(codec))

    assert cells_of(only_sheet(workbook)) == ROWS
    assert workbook.notes == [f"Read as {said} text with its columns separated by commas."]


@pytest.mark.parametrize(
    ("separator", "kind"), [(",", "csv"), (";", "csv"), ("\t", "tsv"), ("|", "txt")]
)
def test_read_tells_separators_apart(read_bytes, separator, kind):
    rows = [["Title", "Value", "Notes"], ["a, b; c", "1,5", "x"], ["d", "2,5", "y; z, w"]]
    text = "".join(separator.join(f'"{cell}"' for cell in row) + "\n" for row in rows)

    workbook = read_bytes(text.encode(), "register.txt")

    assert workbook.kind == kind
    assert cells_of(only_sheet(workbook)) == rows


def test_read_is_not_misled_by_other_separators_in_the_cells(read_bytes):
    lines = ["Ref;Title;Value", *(f"C{n};Pens, paper, ink;1.234,50" for n in range(9))]

    sheet = only_sheet(read_bytes("\n".join(lines).encode()))

    assert sheet.cells.shape == (10, 3)


def test_read_counts_no_cells_in_blank_lines(read_bytes):
    sheet = only_sheet(read_bytes(b"Title,End\n\nLaptops,2027\n\n\n"))

    assert cells_of(sheet)[0] == ["Title", "End"]


def test_read_obeys_a_line_that_names_the_separator(read_bytes):
    sheet = only_sheet(read_bytes(b"sep=|\r\na,b|c\r\n"))

    assert cells_of(sheet) == [["a,b", "c"]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_read_numbers_rows_as_the_program_does(read_bytes, ending):
    lines = ["Title,End", "", '"Two' + ending + 'lines",2027', ",", "Last,2028", "", ""]

    sheet = only_sheet(read_bytes(ending.join(lines).encode()))

    assert sheet.cells.index.tolist() == [1, 2, 3, 4, 5]
    assert sheet.cells.loc[3, "A"].splitlines() == ["Two", "lines"]
    assert cells_of(sheet)[4] == ["Last", "2028"]
    assert cells_of(sheet)[1] == [None, None]


def test_read_keeps_text_as_text(read_bytes):
    row = ["00123", "1.50", "TRUE", "01/04/2024", " padded "]

    sheet = only_sheet(read_bytes(",".join(row).encode()))

    assert cells_of(sheet) == [row]


def test_read_takes_rows_of_different_lengths(read_bytes):
    sheet = only_sheet(read_bytes(b"a,b,c\nd\n,,,,e\n"))

    assert list(sheet.cells.columns) == ["A", "B", "C", "D", "E"]
    assert cells_of(sheet)[2] == [None, None, None, None, "e"]


def test_read_leaves_nul_characters_out_and_says_so(read_bytes):
    workbook = read_bytes(b"Title,Supplier\nLap\0tops,Firm\n" * 50)

    assert only_sheet(workbook).cells.loc[2, "A"] == "Laptops"
    assert "NUL characters were left out of the text." in workbook.notes


def test_read_names_the_sheet_of_a_text_file_after_it(read_bytes):
    assert only_sheet(read_bytes(b"a,b\n", "Contracts Q2.csv")).name == "Contracts Q2"


def test_read_types_the_cells_of_a_workbook(read_bytes):
    row = ["x", 3, 2.5, True, date(2027, 3, 31), datetime(2027, 3, 31, 13, 5), time(9, 30)]

    sheet = only_sheet(read_bytes(xlsx([row]), "register.xlsx"))

    [read_row] = cells_of(sheet)
    assert read_row == row
    assert [type(cell) for cell in read_row] == [type(cell) for cell in row]


def test_read_keeps_the_place_of_cells(read_bytes):
    book = openpyxl.Workbook()
    book.active["C4"] = "here"

    sheet = only_sheet(read_bytes(saved(book), "register.xlsx"))

    assert sheet.cells.shape == (4, 3)
    assert sheet.cells.loc[4, "C"] == "here"


def test_read_leaves_error_cells_empty(read_bytes):
    sheet = only_sheet(read_bytes(xlsx([["#REF!", "#N/A", "x"]]), "register.xlsx"))

    assert cells_of(sheet) == [[None, None, "x"]]


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2024, 2, 29), date(2027, 3, 31)])
def test_read_knows_the_1904_epoch_of_xlsx(read_bytes, day):
    sheet = only_sheet(read_bytes(xlsx([[day]], epoch=CALENDAR_MAC_1904), "register.xlsx"))

    assert cells_of(sheet) == [[day]]


@pytest.mark.parametrize("since_1904", [False, True])
def test_read_reads_the_old_xls_of_either_epoch(read_bytes, since_1904):
    book = xlwt.Workbook()
    book.dates_1904 = since_1904
    sheet = book.add_sheet("Contracts")
    sheet.write(1, 0, "Laptops")
    sheet.write(1, 1, date(2027, 3, 31), xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    sheet.write(1, 2, 5)
    content = io.BytesIO()
    book.save(content)

    workbook = read_bytes(content.getvalue(), "register.xls")

    assert workbook.kind == "xls"
    assert cells_of(only_sheet(workbook))[1] == ["Laptops", date(2027, 3, 31), 5]


def test_read_reads_ods(read_bytes):
    document = OpenDocumentSpreadsheet()
    table = Table(name="Contracts")
    row = TableRow()
    for text in ("Laptops", "Firm Ltd"):
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=text))
        row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    content = io.BytesIO()
    document.save(content)

    workbook = read_bytes(content.getvalue(), "register.ods")

    assert workbook.kind == "ods"
    assert cells_of(only_sheet(workbook)) == [["Laptops", "Firm Ltd"]]


def test_read_cuts_a_million_blank_rows_off(read_bytes):
    tail = (
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )

    sheet = only_sheet(read_bytes(ods(f"<table:table-row>{ods_cell()}</table:table-row>{tail}")))

    assert sheet.cells.shape == (1, 1)


def test_read_does_not_believe_a_declared_dimension(read_bytes):
    dimension = '<dimension ref="A1:XFD1048576"/>'

    sheet = only_sheet(read_bytes(raw_xlsx(dimension + cells("A1", "B2")), "register.xlsx"))

    assert sheet.cells.shape == (2, 2)


def test_read_takes_a_workbook_with_macros_or_links_and_runs_nothing(read_bytes):
    macros = raw_xlsx(cells("A1"), content_type=MACRO_TYPE, parts={"xl/vbaProject.bin": ole("VBA")})
    links = raw_xlsx(cells("A1"), parts={"xl/externalLinks/externalLink1.xml": "<x/>"})

    assert read_bytes(macros, "register.xlsm").kind == "xlsm"
    assert cells_of(only_sheet(read_bytes(links, "register.xlsx"))) == [["A1 is here"]]


def test_read_reads_a_table_of_html_saved_as_xls(read_bytes):
    page = (
        "<html><head><style>td {x: y}</style></head><body><table><tr><th colspan=2>Contract"
        "<th>End</tr><tr><td rowspan=2>Laptops<td>Firm &amp; Co<br>Ltd<td>2027</tr>"
        "<tr><td>Other<td>2028</tr></table></body></html>"
    )

    workbook = read_bytes(page.encode(), "register.xls")

    assert workbook.kind == "html"
    assert cells_of(only_sheet(workbook)) == [
        ["Contract", None, "End"],
        ["Laptops", "Firm & Co\nLtd", "2027"],
        [None, "Other", "2028"],
    ]


def test_read_says_when_the_name_is_wrong(read_bytes):
    workbook = read_bytes(b"Title,Supplier\nLaptops,Firm\n", "register.xls")

    assert workbook.kind == "csv"
    assert any("ends in .xls" in note for note in workbook.notes)


def test_read_reports_hidden_sheets_and_rows(read_bytes):
    book = openpyxl.Workbook()
    book.active.title = "Shown"
    for number in range(1, 7):
        book.active.append([number])
    book.active.row_dimensions[2].hidden = True
    book.active.row_dimensions[5].hidden = True
    book.active.column_dimensions["A"].hidden = True
    book.create_sheet("Away").append(["x"])
    book["Away"].sheet_state = "veryHidden"

    shown, away = (workbook := read_bytes(saved(book), "register.xlsx")).sheets

    assert shown.hidden_rows == {2, 5}
    assert (shown.hidden, away.hidden) == (False, True)
    assert any("2 hidden rows" in note for note in workbook.notes)


def test_read_tries_the_second_reader_when_the_first_gives_up(read_bytes):
    workbook = read_bytes(raw_xlsx(cells("A0", "A1")), "register.xlsx")

    assert cells_of(only_sheet(workbook))[-1] == ["A1 is here"]
    assert any("second" in note for note in workbook.notes)


def test_sheet_holds_each_distinct_cell_once_in_order_of_appearance():
    sheet = make_sheet([["b"], ["a"], ["b"], [" "], [None]])

    column = sheet.cells["A"]
    assert column.cat.categories.tolist() == ["b", "a"]
    assert column.cat.codes.tolist() == [0, 1, 0]


def test_sheet_keeps_truth_and_numbers_apart():
    mixed = make_sheet([[True], [1], [1.0], [0], [False], ["TRUE"], [True]])
    alone = make_sheet([[True], [False], ["x"], [True]])

    assert cells_of(mixed) == [["TRUE"], [1], [1], [0], ["FALSE"], ["TRUE"], ["TRUE"]]
    assert cells_of(alone) == [[True], [False], ["x"], [True]]


def test_sheet_holds_text_that_every_database_can_store():
    sheet = make_sheet([["a\0b"], ["half \ud800 letter"], [float("nan")], ["ab"]])

    assert cells_of(sheet) == [["ab"], ["half ��� letter"], ["nan"], ["ab"]]
    assert sheet.cells["A"].cat.codes.tolist() == [0, 1, 2, 0]


@pytest.mark.parametrize(("place", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (703, "AAA")])
def test_letter_counts_columns_as_programs_do(place, letters):
    assert letter(place) == letters


texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n,;|\t\"'"), max_size=12
)
grids = st.lists(st.lists(texts, min_size=2, max_size=6), min_size=2, max_size=12)


def trimmed(rows):
    """What is left of rows once blank cells at the ends are gone, all rows equally wide."""
    blank = [
        [cell if cell is not None and str(cell).strip() else None for cell in row] for row in rows
    ]
    while blank and not any(cell is not None for cell in blank[-1]):
        blank.pop()
    width = max(
        (n + 1 for row in blank for n, cell in enumerate(row) if cell is not None), default=0
    )
    return [[*row, *[None] * width][:width] for row in blank]


@settings(max_examples=80)
@given(grid=grids)
def test_random_tables_survive_the_columns_they_are_kept_in(grid):
    assert cells_of(make_sheet(grid)) == trimmed(grid)


plain = st.text('abcdefgh £é\n,;"', min_size=1, max_size=9).filter(str.strip)


@settings(max_examples=60)
@given(grid=st.lists(st.lists(plain, min_size=4, max_size=4), min_size=2, max_size=12))
@example(grid=[[";", ";", ";", ";;;;"], [";", ";", ";;;;", ";;;;"]])
def test_random_tables_survive_being_written_as_csv(grid, tmp_path_factory):
    path = tmp_path_factory.mktemp("csv") / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(grid)

    [raw] = unpack(path, name=path.name, reader="first").sheets

    assert cells_of(sheet_from(raw)) == grid


cell_values = st.one_of(
    st.none(),
    plain.map(str.strip),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 6)),
    st.dates(date(1901, 1, 1), date(2199, 12, 31)),
)


@settings(max_examples=60, deadline=None)
@given(grid=st.lists(st.lists(cell_values, min_size=3, max_size=3), min_size=1, max_size=10))
def test_random_tables_survive_being_written_as_xlsx(grid, tmp_path_factory):
    path = tmp_path_factory.mktemp("xlsx") / "register.xlsx"
    path.write_bytes(xlsx(grid))

    [raw] = unpack(path, name=path.name, reader="first").sheets

    assert cells_of(sheet_from(raw)) == trimmed(grid)
