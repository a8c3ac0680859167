"""What the first cells of a column say, were it another field: shown before anything is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from imports.cells import ColumnReading
from imports.normalise.fields import cell_reader, currency_of
from imports.normalise.reading import Reading
from imports.normalise.written_dates import Order
from registry.currencies import POUNDS
from registry.formats import day, money_exact
from registry.records import FIELDS, is_money

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Effect:
    """A cell as it stands, and what it says when its column is read so."""

    cell: str
    words: str
    wrong: bool = False


def effects(
    reading: ColumnReading,
    cells: Sequence[str],
    *,
    order: Order,
    rolling_words: Mapping[str, bool],
) -> list[Effect]:
    """The first different cells of a column that hold something; as they stand if not used."""
    distinct = list(dict.fromkeys(cell for cell in cells if cell.strip()))
    if reading.field not in FIELDS:
        return [Effect(cell, cell) for cell in distinct[:MOST_SHOWN]]
    currency = currency_of(reading, distinct) if is_money(reading.field) else "pounds"
    read = cell_reader(reading, order, currency=currency, rolling_words=rolling_words)
    return [effect(cell, read(cell)) for cell in distinct[:MOST_SHOWN]]


def effect(cell: str, found: Reading) -> Effect:
    if found.fault is not None:
        return Effect(cell, found.fault.problem, wrong=True)
    currency = found.also.get("currency", POUNDS)
    said = [in_words(found.value, currency)] if found.value is not None else []
    said += besides(found.also)
    return Effect(cell, ", ".join(said) or "nothing")


def in_words(value: Any, currency: str = POUNDS) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day(value)
    return money_exact(value, currency) if isinstance(value, Decimal) else str(value)


BASES = {"total": "for the whole term", "annual": "for a year", "unknown": "term not stated"}
VATS = {"net": "without VAT", "gross": "with VAT", "unknown": "VAT not stated"}


def besides(also: Mapping[str, Any]) -> list[str]:
    """What a cell says beside its value."""
    said = ["a rolling contract"] if also.get("rolling") else []
    for name, value in also.items():
        if name == "value_basis":
            said.append(BASES[value])
        elif name == "value_vat":
            said.append(VATS[value])
        elif name in FIELDS and value is not None and not isinstance(value, bool):
            currency = also.get("currency", POUNDS)
            said.append(f"{FIELDS[name].label.lower()} {in_words(value, currency)}")
    return said


def read_as(reading: ColumnReading, field: str, meaning: tuple[str, str]) -> ColumnReading:
    """The column read as another field, its amounts covering something else."""
    basis, vat = meaning if is_money(field) else ("", "")
    return replace(reading, field=field, basis=basis, vat=vat)
