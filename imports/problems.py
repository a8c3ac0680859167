"""What is wrong with a file or a cell, in words its owner can act on: data, not exceptions."""

from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # pages know the shapes without loading pandas
    from imports.cells import Workbook


class UnreadableFileError(Exception):
    """The file as a whole is refused; the message is the one sentence its owner reads."""


class NotRecognisedError(UnreadableFileError):
    """The file can be read, but no sheet was taken for a register: its officer may know better."""

    def __init__(self, sentence: str, workbook: "Workbook") -> None:
        super().__init__(sentence)
        self.workbook = workbook


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one cell, where the spreadsheet program shows it, and what to do."""

    sheet: str
    row: int
    cell: str  # "H17"
    heading: str
    value: str  # as it stands in the cell
    problem: str  # "This date does not exist."
    what_to_do: str  # "Check the day and month."
    field: str = ""  # the field the column was read as
    recorded: bool = False  # True: the row was recorded without this optional value

    def said(self) -> dict[str, Any]:
        """By name, not copied deep: a bad file has hundreds of thousands of these."""
        return {name: getattr(self, name) for name in self.__slots__}


class Problems(Collection[Problem]):
    """Problems in the order they were found, a few references each.

    A bad file has hundreds of thousands. They are made as they are asked for: kept whole, they
    would take more of the worker than the file itself.
    """

    def __init__(self) -> None:
        self._columns: dict[tuple[str, str, str, str, bool], int] = {}
        self._of_column = array("I")
        self._rows = array("I")
        self._words: tuple[list[str], list[str], list[str]] = ([], [], [])

    def append(self, one: Problem) -> None:
        letter = one.cell.removesuffix(str(one.row))
        column = (one.sheet, letter, one.heading, one.field, one.recorded)
        self._of_column.append(self._columns.setdefault(column, len(self._columns)))
        self._rows.append(one.row)
        for kept, word in zip(self._words, (one.value, one.problem, one.what_to_do), strict=True):
            kept.append(word)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Problem]:
        columns = list(self._columns)
        for at, row, *words in zip(self._of_column, self._rows, *self._words, strict=True):
            sheet, letter, heading, field, recorded = columns[at]
            value, problem, what_to_do = words
            yield Problem(
                sheet, row, f"{letter}{row}", heading, value, problem, what_to_do, field, recorded
            )

    def __contains__(self, one: object) -> bool:
        return any(one == each for each in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Problems) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # it grows
