"""What a new file changes: its rows matched with the contracts the registry holds for a council."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from registry.names import canonical_name
from registry.records import ContractRecord, Facts
from registry.statements import column_value


@dataclass(frozen=True, slots=True)
class Held:
    """A contract of the registry, with the facts the new file also speaks of.

    A withdrawn one is nobody's word any more, but gives its identifier back when it returns.
    """

    id: UUID
    facts: Facts
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one contract that the new file says otherwise."""

    field: str
    old: Any
    new: Any


@dataclass(slots=True)
class Difference:
    """What the rows are to the registry. Every row is in exactly one of the first three."""

    # With the identifier of a withdrawn contract that returns, or None.
    added: list[tuple[UUID | None, ContractRecord]] = field(default_factory=list)
    changed: list[tuple[UUID, ContractRecord, list[Change]]] = field(default_factory=list)
    unchanged: list[tuple[UUID, ContractRecord]] = field(default_factory=list)
    no_longer_listed: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one contract of a council from another, folded for comparing."""

    reference: str
    supplier: str
    title: str
    start: date | None
    value: Hashable


Key = Callable[[Identity], Hashable | None]


def by_everything(i: Identity) -> Hashable:
    return (i.reference, i.supplier, i.title, i.start, i.value)


def by_agreement(i: Identity) -> Hashable:
    return (i.reference, i.supplier, i.title, i.start)


def by_reference_and_supplier(i: Identity) -> Hashable | None:
    return (i.reference, i.supplier) if i.reference else None


def by_reference(i: Identity) -> Hashable | None:
    return i.reference or None


def by_supplier_title_and_start(i: Identity) -> Hashable | None:
    return (i.supplier, i.title, i.start) if i.start else None


def by_supplier_and_title(i: Identity) -> Hashable | None:
    return (i.supplier, i.title)


def by_supplier_start_and_value(i: Identity) -> Hashable | None:
    """A title put differently; only where date and amount single the contract out."""
    return (i.supplier, i.start, i.value) if i.supplier and i.start and i.value else None


# From sure to less sure. The second of each pair: whether several alike may pair in their order;
# otherwise a key counts only where it singles out one row and one contract.
LADDER: Sequence[tuple[Key, bool]] = (
    (by_everything, True),
    (by_agreement, True),
    (by_reference_and_supplier, False),
    (by_reference, False),
    (by_supplier_title_and_start, True),
    (by_supplier_and_title, False),
    (by_supplier_start_and_value, False),
)


def reconcile(
    records: Sequence[ContractRecord],
    held: Sequence[Held],
    *,
    knows: Mapping[str, frozenset[str]],
) -> Difference:
    """Pair rows with contracts and compare the fields their sheet knows.

    Rows that say word for word what the registry holds come first, so that the order of rows
    alike in all else means nothing; then the ladder; then withdrawn contracts. A pair once made
    is never unmade, so the same file always pairs the same.
    """
    standing = [h for h in held if not h.withdrawn]
    same = word_for_word(records, standing, knows)
    taken = set(same.values())
    difference = Difference(
        unchanged=[(standing[contract].id, records[row]) for row, contract in same.items()]
    )
    records = [record for place, record in enumerate(records) if place not in same]
    standing = [h for place, h in enumerate(standing) if place not in taken]
    pairs = pair([r.facts for r in records], [h.facts for h in standing])
    for place, contract in pairs.items():
        record, partner = records[place], standing[contract]
        if changes := changed_fields(partner.facts, record.facts, knows[record.sheet]):
            difference.changed.append((partner.id, record, changes))
        else:
            difference.unchanged.append((partner.id, record))
    unpaired = [record for place, record in enumerate(records) if place not in pairs]
    difference.added = returning(unpaired, [h for h in held if h.withdrawn])
    gone = set(range(len(standing))).difference(pairs.values())
    difference.no_longer_listed = [standing[place].id for place in sorted(gone)]
    return difference


def word_for_word(
    records: Sequence[ContractRecord], held: Sequence[Held], knows: Mapping[str, frozenset[str]]
) -> dict[int, int]:
    """Places of rows to places of contracts that say the same in every field the file has."""
    if not held:
        return {}
    fields = sorted(set[str]().union(*knows.values(), *(r.facts for r in records)))
    blanks = [(name, column_value(name, Facts())) for name in fields]
    contracts = defaultdict(list)
    for place in reversed(range(len(held))):
        contracts[values(held[place].facts, blanks)].append(place)
    alike = ((row, contracts.get(values(r.facts, blanks))) for row, r in enumerate(records))
    return {row: places.pop() for row, places in alike if places}


def values(facts: Facts, blanks: Sequence[tuple[str, Any]]) -> Hashable:
    return tuple([facts.get(name, blank) for name, blank in blanks])


def returning(
    records: Sequence[ContractRecord], withdrawn: Sequence[Held]
) -> list[tuple[UUID | None, ContractRecord]]:
    """Rows new to the registry, with the identifier of a withdrawn contract where one returns."""
    pairs = pair([r.facts for r in records], [h.facts for h in withdrawn])
    return [
        (withdrawn[pairs[place]].id if place in pairs else None, record)
        for place, record in enumerate(records)
    ]


def identity(facts: Facts) -> Identity:
    return Identity(
        reference=" ".join(facts.get("reference", "").casefold().split()),
        supplier=folded_supplier(facts.get("supplier_name", "")),
        title=" ".join(facts.get("title", "").casefold().split()),
        start=facts.get("start_date"),
        value=facts.get("total_value", facts.get("annual_value")),
    )


@lru_cache(100_000)
def folded_supplier(name: str) -> str:
    return canonical_name(name)


def pair(said: Sequence[Facts], held: Sequence[Facts]) -> dict[int, int]:
    """Places of rows to places of contracts, each at most once."""
    if not said or not held:
        return {}
    rows, contracts = [identity(facts) for facts in said], [identity(facts) for facts in held]
    found: dict[int, int] = {}
    rows_left, contracts_left = list(range(len(rows))), list(range(len(contracts)))
    for key, several in LADDER:
        step = dict(matches(key, several, (rows, rows_left), (contracts, contracts_left)))
        found |= step
        taken = set(step.values())
        rows_left = [n for n in rows_left if n not in step]
        contracts_left = [n for n in contracts_left if n not in taken]
    return found


Side = tuple[Sequence[Identity], Iterable[int]]


def matches(key: Key, several: bool, rows: Side, contracts: Side) -> Iterator[tuple[int, int]]:
    ours, theirs = places_by_key(key, rows), places_by_key(key, contracts)
    for value, places in ours.items():
        partners = theirs.get(value, [])
        if several or len(places) == len(partners) == 1:
            for row, contract in zip(places, partners, strict=False):
                if may_be_one(rows[0][row], contracts[0][contract]):
                    yield row, contract


def may_be_one(row: Identity, contract: Identity) -> bool:
    """Two references that differ are two contracts, however alike the rest."""
    return not (row.reference and contract.reference) or row.reference == contract.reference


def places_by_key(key: Key, side: Side) -> Mapping[Hashable, list[int]]:
    identities, places = side
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        value = key(identities[place])
        if value is not None:
            found[value].append(place)
    return found


def changed_fields(old: Facts, new: Facts, knows: frozenset[str]) -> list[Change]:
    """Fields said otherwise: those the sheet knows, and any the row says besides."""
    changes = [
        Change(name, before, after)
        for name in knows.union(new)
        if (before := column_value(name, old)) != (after := column_value(name, new))
    ]
    return sorted(changes, key=lambda change: change.field)
