"""Marks that tell which categories of which councils changed since opportunities were found."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from registry.bulk import in_batches
from registry.models import Category, Changed, Contract, Membership


def marks_of(contracts: Iterable[uuid.UUID]) -> Iterator[tuple[str | None, str]]:
    """The (category, council) pairs of these contracts."""
    for batch in in_batches(contracts):
        yield from (
            Contract.objects.filter(pk__in=batch).values_list("category", "council").distinct()
        )


def mark_changed(touched: Collection[tuple[str | None, str]]) -> None:
    """Note that what is derived from these (category, council) pairs is stale."""
    commodity = set(Category.objects.bought_together().values_list("pk", flat=True))
    Changed.objects.bulk_create(
        [
            Changed(category_id=c, council_id=k)
            for c, k in sorted((c, k) for c, k in touched if c in commodity)
        ],
        ignore_conflicts=True,
    )


@contextmanager
def marking_moves() -> Iterator[None]:
    """Mark all that councils buy which join or leave a grouping within."""
    before = spells()
    yield
    moved = {council for _, council, *_ in before ^ spells()}
    bought = Contract.objects.standing().filter(council__in=moved)
    mark_changed(set(bought.values_list("category", "council").distinct()))


def spells() -> set[tuple[Any, ...]]:
    """Which council is in which grouping, and from when to when."""
    return set(Membership.objects.values_list("grouping", "council", "joined", "left"))
