"""Rows whose supplier reads as a person: told before everybody can read them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from imports.reconcile import Difference
from registry.exports.warnings import names_a_person
from registry.records import ContractRecord

MOST_TOLD = 50


@dataclass(frozen=True, slots=True)
class Named:
    """A row that would newly tell a person's name; its contract where the registry holds it."""

    name: str
    record: ContractRecord
    contract: UUID | None = None


def named_people(differences: Iterable[Difference]) -> Iterator[Named]:
    """Rows that are new, or whose supplier is; what the registry tells already is no news."""
    seen: dict[tuple[str, bool], bool] = {}  # names repeat, and judging one takes a while
    for key, record in rows_with_new_suppliers(differences):
        name = record.facts.get("supplier_name", "")
        numbered = "supplier_company_number" in record.facts
        numbered |= "supplier_charity_number" in record.facts
        if (name, numbered) not in seen:
            seen[name, numbered] = names_a_person(record.facts)
        if seen[name, numbered]:
            yield Named(name, record, key)


def rows_with_new_suppliers(
    differences: Iterable[Difference],
) -> Iterator[tuple[UUID | None, ContractRecord]]:
    for difference in differences:
        yield from difference.added
        for key, record, changes in difference.changed:
            if any(change.field == "supplier_name" for change in changes):
                yield key, record


def told(named: Iterable[Named], *, withheld: Collection[UUID]) -> dict[str, Any]:
    """How many names there are, and the first of them with their first row, as a page lists them.

    `withheld`: contracts whose supplier is kept from the public already.
    """
    rows: dict[str, list[ContractRecord]] = {}
    for one in named:
        if one.contract not in withheld:
            rows.setdefault(one.name, []).append(one.record)
    first = [
        {"name": name, "row": records[0].row, "rows": len(records), "title": title(records[0])}
        for name, records in list(rows.items())[:MOST_TOLD]
    ]
    return {"names": len(rows), "first": first}


def title(record: ContractRecord) -> str:
    return record.facts.get("title", "")
