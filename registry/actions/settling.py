"""Making suppliers what names, numbers and people's rulings say they are.

What new names bear on is gathered, however it came; `matching.partition` says which of it is one
supplier; the difference to what the registry holds is written, contracts following. So the order
of uploads does not matter, and names that nothing new bears on are not looked at.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from registry import bulk
from registry.actions.asking import (
    Asked,
    Side,
    ask,
    ask_about_likeness,
    owners_of,
    standing_rulings,
)
from registry.actions.belongings import (
    Belongings,
    belongings,
    holders,
    merge_away,
    move_contracts,
    revive,
)
from registry.actions.comparing import compare_elsewhere
from registry.actions.gathering import bearing_on
from registry.actions.known_names import KnownNames, hold, known_names, reads_all
from registry.identifiers import Identifier
from registry.keys import new_key
from registry.matching import (
    Because,
    Group,
    Mention,
    NameIndex,
    Rulings,
    partition,
    plain,
)
from registry.models import Supplier, SupplierIdentifier, SupplierName
from registry.names import canonical_name
from registry.resolution import StatedSupplier


@dataclass(slots=True)
class Unwritten:
    """Rows for what is new, written all at once."""

    suppliers: list[tuple[uuid.UUID, str]] = field(default_factory=list)
    names: list[tuple[uuid.UUID, str, Because]] = field(default_factory=list)
    numbers: list[tuple[uuid.UUID, Identifier]] = field(default_factory=list)

    def save(self) -> None:
        now = timezone.now()
        bulk.insert(
            Supplier,
            ["id", "name", "created_at", "invented"],
            ((key, name, now, False) for key, name in self.suppliers),
        )
        bulk.insert(
            SupplierName,
            ["supplier", "name", "canonical", "because", "confidence"],
            (
                (key, name, canonical_name(name), why.reason, why.confidence)
                for key, name, why in self.names
            ),
        )
        taken = holders(number for _, number in self.numbers)
        bulk.insert(
            SupplierIdentifier,
            ["supplier", "scheme", "value"],
            ((key, n.scheme, n.value) for key, n in self.numbers if n not in taken),
        )


def settle(stated: Collection[StatedSupplier]) -> dict[StatedSupplier, uuid.UUID]:
    """The supplier of each, with all that follows for suppliers it bears on."""
    names = {one.name for one in stated if one.name}
    new_names = names - owners_of(names).keys()
    known, rulings = known_names(names), standing_rulings()
    known.expect(names)
    settled = write(stated, bearing(stated, names, known, rulings), rulings, known)
    if reads_all():
        ask_about_likeness(new_names, known.index)
    else:
        compare_elsewhere(stated, new_names)
    return settled.new


def bearing(
    stated: Collection[StatedSupplier], names: Collection[str], known: KnownNames, rulings: Rulings
) -> set[uuid.UUID]:
    numbers = {number for one in stated for number in one.identifiers}
    return bearing_on(names, numbers, known.index, rulings)


@transaction.atomic
def settle_again(stated: Collection[StatedSupplier], new_names: Collection[str]) -> None:
    """As if these had come by a file. Doing it twice changes nothing."""
    hold()
    known, rulings = known_names(new_names), standing_rulings()
    names = {one.name for one in stated if one.name}.union(new_names)
    write(stated, bearing(stated, names, known, rulings), rulings, known)
    ask_about_likeness(new_names, known.index)


def resettle(suppliers: Collection[uuid.UUID]) -> None:
    """Bring suppliers in line with rulings that changed. Call inside a transaction."""
    known = known_names(())
    write((), set(suppliers), standing_rulings(), known)
    if not reads_all():
        names = SupplierName.objects.filter(supplier__in=suppliers).values_list("name", flat=True)
        compare_elsewhere((), set(names))


def write(
    stated: Collection[StatedSupplier],
    suppliers: Collection[uuid.UUID],
    rulings: Rulings,
    known: KnownNames,
) -> "Settling":
    """Make the registry what these suppliers and new names ought to be."""
    index = known.index if reads_all() else None
    settled = Settling(stated, belongings(suppliers), rulings, index)
    settled.unwritten.save()
    follow(settled)
    return settled


def follow(settled: "Settling") -> None:
    """Contracts and questions, once the suppliers stand."""
    for supplier in settled.back:
        revive(supplier)
    move_contracts(settled.moves())
    for gone, into in settled.gone.items():
        merge_away(gone, into)
    owners: dict[str, set[uuid.UUID]] = defaultdict(set)
    for name, key in settled.owners():
        owners[name].add(key)
    ask(settled.involved, owners, settled.asked())


class Settling:
    """What the registry holds of some suppliers, what they ought to be, and the difference.

    Names and numbers are put right at once, but for those of new suppliers.
    """

    def __init__(
        self,
        stated: Collection[StatedSupplier],
        held: Mapping[uuid.UUID, Belongings],
        rulings: Rulings,
        known: NameIndex | None,
    ) -> None:
        self.stated = stated
        self.held = held
        self.unwritten = Unwritten()
        self.mentions = {key: one.mentions for key, one in self.held.items()}
        new = {one.mention for one in stated}
        self.partition = partition(new.union(*self.mentions.values()), rulings, known)
        self.group = {m: g for g in self.partition.groups for m in g.members}
        self.key: dict[int, uuid.UUID] = {}  # of each group
        self.gone: dict[uuid.UUID, uuid.UUID] = {}  # supplier -> the one it is merged into
        self.back: list[uuid.UUID] = []  # that were merged and stand again
        self._take_over()
        self._revive_or_make()
        self.target = {mention: self.key[group.key] for mention, group in self.group.items()}
        self._learn_names()
        self._write_names()
        self._write_numbers()

    @property
    def new(self) -> dict[StatedSupplier, uuid.UUID]:
        return {one: self.target[one.mention] for one in self.stated}

    @property
    def involved(self) -> set[uuid.UUID]:
        """Suppliers of whom a question can have been open."""
        return {*self.held, *self.back}

    def owners(self) -> Iterator[tuple[str, uuid.UUID]]:
        """Each name and whose it is; one may be several suppliers'."""
        for group in self.partition.groups:
            for name in group.names:
                yield name, self.key[group.key]

    def moves(self) -> dict[uuid.UUID, dict[Mention, uuid.UUID]]:
        """Of each supplier that loses something: what, and to whom."""
        found = {
            key: {m: self.target[m] for m in mentions if self.target[m] != key}
            for key, mentions in self.mentions.items()
        }
        return {key: lost for key, lost in found.items() if lost}

    def asked(self) -> list[Asked]:
        return [
            Asked(self._side(q.one), self._side(q.other), q.confidence, q.reason)
            for q in self.partition.questions
        ]

    def _side(self, group: Group) -> Side:
        return Side(self.key[group.key], group.names[0])

    def _take_over(self) -> None:
        """Each supplier goes where its own name is; where several meet, the oldest stays."""
        for key, one in self.held.items():
            groups = {self.group[m].key: self.group[m] for m in self.mentions[key]}
            if not groups:
                continue
            group = max(groups.values(), key=lambda g: self._claim(one.supplier, g))
            if group.key in self.key:
                self.gone[key] = self.key[group.key]
            else:
                self.key[group.key] = key

    def _claim(self, supplier: Supplier, group: Group) -> tuple[bool, int, int]:
        theirs = [one for one in group.members if one in self.mentions[supplier.pk]]
        bears = any(plain(one.name) == plain(supplier.own_name) for one in theirs)
        return bears, len(theirs), -group.key

    def _revive_or_make(self) -> None:
        asleep = {plain(one.own_name): one.pk for held in self.held.values() for one in held.merged}
        for group in self.partition.groups:
            if group.key in self.key:
                continue
            again = [asleep.pop(n) for n in map(plain, group.names) if n in asleep]
            self.key[group.key] = again[0] if again else new_key()
            if again:
                self.back.append(again[0])
            else:
                self.unwritten.suppliers.append((self.key[group.key], called(group)))

    def _learn_names(self) -> None:
        """One called by its number goes by its name as soon as a register tells it."""
        for group in self.partition.groups:
            one = self.held.get(self.key[group.key])
            if one is not None and one.nameless and group.names:
                Supplier.objects.filter(pk=one.supplier.pk).update(name=called(group), met_as="")

    def _write_names(self) -> None:
        held = {(key, row.name): row for key, one in self.held.items() for row in one.names}
        wanted = {
            (self.key[g.key], name): why
            for g in self.partition.groups
            for name, why in reasons(g).items()
        }
        spare: dict[str, list[SupplierName]] = defaultdict(list)
        for key, row in held.items():
            if key not in wanted:
                spare[row.name].append(row)
        for (supplier, name), why in wanted.items():
            mine = held.get((supplier, name)) or (spare[name].pop() if spare[name] else None)
            if mine is None:
                self.unwritten.names.append((supplier, name, why))
            elif (mine.supplier_id, mine.because) != (supplier, why.reason):
                mine.supplier_id, mine.because, mine.confidence = (
                    supplier,
                    why.reason,
                    why.confidence,
                )
                mine.save(update_fields=["supplier", "because", "confidence"])
        if left := [row.pk for rows in spare.values() for row in rows]:
            SupplierName.objects.filter(pk__in=left).delete()

    def _write_numbers(self) -> None:
        held = {number: row for one in self.held.values() for number, row in one.numbers.items()}
        wanted: dict[Identifier, list[uuid.UUID]] = defaultdict(list)
        for group in self.partition.groups:
            for number in group.numbers:
                wanted[number].append(self.key[group.key])
        for number, keys in wanted.items():
            row = held.get(number)
            if row is None:
                self.unwritten.numbers.append((keys[0], number))
            elif row.supplier_id not in keys:
                row.supplier_id = keys[0]
                row.save(update_fields=["supplier"])


def called(group: Group) -> str:
    return group.names[0] if group.names else group.numbers[0].words


def reasons(group: Group) -> dict[str, Because]:
    """Why each name is this supplier's: the first reason of several."""
    found: dict[str, Because] = {}
    for mention, why in group.members.items():
        if mention.name:
            found.setdefault(mention.name, why)
    return found
