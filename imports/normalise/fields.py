"""How the cells of each field are read, one distinct value at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from imports.cells import Cell, ColumnReading
from imports.headings import money_meaning, money_scale, says_estimate
from imports.normalise.codes import read_charity_number, read_company_number, read_cpv
from imports.normalise.dates import read_date, read_latest, read_start
from imports.normalise.flags import read_estimate, read_sme, read_vcse
from imports.normalise.money import (
    EACH_ITS_OWN,
    PENNY,
    MoneyColumn,
    column_currency,
    currency_named,
    read_currency,
    read_money,
)
from imports.normalise.reading import BLANK, Fault, Reading, says_nothing, text_of
from imports.normalise.texts import read_term, read_text
from imports.normalise.written_dates import Order
from registry.currencies import POUNDS, words_of
from registry.records import FIELDS, Basis, FieldType, Vat

if TYPE_CHECKING:  # pages read single cells, and do without pandas
    from imports.normalise.rows import Column

Read = Callable[[Cell], Reading]
BY_NAME: dict[str, Read] = {
    "supplier_company_number": read_company_number,
    "supplier_charity_number": read_charity_number,
    "cpv_code": read_cpv,
    "sme": read_sme,
    "vcse": read_vcse,
    "currency": read_currency,
}
DATES = {"start_date": read_start, "latest_end_date": read_latest}
NO_WORDS: Mapping[str, bool] = {}


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column with each of its distinct cells read."""

    column: Column
    reading: ColumnReading
    # By code: the value, None last for an empty cell; and of the few that say more, what.
    values: list[Any]
    faults: Mapping[int, Fault]
    also: Mapping[int, Mapping[str, Any]]
    notes: Mapping[int, str]

    @property
    def field(self) -> str:
        return self.reading.field


def read_column(
    column: Column,
    reading: ColumnReading,
    order: Order,
    rolling_words: Mapping[str, bool] = NO_WORDS,
    *,
    currency_by_row: bool = False,
) -> ReadColumn:
    """Every distinct cell of a column, read as its field asks.

    `currency_by_row`: another column names each row's currency.
    """
    kind = FIELDS[reading.field].type
    currency = "pounds"
    if kind is FieldType.TEXT and reading.field not in BY_NAME:
        cells = zip(column.cells, column.texts, strict=True)
        said = (read_text(cell, text, reading.field) for cell, text in cells)
        return read_as(said, column, reading)
    if kind is FieldType.MONEY:
        currency = currency_of(reading, column.cells)
        by_row = currency_by_row and not currency_named(reading.heading)
        currency = EACH_ITS_OWN if by_row and currency == "pounds" else currency
    read = cell_reader(reading, order, currency=currency, rolling_words=rolling_words)
    return read_as(map(read, column.cells), column, reading)


def currency_of(reading: ColumnReading, cells: Sequence[Cell]) -> str:
    """What a column's amounts are in: as its heading or its signs say, else a note on top."""
    above = words_of(reading.currency or POUNDS)
    return column_currency(cells, reading.heading, above=above)


def read_as(said: Iterable[Reading], column: Column, reading: ColumnReading) -> ReadColumn:
    """Its cells' readings taken apart as they are made: most hold a value and nothing else."""
    values: list[Any] = []
    faults: dict[int, Fault] = {}
    also: dict[int, Mapping[str, Any]] = {}
    notes: dict[int, str] = {}
    for code, found in enumerate(said):
        values.append(found.value)
        if found.fault:
            faults[code] = found.fault
        if found.also:
            also[code] = found.also
        if found.note:
            notes[code] = found.note
    return ReadColumn(column, reading, [*values, None], faults, also, notes)


def cell_reader(
    reading: ColumnReading,
    order: Order,
    *,
    currency: str = "pounds",
    rolling_words: Mapping[str, bool] = NO_WORDS,
) -> Read:
    """How one cell of a column is read; `currency` is what the column's amounts are in."""
    kind = FIELDS[reading.field].type
    if kind is FieldType.TEXT and reading.field not in BY_NAME:
        return lambda cell: read_text(cell, text_of(cell), reading.field)
    if kind is FieldType.MONEY:
        return money_reader(reading, currency)
    read = reader(reading, order)
    if reading.field == "end_date" and rolling_words:
        return lambda cell: _as_settled(cell, rolling_words) or read(cell)
    return read


def _as_settled(cell: Cell, rolling_words: Mapping[str, bool]) -> Reading | None:
    """What somebody said an end in words means: that it goes on, or that it is not known."""
    goes_on = rolling_words.get(text_of(cell).casefold()) if isinstance(cell, str) else None
    if goes_on is None:
        return None
    return Reading(also={"rolling": True}) if goes_on else BLANK


def reader(reading: ColumnReading, order: Order) -> Read:
    """How one cell of a column is read, money apart."""
    field = reading.field
    if field in BY_NAME:
        return BY_NAME[field]
    if field in DATES:
        read_day = DATES[field]
        return lambda cell: read_day(cell, order=order)
    if field == "value_is_estimate":
        yes = _yes_is_estimate(reading.heading)
        return lambda cell: read_estimate(cell, yes_is_estimate=yes)
    match FIELDS[field].type:
        case FieldType.DATE:
            return lambda cell: read_date(cell, order=order, is_end=field == "end_date")
        case FieldType.NUMBER:
            return read_number
        case _:
            return lambda cell: read_term(cell, field, reading.heading, order)


def _yes_is_estimate(heading: str) -> bool | None:
    """What "Yes" says under this heading; None when it names both fixed and estimated."""
    said = heading.casefold()
    fixed, estimate = "fixed" in said or "actual" in said, "estimate" in said
    return None if fixed and estimate else not fixed


def money_reader(reading: ColumnReading, currency: str) -> Read:
    """Amounts with what the heading says of them, where the cell itself says nothing else."""
    column = MoneyColumn(scale=money_scale(reading.heading) * reading.scale, currency=currency)
    if reading.field not in {"total_value", "annual_value"}:
        return lambda cell: read_money(cell, column)
    basis, vat = meaning(reading)
    heading_says: dict[str, object] = {"value_basis": basis, "value_vat": vat}
    if says_estimate(reading.heading):
        heading_says["value_is_estimate"] = True

    def read(cell: Cell) -> Reading:
        found = read_money(cell, column)
        if found.value is None:
            return found
        also = {**heading_says, **found.also} if found.also else heading_says
        return _in_its_field(found, also, reading.field)

    return read


def rule_beside(each: ReadColumn, name: str) -> str:
    """Why the cells of a column tell another field too."""
    if name == "value_is_estimate" and says_estimate(each.reading.heading):
        return "the heading says that its amounts are estimates"
    if name == "currency" and currency_named(each.reading.heading):
        return "the heading names the currency of its amounts"
    if name == "currency" and each.reading.currency:
        return "a line above the headings names the currency of all amounts"
    return "the words of the cell say so"


def meaning(reading: ColumnReading) -> tuple[str, str]:
    """The basis and VAT of a money column: as read before, else as the heading says."""
    basis, vat = money_meaning(reading.heading)
    basis, vat = reading.basis or basis, reading.vat or vat
    if reading.field == "annual_value":
        basis = Basis.ANNUAL.value
    return basis or Basis.UNKNOWN.value, vat or Vat.UNKNOWN.value


def _in_its_field(found: Reading, also: dict[str, object], field: str) -> Reading:
    """An amount that says "per annum" in a column of totals is an annual value, and vice versa."""
    annual = also["value_basis"] == Basis.ANNUAL.value
    belongs = "annual_value" if annual else field
    if field == "annual_value" and also["value_basis"] == Basis.TOTAL.value:
        belongs = "total_value"
    if belongs == field:
        return Reading(found.value, also=also, note=found.note)
    return Reading(also={**also, belongs: found.value}, note=found.note)


def read_number(cell: Cell) -> Reading:
    """A quantity: digits with or without thousands separators."""
    text = text_of(cell)
    if says_nothing(text):
        return Reading()
    if re.fullmatch(r"-?(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d+)?", text):
        # As exact as it is kept: anything finer would look changed by the next file.
        return Reading(Decimal(text.replace(",", "")).quantize(PENNY))
    return Reading(
        fault=Fault("This is not a number.", "Give one number, or leave the cell blank.")
    )
