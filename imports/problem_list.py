"""Problems as their page shows them: by kind, and within a kind by what stands in the cell."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from imports.cells import ColumnReading
from imports.mending import TITLES, is_wrong_anywhere
from imports.models import RowProblem
from imports.normalise.reading import says_nothing
from imports.normalise.written_dates import Order

SHOWN_CELLS = 6
LETTERS = re.compile(r"[A-Z]*")
# Nothing typed into these cells alone would put their row right.
OF_COUNCILS = frozenset({"council_name", "council_code"})
NOT_ASKED = OF_COUNCILS | {""}


@dataclass(slots=True)
class Entry:
    """Cells that one answer puts right: all that say the same, or one that its row makes wrong."""

    problems: list[RowProblem]
    everywhere: bool  # the text is wrong wherever it stands, whatever its row says
    column: ColumnReading | None
    typed: str = ""
    fault: str = ""
    blank: bool = False
    out: bool = False

    @property
    def first(self) -> RowProblem:
        return self.problems[0]

    @property
    def cells(self) -> str:
        shown = ", ".join(one.cell for one in islice(self.problems, SHOWN_CELLS))
        more = len(self.problems) - SHOWN_CELLS
        return f"{shown} and {more} more" if more > 0 else shown

    @property
    def asks(self) -> bool:
        """Whether a text for this very cell can put it right."""
        if self.column is None or self.first.field in NOT_ASKED:
            return False
        only_titled = self.first.field in TITLES and not says_nothing(self.first.value)
        return self.first.recorded or not only_titled

    @property
    def may_be_blank(self) -> bool:
        return self.first.recorded and self.asks

    @property
    def may_be_left_out(self) -> bool:
        alone = len(self.problems) == 1
        return alone and not self.first.recorded and self.first.line_id is not None


@dataclass(slots=True)
class Kind:
    """One kind of problem under one heading."""

    heading: str
    what_to_do: str
    recorded: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(len(entry.problems) for entry in self.entries)


def kinds_of(
    problems: Iterable[RowProblem],
    readings: Sequence[ColumnReading],
    order: Order,
    *,
    one_by_one: bool = False,
) -> list[Kind]:
    """The most frequent kind first; rows that wait before values that are missing."""
    columns = {(each.sheet, each.column): each for each in readings}
    entries: dict[tuple[object, ...], Entry] = {}
    for problem in problems:
        column = columns.get((problem.sheet, letter_of(problem.cell)))
        alone = one_by_one or not (
            problem.field in OF_COUNCILS or is_general(problem, column, order)
        )
        key = (problem.sheet, problem.field, problem.heading, problem.what_to_do, problem.value)
        whole = (*key, problem.problem, problem.recorded, problem.pk if alone else None)
        entry = entries.setdefault(whole, Entry([], not alone, column))
        entry.problems.append(problem)
    return in_kinds(entries.values())


def is_general(problem: RowProblem, column: ColumnReading | None, order: Order) -> bool:
    return column is not None and is_wrong_anywhere(problem.value, column, order)


def in_kinds(entries: Iterable[Entry]) -> list[Kind]:
    kinds: dict[tuple[str, str, bool], Kind] = {}
    for entry in entries:
        one = entry.first
        key = (one.heading, one.what_to_do, one.recorded)
        kinds.setdefault(key, Kind(*key)).entries.append(entry)
    for kind in kinds.values():
        kind.entries.sort(key=lambda entry: -len(entry.problems))
    return sorted(kinds.values(), key=lambda kind: (kind.recorded, -kind.number))


def letter_of(cell: str) -> str:
    found = LETTERS.match(cell)
    return found[0] if found else ""


def by_letter(problems: Iterable[RowProblem]) -> Mapping[str, str]:
    """What is wrong in one row, by column letter."""
    return {letter_of(one.cell): f"{one.problem} {one.what_to_do}" for one in problems}
