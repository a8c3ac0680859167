"""What is wrong with a file or a cell, in words its owner can act on: data, not exceptions."""

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
