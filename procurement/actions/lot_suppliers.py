"""Suppliers on lots as the registry knows them: by their numbers first, then by their names."""

import uuid
from collections.abc import Collection, Iterable, Mapping

from procurement.models import LotSupplier
from registry.actions.asking import owners_of
from registry.actions.belongings import holders
from registry.actions.known_names import known_names
from registry.identifiers import Identifier
from registry.matching import NameIndex
from registry.matching.judgement import LINK_FROM
from registry.models import Supplier
from registry.resolution import StatedSupplier

CHANGED = ["supplier", "because"]
Link = tuple[uuid.UUID, str]


def link_lot_suppliers() -> int:
    """Point each at the registry's supplier, as names and numbers stand now; how many changed.

    No supplier is made of a framework's list: those nobody buys from yet stay names on it.
    """
    held = list(LotSupplier.objects.order_by("pk"))
    found = links({stated_of(one) for one in held})
    changed = []
    for one in held:
        supplier, because = found.get(stated_of(one), (None, ""))
        if (one.supplier_id, one.because) != (supplier, because):
            one.supplier_id, one.because = supplier, because
            changed.append(one)
    LotSupplier.objects.bulk_update(changed, CHANGED, batch_size=500)
    return len(changed)


def stated_of(one: LotSupplier) -> StatedSupplier:
    return StatedSupplier(one.name, one.company_number, one.charity_number, one.other_id)


def links(stated: Collection[StatedSupplier]) -> dict[StatedSupplier, Link]:
    """Of each that the registry knows, whose it is and why."""
    numbers = holders(number for one in stated for number in one.identifiers)
    found = {one: link for one in stated if (link := by_number(one, numbers))}
    found |= by_name([one for one in stated if one not in found])
    return under_present_keys(found)


def by_number(one: StatedSupplier, numbers: Mapping[Identifier, uuid.UUID]) -> Link | None:
    for number in one.identifiers:
        if number in numbers:
            return numbers[number], f"The same {number.words}."
    return None


def by_name(stated: Collection[StatedSupplier]) -> dict[StatedSupplier, Link]:
    """By a name the registry's own rules take for the same; not where several suppliers have it."""
    index = known_names([one.name for one in stated]).index
    tied = {one: ties(one.name, index) for one in stated}
    owners = owners_of({name for names in tied.values() for name in names})
    found: dict[StatedSupplier, Link] = {}
    for one, names in tied.items():
        whose = {supplier for name in names for supplier in owners.get(name, ())}
        if len(whose) == 1:
            reasons = [reason for name, reason in names.items() if owners.get(name)]
            found[one] = (whose.pop(), reasons[0])
    return without_other_numbers(found)


def ties(name: str, index: NameIndex) -> dict[str, str]:
    """The name itself and those a sure rule ties to it, each with the reason."""
    return {name: "The same name."} | {
        bond.other: bond.reason for bond in index.bonds(name) if bond.confidence >= LINK_FROM
    }


def without_other_numbers(found: Mapping[StatedSupplier, Link]) -> dict[StatedSupplier, Link]:
    """Less those whose namesake is known by another number of the same register: two bodies."""
    suppliers = {link[0] for link in found.values()}
    held: dict[tuple[uuid.UUID, str], set[str]] = {}
    rows = Supplier.objects.filter(pk__in=suppliers, identifiers__isnull=False)
    for key, scheme, value in rows.values_list("pk", "identifiers__scheme", "identifiers__value"):
        held.setdefault((key, scheme), set()).add(value)
    return {
        one: link
        for one, link in found.items()
        if not any(
            (theirs := held.get((link[0], number.scheme))) and number.value not in theirs
            for number in one.identifiers
        )
    }


def under_present_keys(found: Mapping[StatedSupplier, Link]) -> dict[StatedSupplier, Link]:
    """Of suppliers that were merged into others, what they became."""
    keys: Iterable[uuid.UUID] = {link[0] for link in found.values()}
    rows = Supplier.objects.filter(pk__in=keys, merged_into__isnull=False)
    into = {key: other for key, other in rows.values_list("pk", "merged_into") if other}
    return {one: (into.get(key, key), why) for one, (key, why) in found.items()}
