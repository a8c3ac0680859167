"""What people settled about a council's registers, as reading a file takes it. Plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """A sheet to read: its name and heading rows last time, and the headings that stood there."""

    name: str
    heading_rows: tuple[int, ...]
    headings: tuple[str, ...] = ()  # folded, as `imports.memory.folded_heading` has them


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a column was taken for, and what tells it when its heading is another."""

    field: str  # a name in `registry.records.FIELDS`, or "ignored"
    heading: str = ""  # as it stood
    column: str = ""  # the letter it stood in
    beside: tuple[str, str] = ("", "")  # the keys of the columns left and right of it
    values: frozenset[int] = frozenset()  # marks of its distinct cells, to know it by
    # The keys of columns that might have been this field too, and were left aside for this one.
    left: tuple[str, ...] = ()
    meaning: tuple[str, str] = ("", "")  # basis and VAT that its amounts were read as
    # False: nobody chose it, it was only let pass when its file was applied.
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A field that several councils settled for a heading."""

    field: str
    councils: int


# The field of a correction that says that a whole row is no contract.
LEFT_OUT = "row"
# A cell is known by this much of its text.
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Correction:
    """What a cell should say. With a `row_key` for that row alone, else wherever it stands so."""

    field: str
    raw: str  # the cell as it stands in the file, blanks collapsed
    value: str  # what it should say, read as the cell would be
    row_key: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """Everything settled that bears on reading one file; nothing settled by default."""

    sheets: tuple[SheetChoice, ...] = ()
    columns: Mapping[str, ColumnChoice] = field(default_factory=dict)  # by `memory_keys`
    suggested: Mapping[str, Suggestion] = field(default_factory=dict)  # by folded heading
    day_first: bool | None = None
    meanings: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # heading: basis, VAT
    rolling_words: Mapping[str, bool] = field(default_factory=dict)  # folded cell: goes on or not
    ours: Mapping[str, bool] = field(default_factory=dict)  # folded names that mean the council
    # Codes of other councils into whose registers its rows may go; None: all whom the sender acts
    # for, as a command names them and nobody looks at a page.
    others: Mapping[str, bool] | None = None
    corrections: tuple[Correction, ...] = ()


NOTHING_SETTLED = Settled()


@dataclass(frozen=True, slots=True)
class Replayed:
    """One thing settled before that this reading took over; `kind` and `key` as `Choice` has."""

    kind: str
    key: str
    words: str
