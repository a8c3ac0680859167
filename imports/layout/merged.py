"""Fills what stands once for several rows into each of them, where their cells are merged."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from imports.cells import Cell, MergedDown, Sheet
from imports.headings import recognise
from imports.layout.grid import Counts, is_words
from registry.records import FIELDS, FieldType

# One amount over three rows is no amount of each.
NEVER = frozenset({FieldType.MONEY, FieldType.NUMBER})


def fill_down(
    sheet: Sheet, cells: pd.DataFrame, headings: Mapping[str, str], counts: Counts
) -> tuple[pd.DataFrame, int]:
    """The rows of a table, merged areas filled; and how many cells that were.

    Rows that hold nothing of their own stay blank.
    """
    own = counts[cells.index[0] - 1 : cells.index[-1]] > 0
    filled = 0
    columns: dict[str, pd.Categorical] = {}
    for area in sheet.merged:
        if area.column not in cells or not _within(area, cells):
            continue
        column = columns.get(area.column, cells[area.column].array)
        top, end = area.first - cells.index[0], area.last - cells.index[0] + 1
        codes = column.codes.copy()
        if codes[top] < 0 or not _may(headings[area.column], column[top]):
            continue
        empty = np.flatnonzero((codes[top:end] < 0) & own[top:end]) + top
        codes[empty] = codes[top]
        filled += len(empty)
        columns[area.column] = pd.Categorical.from_codes(codes, dtype=column.dtype)
    return (cells.assign(**columns), filled) if columns else (cells, 0)


def _within(area: MergedDown, cells: pd.DataFrame) -> bool:
    return bool(cells.index[0] <= area.first and area.last <= cells.index[-1])


def _may(heading: str, cell: Cell) -> bool:
    """Whether a cell says something that can hold for several rows."""
    named = recognise(heading)[:1]
    if named:
        return FIELDS[named[0].field].type not in NEVER
    return is_words(cell)
