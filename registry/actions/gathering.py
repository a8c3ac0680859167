"""What bears on new names: suppliers and names found from name to name, until nothing is added."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field

from registry.actions.belongings import holders
from registry.actions.known_names import KnownNames
from registry.bulk import in_batches
from registry.identifiers import Identifier
from registry.matching import Rulings, plain
from registry.models import SupplierName
from registry.resolution import StatedSupplier


@dataclass(slots=True)
class Component:
    """Suppliers and new names that bear on one another, and on nothing else."""

    suppliers: set[uuid.UUID] = field(default_factory=set)
    new: set[StatedSupplier] = field(default_factory=set)


class Sets:
    """Things put together two at a time (union-find)."""

    def __init__(self) -> None:
        self.up: dict[Hashable, Hashable] = {}

    def of(self, thing: Hashable) -> Hashable:
        root = thing
        while (above := self.up.setdefault(root, root)) != root:
            root = above
        while self.up[thing] != root:
            self.up[thing], thing = root, self.up[thing]
        return root

    def join(self, one: Hashable, other: Hashable) -> None:
        self.up[self.of(one)] = self.of(other)


def components(
    stated: Collection[StatedSupplier], known: KnownNames, rulings: Rulings
) -> list[Component]:
    gathering = _Gathering(known, rulings)
    gathering.take(stated)
    return gathering.found(stated)


class _Gathering:
    def __init__(self, known: KnownNames, rulings: Rulings) -> None:
        self.known = known
        self.sets = Sets()
        self.names: set[str] = set()
        self.suppliers: set[uuid.UUID] = set()
        self.partners: dict[str, list[str]] = defaultdict(list)
        for one, other in rulings.together:
            self.partners[plain(one)].append(other)
            self.partners[plain(other)].append(one)

    def take(self, stated: Collection[StatedSupplier]) -> None:
        numbers: dict[Identifier, list[StatedSupplier]] = defaultdict(list)
        for one in stated:
            self.sets.join(one, one.name or one)
            for number in one.identifiers:
                self.sets.join(one, number)
                numbers[number].append(one)
        fresh = {one.name for one in stated if one.name}
        more = self._holders(numbers)
        while fresh or more:
            near = self._near(fresh)
            more |= self._bearers(fresh | near)
            fresh = (near | self._names_of(more)) - self.names
            more = set()

    def found(self, stated: Iterable[StatedSupplier]) -> list[Component]:
        by_root: dict[Hashable, Component] = defaultdict(Component)
        for one in sorted(stated):
            by_root[self.sets.of(one)].new.add(one)
        for supplier in self.suppliers:
            if (root := self.sets.of(supplier)) in by_root:
                by_root[root].suppliers.add(supplier)
        return list(by_root.values())

    def _near(self, names: set[str]) -> set[str]:
        """Names on which these bear."""
        found: set[str] = set()
        for name in names:
            near = self.known.touching(name)
            if self.partners:
                near.update(self.partners.get(plain(name), ()))
            for other in near:
                self.sets.join(name, other)
            found |= near
        self.names |= names
        return found - self.names

    def _holders(self, numbers: Collection[Identifier]) -> set[uuid.UUID]:
        found = holders(numbers)
        for number, supplier in found.items():
            self.sets.join(number, supplier)
        return set(found.values())

    def _bearers(self, names: set[str]) -> set[uuid.UUID]:
        found: set[uuid.UUID] = set()
        for some in in_batches(names):
            rows = SupplierName.objects.filter(name__in=some)
            for name, supplier in rows.values_list("name", "supplier"):
                self.sets.join(name, supplier)
                found.add(supplier)
        return found

    def _names_of(self, suppliers: set[uuid.UUID]) -> set[str]:
        """All names of suppliers not met before."""
        found: set[str] = set()
        for some in in_batches(suppliers - self.suppliers):
            rows = SupplierName.objects.filter(supplier__in=some)
            for name, supplier in rows.values_list("name", "supplier"):
                self.sets.join(name, supplier)
                found.add(name)
        self.suppliers |= suppliers
        return found
