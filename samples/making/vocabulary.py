"""Invented names of places and of firms. None is meant to be real; see samples/README.md."""

import csv
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent

PLACES = (
    "Brackenwick", "Coldwhistle", "Dunmarrow", "Eddlesham", "Foxleach", "Gorseham", "Hallowsby",
    "Inkerdale", "Jennymere", "Kettlewhin", "Lowmarsh", "Mirebeck", "Nettlecote", "Otterfold",
    "Pellstow", "Quernham", "Rushymead", "Swallowrigg", "Tanglewick", "Uldershaw", "Vennacott",
    "Wrenbarrow", "Yarrowsett", "Appletarn", "Blindmere", "Crowsfold", "Doverigg", "Elmscar",
)  # fmt: skip

FIRMS = (
    "Ambervane", "Birkhallow", "Cinderwick", "Dapplemoor", "Eastwhistle", "Ferngarth",
    "Greywether", "Hawksenby", "Ivelmarsh", "Juniperfold", "Knottsedge", "Lapwinter",
    "Marrowfield", "Nightingarth",
    "Oxslade", "Pipistrow", "Quarrendale", "Ravensock", "Silverhythe", "Thistlemark",
)  # fmt: skip

# Firms outside IT are numbered from here, past any number Companies House has given out.
FIRST_NUMBER = 99_400_000


@dataclass(frozen=True, slots=True)
class Supplier:
    """An invented firm: every way its name is written, and a company number no firm has."""

    name: str
    company_number: str
    forms: tuple[str, ...]


def it_suppliers() -> dict[str, Supplier]:
    return {
        row["name"]: Supplier(row["name"], row["company_number"], tuple(row["forms"].split("|")))
        for row in read("suppliers.csv")
    }


def firm(place: int, trade: str) -> Supplier:
    """The firm of that trade; one word serves many trades, as family names do."""
    first = FIRMS[place % len(FIRMS)]
    name = f"{first} {trade}"
    forms = (f"{name} Ltd", f"{name} Limited", f"{name} Ltd ", f"{name.upper()} LTD")
    return Supplier(name, str(FIRST_NUMBER + 1000 * (place % len(FIRMS)) + mark(trade)), forms)


def mark(trade: str) -> int:
    """A number for the trade that stays the same from run to run."""
    return trades().index(trade)


def trades() -> list[str]:
    return sorted({row["trade"] for row in read("other_work.csv")})


def read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
