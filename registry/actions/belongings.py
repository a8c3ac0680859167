"""What belongs to suppliers as registers have it, and moving it when it turns out otherwise."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from registry.actions.marks import mark_changed
from registry.actions.naming import name_by_use
from registry.bulk import in_batches
from registry.identifiers import Identifier
from registry.matching import Mention
from registry.models import (
    Contract,
    Supplier,
    SupplierDecision,
    SupplierIdentifier,
    SupplierName,
)
from registry.names import canonical_name
from registry.resolution import StatedSupplier

STATED = (
    "supplier_name",
    "supplier_company_number",
    "supplier_charity_number",
    "supplier_other_id",
)


def stated_of(contract: Contract) -> StatedSupplier:
    return StatedSupplier(*(getattr(contract, column) for column in STATED))


def set_supplier(contracts: Collection[Contract], supplier: uuid.UUID) -> None:
    for batch in in_batches(one.pk for one in contracts):
        Contract.objects.filter(pk__in=batch).update(supplier=supplier, changed_at=timezone.now())
    mark_changed({(one.category_id, one.council_id) for one in contracts})


@dataclass(slots=True)
class Belongings:
    """What the registry holds of one supplier, and those that were merged into it."""

    supplier: Supplier
    names: list[SupplierName] = field(default_factory=list)
    numbers: dict[Identifier, SupplierIdentifier] = field(default_factory=dict)
    stated: set[StatedSupplier] = field(default_factory=set)  # by its contracts
    merged: list[Supplier] = field(default_factory=list)

    @property
    def nameless(self) -> bool:
        """Whether it is called by its number, as no register told its name."""
        return any(self.supplier.own_name == number.words for number in self.numbers)

    @property
    def mentions(self) -> set[Mention]:
        """Every name with the numbers beside it, and what no contract says any more."""
        found = {one.mention for one in self.stated}
        said = {one.name for one in found}
        found |= {Mention(one.name) for one in self.names if one.name not in said}
        beside = {number for one in found for number in one.identifiers}
        if alone := tuple(sorted(number for number in self.numbers if number not in beside)):
            found.add(Mention("" if self.nameless else self.supplier.own_name, alone))
        return found


def belongings(suppliers: Collection[uuid.UUID]) -> dict[uuid.UUID, Belongings]:
    """Of each, the oldest supplier first; in a few queries however many there are."""
    found: dict[uuid.UUID, Belongings] = {}
    for some in in_batches(suppliers):
        rows = Supplier.objects.filter(pk__in=some)
        found |= {one.pk: Belongings(one) for one in rows.order_by("created_at", "pk")}
        for name in SupplierName.objects.filter(supplier__in=some).order_by("pk"):
            found[name.supplier_id].names.append(name)
        for row in SupplierIdentifier.objects.filter(supplier__in=some):
            found[row.supplier_id].numbers[Identifier(row.scheme, row.value)] = row
        for key, stated in _stated_by_contracts(some):
            found[key].stated.add(stated)
        for merged in Supplier.objects.filter(merged_into__in=some).order_by("-created_at"):
            if merged.merged_into_id:
                found[merged.merged_into_id].merged.append(merged)
    return found


def _stated_by_contracts(
    suppliers: Collection[uuid.UUID],
) -> list[tuple[uuid.UUID, StatedSupplier]]:
    decided = decided_names(suppliers)
    rows = Contract.objects.filter(supplier__in=suppliers).values_list(
        "supplier", "council", *STATED
    )
    return [
        (supplier, StatedSupplier(*stated))
        for supplier, council, *stated in rows.distinct()
        if not decided or (council, canonical_name(stated[0])) not in decided
    ]


def holders(numbers: Iterable[Identifier]) -> dict[Identifier, uuid.UUID]:
    """Whose these numbers are."""
    asked, found = set(numbers), {}
    for values in in_batches({number.value for number in asked}):
        rows = SupplierIdentifier.objects.filter(value__in=values)
        for scheme, value, supplier in rows.values_list("scheme", "value", "supplier"):
            if (number := Identifier(scheme, value)) in asked:
                found[number] = supplier
    return found


def decided_names(suppliers: Collection[uuid.UUID]) -> set[tuple[str, str]]:
    """Names that councils gave to these suppliers, or to any now part of them."""
    standing = SupplierDecision.objects.standing().filter(
        Q(supplier__in=suppliers) | Q(supplier__merged_into__in=suppliers)
    )
    return set(standing.values_list("council", "canonical"))


def move_contracts(moves: Mapping[uuid.UUID, Mapping[Mention, uuid.UUID]]) -> None:
    """Give contracts to whom their names and numbers turn out to mean, by present supplier."""
    if not moves:
        return
    decided = decided_names(list(moves))
    following: dict[uuid.UUID, list[Contract]] = defaultdict(list)
    for contract in Contract.objects.filter(supplier__in=list(moves)):
        told = moves[contract.supplier_id] if contract.supplier_id else {}
        target = told.get(stated_of(contract).mention)
        if target and (contract.council_id, canonical_name(contract.supplier_name)) not in decided:
            following[target].append(contract)
    for supplier, contracts in following.items():
        set_supplier(contracts, supplier)
    name_by_use({*moves, *(key for told in moves.values() for key in told.values())})


def merge_away(gone: uuid.UUID, into: uuid.UUID) -> None:
    """Let all that is left of one, what councils decided included, go to the other."""
    set_supplier(list(Contract.objects.filter(supplier=gone)), into)
    Supplier.objects.filter(merged_into=gone).update(merged_into=into)
    Supplier.objects.filter(pk=gone).update(merged_into=into)


def revive(supplier: uuid.UUID) -> None:
    """Let one that was merged stand again, with what councils decided of it."""
    Supplier.objects.filter(pk=supplier).update(merged_into=None)
    for decision in SupplierDecision.objects.standing().filter(supplier=supplier):
        set_supplier(named(decision.council_id, decision.canonical), supplier)


def named(council: str, canonical: str) -> list[Contract]:
    """A council's contracts whose supplier goes by one canonical name."""
    rows = Contract.objects.filter(council=council).exclude(supplier_name="")
    return [one for one in rows if canonical_name(one.supplier_name) == canonical]
