"""What bears on new names: the suppliers that these can join, part or keep apart."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from registry.actions.belongings import holders
from registry.bulk import in_batches
from registry.identifiers import Identifier
from registry.matching import NameIndex, Rulings, plain
from registry.models import SupplierName


def bearing_on(
    names: Collection[str],
    numbers: Iterable[Identifier],
    known: NameIndex,
    rulings: Rulings,
) -> set[uuid.UUID]:
    """Suppliers on whose names these names and numbers bear, and those that bonds lead to.

    A new name makes and breaks bonds of the names it touches and of no others. From there on only
    bonds are followed, of which each name has few, so that what is found stays small.
    """
    partners = _partners(rulings)
    near = set(names).union(*map(known.touching, names))
    found: set[uuid.UUID] = set()
    looked_at: set[str] = set()
    more = set(holders(numbers).values()) | _bearers(near)
    while fresh := (near | _names_of(more - found)) - looked_at:
        found |= more
        looked_at |= fresh
        near = {bond.other for name in fresh for bond in known.bonds(name)}
        near |= {partner for name in fresh for partner in partners.get(plain(name), ())}
        more = _bearers(near - looked_at)
    return found | more


def _partners(rulings: Rulings) -> dict[str, list[str]]:
    """Names that somebody decided to be one supplier's, by their letters."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in rulings.together:
        found[plain(one)].append(other)
        found[plain(other)].append(one)
    return found


def _bearers(names: Iterable[str]) -> set[uuid.UUID]:
    rows = SupplierName.objects
    return {
        supplier
        for some in in_batches(names)
        for supplier in rows.filter(name__in=some).values_list("supplier", flat=True)
    }


def _names_of(suppliers: Iterable[uuid.UUID]) -> set[str]:
    rows = SupplierName.objects
    return {
        name
        for some in in_batches(suppliers)
        for name in rows.filter(supplier__in=some).values_list("name", flat=True)
    }
