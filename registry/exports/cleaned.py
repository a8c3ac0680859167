"""A council's contracts as they were understood, and where each fact stands in its files."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from registry.currencies import words_of
from registry.exports.rows import Agreement, withheld_words
from registry.exports.workbook import Sheet
from registry.provenance import Fact
from registry.records import FIELDS, Kind

WIDE = frozenset({"Title", "Description", "Supplier", "Where it stands", "Contract"})


@dataclass(frozen=True, slots=True)
class Sourced:
    """A contract with where each of its facts was read."""

    agreement: Agreement
    facts: Sequence[Fact]


# The currency stands among what is worked out, since pounds are seldom said.
STATED = {name: f.label for name, f in FIELDS.items() if name != "currency"}
WORKED_OUT: Mapping[str, Any] = {
    "Rolling": lambda one: one.facts.get("rolling", False),
    "Kind": lambda one: Kind(one.facts.get("kind", Kind.CONTRACT)).words,
    "Amount covers": lambda one: one.facts.get("value_basis", ""),
    "VAT in amounts": lambda one: one.facts.get("value_vat", ""),
    "Amounts are in": lambda one: words_of(one.currency),
    "Value a year, worked out": lambda one: one.yearly_value,
    "Earliest exit, worked out": lambda one: one.earliest_exit,
    "Latest permitted end, worked out": lambda one: one.latest_permitted_end,
    "Category, worked out": lambda one: one.category,
    "Withheld from the public": withheld_words,
    "Identifier": lambda one: one.id,
}


def sheets(contracts: Iterable[Agreement], sourced: Iterable[Sourced]) -> list[Sheet]:
    """One row a contract; on the second sheet one row a fact."""
    headings = [*STATED.values(), *WORKED_OUT]
    return [
        Sheet("Contracts", headings, map(row, contracts), wide=WIDE),
        Sheet(
            "Where each fact stands",
            ["Contract", "Reference", "Fact", "As understood", "Where it stands", "How"],
            (line for one in sourced for line in origin_rows(one)),
            wide=WIDE,
        ),
    ]


def row(agreement: Agreement) -> list[Any]:
    stated = [agreement.facts.get(name) for name in STATED]
    return [*stated, *(work(agreement) for work in WORKED_OUT.values())]


def origin_rows(one: Sourced) -> Iterable[list[Any]]:
    facts = one.agreement.facts
    for fact in one.facts:
        named = [facts.get("title", ""), facts.get("reference", "")]
        yield [*named, fact.label, fact.words, fact.where, fact.how]
