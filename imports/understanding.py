"""From a file to records: the whole pure way of a row, in one place to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from imports.cells import ColumnReading, Table, Workbook
from imports.columns import propose
from imports.corrections import Corrected, take
from imports.epochs import from_1904
from imports.layout import find_tables
from imports.layout.grid import first_rows, text_of
from imports.layout.heading_rows import ROWS_SEARCHED
from imports.memory import recall_sheets
from imports.normalise.outcome import Normalised
from imports.normalise.register import normalise
from imports.problems import UnreadableFileError
from imports.reading import read
from imports.replay import end_words, replayed
from imports.settled import NOTHING_SETTLED, Replayed, Settled
from registry.statements import known_fields


@dataclass(frozen=True)
class Understood:
    """A register as read: where it stands, what its columns are, what its rows say."""

    workbook: Workbook
    tables: list[Table]
    columns: list[ColumnReading]
    normalised: Normalised
    replayed: Sequence[Replayed] = ()  # what was settled before and taken over
    end_words: Mapping[str, int] = field(default_factory=dict)  # ends in words, and their rows
    corrected: list[Corrected] = field(default_factory=list)

    @cached_property
    def knows(self) -> Mapping[str, frozenset[str]]:
        """The fields each sheet speaks of."""
        return {
            table.sheet: known_fields(c.field for c in self.columns if c.sheet == table.sheet)
            for table in self.tables
        }


def understand(path: Path, *, name: str, settled: Settled = NOTHING_SETTLED) -> Understood:
    """Read a register as its council settled it, and where it did not, as we judge.

    Raises `UnreadableFileError` with the one sentence of a refusal.
    """
    workbook = read(path, name=name)
    heading_rows = recall_sheets(settled.sheets, tops(workbook)) if settled.sheets else {}
    tables = _tables(workbook, heading_rows)
    columns = [column for table in tables for column in propose(table, settled=settled)]
    if workbook.from_1904:
        tables = from_1904(tables, columns)
    taken = take(tables, columns, settled.corrections)
    normalised = normalise(taken.tables, columns, settled=settled)
    normalised.rows.leave_out(taken.left_out)
    words = end_words(tables, columns)
    taken_over = replayed(settled, heading_rows, columns, words)
    return Understood(workbook, tables, columns, normalised, taken_over, words, taken.corrected)


def _tables(workbook: Workbook, heading_rows: Mapping[str, Sequence[int]]) -> list[Table]:
    """The chosen sheets; where they hold no rows any more, those we find."""
    try:
        return find_tables(workbook, chosen=heading_rows)
    except UnreadableFileError:
        if not heading_rows:
            raise
        return find_tables(workbook)


def tops(workbook: Workbook) -> dict[str, list[list[str]]]:
    """The first rows of every sheet as text, where headings are looked for."""
    return {
        sheet.name: [
            [text_of(cell) for cell in row] for row in first_rows(sheet, count=ROWS_SEARCHED)
        ]
        for sheet in workbook.sheets
    }
