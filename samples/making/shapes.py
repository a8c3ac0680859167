"""What a sample file is made of: columns, faults, sheets, and what should be read from them."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from registry.terms import ExtensionKind
from samples.making import vocabulary
from samples.making.contracts import Contract

Cell = str | int | float | Decimal | date | None
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it should be read as, and what stands in a row.

    `truth` says what should be understood where it is not the plain fact of the contract.
    """

    heading: str
    field: str
    cell: Callable[[Contract], Cell]
    truth: Callable[[Contract], Any] | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in one cell; `recorded` says whether the row should go in all the same."""

    field: str
    cell: Cell
    kind: str
    recorded: bool = True


@dataclass(slots=True)
class Page:
    """One sheet as rows of cells, row 1 first, with what only a workbook can show."""

    name: str
    rows: list[list[Cell]]
    heading_rows: tuple[int, ...] = ()
    merges: tuple[str, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    serial_dates: bool = False  # dates as bare numbers, as an export leaves them


@dataclass(frozen=True, slots=True)
class Layout:
    """How one council lays out its register, and what is wrong in it."""

    council: str
    file: str
    quirks: str
    columns: tuple[Column, ...]
    reference_style: str = ""
    references_missing: int = 12  # in a hundred
    above: tuple[tuple[Cell, ...], ...] = ()
    # Heading rows where one row of `columns` headings is not the whole of it.
    headings: tuple[tuple[str, ...], ...] = ()
    merges: tuple[str, ...] = ()
    sheet: str = "Contracts"
    sheets_by_department: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    other_pages: tuple[Page, ...] = ()
    other_pages_first: bool = False
    total_line: str | None = None  # its label, which may be ""
    faults: tuple[Fault, ...] = ()
    duplicates: int = 0
    repeated_references: int = 0
    blank_rows: int = 0
    hidden_rows: int = 0
    serial_dates: bool = False
    vat: str = "unknown"

    @property
    def basis(self) -> str:
        fields = {column.field for column in self.columns}
        return "total" if "total_value" in fields else "annual"


PLAIN_TRUTHS: Mapping[str, Callable[[Contract], Any]] = {
    "start_date": lambda c: c.start,
    "end_date": lambda c: c.end,
    "latest_end_date": lambda c: c.latest,
    "total_value": lambda c: c.total,
    "annual_value": lambda c: c.yearly,
    "supplier_company_number": lambda c: c.supplier.company_number,
}
TEXT_FIELDS = frozenset({"reference", "title", "supplier_name"})


def truth_of(contract: Contract, columns: tuple[Column, ...]) -> Facts:
    """What a perfect reader understands of this row, by field; unknown things are left out."""
    facts: Facts = {"rolling": contract.rolling}
    for column in columns:
        if column.truth:
            value = column.truth(contract)
        elif column.field in TEXT_FIELDS:
            value = str(column.cell(contract) or "").strip()
        elif column.field in PLAIN_TRUTHS:
            value = PLAIN_TRUTHS[column.field](contract)
        else:
            continue
        if value not in (None, ""):
            facts[column.field] = value
    return with_consequences(contract, facts, {column.field for column in columns})


def with_consequences(contract: Contract, facts: Facts, fields: set[str]) -> Facts:
    """What follows from other columns: the latest end from options, a title from a description."""
    if "extension" in fields and contract.latest:
        facts["latest_end_date"] = contract.latest
    if "title" not in fields:
        facts["title"] = contract.title
    return facts


def chance(contract: Contract, of: int, salt: str = "") -> bool:
    """One contract in `of`, always the same ones."""
    return zlib.crc32(f"{salt}{contract.title}".encode()) % of == 0


def social_value(council: str, heading: str) -> Column:
    """What its contracts promise beside the goods, in the words of whoever filled the cell."""
    texts = {
        row["title"]: row["text"]
        for row in vocabulary.read("social_value.csv")
        if row["council"] == council
    }

    def said(contract: Contract) -> str:
        return texts.get(contract.title, "")

    return Column(heading, "social_value", said, truth=said)


# Prices, which few registers state and never for everything.


def priced(quantity: str, unit: str, price: str) -> tuple[Column, ...]:
    """The three columns that unit prices are compared by, under these headings."""
    return (
        Column(quantity, "quantity", lambda c: c.quantity, lambda c: c.quantity),
        Column(unit, "unit", lambda c: c.unit, lambda c: c.unit),
        Column(price, "unit_price", lambda c: c.unit_price, lambda c: c.unit_price),
    )


# Dates as people write them.


def slashes(day: date | None) -> str:
    return day.strftime("%d/%m/%Y") if day else ""


def dashes(day: date | None) -> str:
    return day.strftime("%d-%b-%Y") if day else ""


def in_full(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""


def timestamp(day: date | None) -> str:
    return f"{day.isoformat()}T00:00:00" if day else ""


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def compact(day: date | None) -> str:
    return day.strftime("%Y%m%d") if day else ""


def end_as(write: Callable[[date | None], str]) -> Callable[[Contract], Cell]:
    return lambda c: write(c.end) if c.end else c.end_words


def end_as_date(contract: Contract) -> Cell:
    return contract.end or contract.end_words or None


# Options as people write them.


def extension_words(contract: Contract) -> str:
    """Such as "2 x 12 months", "up to 24 months", "option to extend to 31/12/2028"."""
    extension = contract.extension
    match extension.kind:
        case ExtensionKind.PERIODS:
            return f"{len(extension.periods)} x {extension.periods[0].months} months"
        case ExtensionKind.UP_TO:
            return f"up to {extension.periods[0].months} months"
        case ExtensionKind.UNTIL:
            return f"may be extended until {slashes(extension.until)}"
    return "None" if contract.end and chance(contract, 2) else ""


def extension_sum(contract: Contract) -> str:
    """Such as "3+1+1": the term, then its options; "option to extend 24m"."""
    extension = contract.extension
    if extension.kind is ExtensionKind.PERIODS:
        years = [period.months // 12 for period in extension.periods]
        return "+".join(str(n) for n in (contract.years, *years))
    if extension.kind is ExtensionKind.UP_TO:
        return f"option to extend by up to {extension.periods[0].months}m"
    return extension_words(contract)


def break_words(contract: Contract) -> str:
    leave = contract.leave
    if leave.first is None or leave.notice is None:
        return ""
    return f"Break from {slashes(leave.first)} with {in_months(leave.notice.months)} notice"


def in_months(months: int) -> str:
    return f"{months} month{'s' * (months > 1)}"


# Money as people write it.


def pounds(amount: Decimal | None) -> str:
    return f"£{amount:,.2f}" if amount is not None else ""


def padded_pounds(amount: Decimal | None) -> str:
    return f" £{amount:,.2f} " if amount is not None else " £ -   "


def plain_number(amount: Decimal | None) -> str:
    return f"{amount:.2f}" if amount is not None else ""


def short_money(amount: Decimal | None) -> str:
    """Such as "£118k", "£1.2m"; "TBC" where there is none."""
    if amount is None:
        return "TBC"
    rounded = short_truth(amount)
    if rounded >= 1_000_000:
        return f"£{rounded / 1_000_000:f}m"
    return f"£{rounded / 1_000:f}k"


def short_truth(amount: Decimal) -> Decimal:
    """What is left of an amount once it is written in thousands."""
    step = Decimal(10_000) if amount >= 1_000_000 else Decimal(500)
    return (amount / step).quantize(Decimal(1), ROUND_HALF_UP) * step


# Suppliers as people write them.


def written(contract: Contract) -> str:
    return contract.written_supplier


def with_trading_name(contract: Contract) -> str:
    if contract.category == "NON" and chance(contract, 9):
        return f"{contract.supplier.name} Ltd t/a {contract.supplier.name.split()[0]} Services"
    return contract.written_supplier


def in_capitals(contract: Contract) -> str:
    return contract.written_supplier.strip().upper()


def several(contract: Contract) -> str:
    """Now and then two firms of one word share a lot."""
    if contract.category == "NON" and chance(contract, 14):
        first = contract.supplier.name.split()[0]
        return f"{contract.supplier.name} Ltd; {first} Holdings Limited"
    return contract.written_supplier


def size(contract: Contract) -> str:
    return ("SME", "Micro", "Large", "Charity", "")[zlib.crc32(contract.supplier.name.encode()) % 5]


def yes_no(contract: Contract) -> str:
    return "Y" if size(contract) in ("SME", "Micro") else "N"


def description(contract: Contract) -> str:
    if contract.end is None or contract.start is None:
        return contract.title
    months = in_words_of_term(contract)
    return f"{contract.title}. Contract for {months} let by {contract.procedure.lower()}."


def in_words_of_term(contract: Contract) -> str:
    """Such as "3 years"; nothing for a contract whose end is not known, for neither is its term."""
    if contract.end is None:
        return ""
    return f"{contract.years} year{'s' * (contract.years > 1)}"
