"""What each row of a table is: data, blank, a repeated heading, a section, a total, a duplicate."""

import re
from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from imports.cells import Cell, ColumnReading, Table
from imports.normalise.money import MoneyColumn, read_money
from imports.normalise.reading import text_of
from registry.records import FIELDS, FieldType

Flags = npt.NDArray[np.bool_]


class Sort(IntEnum):
    """What a row is; every row is exactly one of these."""

    DATA = 0
    BLANK = 1
    NOT_A_CONTRACT = 2
    TOTAL_LINE = 3
    DUPLICATE = 4


TOTAL = re.compile(
    r"(?:(?:grand|overall|report|page|column|running|net)[\s-]*|sub[\s-]*)?totals?"
    r"(?:\s+(?:value|spend|amount|cost|contracts?|number|of|for|sum|\(?£\)?|per|all|excl|inc)\b.*)?[\s:=£()-]*"
    r"|sum|(?:total|number|count) of (?:contracts|rows|records|entries).*",
    re.IGNORECASE,
)
# A department's own total, believed only beside nothing but numbers.
TOTAL_OF = re.compile(
    r"(?:grand |sub[\s-]*)?totals?\b.{1,60}|.{1,60}\b(?:sub[\s-]*)?totals?[\s:=-]*", re.IGNORECASE
)
EXAMPLE = re.compile(
    r"[(\[]?(?:for )?(?:example|e\.?g\.?|sample)(?: row| entry| only)?[)\]:.]*", re.IGNORECASE
)
NUMBER = re.compile(r"[£$€(\s-]*[\d,]+(?:\.\d+)?[)\s-]*")
FEWEST_HEADINGS = 2
MOST_BESIDE_TOTAL = 2  # texts beside "Total": its own label and perhaps a count
PENCE = 0.05
LONG_NUMBER = 10  # digits: no list counts that far


class Column:
    """One column by distinct value: what is asked of a value is asked once."""

    def __init__(self, cells: pd.Series, letter: str, heading: str) -> None:
        """`cells` is categorical; missing cells have code -1."""
        self.letter = letter
        self.heading = heading
        codes = cells.cat.codes.to_numpy().astype(np.intp)
        # A part of a sheet keeps the categories of the whole: those not used here are dropped.
        used = np.unique(codes[codes >= 0])
        place = np.full(len(cells.cat.categories) + 1, -1, dtype=np.intp)
        place[used] = np.arange(len(used))
        self.codes: npt.NDArray[np.intp] = place[codes]
        self.cells: list[Cell] = [
            _python(value) for value in cells.cat.categories.take(used).tolist()
        ]
        self.texts = [text_of(cell) for cell in self.cells]

    def where(self, flags: Sequence[bool]) -> Flags:
        """For each row, the flag of its value; False where the cell is empty."""
        return np.append(np.asarray(flags, dtype=bool), False)[self.codes]

    def filled(self) -> Flags:
        return self.where([text != "" for text in self.texts])


def _python(value: object) -> Cell:
    """A category as a plain Python value: pandas stores numbers and times as its own."""
    if type(value) is str:
        return value
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    return value.item() if isinstance(value, np.generic) else value  # type: ignore[return-value]


_known: WeakKeyDictionary[Table, dict[str, Column]] = WeakKeyDictionary()


def columns_of(table: Table) -> dict[str, Column]:
    """The columns of a table by letter; worked out once, for several steps ask."""
    if table not in _known:
        _known[table] = {
            letter: Column(
                _categorical(table.cells[letter]), letter, table.headings.get(letter, "")
            )
            for letter in table.cells.columns
        }
    return _known[table]


def _categorical(cells: pd.Series) -> pd.Series:
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return cells
    return pd.Series(pd.Categorical(cells.astype(object)), index=cells.index)


def sort_rows(
    columns: dict[str, Column], readings: Sequence[ColumnReading], *, rows: int
) -> npt.NDArray[np.int8]:
    """What each of a table's rows is, in order."""
    sorts = np.zeros(rows, dtype=np.int8)
    filled = {letter: column.filled() for letter, column in columns.items()}
    count = np.sum(list(filled.values()), axis=0) if filled else np.zeros(rows, dtype=int)
    sorts[count == 0] = Sort.BLANK
    _mark(sorts, _headings_again(columns, count), Sort.NOT_A_CONTRACT)
    _mark(sorts, _examples(filled, columns), Sort.NOT_A_CONTRACT)
    _mark(sorts, _totals(columns, filled, readings, count), Sort.TOTAL_LINE)
    _mark(sorts, _sections(columns, filled, readings, count), Sort.NOT_A_CONTRACT)
    _mark(sorts, _duplicates(columns, sorts == Sort.DATA), Sort.DUPLICATE)
    return sorts


def _mark(sorts: npt.NDArray[np.int8], rows: Flags, sort: Sort) -> None:
    sorts[rows & (sorts == Sort.DATA)] = sort


def _headings_again(columns: dict[str, Column], count: npt.NDArray[np.int_]) -> Flags:
    same = np.zeros(len(count), dtype=int)
    for column in columns.values():
        own = {_fold(column.heading), _fold(column.heading.rpartition(" / ")[2])} - {""}
        longest = len(column.heading) + 1
        begins = {name[0] for name in own}
        same += column.where(
            [
                len(text) <= longest and text[:1].casefold() in begins and _fold(text) in own
                for text in column.texts
            ]
        )
    return (same >= FEWEST_HEADINGS) & (same * 2 >= count)


def _examples(filled: dict[str, Flags], columns: dict[str, Column]) -> Flags:
    """Rows whose first cell says that they only show how to fill the register in."""
    first = next((letter for letter, rows in filled.items() if rows.any()), None)
    if first is None:
        return np.zeros(len(next(iter(filled.values()), [])), dtype=bool)
    column = columns[first]
    return column.where([EXAMPLE.fullmatch(text) is not None for text in column.texts])


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _totals(
    columns: dict[str, Column],
    filled: dict[str, Flags],
    readings: Sequence[ColumnReading],
    count: npt.NDArray[np.int_],
) -> Flags:
    labelled = _matching(columns, TOTAL)
    named = _matching(columns, TOTAL_OF, holding="total")
    bare = _bare_sums(columns, filled, readings, count)
    if not (labelled | named).any():
        return bare
    numbers = np.zeros(len(count), dtype=int)
    for column in columns.values():
        numbers += column.where([NUMBER.fullmatch(text) is not None for text in column.texts])
    labelled &= count - numbers <= MOST_BESIDE_TOTAL
    named &= (count - numbers == 1) & (numbers > 0)
    return labelled | named | bare


def _matching(columns: dict[str, Column], pattern: re.Pattern[str], holding: str = "") -> Flags:
    """Rows one of whose cells is all that the pattern says; it says `holding`, asked first."""
    found: Flags = np.zeros(len(next(iter(columns.values())).codes), dtype=bool)
    for column in columns.values():
        said = [holding in text.casefold() and pattern.fullmatch(text) for text in column.texts]
        found |= column.where([bool(each) for each in said])
    return found


def _bare_sums(
    columns: dict[str, Column],
    filled: dict[str, Flags],
    readings: Sequence[ColumnReading],
    count: npt.NDArray[np.int_],
) -> Flags:
    """Rows with nothing but amounts: unlabelled sums, at the end or equal to a column's."""
    money = [r.column for r in readings if _is_money(r.field) and r.column in columns]
    only = np.zeros(len(count), dtype=int)
    sums = np.zeros(len(count), dtype=bool)
    used = np.flatnonzero(count)
    for letter in money:
        only += filled[letter]
    if not ((count > 0) & (only == count)).any():
        return sums
    for letter in money:
        amounts = _amounts(columns[letter])
        rest = amounts.sum() - amounts
        sums |= filled[letter] & (np.abs(rest - amounts) < PENCE)
    at_end = np.arange(len(count)) == (used[-1] if len(used) else -1)
    bare: Flags = (count > 0) & (only == count) & (sums | at_end)
    return bare


def _amounts(column: Column) -> npt.NDArray[np.float64]:
    values = [read_money(cell, MoneyColumn()).value for cell in column.cells]
    return np.array([*(float(value or 0) for value in values), 0.0])[column.codes]


def _is_money(field: str) -> bool:
    return field in FIELDS and FIELDS[field].type in {FieldType.MONEY, FieldType.NUMBER}


def _sections(
    columns: dict[str, Column],
    filled: dict[str, Flags],
    readings: Sequence[ColumnReading],
    count: npt.NDArray[np.int_],
) -> Flags:
    """Rows of one cell among many columns: a department's name, a note under the table.

    One cell in a title column that is not the first is an unfinished contract, left to be said.
    """
    if len(columns) <= FEWEST_HEADINGS:
        return np.zeros(len(count), dtype=bool)
    alone: Flags = count == 1
    titles = [r.column for r in readings if r.field == "title" and r.column in columns]
    used = [letter for letter, rows in filled.items() if rows.any()]
    for letter in titles:
        if used and letter != used[0]:
            alone &= ~filled[letter]
    return alone


def _duplicates(columns: dict[str, Column], data: Flags) -> Flags:
    """Rows identical in every cell to an earlier one; an unlabelled row counter is no cell."""
    compared = {letter: _alike(c) for letter, c in columns.items() if not _counts_rows(c)}
    again = np.zeros(len(data), dtype=bool)
    if compared:
        again[data] = pd.DataFrame(compared)[data].duplicated().to_numpy()
    return again


def _alike(column: Column) -> npt.NDArray[np.intp]:
    """Codes by text, so that blanks around a value make no difference."""
    codes = {text: at for at, text in enumerate(dict.fromkeys(column.texts))}
    codes[""] = -1
    return np.array([*(codes[text] for text in column.texts), -1])[column.codes]


def _counts_rows(column: Column) -> bool:
    if column.heading.strip() or len(column.cells) <= FEWEST_HEADINGS:
        return False
    numbers = [int(text) for text in column.texts if text.isdecimal() and len(text) < LONG_NUMBER]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(numbers) == len(column.cells) and steps == {1}
