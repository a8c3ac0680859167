"""Tables of invented councils, built by hand for the tests of columns and rows."""

from collections.abc import Sequence

import pandas as pd
from openpyxl.utils import get_column_letter

from imports.cells import Cell, Table
from imports.columns import propose
from imports.normalise.registers import Normalised, normalise
from imports.problems import Problem
from registry.records import Facts


def table(headings: Sequence[str], *rows: Sequence[Cell], sheet: str = "Contracts") -> Table:
    """A table whose headings stand in spreadsheet row 1 and whose rows follow."""
    letters = [get_column_letter(at + 1) for at in range(len(headings))]
    cells = pd.DataFrame(
        {
            letter: pd.Categorical(pd.Series([row[at] for row in rows], dtype=object))
            if rows
            else pd.Categorical([])
            for at, letter in enumerate(letters)
        },
        index=range(2, len(rows) + 2),
    )
    named = dict(zip(letters, headings, strict=True))
    return Table(sheet, [1], 2, len(rows) + 1, named, cells)


def fields(headings: Sequence[str], *rows: Sequence[Cell]) -> list[str]:
    return [reading.field for reading in propose(table(headings, *rows))]


def read(
    headings: Sequence[str], *rows: Sequence[Cell], day_first: bool | None = None
) -> Normalised:
    made = table(headings, *rows)
    return normalise([made], propose(made), day_first=day_first)


def facts(headings: Sequence[str], *cells: Cell) -> Facts:
    """What one row says under these headings, beside a title and a supplier."""
    result = read(["Contract title", "Supplier name", *headings], ["Laptops", "Acme Ltd", *cells])
    [record] = result.records
    return record.facts


def problem(headings: Sequence[str], *cells: Cell) -> Problem:
    """The one thing wrong with a row that is otherwise well."""
    result = read(["Contract title", "Supplier name", *headings], ["Laptops", "Acme Ltd", *cells])
    [found] = result.problems
    return found
