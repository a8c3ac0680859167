"""Problems put right: whether what a person types is better than what stands there. No pandas."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from imports.cells import ColumnReading
from imports.normalise.fields import money_reader, reader
from imports.normalise.reading import Fault, Reading, says_nothing
from imports.normalise.texts import CUT, read_text
from imports.normalise.written_dates import Order
from imports.settled import LONGEST, Correction
from registry.records import FIELDS, IGNORED, FieldType

TITLES = ("title", "description")
END_FIRST = "The end would be before the start ({start:%d/%m/%Y}). Check both."
NOTHING_THERE = "Say what the contract is for."
TOO_LONG = "This is longer than the {most:,} characters kept here. Shorten it."


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a register with something wrong in it; texts by column letter."""

    key: str
    cells: Mapping[str, str]  # corrections in place
    raw: Mapping[str, str]  # what the file says where a correction stands

    def stands(self, letter: str) -> str:
        """What the file itself says."""
        return self.raw.get(letter, self.cells.get(letter, ""))


@dataclass(frozen=True, slots=True)
class Typed:
    """A text for a cell as it will be kept, or the sentence that says why it is no better."""

    value: str
    fault: str = ""


def order_of(said: str) -> Order:
    """The order of day and month as a report has it."""
    return Order(said) if said else Order.DAY_FIRST


def read_cell(text: str, column: ColumnReading, order: Order) -> Reading:
    """One cell as the reading of a whole file would take it."""
    kind = FIELDS[column.field].type
    if kind is FieldType.MONEY:
        return money_reader(column, "pounds")(text)
    if kind is FieldType.TEXT and column.field not in {"sme", "vcse", "cpv_code"}:
        return read_text(text, text, column.field)
    return reader(column, order)(text)


def typed(text: str, column: ColumnReading, order: Order) -> Typed:
    """What a person typed for a cell; blank leaves the cell out.

    A day is kept as ISO text, so that no file's order of day and month turns it round.
    """
    text = " ".join(text.replace("\0", "").split())
    if len(text) > LONGEST:
        return Typed(text, TOO_LONG.format(most=LONGEST))
    found = read_cell(text, column, order) if column.field in FIELDS else Reading(text)
    if found.fault is not None:
        return Typed(text, in_a_sentence(found.fault))
    if found.note == CUT:  # what a person types is not cut behind their back
        return Typed(text, TOO_LONG.format(most=FIELDS[column.field].max_length or LONGEST))
    is_day = isinstance(found.value, date) and not found.also
    return Typed(found.value.isoformat() if is_day else text)


def in_a_sentence(fault: Fault) -> str:
    return f"{fault.problem} {fault.what_to_do}".strip()


def is_wrong_anywhere(text: str, column: ColumnReading, order: Order) -> bool:
    """Whether a cell's text is wrong in itself, whatever its row says."""
    return column.field in FIELDS and read_cell(text, column, order).fault is not None


def disorder(texts: Mapping[str, str], columns: Sequence[ColumnReading], order: Order) -> str:
    """The sentence for a row whose end would be before its start; "" when it would not."""
    found: dict[str, Any] = {
        column.field: read_cell(texts.get(column.column, ""), column, order).value
        for column in columns
        if column.field in {"start_date", "end_date"}
    }
    start, end = found.get("start_date"), found.get("end_date")
    return END_FIRST.format(start=start) if start and end and end < start else ""


def untitled(texts: Mapping[str, str], columns: Sequence[ColumnReading]) -> str:
    """The sentence for a row that would not say what it is for; "" when it would."""
    titles = [column.column for column in columns if column.field in TITLES]
    nothing = all(says_nothing(texts.get(letter, "")) for letter in titles)
    return NOTHING_THERE if titles and nothing else ""


def corrections_of(
    line: Line, texts: Mapping[str, str], columns: Sequence[ColumnReading], order: Order
) -> tuple[list[Correction], dict[str, str]]:
    """What a row's new texts correct, and by column letter what is wrong with them."""
    changed = [c for c in usable(columns) if c.column in texts and _differs(line, texts, c.column)]
    tried = {column.column: typed(texts[column.column], column, order) for column in changed}
    faults = {letter: one.fault for letter, one in tried.items() if one.fault}
    if not faults and changed:
        faults = _faults_of_row(
            {**line.cells, **{k: v.value for k, v in tried.items()}}, columns, order
        )
    made = [
        Correction(c.field, line.stands(c.column), tried[c.column].value, line.key)
        for c in changed
        if c.column not in faults
    ]
    return made, faults


def _differs(line: Line, texts: Mapping[str, str], letter: str) -> bool:
    return " ".join(texts[letter].split()) != line.cells.get(letter, "")


def _faults_of_row(
    texts: Mapping[str, str], columns: Sequence[ColumnReading], order: Order
) -> dict[str, str]:
    faults = {}
    for field, sentence in (
        ("end_date", disorder(texts, columns, order)),
        ("title", untitled(texts, columns)),
    ):
        place = next((column.column for column in columns if column.field == field), "")
        if sentence and place:
            faults[place] = sentence
    return faults


def usable(columns: Sequence[ColumnReading]) -> Iterator[ColumnReading]:
    """Columns that were read as a field: what corrections can be about."""
    return (column for column in columns if column.field != IGNORED and column.field in FIELDS)
