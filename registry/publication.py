"""What publishing a council's register would show: for looking at before others do."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from registry.exports.rows import REASONS, Agreement
from registry.exports.transparency import cell, columns, missing
from registry.exports.warnings import Notice, warnings
from registry.extracts import buyer, its_own, published
from registry.formats import money_exact
from registry.models import Council

FIRST_ROWS = 5
MOST_NOTICES = 50
# Enough of the 38 columns to tell whether the rest will do.
PREVIEWED: Mapping[str, str] = {
    "ContractReference": "Reference",
    "ContractTitle": "Title",
    "SupplierName": "Supplier",
    "StartDate": "Start",
    "EndDate": "End",
    "ContractValue": "Value",
    "ProcessType": "Tender type",
}


@dataclass(frozen=True, slots=True)
class Withheld:
    """One fact kept back, for its officers."""

    contract: str
    title: str
    what: str
    fact: str
    because: str


@dataclass(slots=True)
class Preview:
    """How many contracts, the first of them, what is kept back, lacking, or worth a look."""

    headings: list[str]
    rows: list[list[str]]
    contracts: int = 0
    withheld: list[Withheld] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    to_look_at: int = 0  # of which `notices` are the first
    missing: list[tuple[str, int, int]] = field(default_factory=list)  # fact, lacking, per cent


def preview(council: Council, *, all_notices: bool = False) -> Preview:
    """What publishing would show; of many notices the first, unless all are asked for."""
    told = {one.name: one for one in columns(buyer(council))}
    chosen = [told[name] for name in PREVIEWED]
    first = list(islice(published(council), FIRST_ROWS))
    found = Preview(
        headings=list(PREVIEWED.values()),
        rows=[[cell(column.write(one)) for column in chosen] for one in first],
    )
    for one in its_own(council):
        look_at(found, one, most_notices=sys.maxsize if all_notices else MOST_NOTICES)
    lacking = missing(buyer(council), published(council))
    found.missing = [(name, n, 100 * n // found.contracts) for name, n in lacking.items()]
    return found


def look_at(found: Preview, one: Agreement, *, most_notices: int) -> None:
    found.contracts += 1
    found.withheld += [withheld(one, what) for what in one.withheld]
    for notice in warnings(one):
        found.to_look_at += 1
        if found.to_look_at <= most_notices:
            found.notices.append(notice)


def withheld(one: Agreement, what: str) -> Withheld:
    facts = one.facts
    amount = facts.get("total_value") or facts.get("annual_value")
    fact = (
        facts.get("supplier_name", "")
        if what == "supplier"
        else money_exact(amount, one.currency)
        if amount
        else ""
    )
    return Withheld(one.id, facts.get("title", ""), what, fact, REASONS[one.withheld[what]])
