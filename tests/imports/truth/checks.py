"""What is expected of the reading of one file, taken apart into checks that have names."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from imports.problems import UnreadableFileError
from imports.report import column, dates, problem, sheet, understood_row, value
from imports.understanding import understand
from registry.records import IGNORED
from tests.imports.truth import files

COUNTS = ("read", "problem", "duplicate", "not_a_contract", "total_line", "blank")


@dataclass(frozen=True)
class Case:
    """A file, and what is true of it; an expectation that is absent is not checked."""

    name: str
    content: Callable[[], bytes]
    suffix: str = "csv"
    refused: str = ""
    expected: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One thing that is either read right or not."""

    name: str
    passed: bool
    said: str

    def __str__(self):
        return f"{self.name}: {self.said}"


def case(name, *rows, suffix="csv", write=None, pages=None, refused="", **expected):
    """A file of these rows (or pages), written as its suffix says or as `write` does."""
    made = list(pages) if pages else [files.page(*rows)]
    writer = write or files.WRITERS[suffix]
    return Case(name, lambda: writer(*made), suffix, refused, expected)


def under(name, heading, cells, *, suffix="csv", beside=(), **expected):
    """A register with one column of interest: what each of its cells says, row by row.

    `beside` are further columns as (heading, cell); `cells` is a list of (cell, facts).
    """
    headings = ["Contract title", "Supplier name", *(each for each, _ in beside), heading]
    rows = [
        [f"Services lot {n}", f"Firm {n} Ltd", *(cell for _, cell in beside), cell]
        for n, (cell, _) in enumerate(cells, start=1)
    ]
    facts = {n: said for n, (_, said) in enumerate(cells, start=2) if said is not None}
    return case(name, headings, *rows, suffix=suffix, facts=facts, **expected)


def run(one: Case, folder) -> Iterator[Check]:
    """Read the file of a case and compare."""
    path = folder / "stored"
    path.write_bytes(one.content())
    try:
        understood = understand(path, name=f"register.{one.suffix}")
    except UnreadableFileError as sentence:
        passed = bool(one.refused) and one.refused in str(sentence)
        yield Check(f"{one.name}: refused", passed, f"refused: {sentence}")
        yield from _not_read(one)
        return
    if one.refused:
        yield Check(f"{one.name}: refused", passed=False, said="it was read")
        return
    for what, expected, said in _compared(one.expected, understood):
        yield Check(f"{one.name}: {what}", expected == said, f"{said!r}, not {expected!r}")


def _not_read(one: Case) -> Iterator[Check]:
    for what, wanted in one.expected.items():
        parts = wanted if isinstance(wanted, dict | list) else [wanted]
        for part in parts:
            yield Check(f"{one.name}: {what} {part}", passed=False, said="the file was refused")


def _compared(expected: dict[str, Any], understood) -> Iterator[tuple[str, Any, Any]]:
    for what, wanted in expected.items():
        yield from COMPARE[what](wanted, understood)


def _kind(wanted, understood):
    yield "kind", wanted, understood.workbook.kind


def _sheets(wanted, understood):
    yield "sheets", wanted, [table.sheet for table in understood.tables]


def _place(wanted, understood):
    """Heading rows, first and last row of the first sheet, or of each by its name."""
    places = wanted if isinstance(wanted, dict) else {understood.tables[0].sheet: wanted}
    found = {table.sheet: sheet(table) for table in understood.tables}
    for name, (headings, first, last) in places.items():
        at = found.get(name, {})
        yield f"heading rows of {name}", headings, at.get("heading_rows")
        yield f"first row of {name}", first, at.get("first_row")
        yield f"last row of {name}", last, at.get("last_row")


def _fields(wanted, understood):
    """The field of each column of the first sheet, "-" where it is ignored, "?" for any."""
    first = understood.tables[0].sheet
    read = [column(each) for each in understood.columns if each.sheet == first]
    names = wanted.split()
    yield "number of columns", len(names), len(read)
    for name, each in zip(names, read, strict=False):
        if name != "?":
            field_name = IGNORED if name == "-" else name
            yield f"column {each['column']} ({each['heading']})", field_name, each["field"]


def _counts(wanted, understood):
    rows = understood.normalised.rows
    said = {name: getattr(rows, name) for name in COUNTS}
    said["records"] = len(understood.normalised.records)
    for name, number in wanted.items():
        yield f"rows {name}", number, said[name]
    told = sum(said[name] for name in COUNTS[1:5]) + said["records"]
    yield "every row counted once", said["read"], told


def _facts(wanted, understood):
    """By row (or "Sheet!row"): what its record says; None: it says nothing."""
    first = understood.tables[0].sheet
    records = {
        f"{one.sheet}!{one.row}": understood_row(one) for one in understood.normalised.records
    }
    for row, facts in wanted.items():
        place = row if isinstance(row, str) else f"{first}!{row}"
        record = records.get(place, {})
        for name, value_wanted in facts.items():
            said = record.get(name) if record else "no record"
            yield f"{name} of row {row}", value_wanted, said


def _problems(wanted, understood):
    """By cell: a part of what is said; and that nothing else is."""
    said = {one["cell"]: one["problem"] for one in map(problem, understood.normalised.problems)}
    for cell, part in wanted.items():
        found = said.get(cell, "no problem")
        yield f"problem in {cell}", part, part if part.casefold() in found.casefold() else found
    yield "no other problems", sorted(wanted), sorted(said)


def _judged(wanted, understood):
    """Parts of sentences, each of which a judgement, a note or a reason must say."""
    left_out = [sentence for table in understood.tables for sentence in table.left_out]
    said = [*understood.workbook.notes, *understood.normalised.judgements, *left_out]
    for part in wanted:
        found = any(re.search(part, sentence, re.IGNORECASE) for sentence in said)
        yield f"told: {part}", part, part if found else said


def _value(wanted, understood):
    said = value(understood)
    for name, each in wanted.items():
        yield f"value {name}", each, said[name]


def _dates(wanted, understood):
    said = dates(understood)
    for name, each in wanted.items():
        yield f"dates {name}", each, said[name]


COMPARE = {
    "kind": _kind,
    "sheets": _sheets,
    "place": _place,
    "fields": _fields,
    "counts": _counts,
    "facts": _facts,
    "problems": _problems,
    "judged": _judged,
    "value": _value,
    "dates": _dates,
}
