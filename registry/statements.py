"""How statements make a contract: encoding what a source says, and folding several into one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast

from registry.currencies import POUNDS
from registry.records import FIELDS, Basis, Facts, FieldType, Kind, Vat

# Worked out from a row, and known to a source whenever it has one of these columns.
FOLLOWS_FROM: Mapping[str, frozenset[str]] = {
    "rolling": frozenset({"end_date", "term", "extension"}),
    "value_basis": frozenset({"total_value", "annual_value"}),
    "value_vat": frozenset({"total_value", "annual_value"}),
    "currency": frozenset({"total_value", "annual_value"}),
    "latest_end_date": frozenset({"extension"}),
}

# Every name a statement can have, in the order of the fields.
STATED = (*FIELDS, "rolling", "kind", "value_basis", "value_vat")

_DAYS = {name for name, f in FIELDS.items() if f.type is FieldType.DATE} | {"covered_to"}
_AMOUNTS = {name for name, f in FIELDS.items() if f.type in {FieldType.MONEY, FieldType.NUMBER}} | {
    "covered_total"
}
_DEFAULTS: dict[str, Any] = {
    "rolling": False,
    "kind": Kind.CONTRACT.value,
    "value_basis": Basis.UNKNOWN.value,
    "value_vat": Vat.UNKNOWN.value,
    "currency": POUNDS,
}


@dataclass(frozen=True, slots=True)
class Stated:
    """One source's word on one contract: the fields it knows, and what it says of them."""

    source: int
    knows: frozenset[str]
    facts: Facts
    by_person: bool = False
    row: int | None = None
    # By field, what its file says where a person corrected it: `raw`, `by`, `on`.
    corrected: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # Of a person's word: fields that only follow from the others it says, and by field what a
    # file said in spite of which it was upheld.
    follows: frozenset[str] = frozenset()
    despite: Mapping[str, str] = field(default_factory=dict)


def known_fields(columns: Iterable[str]) -> frozenset[str]:
    """The fields a file speaks of: a blank in one of these columns says "nothing"."""
    mapped = frozenset(columns) & FIELDS.keys()
    follows = {name for name, needs in FOLLOWS_FROM.items() if mapped & needs}
    return mapped | follows | {"kind", "title"}


def fold(statements: Iterable[Stated]) -> Facts:
    """The facts that stand: later sources over earlier ones, people's word over files'.

    Statements come oldest first.
    """
    facts = Facts()
    for stated in in_order(statements):
        facts = overlaid(facts, stated.facts, stated.knows)
    return facts


def overlaid(held: Facts, said: Facts, knows: frozenset[str]) -> Facts:
    """What stands once a source has spoken: its fields, and those held that it leaves possible."""
    kept = {name: value for name, value in held.items() if name not in knows}
    for name in _denied(kept, said):
        del kept[name]
    return cast(Facts, {**kept, **said})


def _denied(kept: Mapping[str, Any], said: Facts) -> Iterator[str]:
    """Held facts that cannot be true beside what is said, though the source knows no such field."""
    start, end = said.get("start_date"), said.get("end_date")
    if "end_date" in kept and (said.get("rolling") or (start and start > kept["end_date"])):
        yield "end_date"
    if "start_date" in kept and end and kept["start_date"] > end:
        yield "start_date"
    if "rolling" in kept and end:
        yield "rolling"


def standing(statements: Iterable[Stated]) -> dict[str, Stated]:
    """For each field the statement whose word stands. Statements come oldest first."""
    by_field: dict[str, Stated] = {}
    for stated in in_order(statements):
        by_field |= dict.fromkeys(stated.knows | stated.facts.keys(), stated)
    return by_field


def in_order(statements: Iterable[Stated]) -> list[Stated]:
    """From the word that counts least to the one that counts most."""
    return sorted(statements, key=lambda stated: stated.by_person)


def encode(facts: Facts) -> dict[str, str | bool]:
    """Facts as JSON has them: days as ISO text, amounts as exact text."""
    return {
        name: value if isinstance(value, bool | str) else str(value)
        for name, value in facts.items()
    }


def decode(stored: Mapping[str, Any]) -> Facts:
    """Facts from what `encode` made."""
    facts = {name: _decoded(name, value) for name, value in stored.items()}
    return cast(Facts, facts)


def _decoded(name: str, value: Any) -> Any:
    if name in _DAYS:
        return date.fromisoformat(value)
    return Decimal(value) if name in _AMOUNTS else value


def column_of(name: str) -> str:
    """The contract's column for a field; the register's own category stands beside ours."""
    return "register_category" if name == "category" else name


def facts_of_columns(values: Mapping[str, Any]) -> Facts:
    """Facts from a contract's columns by field name: what is blank is not said."""
    facts = {name: value for name, value in values.items() if value is not None and value != ""}
    return cast(Facts, facts)


def column_value(name: str, facts: Facts) -> Any:
    """What the contract's column holds for a field: blank text or nothing when not said."""
    value = facts.get(name)
    if value is not None:
        return value
    if name in _DEFAULTS:
        return _DEFAULTS[name]
    return "" if _is_text(name) else None


def _is_text(name: str) -> bool:
    return FIELDS[name].type in {FieldType.TEXT, FieldType.COMPANY_NUMBER, FieldType.TERM}
