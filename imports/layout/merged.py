"""Fills what stands once for several rows into each of them, where their cells are merged."""

from collections.abc import Mapping
from typing import Any

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
    columns: dict[str, tuple[Any, Any]] = {}  # codes copied once, however many areas there are
    for area in sheet.merged:
        if area.column not in cells or not _within(area, cells):
            continue
        if area.column not in columns:
            held = cells[area.column].array
            columns[area.column] = held, held.codes.copy()
        held, codes = columns[area.column]
        top, end = area.first - cells.index[0], area.last - cells.index[0] + 1
        if codes[top] < 0 or not _may(headings[area.column], held.categories[codes[top]]):
            continue
        empty = np.flatnonzero((codes[top:end] < 0) & own[top:end]) + top
        codes[empty] = codes[top]
        filled += len(empty)
    if not filled:
        return cells, 0
    made = {
        letter: pd.Categorical.from_codes(codes, dtype=held.dtype)
        for letter, (held, codes) in columns.items()
    }
    return cells.assign(**made), filled


def _within(area: MergedDown, cells: pd.DataFrame) -> bool:
    return bool(cells.index[0] <= area.first and area.last <= cells.index[-1])


def _may(heading: str, cell: Cell) -> bool:
    """Whether a cell says something that can hold for several rows."""
    named = recognise(heading)[:1]
    if named:
        return FIELDS[named[0].field].type not in NEVER
    return is_words(cell)
