"""Corrections taken over: what a person said a cell should say, in place of what stands there."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

import numpy as np
import pandas as pd

from imports.cells import ColumnReading, Table
from imports.normalise.rows import Column, columns_of
from imports.settled import LEFT_OUT, LONGEST, Correction

# What tells one row of a register from another, as it stands in the file.
IDENTITY = ("reference", "supplier_name", "title")
# By raw text and row key: the corrections of one field.
Wanted = Mapping[tuple[str, str], Correction]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A cell, or a whole row left out, that a correction stands in for."""

    sheet: str
    row: int
    column: str  # letter; "" for a whole row
    correction: Correction


@dataclass(frozen=True, slots=True)
class Taken:
    """The tables once corrected, and what was corrected in them."""

    tables: list[Table]
    corrected: list[Corrected]

    @property
    def left_out(self) -> int:
        return sum(1 for one in self.corrected if one.correction.field == LEFT_OUT)


class Asked:
    """One table as corrections ask of it: its texts by column, and who each row is."""

    def __init__(self, table: Table, readings: Sequence[ColumnReading]) -> None:
        """`readings` may be of other tables too."""
        self.table = table
        self.columns = columns_of(table)
        mine = [each for each in readings if each.sheet == table.sheet]
        self.letters = {each.field: each.column for each in mine if each.column in self.columns}

    def key(self, at: int) -> str:
        """Who a row is; one without reference, supplier and title is known by all it says."""
        named = [self.columns[self.letters[name]] for name in IDENTITY if name in self.letters]
        texts = [text_at(column, at) for column in named]
        return row_key(texts) or row_key(list(self.texts(at).values()))

    def texts(self, at: int) -> dict[str, str]:
        """A row's cells as text, by letter; nothing for an empty cell."""
        return {letter: text_at(column, at) for letter, column in self.columns.items()}

    def found(self, corrections: Sequence[Correction]) -> Iterator[Corrected]:
        """Each row left out, and each cell of the others that a correction stands in for."""
        by_field: dict[str, dict[tuple[str, str], Correction]] = defaultdict(dict)
        for one in corrections:
            by_field[one.field][one.raw, one.row_key] = one
        gone = self._left_out(by_field.pop(LEFT_OUT, {}))
        yield from (self._corrected(at, "", one) for at, one in gone.items())
        for field, wanted in by_field.items():
            letter = self.letters.get(field, "")
            for at, one in self._in_column(letter, wanted) if letter else ():
                if at not in gone:
                    yield self._corrected(at, letter, one)

    def _corrected(self, at: int, letter: str, one: Correction) -> Corrected:
        return Corrected(self.table.sheet, int(self.table.cells.index[at]), letter, one)

    def _left_out(self, wanted: Wanted) -> dict[int, Correction]:
        by_key = {key: one for (_, key), one in wanted.items()}
        rows = range(len(self.table.cells)) if by_key else ()
        return {at: by_key[key] for at in rows if (key := self.key(at)) in by_key}

    def _in_column(self, letter: str, wanted: Wanted) -> Iterator[tuple[int, Correction]]:
        """A row's own correction goes before one for wherever the text stands."""
        column = self.columns[letter]
        raws = {raw for raw, _ in wanted}
        asked = np.asarray([raw_of(text) in raws for text in column.texts] + ["" in raws])
        own = any(key for _, key in wanted)
        for at in np.flatnonzero(asked[column.codes]).tolist():
            raw = text_at(column, at)
            one = wanted.get((raw, self.key(at))) if own else None
            one = one or wanted.get((raw, ""))
            if one is not None:
                yield at, one


def take(
    tables: Sequence[Table], readings: Sequence[ColumnReading], corrections: Sequence[Correction]
) -> Taken:
    """The tables with each correction in place wherever its raw text still stands.

    A row left out is emptied, so that nothing of it is read.
    """
    taken = Taken([], [])
    for table in tables:
        found = list(Asked(table, readings).found(corrections)) if corrections else []
        taken.tables.append(put_in_place(table, found) if found else table)
        taken.corrected.extend(found)
    return taken


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row with something wrong in it: who it is, and its cells as read and as they stand."""

    sheet: str
    row: int
    key: str
    cells: Mapping[str, str]
    raw: Mapping[str, str]  # what the file says where a correction stands


def rows_held(
    tables: Sequence[Table],
    readings: Sequence[ColumnReading],
    corrected: Sequence[Corrected],
    rows: Collection[tuple[str, int]],
) -> Iterator[HeldRow]:
    """These rows of the tables as they stand, with their corrections."""
    said: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for one in corrected:
        if one.column:
            said[one.sheet, one.row][one.column] = one.correction.value
    for table in tables:
        asked = Asked(table, readings)
        for at, number in enumerate(table.cells.index.tolist()):
            if (table.sheet, number) in rows:
                texts, new = asked.texts(at), said[table.sheet, number]
                raw = {letter: texts[letter] for letter in new}
                yield HeldRow(table.sheet, number, asked.key(at), {**texts, **new}, raw)


def put_in_place(table: Table, found: Sequence[Corrected]) -> Table:
    """A table with corrected cells; its own columns stay as they were."""
    cells = table.cells.copy()
    gone = [one.row for one in found if not one.column]
    by_column: dict[str, dict[int, str]] = defaultdict(dict)
    for one in found:
        if one.column:
            by_column[one.column][one.row] = one.correction.value
    for letter in cells.columns:
        if gone or letter in by_column:
            cells[letter] = _with(cells[letter], by_column[letter], gone)
    return replace(table, cells=cells)


def _with(column: pd.Series, values: Mapping[int, str], gone: Sequence[int]) -> pd.Series:
    old = column.cat.categories.tolist()
    new = dict.fromkeys(value for value in values.values() if value and value not in old)
    cells = [*old, *new]
    codes = column.cat.codes.to_numpy().astype(np.intp)
    places = column.index.get_indexer(pd.Index(list(values)))
    for at, value in zip(places, values.values(), strict=True):
        codes[at] = cells.index(value) if value else -1
    codes[column.index.isin(list(gone))] = -1
    made = pd.Categorical.from_codes(codes, pd.Index(cells, dtype=object))
    return pd.Series(made, index=column.index)


def text_at(column: Column, at: int) -> str:
    code = column.codes[at]
    return raw_of(column.texts[code]) if code >= 0 else ""


def raw_of(text: str) -> str:
    """What a correction knows a cell by."""
    return text[:LONGEST]


def row_key(texts: Sequence[str]) -> str:
    """A mark for a row by what identifies it; "" when that is blank. Case does not count."""
    said = "\x1f".join(text.casefold().strip() for text in texts)
    if not said.strip("\x1f"):
        return ""
    return blake2b(said.encode(), digest_size=16).hexdigest()
