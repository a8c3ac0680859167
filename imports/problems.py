"""What is wrong with a file or a cell, in words its owner can act on: data, not exceptions."""

from dataclasses import dataclass


class UnreadableFileError(Exception):
    """The file as a whole is refused; the message is the one sentence its owner reads."""


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
