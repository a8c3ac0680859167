"""From a council's contracts and a layout to pages, with the truth of every row kept beside."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter

from samples.making.contracts import Contract
from samples.making.shapes import Cell, Facts, Fault, Layout, Page, chance, truth_of
from samples.making.vocabulary import Supplier


@dataclass(frozen=True, slots=True)
class Row:
    """One contract as it stands in a file, and what should be understood of it."""

    contract: Contract
    cells: list[Cell]
    facts: Facts
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One sheet of the register: where its headings stand and its contracts begin."""

    name: str
    heading_rows: tuple[int, ...]
    first_row: int


@dataclass(slots=True)
class Register:
    """A whole file before it is written, and what should be read from it."""

    layout: Layout
    pages: list[Page] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    suppliers: list[Supplier] = field(default_factory=list)

    @property
    def fields(self) -> dict[str, str]:
        """The field of each column, by letter."""
        return {
            get_column_letter(n): column.field for n, column in enumerate(self.layout.columns, 1)
        }


def register_of(layout: Layout, contracts: list[Contract]) -> Register:
    register = Register(layout, counts=dict.fromkeys(COUNTED, 0))
    rows = with_faults(layout, [row_of(layout, contract) for contract in contracts])
    rows = with_duplicates(layout, rows)
    register.suppliers = [contract.supplier for contract in contracts]
    by_sheet = layout.sheets_by_department or {layout.sheet: ()}
    for sheet, departments in by_sheet.items():
        held = [row for row in rows if not departments or row.contract.department in departments]
        lay_out(register, sheet, held)
    others = list(layout.other_pages)
    pages = register.pages
    register.pages = [*others, *pages] if layout.other_pages_first else [*pages, *others]
    return register


COUNTED = ("read", "problem", "duplicate", "total_line", "blank")


def row_of(layout: Layout, contract: Contract) -> Row:
    cells = [column.cell(contract) for column in layout.columns]
    return Row(contract, cells, truth_of(contract, layout.columns))


def with_faults(layout: Layout, rows: list[Row]) -> list[Row]:
    """Each fault in a row of its own, never one that a joint buy is made of."""
    done = list(rows)
    for n, fault in enumerate(layout.faults):
        fields = [column.field for column in layout.columns]
        fit = [i for i, row in enumerate(done) if may_be_faulty(row, fault)]
        i = fit[(n * 11 + 5) % len(fit)]
        done[i] = faulty(done[i], fault, fields)
    return done


def may_be_faulty(row: Row, fault: Fault) -> bool:
    known = fault.field in row.facts or fault.field == "council_name"
    others = {"start_date", "end_date", "title"} <= row.facts.keys()
    return known and others and row.fault is None and row.contract.category == "NON"


def faulty(row: Row, fault: Fault, fields: list[str]) -> Row:
    at = fields.index(fault.field)
    cells = [*row.cells[:at], fault.cell, *row.cells[at + 1 :]]
    lost = {fault.field}
    if fault.field == "end_date" and "latest_end_date" not in fields:
        lost.add("latest_end_date")  # without an end, options lead nowhere
    facts = {name: value for name, value in row.facts.items() if name not in lost}
    return Row(row.contract, cells, facts, fault)


def with_duplicates(layout: Layout, rows: list[Row]) -> list[Row]:
    """The same row a second time, further down, for the first sound ones that are not IT."""
    sound = [row for row in rows if row.contract.category == "NON" and not row.fault]
    return [*rows, *sound[: layout.duplicates]]


def lay_out(register: Register, sheet: str, rows: list[Row]) -> None:
    """One sheet: what stands above, the headings, the contracts, and a total."""
    layout = register.layout
    page = Page(sheet, [list(row) for row in layout.above], serial_dates=layout.serial_dates)
    headings = [*layout.headings, tuple(column.heading for column in layout.columns)]
    page.heading_rows = tuple(range(len(page.rows) + 1, len(page.rows) + len(headings) + 1))
    page.rows += [list(row) for row in headings]
    page.merges = layout.merges
    register.listed.append(Listed(sheet, page.heading_rows, len(page.rows) + 1))
    gaps = {len(rows) * n // (layout.blank_rows + 1) for n in range(1, layout.blank_rows + 1)}
    seen: list[list[Cell]] = []
    for n, row in enumerate(rows):
        if n in gaps:
            page.rows.append([])
            register.counts["blank"] += 1
        page.rows.append(row.cells)
        account_for(register, sheet, len(page.rows), row, seen)
    hide_some(layout, page, rows)
    if layout.total_line is not None:
        page.rows.append(total_line(layout, rows))
        register.counts["total_line"] += 1
        register.counts["read"] += 1
    register.pages.append(page)


def account_for(
    register: Register, sheet: str, number: int, row: Row, seen: list[list[Cell]]
) -> None:
    """Count a row once, and keep what should be understood of it."""
    register.counts["read"] += 1
    if row.cells in seen:
        register.counts["duplicate"] += 1
        return
    seen.append(row.cells)
    if row.fault:
        register.problems.append(problem_of(register, sheet, number, row.fault))
    if row.fault and not row.fault.recorded:
        register.counts["problem"] += 1
    else:
        register.records.append({"sheet": sheet, "row": number, **row.facts})


def problem_of(register: Register, sheet: str, number: int, fault: Fault) -> dict[str, Any]:
    letter = next(k for k, name in register.fields.items() if name == fault.field)
    return {
        "sheet": sheet,
        "row": number,
        "cell": f"{letter}{number}",
        "field": fault.field,
        "value": fault.cell or "",
        "kind": fault.kind,
        "recorded": fault.recorded,
    }


def hide_some(layout: Layout, page: Page, rows: list[Row]) -> None:
    """Rows a filter left hidden: still in the register."""
    first = page.heading_rows[-1] + 1
    plain = [first + n for n, row in enumerate(rows) if chance(row.contract, 5, "hidden")]
    page.hidden_rows = frozenset(plain[: layout.hidden_rows])


def total_line(layout: Layout, rows: list[Row]) -> list[Cell]:
    """A label, or none, and the sums of the money columns as written."""
    line: list[Cell] = []
    for n, column in enumerate(layout.columns):
        if column.field in ("total_value", "annual_value"):
            cells = [row.cells[n] for row in rows]
            line.append(sum((cell for cell in cells if isinstance(cell, Decimal)), Decimal(0)))
        else:
            line.append(layout.total_line if n == 0 else None)
    return line
