"""Sheets of typed rows as a workbook whose cells no program takes for formulas."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import IO, Any

# What the format cannot hold: control characters, and more text than a cell takes.
CONTROL = {n: None for n in range(32) if chr(n) not in "\t\n\r"}
LONGEST_CELL = 32_767
FORMATS: tuple[tuple[type, str], ...] = ((Decimal, "#,##0.00"), (date, "dd/mm/yyyy"))
# As wide as most of what stands in a column, in characters.
WIDTH, WIDE = 16, 44


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: notes above, headings, rows; `choices` lists what a column's cells may hold."""

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    notes: Sequence[str] = ()
    wide: frozenset[str] = frozenset()
    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)


def write(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Row by row, so that memory does not grow with the register."""
    # The library loads numpy where there is one, which the web process does without.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for sheet in sheets:
        write_sheet(book, sheet)
    book.save(file)


def write_sheet(book: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    made = book.create_sheet(sheet.name)
    first = len(sheet.notes) + 1
    made.freeze_panes = f"B{first + 1}"
    for n, heading in enumerate(sheet.headings, start=1):
        wide = WIDE if heading in sheet.wide else WIDTH
        made.column_dimensions[get_column_letter(n)].width = wide
        add_choices(made, get_column_letter(n), first, sheet.choices.get(heading, ()))
    for note in sheet.notes:
        made.append([cell(made, note, Font(italic=True))])
    made.append([cell(made, heading, Font(bold=True)) for heading in sheet.headings])
    for row in sheet.rows:
        made.append([cell(made, value) for value in row])


def add_choices(made: Any, column: str, first: int, choices: Sequence[str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if choices:
        rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        rule.add(f"{column}{first + 1}:{column}1048576")
        made.data_validations.append(rule)


def cell(made: Any, value: Any, font: Any = None) -> Any:
    """Days as days, amounts as numbers, and text as text whatever it begins with."""
    from openpyxl.cell import WriteOnlyCell

    written = WriteOnlyCell(made, plain(value))
    if isinstance(value, str):
        written.data_type = "s"
    for kind, looks in FORMATS:
        if isinstance(value, kind):
            written.number_format = looks
    if font:
        written.font = font
    return written


def plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return value.translate(CONTROL)[:LONGEST_CELL] if isinstance(value, str) else value
