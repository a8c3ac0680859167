"""Showing suppliers under the name that most councils use."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db.models import Count

from registry.bulk import in_batches
from registry.display_names import Use, name_to_show
from registry.models import Contract, Supplier, SupplierName

Counts = dict[str, Counter[str]]  # contracts by name and council


def name_by_use(suppliers: Iterable[uuid.UUID]) -> None:
    """Bring shown names up to date after contracts came, went or changed hands."""
    for some in in_batches(suppliers):
        names = several_names(some)
        uses = uses_of(names)
        held = Supplier.objects.in_bulk(list(names))
        for key, theirs in names.items():
            used = {name: uses[key][name] for name in theirs if uses[key][name]}
            if used and (best := name_to_show(list(as_uses(used)))) != held[key].name:
                Supplier.objects.filter(pk=key).update(
                    name=best, met_as=own if (own := held[key].own_name) != best else ""
                )


def several_names(suppliers: Collection[uuid.UUID]) -> dict[uuid.UUID, set[str]]:
    """Names of those that go by more than the one they are shown under."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    rows = SupplierName.objects.filter(supplier__in=suppliers)
    for supplier, name, shown in rows.values_list("supplier", "name", "supplier__name"):
        found[supplier] |= {name, shown}
    return {key: names for key, names in found.items() if len(names) > 1}


def uses_of(suppliers: Collection[uuid.UUID]) -> dict[uuid.UUID, Counts]:
    """Contracts under each name; those that withhold it count where no others are."""
    rows = (
        Contract.objects.standing()
        .filter(supplier__in=list(suppliers))
        .values_list("supplier", "supplier_withheld", "supplier_name", "council")
        .annotate(number=Count("pk"))
        .order_by()
    )
    openly: dict[uuid.UUID, Counts] = defaultdict(lambda: defaultdict(Counter))
    withheld: dict[uuid.UUID, Counts] = defaultdict(lambda: defaultdict(Counter))
    for supplier, kept_back, name, council, number in rows:
        (withheld if kept_back else openly)[supplier][name][council] += number
    found: dict[uuid.UUID, Counts] = defaultdict(lambda: defaultdict(Counter))
    return found | withheld | openly


def as_uses(counts: Counts) -> Iterator[Use]:
    for name, by_council in counts.items():
        yield Use(name, tuple(by_council.items()))
