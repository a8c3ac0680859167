"""Northmere's register one quarter later: headings renamed and reordered, some rows changed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from registry.terms import Length, add
from samples.making.contracts import Contract
from samples.making.shapes import (
    Column,
    Layout,
    end_as_date,
    extension_words,
    priced,
    written,
)
from samples.making.vocabulary import firm, it_suppliers
from samples.making.workbooks import INVENTED, LOOKUPS

LAYOUT = Layout(
    council="northmere",
    file="next_quarter/northmere-contracts-register-q3.xlsx",
    quirks="the next quarter of the first file: headings renamed and in another order, four added, "
    "five changed, three no longer listed",
    above=(
        ("Northmere Borough Council (invented) - Contracts Register",),
        (INVENTED,),
        ("As at", date(2026, 12, 31)),
        (),
    ),
    columns=(
        Column("Contract title", "title", lambda c: c.title),
        Column("Contract reference no.", "reference", lambda c: c.reference),
        Column("Supplier", "supplier_name", written),
        Column("Supplier company number", "supplier_company_number",
               lambda c: c.supplier.company_number),
        Column("Directorate", "department", lambda c: c.department),
        Column("Contract start", "start_date", lambda c: c.start),
        Column("Contract end", "end_date", end_as_date),
        Column("Extension available", "extension", extension_words),
        Column("Notice period", "notice_period", lambda c: c.notice),
        Column("Annual contract value (excl. VAT)", "annual_value", lambda c: c.yearly),
        Column("Total contract value (excl. VAT)", "total_value", lambda c: c.total),
        Column("Procedure", "procedure", lambda c: c.procedure),
        *priced("Number of units", "Unit", "Price per unit (£)"),
    ),
    vat="net",
    other_pages=(LOOKUPS,),
    total_line="Total",
)  # fmt: skip

ADDED, CHANGED, GONE = 4, 5, 3
NEW_TITLES = ("Hybrid mail and printing", "Body worn cameras", "Sandbags", "Coastal path survey")


def next_quarter(held: list[Contract]) -> list[Contract]:
    """What Northmere lists three months on, in another order."""
    movable = [c for c in held if c.category == "NON" and c.end and c.yearly and c.reference]
    gone = {c.title for c in movable[:GONE]}
    changed = {c.title: later(c) for c in movable[GONE : GONE + CHANGED]}
    stayed = [changed.get(c.title, c) for c in held if c.title not in gone]
    return sorted([*stayed, *(added(n) for n in range(ADDED))], key=lambda c: c.title)


def later(contract: Contract) -> Contract:
    """Extended by a year, at a slightly higher price."""
    if contract.end is None or contract.yearly is None:
        return contract
    end = add(contract.end, Length(months=12))
    return replace(contract, end=end, yearly=contract.yearly + Decimal(500))


def added(n: int) -> Contract:
    supplier = it_suppliers()["Orchardmere Recycling"] if n == 1 else firm(n, "Printers")
    start = date(2026, 12, 1)
    return Contract(
        title=NEW_TITLES[n],
        department="Property",
        category="NON",
        supplier=supplier,
        written_supplier=supplier.forms[0],
        start=start,
        end=add(start, Length(months=24)) - timedelta(days=1),
        end_words="",
        yearly=Decimal(8_000 + 2_500 * n),
        reference=f"NBC/2026/{900 + n:04d}",
    )
