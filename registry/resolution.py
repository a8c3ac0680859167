"""Which supplier each stated name and number belongs to: identifiers first, then names."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from registry.identifiers import UNIQUE_SCHEMES, Identifier, identifiers
from registry.keys import new_key
from registry.names import canonical_name

SAME_NAME = "The same name, leaving aside spelling, order and legal form."
FIRST_SEEN = "The name it was first seen under."


@dataclass(frozen=True, slots=True, order=True)
class StatedSupplier:
    """A supplier as one row names it; text as it stands."""

    name: str
    company: str = ""
    charity: str = ""
    other: str = ""

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        return identifiers(company=self.company, charity=self.charity, other=self.other)


@dataclass(slots=True)
class KnownSuppliers:
    """What the registry holds that could be meant: grows as names are resolved."""

    holder: dict[Identifier, uuid.UUID] = field(default_factory=dict)
    by_canonical: dict[str, list[uuid.UUID]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[uuid.UUID, set[Identifier]] = field(default_factory=lambda: defaultdict(set))
    names: set[tuple[uuid.UUID, str]] = field(default_factory=set)


@dataclass(slots=True)
class Resolution:
    """Each stated supplier's id, and what the registry does not hold yet."""

    supplier: dict[StatedSupplier, uuid.UUID] = field(default_factory=dict)
    new: dict[uuid.UUID, str] = field(default_factory=dict)  # id -> name
    new_names: list[tuple[uuid.UUID, str, str, str]] = field(
        default_factory=list
    )  # id, name, canonical, because
    new_identifiers: list[tuple[uuid.UUID, Identifier]] = field(default_factory=list)


def resolve(
    stated: Iterable[StatedSupplier],
    known: KnownSuppliers,
    *,
    new_id: Callable[[], uuid.UUID] = new_key,
) -> Resolution:
    """Resolve all of them, those with identifiers first, so that order of rows does not matter."""
    resolution = Resolution()
    for one in sorted(stated, key=lambda s: (not s.identifiers, s)):
        found, because = find(one, known)
        if found is None:
            found = new_id()
            resolution.new[found] = one.name or str(one.identifiers[0])
        resolution.supplier[one] = found
        learn(one, found, because, known, resolution)
    return resolution


def find(one: StatedSupplier, known: KnownSuppliers) -> tuple[uuid.UUID | None, str]:
    """The supplier meant, and why; None when the registry holds none.

    A name belongs to a supplier only where no number says otherwise. A name that several bodies
    share, told apart by their numbers, belongs to none of them when it comes without one.
    """
    for number in one.identifiers:
        if number in known.holder:
            return known.holder[number], f"The same identifier, {number}."
    candidates = [
        supplier
        for supplier in known.by_canonical.get(canonical_name(one.name), [])
        if not conflict(set(one.identifiers), known.numbers[supplier])
    ]
    if len(candidates) > 1:
        candidates = [supplier for supplier in candidates if not known.numbers[supplier]]
    return (candidates[0], SAME_NAME) if candidates else (None, FIRST_SEEN)


def conflict(ours: set[Identifier], theirs: set[Identifier]) -> bool:
    """Two different numbers of a register in which each body has one."""
    schemes = {n.scheme for n in ours} & {n.scheme for n in theirs} & UNIQUE_SCHEMES
    return any(
        {n.value for n in ours if n.scheme == scheme}.isdisjoint(
            n.value for n in theirs if n.scheme == scheme
        )
        for scheme in schemes
    )


def learn(
    one: StatedSupplier,
    supplier: uuid.UUID,
    because: str,
    known: KnownSuppliers,
    resolution: Resolution,
) -> None:
    """Note a name and numbers that were not known of this supplier."""
    if one.name and (supplier, one.name) not in known.names:
        canonical = canonical_name(one.name)
        known.names.add((supplier, one.name))
        if supplier not in known.by_canonical[canonical]:
            known.by_canonical[canonical].append(supplier)
        resolution.new_names.append((supplier, one.name, canonical, because))
    for number in one.identifiers:
        if number not in known.holder:
            known.holder[number] = supplier
            known.numbers[supplier].add(number)
            resolution.new_identifiers.append((supplier, number))
