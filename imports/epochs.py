"""Day counts of workbooks that begin in 1904, brought to the count that all others use."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import pandas as pd

from imports.cells import Cell, ColumnReading, Table
from imports.normalise.written_dates import FIRST_SERIAL, LAST_SERIAL
from registry.records import FIELDS, FieldType

DAYS_BETWEEN = 1462  # from 30 December 1899 to 1 January 1904


def from_1904(tables: Iterable[Table], columns: Sequence[ColumnReading]) -> list[Table]:
    """The tables with the bare numbers of their date columns moved; other cells as they stand."""
    return [_moved(table, _date_columns(table, columns)) for table in tables]


def _date_columns(table: Table, columns: Sequence[ColumnReading]) -> set[str]:
    return {
        each.column
        for each in columns
        if each.sheet == table.sheet
        and each.field in FIELDS
        and FIELDS[each.field].type is FieldType.DATE
    }


def _moved(table: Table, letters: Collection[str]) -> Table:
    if not letters:
        return table
    cells = table.cells.copy(deep=False)
    for letter in letters:
        column = cells[letter].cat
        moved = pd.Index([_day_count(cell) for cell in column.categories], dtype=object)
        cells[letter] = pd.Categorical.from_codes(column.codes, dtype=pd.CategoricalDtype(moved))
    return replace(table, cells=cells)


def _day_count(cell: Cell) -> Cell:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    in_range = FIRST_SERIAL <= cell + DAYS_BETWEEN <= LAST_SERIAL
    return cell + DAYS_BETWEEN if in_range else cell
