"""A sheet seen as a grid: its first rows as plain cells, and how full every row is."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from imports.cells import Cell, Sheet

Row = Sequence[Cell]
Counts = npt.NDArray[np.int64]

_DAY = r"\d{1,4}(st|nd|rd|th)?"
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_VALUE = re.compile(
    rf"""[£$€(\-\s]*\d[\d,.\s/:%\-)]*([kmbn]{{1,2}}|pa|p\.a\.)?    # amounts, numbers, 01/04/2024
    | ({_DAY}[\s/.\-]+)?{_MONTH}[\s/.\-,]+({_DAY}[\s,]+)?\d{{2,4}}  # 1 April 2024, Apr-24
    | \d{{4}}-\d\d-\d\d[T\s][\d:.Z+]+                           # 2024-04-01T00:00:00
    | \S+@\S+\.\S+ | (https?://|www\.)\S+                       # addresses
    | y(es)? | no? | n/?a | tbc | true | false | [\-–—]+""",
    re.IGNORECASE | re.VERBOSE,
)


def first_rows(sheet: Sheet, *, after: int = 0, count: int) -> list[Row]:
    """The cells of `count` rows that follow row number `after`, empty ones None."""
    part = sheet.cells.iloc[after : after + count]
    columns = [_cells(part[column]) for column in part.columns]
    return list(zip(*columns, strict=True))


def _cells(column: pd.Series) -> list[Cell]:
    values = [*column.cat.categories, None]  # code -1, an empty cell, picks the last
    return [values[code] for code in column.cat.codes]


def fill_counts(sheet: Sheet) -> Counts:
    """How many cells of each row hold something; place 0 is row 1."""
    counts = np.zeros(len(sheet.cells), dtype=np.int64)
    for column in sheet.cells.columns:
        counts += sheet.cells[column].cat.codes.to_numpy() >= 0
    return counts


def text_of(cell: Cell) -> str:
    """A cell as one line of words."""
    return " ".join(str(cell).split()) if cell is not None else ""


def is_value(cell: Cell) -> bool:
    """Whether a cell holds an amount, a date, an address or a yes or no: data, not a heading."""
    if isinstance(cell, str):
        return bool(_VALUE.fullmatch(cell.strip()))
    return isinstance(cell, int | float | date | datetime | time | timedelta)


def is_words(cell: Cell) -> bool:
    """Whether a cell holds words that are no value."""
    return isinstance(cell, str) and any(map(str.isalpha, cell)) and not is_value(cell)


def filled(row: Row) -> list[Cell]:
    """The cells of a row that hold something."""
    return [cell for cell in row if cell is not None]
