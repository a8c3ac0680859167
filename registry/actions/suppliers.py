"""Suppliers for the names that registers use: found, or created."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.utils import timezone

from registry import bulk
from registry.identifiers import Identifier
from registry.models import Supplier, SupplierIdentifier, SupplierName
from registry.names import canonical_name
from registry.resolution import KnownSuppliers, StatedSupplier, resolve

# Names asked for in one query; SQLite allows some thousands of values.
ASKED_AT_ONCE = 5_000

T = TypeVar("T")


def ensure_suppliers(stated: Collection[StatedSupplier]) -> dict[StatedSupplier, uuid.UUID]:
    """The supplier of each, creating those not known. Call inside a transaction."""
    resolution = resolve(stated, known_suppliers(stated))
    bulk.insert(
        Supplier,
        ["id", "name", "created_at", "invented"],
        ((key, name, timezone.now(), False) for key, name in resolution.new.items()),
    )
    bulk.insert(
        SupplierName,
        ["supplier", "name", "canonical", "because", "confidence"],
        ((*row, 1.0) for row in resolution.new_names),
    )
    bulk.insert(
        SupplierIdentifier,
        ["supplier", "scheme", "value"],
        ((key, number.scheme, number.value) for key, number in resolution.new_identifiers),
    )
    return resolution.supplier


def known_suppliers(stated: Collection[StatedSupplier]) -> KnownSuppliers:
    """What the registry holds on these names and numbers, in a few queries however many."""
    known = KnownSuppliers()
    canonical = {canonical_name(one.name) for one in stated}
    numbers = {number for one in stated for number in one.identifiers}
    suppliers: set[uuid.UUID] = set()
    for some in in_batches(n.value for n in numbers):
        suppliers |= set(
            SupplierIdentifier.objects.filter(value__in=some).values_list("supplier", flat=True)
        )
    for some in in_batches(canonical):
        suppliers |= set(
            SupplierName.objects.filter(canonical__in=some).values_list("supplier", flat=True)
        )
    for batch in in_batches(suppliers):
        note_identifiers(known, batch)
        note_names(known, batch)
    return known


def note_identifiers(known: KnownSuppliers, suppliers: Collection[uuid.UUID]) -> None:
    rows = SupplierIdentifier.objects.filter(supplier__in=suppliers)
    for supplier, scheme, value in rows.values_list("supplier", "scheme", "value"):
        number = Identifier(scheme, value)
        known.holder[number] = supplier
        known.numbers[supplier].add(number)


def note_names(known: KnownSuppliers, suppliers: Collection[uuid.UUID]) -> None:
    rows = SupplierName.objects.filter(supplier__in=suppliers).order_by("pk")
    for supplier, name, canonical in rows.values_list("supplier", "name", "canonical"):
        known.names.add((supplier, name))
        if supplier not in known.by_canonical[canonical]:
            known.by_canonical[canonical].append(supplier)


def in_batches(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while batch := list(islice(rest, ASKED_AT_ONCE)):
        yield batch
