"""The shapes a row takes on its way: workbook, sheet, table, column. Plain data, no decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pages use the small shapes, and do without pandas
    import pandas as pd

# What a cell can hold once read. Whole numbers are `int`, empty cells are `None`.
# Text is kept as it stands, trailing blanks included.
Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as the spreadsheet program shows it.

    `cells` has one row for each spreadsheet row up to the last one used (index: its number, from
    1) and one column for each letter (columns: "A", "B", ... "AA"); each column is a
    `pd.Categorical` whose categories are the distinct cells in order of first appearance, so
    that a value is parsed once however often it stands there. Empty cells are missing.
    """

    name: str
    cells: pd.DataFrame
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    merged: tuple[MergedDown, ...] = ()
    widths: Sequence[int] = ()  # how many cells a text file gives each row; place 0 is row 1


@dataclass(frozen=True, slots=True)
class MergedDown:
    """Cells of one column merged over several rows; only the first of them holds something."""

    column: str  # letter
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read: what it turned out to be, its sheets, and what was noticed on the way."""

    kind: str  # "xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "html"
    sheets: list[Sheet]
    notes: list[str] = field(default_factory=list)  # plain sentences: "Read as Windows-1252 text."
    from_1904: bool = False  # whether its bare day counts begin in 1904


# Compared by identity, so that what was worked out of a table can be kept as long as it lives.
@dataclass(frozen=True, eq=False)
class Table:
    """The part of one sheet that is the register: its headings, and its rows as they stand."""

    sheet: str
    heading_rows: list[int]  # spreadsheet row numbers
    first_row: int
    last_row: int
    headings: dict[str, str]  # letter -> heading, several rows joined with " / "; "" where blank
    cells: pd.DataFrame  # like `Sheet.cells`, rows first_row to last_row only
    because: list[str] = field(default_factory=list)  # why this sheet and these rows
    hidden_rows: frozenset[int] = frozenset()
    above: tuple[str, ...] = ()  # what the title and note rows above the headings say
    left_out: tuple[str, ...] = ()  # what of the workbook was not read, and why: sentences
    filled_down: int = 0  # cells that say what the area they are merged into says
    split_rows: frozenset[int] = frozenset()  # with more cells than the headings, in a text file


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """What one column was taken to be, and why."""

    sheet: str
    column: str  # letter
    heading: str
    field: str  # a name in `registry.records.FIELDS`, or "ignored"
    because: str  # "the heading says contractor; the values read as organisations"
    confidence: float = 1.0
    # What the heading says an amount is ("total", "annual", "unknown"; "net", "gross",
    # "unknown"); "" for columns that are not money.
    basis: str = ""
    vat: str = ""
    scale: int = 1  # what one stands for in pounds, where a note above the headings says so
    currency: str = ""  # of the amounts, by its code, where a note above the headings says so
    key: str = ""  # what to remember it by
    recalled: str = ""  # what it was remembered by, where it is read as settled before
    further: str = ""  # the field it tells more of, where a like column is that field already
    rival: str = ""  # the field it would be, were another column not that already
