"""What a new file changes: its rows matched with the contracts the registry holds for a council."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from imports.likeness import Identity, best_pairs, identity
from registry.disagreements import as_text
from registry.records import ContractRecord, Facts
from registry.statements import column_value, facts_of_columns

# A file that leaves out so many contracts, and so many for each it names, may not be the register.
FEWEST_GONE, MOST_GONE = 10, 10


@dataclass(frozen=True)
class Held:
    """A contract of the registry, with the fields the new file also speaks of.

    A withdrawn one is nobody's word any more, but gives its identifier back when it returns.
    """

    id: UUID
    names: Sequence[str]  # of the fields, the same for every contract of one register
    values: Sequence[Any]  # as its columns hold them
    withdrawn: bool = False
    # Fields a person spoke of, whose word no file outranks; with what a file said that was
    # answered already, None where nothing was.
    spoken: Mapping[str, str | None] = field(default_factory=dict)
    # Whether a file that stands speaks for it: what people alone say of was never listed.
    listed: bool = True

    @cached_property
    def facts(self) -> Facts:
        """Made only where asked for: most contracts are told again word for word."""
        return facts_of_columns(dict(zip(self.names, self.values, strict=True)))


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
    # Beside the above: what the file says otherwise than a person.
    disputed: list[tuple[UUID, ContractRecord, list[Change]]] = field(default_factory=list)
    # Contracts that its few rows say nothing of, where the file is another council's register.
    left_aside: int = 0

    @property
    def finds_few(self) -> bool:
        """Whether hardly a contract was found again: columns misread, or another register."""
        again, gone = len(self.changed) + len(self.unchanged), len(self.no_longer_listed)
        return gone >= FEWEST_GONE and again * MOST_GONE < gone

    def leave_aside_if_few(self) -> None:
        """Take rows that are fewer than what they leave out for strays, not for a register."""
        if len(self.no_longer_listed) > len(self.added) + len(self.changed) + len(self.unchanged):
            self.left_aside = len(self.no_longer_listed)
            self.no_longer_listed = []


def reconcile(
    records: Sequence[ContractRecord],
    held: Sequence[Held],
    *,
    knows: Mapping[str, frozenset[str]],
) -> Difference:
    """Pair rows with contracts and compare the fields their sheet knows.

    Rows that say word for word what the registry holds come first, so that the order of rows
    alike in all else means nothing; then those that are alike enough (`imports.likeness`); then
    withdrawn contracts. A pair once made is never unmade, so the same file always pairs the same.
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
        said = changed_fields(partner.facts, record.facts, knows[record.sheet])
        if disputes := [change for change in said if is_disputed(change, partner)]:
            difference.disputed.append((partner.id, record, disputes))
        if changes := [change for change in said if change.field not in partner.spoken]:
            difference.changed.append((partner.id, record, changes))
        else:
            difference.unchanged.append((partner.id, record))
    unpaired = [record for place, record in enumerate(records) if place not in pairs]
    difference.added = returning(unpaired, [h for h in held if h.withdrawn])
    gone = set(range(len(standing))).difference(pairs.values())
    difference.no_longer_listed = [
        standing[place].id for place in sorted(gone) if standing[place].listed
    ]
    return difference


def is_disputed(change: Change, held: Held) -> bool:
    """Whether a file says otherwise than a person, and was not answered already."""
    answered = held.spoken.get(change.field, "follows")
    return answered is None or answered not in {"follows", as_text(change.field, change.new)}


def word_for_word(
    records: Sequence[ContractRecord], held: Sequence[Held], knows: Mapping[str, frozenset[str]]
) -> dict[int, int]:
    """Places of rows to places of contracts that say the same in every field the file has."""
    if not held:
        return {}
    fields = sorted(set[str]().union(*knows.values(), *(r.facts for r in records)))
    blanks = [column_value(name, Facts()) for name in fields]
    compared = [held[0].names.index(name) for name in fields]
    contracts = defaultdict(list)
    for place in reversed(range(len(held))):
        values = held[place].values
        contracts[tuple([values[at] for at in compared])].append(place)
    said = (tuple(map(r.facts.get, fields, blanks)) for r in records)
    alike = ((row, contracts.get(values)) for row, values in enumerate(said))
    return {row: places.pop() for row, places in alike if places}


def returning(
    records: Sequence[ContractRecord], withdrawn: Sequence[Held]
) -> list[tuple[UUID | None, ContractRecord]]:
    """Rows new to the registry, with the identifier of a withdrawn contract where one returns."""
    pairs = pair([r.facts for r in records], [h.facts for h in withdrawn])
    return [
        (withdrawn[pairs[place]].id if place in pairs else None, record)
        for place, record in enumerate(records)
    ]


def pair(said: Sequence[Facts], held: Sequence[Facts]) -> dict[int, int]:
    """Places of rows to places of contracts, each at most once.

    What agrees in all that identifies, and stands alone in that, needs no weighing.
    """
    if not said or not held:
        return {}
    rows, contracts = [identity(facts) for facts in said], [identity(facts) for facts in held]
    found = agreeing(rows, contracts)
    taken = set(found.values())
    rows_left = [place for place in range(len(rows)) if place not in found]
    contracts_left = [place for place in range(len(contracts)) if place not in taken]
    best = best_pairs([rows[n] for n in rows_left], [contracts[n] for n in contracts_left])
    return found | {rows_left[row]: contracts_left[held] for row, held in best.items()}


def agreeing(rows: Sequence[Identity], contracts: Sequence[Identity]) -> dict[int, int]:
    """Pairs of one reference, supplier, title and start that no other row or contract has."""
    ours, theirs = places_by_agreement(rows), places_by_agreement(contracts)
    return {
        places[0]: theirs[key][0]
        for key, places in ours.items()
        if len(places) == 1 and len(theirs.get(key, ())) == 1
    }


def places_by_agreement(identities: Sequence[Identity]) -> Mapping[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place, one in enumerate(identities):
        found[one.reference, one.supplier, one.title, one.start].append(place)
    return found


def changed_fields(old: Facts, new: Facts, knows: frozenset[str]) -> list[Change]:
    """Fields said otherwise: those the sheet knows, and any the row says besides."""
    changes = [
        Change(name, before, after)
        for name in knows.union(new)
        if (before := column_value(name, old)) != (after := column_value(name, new))
    ]
    return sorted(changes, key=lambda change: change.field)
