"""Writes the sample registers and their truth: `python -m samples.make_samples`."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from samples.making import quarter
from samples.making.contracts import Contract, Portfolio, Taken, contracts_of, numbered
from samples.making.registers import Register, register_of
from samples.making.shapes import Layout
from samples.making.texts import TEXTS
from samples.making.workbooks import WORKBOOKS
from samples.making.writers import delimited, ods, xls, xlsm, xlsx

HERE = Path(__file__).parent

# Rows and IT rows of each register; real ones hold 8 to 15 IT rows in a hundred, these more, so
# that there is something to find.
PORTFOLIOS = (
    Portfolio("northmere", 96, 32),
    Portfolio("ashwold", 64, 22),
    Portfolio("fenmarsh", 176, 46),
    Portfolio("harrowdene", 88, 28),
    Portfolio("larkwold", 150, 44),
    Portfolio("thornmere", 120, 34),
    Portfolio("wolderby", 70, 21),
    Portfolio("seabarrow", 66, 21),
    Portfolio("moorcombe", 60, 19),
    Portfolio("tamarwick", 132, 38),
    Portfolio("westwessmoor", 128, 37),
    Portfolio("ribbleshaw", 160, 45),
    Portfolio("pennerdale", 72, 22),
)

LAYOUTS = {layout.council: layout for layout in (*WORKBOOKS, *TEXTS)}

WRITERS: dict[str, Callable[[Register], bytes]] = {
    "northmere": lambda r: xlsx(r.pages),
    "ashwold": lambda r: delimited(r.pages[0], encoding="cp1252"),
    "fenmarsh": lambda r: xlsm(r.pages),
    "harrowdene": lambda r: xlsx(r.pages),
    "larkwold": lambda r: xlsx(r.pages),
    "thornmere": lambda r: delimited(r.pages[0], encoding="utf-8-sig"),
    "wolderby": lambda r: xls(r.pages),
    "seabarrow": lambda r: delimited(r.pages[0], separator=";"),
    "moorcombe": lambda r: delimited(r.pages[0], separator="\t", encoding="utf-16"),
    "tamarwick": lambda r: ods(r.pages),
    "westwessmoor": lambda r: xlsx(r.pages, from_1904=True),
    "ribbleshaw": lambda r: delimited(r.pages[0], ends="\r"),
    "pennerdale": lambda r: delimited(r.pages[0], separator="\t"),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: its path below this folder, its bytes, and what should be read from it."""

    path: str
    content: bytes
    register: Register


def samples() -> Iterator[Sample]:
    taken = Taken()
    for portfolio in PORTFOLIOS:
        layout = LAYOUTS[portfolio.council]
        held = held_by(portfolio, layout, taken)
        register = register_of(layout, held)
        yield Sample(layout.file, WRITERS[layout.council](register), register)
        if layout.council == "northmere":
            later = register_of(quarter.LAYOUT, quarter.next_quarter(held))
            yield Sample(quarter.LAYOUT.file, xlsx(later.pages), later)


def held_by(portfolio: Portfolio, layout: Layout, taken: Taken) -> list[Contract]:
    found = numbered(
        contracts_of(portfolio, taken), layout.reference_style, layout.references_missing
    )
    for n in range(layout.repeated_references):
        found[7 * n + 4] = replace(found[7 * n + 4], reference=found[7 * n + 3].reference)
    return found


def expected(sample: Sample, codes: dict[str, str]) -> dict[str, Any]:
    """What the importer should make of a file, by construction."""
    register = sample.register
    return {
        "file": sample.path,
        "council": codes[register.layout.council],
        "quirks": register.layout.quirks,
        "basis": register.layout.basis,
        "vat": register.layout.vat,
        "sheets": [
            {"sheet": s.name, "heading_rows": list(s.heading_rows), "first_row": s.first_row}
            for s in register.listed
        ],
        "columns": register.fields,
        "rows": register.counts,
        "contracts": len(register.records),
        "problems": register.problems,
        "records": register.records,
    }


def council_codes() -> dict[str, str]:
    with (HERE / "councils.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row["code"] for row in csv.DictReader(file)}


def supplier_table(made: list[Sample]) -> bytes:
    """Every supplier the samples name; the loader marks them invented."""
    firms = {firm.company_number: firm for sample in made for firm in sample.register.suppliers}
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(("name", "company_number", "invented"))
    writer.writerows((firm.name, number, "yes") for number, firm in sorted(firms.items()))
    return page.getvalue().encode()


def as_json(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def expected_json(found: list[dict[str, Any]]) -> str:
    """One record or problem a line, so that a change shows as a change of one line."""
    text = json.dumps(found, default=as_json, ensure_ascii=False, indent=1)
    lines: list[str] = []
    for line in text.splitlines():
        inside = line.startswith("    ") or line == "   }," or line == "   }"
        if inside and lines and lines[-1].startswith("   "):
            lines[-1] += line.strip() if line.strip()[0] == "}" else " " + line.strip()
        else:
            lines.append(line)
    return "\n".join(lines) + "\n"


def readme_table(found: list[dict[str, Any]]) -> str:
    lines = [
        "| file | council | layout and quirks | rows | contracts | problems |",
        "|---|---|---|---:|---:|---:|",
    ]
    lines += [
        f"| `{one['file']}` | {one['council']} | {one['quirks']} | {one['rows']['read']} "
        f"| {one['contracts']} | {len(one['problems'])} |"
        for one in found
    ]
    return "\n".join(lines)


def files() -> dict[str, bytes]:
    """Everything this script writes, by path below this folder."""
    made = list(samples())
    codes = council_codes()
    found = [expected(sample, codes) for sample in made]
    before, mark, rest = (HERE / "README.md").read_text(encoding="utf-8").partition(TABLE_BEGINS)
    _, end, after = rest.partition(TABLE_ENDS)
    readme = f"{before}{mark}\n{readme_table(found)}\n{end}{after}"
    return {
        **{sample.path: sample.content for sample in made},
        "suppliers.csv": supplier_table(made),
        "expected.json": expected_json(found).encode(),
        "README.md": readme.encode(),
    }


TABLE_BEGINS, TABLE_ENDS = "<!-- table begins -->", "<!-- table ends -->"


def main() -> None:
    for path, content in files().items():
        (HERE / path).write_bytes(content)


if __name__ == "__main__":
    main()
