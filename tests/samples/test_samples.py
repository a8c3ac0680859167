"""The sample registers are what the script writes, and are read as what they were made from."""

import csv
import io
import json
import pickle
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from imports.councils import CouncilNames, NamedCouncil, share_out
from imports.reconcile import reconcile
from imports.understanding import Understood, understand
from samples.make_samples import HERE, PORTFOLIOS, files
from tests.imports.holding import holding

EXPECTED = json.loads((HERE / "expected.json").read_text(encoding="utf-8"))
each_file = pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: Path(one["file"]).stem)

NORTHMERE = "northmere-contracts-register.xlsx"
NEXT_QUARTER = "next_quarter/northmere-contracts-register-q3.xlsx"

MONEY = ("total_value", "annual_value")
READ_FIELDS = (
    "reference", "title", "supplier_name", "supplier_company_number", "start_date", "end_date",
    "latest_end_date", *MONEY,
)  # fmt: skip


@cache
def understood(file: str) -> Understood:
    return understand(HERE / file, name=Path(file).name)


def rows_of(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def council_names() -> CouncilNames:
    return CouncilNames(
        NamedCouncil(row["code"], row["name"], row["short_name"]) for row in rows_of("councils.csv")
    )


def shares_of(expected: dict[str, Any]) -> Any:
    read = understood(expected["file"])
    return share_out(
        read.normalised.records,
        read.columns,
        chosen=expected["council"],
        acting_for=(),
        councils=council_names(),
    )


def sheet_of(expected: dict[str, Any], sheet: str) -> str:
    """A text file's one sheet has whatever name reading gives it."""
    return sheet if len(expected["sheets"]) > 1 else ""


def inside(content: bytes) -> Any:
    """An archive's entries, since packing may differ between versions of zlib; else the bytes."""
    if content[:2] != b"PK":
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [(e.filename, e.date_time, archive.read(e)) for e in archive.infolist()]


def test_script_reproduces_every_file_it_wrote():
    # In a process of its own: an .ods declares all namespaces its process met, in other tests too.
    script = "import pickle, sys; from samples.make_samples import files; "
    script += "sys.stdout.buffer.write(pickle.dumps(files()))"
    wrote = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    made = pickle.loads(wrote.stdout)

    differing = [path for path in made if inside(made[path]) != inside((HERE / path).read_bytes())]

    assert differing == []


def test_files_together_stay_small():
    size = sum(len(content) for content in files().values())

    assert size < 1_500_000


def test_councils_and_suppliers_cannot_be_real_ones():
    codes = [row["code"] for row in rows_of("councils.csv")]
    names = [row["name"] for row in rows_of("councils.csv")]
    numbers = [int(row["company_number"]) for row in rows_of("suppliers.csv")]

    assert all(code.startswith("X") for code in codes)
    assert all(name.endswith("(invented)") for name in names)
    assert min(numbers) >= 99_000_000


def test_groupings_name_only_councils_of_the_samples():
    codes = {row["code"] for row in rows_of("councils.csv")}

    assert {row["council"] for row in rows_of("groupings.csv")} <= codes


@pytest.mark.parametrize("portfolio", PORTFOLIOS, ids=lambda one: one.council)
def test_registers_are_mostly_not_it(portfolio):
    assert 60 <= portfolio.rows <= 180
    assert 0.25 <= portfolio.it_rows / portfolio.rows <= 0.4


@each_file
def test_sample_sheets_and_heading_rows_are_found(expected):
    tables = understood(expected["file"]).tables

    found = [(table.heading_rows, table.first_row) for table in tables]

    assert found == [(one["heading_rows"], one["first_row"]) for one in expected["sheets"]]


@each_file
def test_sample_columns_are_read_as_meant(expected):
    columns = understood(expected["file"]).columns

    # Columns that nobody needs may be left out or ignored.
    found = {(c.column, c.field) for c in columns if c.field != "ignored"}

    assert found == {(k, f) for k, f in expected["columns"].items() if f != "ignored"}


@each_file
def test_sample_rows_are_counted_once_each(expected):
    rows = understood(expected["file"]).normalised.rows
    waiting = len(shares_of(expected).problems)

    counted = {
        "read": rows.read,
        "problem": rows.problem + waiting,
        "duplicate": rows.duplicate,
        "total_line": rows.total_line,
        "blank": rows.blank,
    }

    assert counted == expected["rows"]
    assert rows.not_a_contract == 0


@each_file
def test_sample_problems_are_found_and_no_others(expected):
    problems = [*understood(expected["file"]).normalised.problems, *shares_of(expected).problems]

    found = {
        (sheet_of(expected, p.sheet), p.cell, p.field, p.value.strip(), p.recorded)
        for p in problems
    }

    assert found == {
        (sheet_of(expected, p["sheet"]), p["cell"], p["field"], p["value"], p["recorded"])
        for p in expected["problems"]
    }


@each_file
def test_sample_contracts_are_understood(expected):
    [records] = shares_of(expected).by_council.values()

    found = {
        (sheet_of(expected, record.sheet), record.row): facts_of(record.facts) for record in records
    }

    assert found == {
        (sheet_of(expected, one["sheet"]), one["row"]): facts_of(one) for one in expected["records"]
    }
    assert len(found) == expected["contracts"]


def facts_of(facts: Any) -> dict[str, Any]:
    """The facts compared, as JSON writes them."""
    found = {name: str(facts[name]) for name in READ_FIELDS if facts.get(name) is not None}
    return {**found, "rolling": bool(facts.get("rolling"))}


@each_file
def test_sample_amounts_have_the_basis_and_vat_their_headings_say(expected):
    value = understood(expected["file"]).normalised.value

    totals = [
        record.facts["value_basis"]
        for record in understood(expected["file"]).normalised.records
        if "total_value" in record.facts
    ]

    assert value.vat == expected["vat"]
    assert value.basis == expected["basis"]
    assert set(totals) <= {"total"}


def test_next_quarter_differs_in_the_rows_that_were_changed():
    before, after = (by_title(file) for file in (NORTHMERE, NEXT_QUARTER))
    held = [holding(uuid4(), record.facts) for record in before.values()]

    found = reconcile(list(after.values()), held, knows=understood(NEXT_QUARTER).knows)

    title_of = {one.id: one.facts["title"] for one in held}
    assert {record.facts["title"] for _, record in found.added} == after.keys() - before.keys()
    assert {title_of[key] for key in found.no_longer_listed} == before.keys() - after.keys()
    assert {record.facts["title"] for _, record, _ in found.changed} == meant_to_change()


def by_title(file: str) -> dict[str, Any]:
    return {record.facts["title"]: record for record in understood(file).normalised.records}


def meant_to_change() -> set[str]:
    before, after = (
        {one["title"]: facts_of(one) for one in expected["records"]}
        for expected in EXPECTED
        if expected["file"] in (NORTHMERE, NEXT_QUARTER)
    )
    return {title for title in before.keys() & after.keys() if before[title] != after[title]}
