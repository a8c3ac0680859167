"""Answers to problems: what an officer typed, checked and made into corrections. No pandas."""

from collections.abc import Mapping, Sequence

from imports.actions.correcting import line_of
from imports.cells import ColumnReading
from imports.mending import corrections_of, typed
from imports.models import ProblemRow, RowProblem
from imports.normalise.written_dates import Order
from imports.settled import LEFT_OUT, LONGEST, Correction

NOT_A_CONTRACT = "not a contract"


def general(text: str, value: str, column: ColumnReading, order: Order) -> Correction | str:
    """What all cells that say `value` should say, or the sentence why that is no better."""
    new = typed(text, column, order)
    return new.fault or Correction(column.field, value[:LONGEST], new.value)


def own(
    text: str, problem: RowProblem, columns: Sequence[ColumnReading], letter: str, order: Order
) -> Correction | str | None:
    """What this one cell should say, or why that is no better; None when it says so already."""
    if problem.line is None:
        return "There are too many problem rows for this one alone: send the file again."
    made, faults = corrections_of(line_of(problem.line), {letter: text}, columns, order)
    return next(iter(faults.values()), None) or next(iter(made), None)


def left_out(row: ProblemRow) -> Correction:
    """A row that is no contract."""
    return Correction(LEFT_OUT, "", NOT_A_CONTRACT, row.row_key)


def of_row(
    row: ProblemRow, texts: Mapping[str, str], columns: Sequence[ColumnReading], order: Order
) -> tuple[list[Correction], dict[str, str]]:
    """What a row's form corrects, and by column letter what is no better."""
    return corrections_of(line_of(row), texts, columns, order)
