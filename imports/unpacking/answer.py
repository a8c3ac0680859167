"""What the child process hands back, and the narrow door through which the parent takes it."""

import pickle
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:  # importing it would load pandas into the child
    from imports.cells import Cell


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A column as its distinct cells, and for each row which of them it holds (-1: empty)."""

    codes: bytes  # of C ints
    values: list["Cell"]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet, cut after the last used row and column."""

    name: str
    rows: int
    columns: list[RawColumn]
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)  # column, first, last row
    widths: bytes = b""  # of C ints: how many cells a text file gives each row


@dataclass(frozen=True, slots=True)
class Answer:
    """A file as read, or the sentence it is refused with."""

    kind: str = ""
    sheets: list[RawSheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: str = ""
    from_1904: bool = False


_MAY_ARRIVE = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (Answer, RawSheet, RawColumn, date, datetime, time, timedelta)
}


class _AnswerUnpickler(pickle.Unpickler):
    """Loads the plain shapes above and nothing that could run."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        try:
            return _MAY_ARRIVE[module_name, global_name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} is no answer") from None


def send(answer: Answer, pipe: IO[bytes]) -> None:
    """Write the answer where the parent will find it."""
    pickle.dump(answer, pipe, protocol=5)


def receive(pipe: IO[bytes]) -> Answer:
    """The answer the child wrote."""
    answer = _AnswerUnpickler(pipe).load()
    if not isinstance(answer, Answer):
        raise pickle.UnpicklingError("the child sent something that is no answer")
    return answer
