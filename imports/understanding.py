"""From a file to records: the whole pure way of a row, in one place to read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from imports.cells import ColumnReading, Table, Workbook
from imports.columns import propose
from imports.corrections import Corrected, take
from imports.layout import find_tables
from imports.normalise.registers import Normalised, normalise
from imports.reading import read
from imports.settled import NOTHING_SETTLED, Settled
from registry.statements import known_fields


@dataclass(frozen=True)
class Understood:
    """A register as read: where it stands, what its columns are, what its rows say."""

    workbook: Workbook
    tables: list[Table]
    columns: list[ColumnReading]
    normalised: Normalised
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
    tables = find_tables(workbook)
    columns = [column for table in tables for column in propose(table)]
    taken = take(tables, columns, settled.corrections)
    normalised = normalise(taken.tables, columns, day_first=settled.day_first)
    normalised.rows.leave_out(taken.left_out)
    return Understood(workbook, tables, columns, normalised, taken.corrected)
