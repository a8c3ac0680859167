"""What was read, as the command prints it and the pages show it. Names are an interface."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import islice
from typing import Any, cast
from uuid import UUID

from imports.cells import ColumnReading, Sheet, Table, Workbook
from imports.corrections import Corrected
from imports.layout.grid import first_rows
from imports.problems import Problem
from imports.reconcile import Change, Difference
from imports.study import Study
from imports.understanding import Understood
from registry.currencies import POUNDS
from registry.identifiers import called_by_number
from registry.records import ContractRecord, Facts, is_money
from registry.statements import encode

# Rows shown as understood, so that the report of a huge register can still be read.
MOST_RECORDS = 5_000
SAMPLE_ROWS = 6
# How much of each sheet a page shows to choose from: rows, columns, characters.
MOST_SHEETS, OUTLINE_ROWS, OUTLINE_COLUMNS, OUTLINE_WIDTH = 30, 20, 40, 60
# What a list of new contracts shows of each.
LISTED = (
    *("title", "supplier_name", "end_date", "rolling", "total_value", "annual_value"),
    "currency",
)
# Changes a page shows of each sort; the numbers beside them count all.
MOST_CHANGES = 100


def report(file: Mapping[str, Any], study: Study, *, most_records: int) -> dict[str, Any]:
    """The object `import_register --json` prints. `file`: name, sha256 and bytes."""
    return {
        **gist(file, study),
        "problems": [problem(one) for one in study.problems],
        "records": list(records(study, most_records)),
        "seconds": round(study.seconds, 2),
    }


def gist(file: Mapping[str, Any], study: Study) -> dict[str, Any]:
    """The same without its rows."""
    understood = study.understood
    sheets = [sheet(table) for table in understood.tables]
    return {
        "file": {**file, "kind": understood.workbook.kind},
        "upload": None,
        "refused": None,
        **sheets[0],
        "sheets": sheets,
        "columns": [column(reading) for reading in understood.columns],
        "replayed": [asdict(one) for one in [*understood.replayed, *study.shares.replayed]],
        "rows": counts(study),
        "value": value(understood),
        "dates": dates(understood),
        "judgements": study.judgements,
        "seconds": round(study.seconds, 2),
    }


def refusal(file: Mapping[str, Any], sentence: str, *, seconds: float) -> dict[str, Any]:
    """The same object for a file that is not read: the sentence, and no rows."""
    empty: dict[str, Any] = {
        "upload": None,
        "refused": sentence,
        "sheet": None,
        "heading_rows": [],
        "first_row": None,
        "last_row": None,
        "sheets": [],
        "columns": [],
        "replayed": [],
        "rows": None,
        "value": None,
        "dates": None,
        "judgements": [],
        "problems": [],
        "records": [],
    }
    return {"file": {**file, "kind": None}, **empty, "seconds": round(seconds, 2)}


def sheet(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "heading_rows": table.heading_rows,
        "first_row": table.first_row,
        "last_row": table.last_row,
    }


def column(reading: ColumnReading) -> dict[str, Any]:
    names = ("sheet", "column", "heading", "field", "because")
    return {name: getattr(reading, name) for name in names}


def for_settling(understood: Understood) -> dict[str, Any]:
    """What a page needs to ask its officer for another reading, beside what the command prints."""
    return {
        "columns": [asdict(reading) for reading in understood.columns],
        "end_words": understood.end_words,
        "outline": outlines(understood.workbook),
    }


def outlines(workbook: Workbook) -> list[dict[str, Any]]:
    return [outline(sheet) for sheet in workbook.sheets[:MOST_SHEETS]]


def outline(sheet: Sheet) -> dict[str, Any]:
    """A sheet's size and its top, where its headings may be."""
    rows = first_rows(sheet, count=OUTLINE_ROWS)
    return {
        "sheet": sheet.name,
        "hidden": sheet.hidden,
        "rows": len(sheet.cells),
        "top": [[shown(cell)[:OUTLINE_WIDTH] for cell in row[:OUTLINE_COLUMNS]] for row in rows],
    }


def problem(one: Problem) -> dict[str, Any]:
    """The field only where a column was read as one, `recorded` only where it was."""
    said = one.said()
    return {
        name: value for name, value in said.items() if name not in {"field", "recorded"} or value
    }


def counts(study: Study) -> dict[str, int]:
    """Every data row read is in exactly one of these, `read` and `blank` apart."""
    rows = study.understood.normalised.rows
    differences = study.differences.values()
    return {
        "read": rows.read,
        "added": sum(len(d.added) for d in differences),
        "changed": sum(len(d.changed) for d in differences),
        "unchanged": sum(len(d.unchanged) for d in differences),
        "no_longer_listed": sum(len(d.no_longer_listed) for d in differences),
        "problem": rows.problem + len(study.shares.problems),
        "duplicate": rows.duplicate,
        "not_a_contract": rows.not_a_contract,
        "total_line": rows.total_line,
        "blank": rows.blank,
    }


def rows_mended(
    before: Mapping[str, Any],
    now: Mapping[str, Any],
    mended: Sequence[Difference],
    recorded: Collection[tuple[str, int]],
) -> dict[str, Any]:
    """The counts of an upload as it was applied, with the rows that corrections let in since.

    `recorded`: sheet and row of those that went in at once. What the upload changed stays told.
    """
    applied = before.get("applied_rows") or before["rows"]
    came = {
        "added": [record for d in mended for _, record in d.added],
        "changed": [record for d in mended for _, record, _ in d.changed],
        "unchanged": [record for d in mended for _, record in d.unchanged],
    }
    new = {
        name: applied[name] + sum(1 for r in records if (r.sheet, r.row) not in recorded)
        for name, records in came.items()
    }
    rows = {**now["rows"], "no_longer_listed": applied["no_longer_listed"], **new}
    return {"rows": rows, "applied_rows": applied, "changes": before.get("changes", {})}


def value(understood: Understood) -> dict[str, Any]:
    said = understood.normalised.value
    return {
        "sum": str(said.sum),
        "currency": said.currency,
        "others": {code: str(amount) for code, amount in said.others.items()},
        "rows_with_value": said.rows_with_value,
        "basis": said.basis,
        "vat": said.vat,
    }


def dates(understood: Understood) -> dict[str, Any]:
    said = understood.normalised.dates
    return {
        "order": said.order,
        "decided_by": said.decided_by,
        "rows_with_start": said.rows_with_start,
        "rows_with_end": said.rows_with_end,
        "rows_rolling": said.rows_rolling,
    }


def records(study: Study, most: int) -> Iterator[dict[str, Any]]:
    """What was understood of each row, in the order of the file."""
    for one in study.understood.normalised.records[:most]:
        yield understood_row(one)


def understood_row(one: ContractRecord) -> dict[str, Any]:
    return {"sheet": one.sheet, "row": one.row, **encode(one.facts)}


def added_row(one: ContractRecord) -> dict[str, Any]:
    """As much of a new row as a list of them shows."""
    facts = {name: said for name in LISTED if (said := one.facts.get(name)) is not None}
    if "supplier_name" not in facts:
        facts["supplier_name"] = called_by_number(
            company=one.facts.get("supplier_company_number", ""),
            charity=one.facts.get("supplier_charity_number", ""),
        )
    return {"sheet": one.sheet, "row": one.row, **encode(cast(Facts, facts))}


def changes(study: Study) -> dict[str, list[Any]]:
    """The first of what the registry would say otherwise; `all_changes` has the rest."""
    return {
        sort: list(islice(found, MOST_CHANGES))
        for sort, found in all_changes(study).items()
        if sort != "unchanged"
    }


def all_changes(study: Study) -> dict[str, Iterator[Any]]:
    """What becomes of every row and contract, for people to look through."""
    differences = list(study.differences.values())
    return {
        "added": (added_row(record) for d in differences for _, record in d.added),
        "changed": (change(*one) for d in differences for one in d.changed),
        "unchanged": ([r.row, str(key)] for d in differences for key, r in d.unchanged),
        "no_longer_listed": (str(key) for d in differences for key in d.no_longer_listed),
        "disputed": (change(*one) for d in differences for one in d.disputed),
    }


def change(key: UUID, record: ContractRecord, said: Sequence[Change]) -> dict[str, Any]:
    return {
        "contract": str(key),
        "row": record.row,
        "title": record.facts.get("title", ""),
        "fields": [changed_field(c, said, record) for c in said],
    }


def changed_field(one: Change, said: Sequence[Change], record: ContractRecord) -> dict[str, Any]:
    """One field before and after, and of an amount the currencies, unless both are pounds."""
    told: dict[str, Any] = {"field": one.field, "old": shown(one.old), "new": shown(one.new)}
    new = record.facts.get("currency", POUNDS)
    old = next((c.old for c in said if c.field == "currency"), new)
    if is_money(one.field) and {old, new} != {POUNDS}:
        told |= {"old_currency": old, "new_currency": new}
    return told


def replayed(corrected: Sequence[Corrected]) -> list[dict[str, Any]]:
    """Which corrections stood in for cells, and in how many rows of which sheet."""
    rows = Counter(one.correction.id for one in corrected)
    first = {one.correction.id: one for one in reversed(corrected)}
    return [
        {"correction": key, "rows": number, "cell": f"{first[key].column}{first[key].row}"}
        for key, number in rows.items()
    ]


def kinds(study: Study) -> dict[str, int]:
    """How many rows are contracts, purchase orders, grants: one file often mixes them."""
    found = study.understood.normalised.records
    return dict(Counter(one.facts.get("kind", "contract") for one in found))


def sample(understood: Understood) -> list[dict[str, Any]]:
    """The first rows of each sheet as they stand in it, for showing how it was read."""
    return [
        {
            "sheet": table.sheet,
            "rows": [
                {"row": int(number), "cells": [shown(cell) for cell in cells]}
                for number, *cells in table.cells.head(SAMPLE_ROWS).itertuples()
            ],
        }
        for table in understood.tables
    ]


def shown(cell: Any) -> str:
    """A cell's text; a day without its midnight, nothing for an empty cell."""
    if cell is None or cell != cell:  # a missing cell is not equal to itself
        return ""
    return str(cell).removesuffix(" 00:00:00")[:200]
