"""Suppliers for the names that registers use: found, or created."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from registry.actions.belongings import holders
from registry.actions.known_names import hold
from registry.actions.settling import settle
from registry.bulk import in_batches
from registry.identifiers import Identifier
from registry.models import SupplierName
from registry.resolution import StatedSupplier


@dataclass(slots=True)
class Held:
    """Whose these names and numbers are, as far as the registry holds them already."""

    names: dict[str, set[uuid.UUID]] = field(default_factory=lambda: defaultdict(set))
    numbers: dict[Identifier, uuid.UUID] = field(default_factory=dict)

    def supplier(self, one: StatedSupplier) -> uuid.UUID | None:
        """Whose it plainly is: nothing about it is new, and nothing about it is in doubt."""
        holders = {self.numbers.get(number) for number in one.identifiers}
        if one.name:
            holders |= self.names.get(one.name) or {None}
        return holders.pop() if len(holders) == 1 else None


def ensure_suppliers(stated: Collection[StatedSupplier]) -> dict[StatedSupplier, uuid.UUID]:
    """The supplier of each, creating those not known. Call inside a transaction."""
    found = plainly_known(stated)
    if len(found) == len(set(stated)):
        return found
    hold()
    found = plainly_known(stated)  # somebody may have been faster
    return found | settle({one for one in stated if one not in found})


def plainly_known(stated: Collection[StatedSupplier]) -> dict[StatedSupplier, uuid.UUID]:
    """Those whose name and numbers are all one supplier's, in a few queries however many."""
    held = Held()
    for names in in_batches({one.name for one in stated if one.name}):
        rows = SupplierName.objects.filter(name__in=names).values_list("name", "supplier")
        for name, supplier in rows:
            held.names[name].add(supplier)
    held.numbers = holders(n for one in stated for n in one.identifiers)
    known = ((one, held.supplier(one)) for one in stated)
    return {one: supplier for one, supplier in known if supplier is not None}
