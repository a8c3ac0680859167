"""Giving changes their place in the feed, once they are committed and one batch at a time."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from procurement.models import Change, Framework, Kind, Touched
from registry.models import Contract, Supplier
from registry.permissions import EVERYBODY

BATCH = 5_000
# Any number of ours: whoever holds it gives out places.
LOCK = 6_150_931


def place_changes() -> int:
    """Give a place to all that was committed before; how many places were given."""
    placed = 0
    while Touched.objects.exists():
        found = place_batch()
        if found is None:  # somebody else is at it
            break
        placed += found
    return placed


@transaction.atomic
def place_batch() -> int | None:
    """Each place given out lies behind every place that can be seen by then.

    That holds because the lock outlasts the commit: nobody else gives out places before these
    can be seen. What is not committed yet cannot be seen here, and is placed later.
    """
    if not alone():
        return None
    touched = list(Touched.objects.order_by("pk")[:BATCH])
    Touched.objects.filter(pk__in=[one.pk for one in touched]).delete()
    return sum(place(kind, [one for one in touched if one.kind == kind]) for kind in Kind.values)


def alone() -> bool:
    """SQLite has one writer at a time anyway."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def place(kind: str, touched: Iterable[Touched]) -> int:
    own: dict[str, bool] = {}
    for one in touched:
        key = as_written(kind, one.key)
        own[key] = own.get(key, False) or one.own
    told = told_of(kind, own)
    before = dict(Change.objects.of(kind).filter(key__in=own).values_list("key", "standing"))
    placed = [key for key in own if is_news(key in told, before.get(key, False), own=own[key])]
    Change.objects.of(kind).filter(key__in=placed).delete()
    now = timezone.now()
    Change.objects.bulk_create(
        Change(kind=kind, key=key, standing=key in told, placed_at=now) for key in placed
    )
    return len(placed)


def is_news(told: bool, told_before: bool, *, own: bool) -> bool:
    """What the public neither knew nor learns now is none; nor what stands as it did."""
    return told != told_before or (told and own)


def as_written(kind: str, key: str) -> str:
    """Databases write identifiers each in their own way."""
    return key if kind == Kind.FRAMEWORK else str(UUID(key))


def told_of(kind: str, keys: Collection[str]) -> set[str]:
    """Those that the public is told of now."""
    everything = {
        Kind.CONTRACT: Contract.objects.standing(),
        Kind.SUPPLIER: Supplier.objects.told_to(EVERYBODY),
        Kind.FRAMEWORK: Framework.objects.all(),
    }[Kind(kind)]
    return {str(key) for key in everything.filter(pk__in=keys).values_list("pk", flat=True)}
