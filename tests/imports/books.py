"""Workbooks as they are once read, written as rows in a test."""

from imports.cells import Sheet, Workbook
from imports.reading import sheet_from
from imports.unpacking.distinct import Budget, SheetBuilder

PLENTY = 10**9


def make_sheet(rows, name="Contracts", *, hidden=False, hidden_rows=()) -> Sheet:
    """A sheet with these rows; a row is a list of cells or text with its cells between bars."""
    builder = SheetBuilder(name, Budget(parent_bytes=PLENTY))
    builder.add([split(row) for row in rows])
    return sheet_from(builder.finish(hidden=hidden, hidden_rows=hidden_rows))


def split(row):
    return [cell.strip() for cell in row.split("|")] if isinstance(row, str) else row


def make_workbook(*sheets, kind="xlsx") -> Workbook:
    return Workbook(kind, list(sheets))


def cells_of(sheet: Sheet) -> list[list]:
    """The rows of a sheet as plain lists, empty cells None."""
    plain = sheet.cells.astype(object)
    return plain.where(plain.notna(), None).to_numpy().tolist()
