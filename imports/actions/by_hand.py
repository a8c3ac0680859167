"""Contracts typed in by hand: read by the same rules as the cells of a register."""

from collections.abc import Mapping
from typing import Any, cast

from imports.cells import ColumnReading
from imports.normalise.fields import BY_NAME, money_reader, reader
from imports.normalise.money import EACH_ITS_OWN
from imports.normalise.reading import Fault, Reading
from imports.normalise.texts import read_text
from imports.normalise.written_dates import Order
from registry.currencies import POUNDS, words_of
from registry.records import FIELDS, Facts, FieldType

AMOUNTS = {"total_value", "annual_value"}
CHOOSE = "Choose that currency below the amounts, or give the amount in the one chosen."


def read(cells: Mapping[str, str], *, currency: str) -> tuple[Facts, dict[str, Fault]]:
    """Facts of the fields typed in, amounts in this currency, and what is wrong with which."""
    readings = {name: read_field(name, text.strip()) for name, text in cells.items()}
    faults = {name: found.fault for name, found in readings.items() if found.fault}
    facts = {name: found.value for name, found in readings.items() if found.value is not None}
    faults |= {
        name: Fault(f"This amount is in {words_of(own)}.", CHOOSE)
        for name, found in readings.items()
        if (own := found.also.get("currency", currency)) != currency
    }
    if currency != POUNDS and facts.keys() & AMOUNTS:
        facts["currency"] = currency
    for name, field_fault in impossible(facts).items():
        faults.setdefault(name, field_fault)
    return cast(Facts, facts), faults


def read_field(name: str, text: str) -> Reading:
    column = ColumnReading("", "", FIELDS[name].label, name, "typed in by hand")
    kind = FIELDS[name].type
    if kind is FieldType.MONEY:
        return money_reader(column, EACH_ITS_OWN)(text)
    if kind is FieldType.TEXT and name not in BY_NAME:
        return read_text(text, text, name)
    return reader(column, Order.DAY_FIRST)(text)


def impossible(facts: Mapping[str, Any]) -> dict[str, Fault]:
    """What cannot be true together, or is not enough for a contract."""
    found = {}
    if not facts.get("title"):
        found["title"] = Fault("It has no title.", "Give the contract a title.")
    start, end, latest = (facts.get(n) for n in ("start_date", "end_date", "latest_end_date"))
    if start and end and end < start:
        found["end_date"] = Fault("It ends before it starts.", "Check both dates.")
    if end and latest and latest < end:
        found["latest_end_date"] = Fault("This is before the end.", "Check both dates.")
    return found
