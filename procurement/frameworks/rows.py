"""The tables frameworks are kept in outside the service: their columns, and reading their cells."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from procurement.frameworks.cells import (
    CellError,
    amount,
    codes,
    day,
    number,
    one_of,
    percent,
    reference,
    text,
    yes_no,
)
from registry.spreadsheets import STARTS_A_FORMULA

MOST_ROWS = 20_000

Cells = Mapping[str, str]


class NotATableError(ValueError):
    """The file is none of the tables; the message is what its sender reads."""


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong in a line, counted as a spreadsheet program counts it."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class Row:
    """What one line says; columns that its file does not have say nothing."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, how its cells are read, and what it means to whoever fills it in."""

    name: str
    read: Callable[[str], Any]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One of the tables: what a line of it is, and by which columns a line is known."""

    name: str
    line_is: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def headings(self) -> list[str]:
        return [column.name for column in self.columns]

    def key_of(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(values.get(name) for name in self.key)


@dataclass(slots=True)
class Table:
    """The lines of one file that can be read, and what is wrong in the others."""

    layout: Layout
    rows: list[Row] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)


FRAMEWORKS = Layout(
    "frameworks",
    "a framework",
    ("reference",),
    (
        Column("reference", reference, required=True),
        Column("name", text(200), required=True),
        Column("other_names", text(500)),
        Column("ocid", text(100)),
        Column("owner", text(200), required=True),
        Column("kind", one_of("framework", "open framework", "dynamic market"), required=True),
        Column("sector", one_of("special", "light touch")),
        Column("suppliers", one_of("one", "several", "no limit")),
        Column("call_off_by", one_of("direct award", "competition", "either")),
        Column("starts", day),
        Column("starts_source", text(300)),
        Column("starts_as_at", day),
        Column("ends", day),
        Column("ends_source", text(300)),
        Column("ends_as_at", day),
        Column("scheme_ends", day),
        Column("scheme_ends_source", text(300)),
        Column("scheme_ends_as_at", day),
        Column("longer_because", text(300)),
        Column("fee_percent", percent),
        Column("maximum_value", amount),
        Column("maximum_value_vat", one_of("gross", "net")),
        Column("categories", codes),
        Column(
            "open_to", one_of("public bodies", "local authorities", "named bodies", "other bodies")
        ),
        Column("places", codes),
        Column("users", text(300)),
        Column("note", text(300)),
        Column("source", text(300), required=True),
        Column("as_at", day, required=True),
    ),
)
AWARDS = Layout(
    "awards",
    "an award of a framework",
    ("framework", "number"),
    (
        Column("framework", reference, required=True),
        Column("number", number, required=True),
        Column("awarded_on", day, required=True),
        Column("ends", day),
        Column("apply_from", day),
        Column("apply_to", day),
        Column("single_supplier", yes_no),
        Column("source", text(300), required=True),
        Column("as_at", day, required=True),
    ),
)
LOTS = Layout(
    "lots",
    "a lot",
    ("framework", "number"),
    (
        Column("framework", reference, required=True),
        Column("number", number, required=True),
        Column("name", text(200), required=True),
        Column("categories", codes),
        Column("maximum_value", amount),
    ),
)
SUPPLIERS = Layout(
    "suppliers",
    "a supplier on a lot",
    ("framework", "lot", "name"),
    (
        Column("framework", reference, required=True),
        Column("lot", number, required=True),
        Column("name", text(300), required=True),
        Column("company_number", text(20)),
        Column("charity_number", text(50)),
        Column("other_id", text(200)),
    ),
)
# In the order in which they are written: a lot needs its framework, a supplier its lot.
LAYOUTS: Mapping[str, Layout] = {one.name: one for one in (FRAMEWORKS, AWARDS, LOTS, SUPPLIERS)}


# Reading.


def read_csv(content: bytes) -> Table:
    """The table a file holds, whichever of them it is."""
    lines = csv.reader(io.StringIO(decoded(content), newline=""))
    try:
        headings = [heading.strip().lower() for heading in next(lines, [])]
        layout = layout_of(headings)
        given = [
            (line, dict(zip(headings, cells, strict=False)))
            for line, cells in enumerate(lines, start=2)
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error:
        raise NotATableError(
            "This file is not a CSV. Save the sheet as CSV and send that."
        ) from None
    if len(given) > MOST_ROWS:
        raise NotATableError(f"This file has more than {MOST_ROWS:,} lines. Send it in parts.")
    return read_cells(layout, given)


def decoded(content: bytes) -> str:
    if b"\x00" in content:
        raise NotATableError("This file is not a CSV. Save the sheet as CSV and send that.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def layout_of(headings: Sequence[str]) -> Layout:
    """The table whose required headings are all there; the one with most of them known."""
    twice = {heading for heading in headings if heading and headings.count(heading) > 1}
    if twice:
        raise NotATableError(f"The heading {min(twice)} stands twice. Take one away.")
    fitting = [
        layout
        for layout in LAYOUTS.values()
        if {c.name for c in layout.columns if c.required} <= set(headings)
    ]
    if not fitting:
        raise NotATableError(
            "The first line is not the headings of frameworks, awards, lots or suppliers. "
            "Download one of them here, and fill that in."
        )
    layout = max(fitting, key=lambda one: len(set(one.headings) & set(headings)))
    if unknown := [heading for heading in headings if heading and heading not in layout.headings]:
        raise NotATableError(
            f"The table of {layout.name} has no column {unknown[0]}. Take it away, or download "
            "the table here to see its headings."
        )
    return layout


def read_cells(layout: Layout, given: Iterable[tuple[int, Cells]]) -> Table:
    """Lines of cells by heading, each with its number."""
    table = Table(layout)
    seen: dict[tuple[Any, ...], int] = {}
    for line, cells in given:
        said, wrong = read_line(layout, cells)
        key = layout.key_of(said)
        if not wrong and key in seen:
            wrong = [f"Line {seen[key]} is of the same. Keep one of them."]
        if wrong:
            table.problems += [LineProblem(line, says) for says in wrong]
        else:
            seen[key] = line
            table.rows.append(Row(line, said))
    return table


def read_line(layout: Layout, cells: Cells) -> tuple[dict[str, Any], list[str]]:
    said: dict[str, Any] = {}
    wrong: list[str] = []
    for column in layout.columns:
        if column.name not in cells:
            continue
        cell = unquoted(cells[column.name].strip())
        if column.required and not cell:
            wrong.append(f"{column.name} is empty. Every line needs it.")
            continue
        try:
            said[column.name] = column.read(cell)
        except CellError as fault:
            wrong.append(f"{column.name}: {fault}")
    return said, wrong


def unquoted(cell: str) -> str:
    """Without the quotation mark that keeps a spreadsheet program from taking it for a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(STARTS_A_FORMULA) else cell


# Writing.


def as_cell(value: Any) -> str:
    """A value as its column reads it back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return " ".join(value)
    written = str(value)
    return f"'{written}" if written.startswith(STARTS_A_FORMULA) else written


def differences(held: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Column, what is held and what is said instead, of all that a line says."""
    for name, value in said.items():
        if held.get(name) != value:
            yield name, held.get(name), value
