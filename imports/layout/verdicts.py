"""What a table is, judged by its headings: a contract register, or something else with a name."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from imports.headings import recognise
from registry.records import FIELDS

REFERENCE = Path(__file__).parent.parent / "reference"

SURE = 0.5  # the least score at which a heading counts as naming a field
LONGEST_HEADING = 300  # characters
FIELDS_SHOWN = 6
SURE_STAFF = 2.0  # people have contracts, with types and ends, but no supplier


class Nature(StrEnum):
    """What a table turns out to be."""

    REGISTER = "a contract register"
    PAYMENTS = "a list of payments"
    ORDERS = "a list of purchase orders"
    PLAN = "a plan of procurements to come"
    STAFF = "a staff list"
    ASSETS = "a list of assets"
    SUPPLIERS = "a list of suppliers"
    UNKNOWN = "something else"


ENDS = frozenset(
    {"end_date", "latest_end_date", "term", "extension", "review_date", "notice_period",
     "break_clause"}
)  # fmt: skip
STARTS = frozenset({"start_date", "award_date"})
ROUTES = frozenset({"procedure", "framework", "contract_type", "ocid"})
SUBJECTS = frozenset({"title", "description", "reference"})
MONEY = frozenset({"total_value", "annual_value"})
CONTRACT_WORD = re.compile(r"\b(contract|agreement|tender|procure|award|call-?off)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a table is, how strongly it speaks for a register, and the fields its headings name."""

    nature: Nature
    points: float
    fields: frozenset[str] = frozenset()
    telling: list[str] = field(default_factory=list)  # headings that decided it


def named_fields(headings: Iterable[str]) -> dict[str, float]:
    """The fields the headings name for certain, each with the best score any heading gives it."""
    found: dict[str, float] = {}
    for heading in headings:
        for match in recognise(heading[:LONGEST_HEADING])[:1]:
            if match.score >= SURE:
                found[match.field] = max(match.score, found.get(match.field, 0.0))
    return found


@cache
def _other_lists() -> tuple[tuple[Nature, float, re.Pattern[str]], ...]:
    """Headings that belong to lists other than registers. The weight is how far one of them goes:
    two of the surest outweigh a contract number and a supplier.
    """
    with (REFERENCE / "other_lists.csv").open(encoding="utf-8", newline="") as rows:
        return tuple(
            (Nature[row["list"].upper()], float(row["weight"]), _pattern(row["pattern"]))
            for row in csv.DictReader(rows)
        )


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def telltales(headings: Iterable[str]) -> Mapping[Nature, dict[str, float]]:
    """By kind of other list, the headings that belong to it and how far each goes."""
    found: dict[Nature, dict[str, float]] = {}
    for heading in headings:
        words = heading.replace("_", " ").strip(" :*")
        for nature, weight, pattern in _other_lists():
            if pattern.search(words):
                held = found.setdefault(nature, {})
                held[heading] = max(weight, held.get(heading, 0.0))
    return found


def judge(headings: Iterable[str], *, told: str = "") -> Verdict:
    """What a table with these headings is; `told` is what its sheet and title rows say."""
    said = [heading for heading in headings if heading]
    fields = named_fields(said)
    others = telltales(said)
    points = _contract_points(fields)
    speaks_of_contracts = bool(CONTRACT_WORD.search(" ".join([told, *said])))
    nature, against = _strongest(others)
    is_register = _is_register(fields, speaks_of_contracts=speaks_of_contracts)
    of_people = nature == Nature.STAFF and "supplier_name" not in fields and against >= SURE_STAFF
    if is_register and points > against and not of_people:
        return Verdict(Nature.REGISTER, points - against / 2, frozenset(fields))
    if nature == Nature.UNKNOWN or not _is_sure(nature, fields, against):
        return Verdict(Nature.UNKNOWN, 0.0, frozenset(fields), said[:5])
    return Verdict(nature, 0.0, frozenset(fields), list(others[nature]))


def _strongest(others: Mapping[Nature, dict[str, float]]) -> tuple[Nature, float]:
    """The other list most of the headings belong to, and how strongly."""
    weights = {
        nature: sum(found.values())
        for nature, found in others.items()
        # An address of the supplier stands in many registers: it tells against none.
        if nature != Nature.SUPPLIERS
    }
    if not weights or max(weights.values()) < 1:
        return (Nature.SUPPLIERS if Nature.SUPPLIERS in others else Nature.UNKNOWN), 0.0
    nature = max(weights, key=lambda each: weights[each])
    return nature, weights[nature]


def _contract_points(fields: Mapping[str, float]) -> float:
    """How strongly the fields speak for contracts: their ends most, an amount least."""
    points = 3.0 * bool(ENDS & fields.keys()) + 1.0 * max(0, len(ENDS & fields.keys()) - 1)
    points += 2.0 * ("start_date" in fields) + 1.0 * ("award_date" in fields)
    points += 1.0 * len(ROUTES & fields.keys()) + 1.0 * len(SUBJECTS & fields.keys())
    return points + 0.5 * ("supplier_name" in fields) + 0.5 * bool(MONEY & fields.keys())


def _is_register(fields: Mapping[str, float], *, speaks_of_contracts: bool) -> bool:
    """Whether the fields can carry a register: something with a supplier or a contract in it,
    and its dates, or enough else that is said of contracts only.
    """
    of_contracts = speaks_of_contracts or "supplier_name" in fields
    about = bool((SUBJECTS | {"supplier_name"}) & fields.keys())
    dated = bool((ENDS | STARTS) & fields.keys())
    plain = "supplier_name" in fields and bool(SUBJECTS & fields.keys()) and speaks_of_contracts
    return of_contracts and about and (dated or plain)


def _is_sure(nature: Nature, fields: Mapping[str, float], against: float) -> bool:
    if nature == Nature.SUPPLIERS:
        return "supplier_name" in fields
    return against >= 1.5


def in_words(fields: Iterable[str]) -> str:
    """Fields as a person lists them, the first few: "supplier, end date and 3 others"."""
    held = set(fields)
    labels = [FIELDS[name].label.lower() for name in FIELDS if name in held]
    if len(labels) > FIELDS_SHOWN:
        labels[FIELDS_SHOWN - 1 :] = [f"{len(labels) - FIELDS_SHOWN + 1} others"]
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if labels[1:] else labels)
