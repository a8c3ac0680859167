"""Problem rows as a workbook with a note on each bad cell, and that workbook read back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook as Book
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from imports.cells import ColumnReading, Sheet, Workbook
from imports.mending import Line
from imports.normalise.reading import text_of
from imports.problems import UnreadableFileError

# A sheet's own columns come after these three.
OURS = ("Sheet", "Row", "What is wrong")
TITLE = "Problems {upload}-{number}"
BAD = PatternFill("solid", fgColor="FFE2B8")
HEADING = PatternFill("solid", fgColor="E3EFEF")
LONGEST_CELL = 32_000  # characters; the program itself stops at 32,767
WIDTH, WIDE = 22, 48
NOTE_SIZE = {"width": 320, "height": 110}
AUTHOR = "Buying Commons"
NOT_IT = (
    "This is not the workbook of this upload’s problems. Download it from this page, "
    "correct its cells and send it back with its headings as they are."
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row with its problems: by column letter, what each is; "" for the row as a whole."""

    sheet: str
    row: int
    line: Line
    problems: Mapping[str, str]


def write_book(rows: Sequence[Wrong], readings: Sequence[ColumnReading], *, upload: int) -> bytes:
    """A page for each sheet of the register: its headings, its texts, notes on the bad cells."""
    book = Book()
    book.remove(book.worksheets[0])
    for number, name in enumerate(dict.fromkeys(one.sheet for one in rows), start=1):
        page = book.create_sheet(TITLE.format(upload=upload, number=number))
        columns = [each for each in readings if each.sheet == name]
        write_headings(page, columns)
        for at, one in enumerate((row for row in rows if row.sheet == name), start=2):
            write_row(page, at, one, columns)
        page.freeze_panes = "D2"
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def write_headings(page: Any, columns: Sequence[ColumnReading]) -> None:
    for at, heading in enumerate([*OURS, *(each.heading for each in columns)], start=1):
        cell = text_cell(page, 1, at, heading)
        cell.font, cell.fill = Font(bold=True), HEADING
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        width = WIDE if heading == OURS[2] else WIDTH
        page.column_dimensions[get_column_letter(at)].width = width


def write_row(page: Any, at: int, one: Wrong, columns: Sequence[ColumnReading]) -> None:
    text_cell(page, at, 1, one.sheet)
    page.cell(at, 2, one.row)
    said = text_cell(page, at, 3, " ".join(dict.fromkeys(one.problems.values())))
    said.alignment = Alignment(wrap_text=True, vertical="top")
    for place, column in enumerate(columns, start=len(OURS) + 1):
        cell = text_cell(page, at, place, one.line.cells.get(column.column, ""))
        if note := one.problems.get(column.column):
            cell.fill = BAD
            cell.comment = Comment(note, AUTHOR, **NOTE_SIZE)


def text_cell(page: Any, row: int, column: int, text: str) -> Cell:
    """A cell that holds text whatever it looks like: never a formula, a number or a date."""
    cell: Cell = page.cell(row, column)
    cell.value = as_sent(text)
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    return cell


def as_sent(text: str) -> str:
    """What of a text a workbook can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST_CELL]


def read_back(
    book: Workbook, readings: Sequence[ColumnReading], *, upload: int
) -> dict[tuple[str, int], dict[str, str]]:
    """By sheet and row, the texts by column letter. Refuses any other file in one sentence."""
    begins = TITLE.format(upload=upload, number="")
    pages = [sheet for sheet in book.sheets if sheet.name.startswith(begins)]
    if not pages:
        raise UnreadableFileError(NOT_IT)
    return {place: texts for page in pages for place, texts in rows_of(page, readings)}


def rows_of(
    page: Sheet, readings: Sequence[ColumnReading]
) -> Iterator[tuple[tuple[str, int], dict[str, str]]]:
    """Each row that stands for one of ours; rows people added below are not read."""
    rows = page.cells.astype(object).itertuples(index=False)
    headings = [written(cell) for cell in next(rows, ())]
    if tuple(headings[: len(OURS)]) != OURS:
        raise UnreadableFileError(NOT_IT)
    for cells in rows:
        sheet, row, _, *texts = [written(cell) for cell in (*cells, None, None, None)]
        columns = [each for each in readings if each.sheet == sheet]
        if not row.isdecimal() or not columns:
            continue
        if not is_headed(headings, columns):
            raise UnreadableFileError(NOT_IT)
        letters = [each.column for each in columns]
        padded = [*texts, *("" for _ in letters)]
        yield (sheet, int(row)), dict(zip(letters, padded, strict=False))


def is_headed(headings: Sequence[str], columns: Sequence[ColumnReading]) -> bool:
    """Whether our headings and the sheet's own still stand in their order."""
    wanted = [*OURS, *(" ".join(as_sent(each.heading).split()) for each in columns)]
    there = [*headings, *("" for _ in wanted)]
    return there[: len(wanted)] == wanted


def written(cell: Any) -> str:
    return "" if cell is None or cell != cell else text_of(cell)
