"""What of each promise is no longer there to be pooled: put to parties, or delivered already."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from django.db.models import Sum

from social_value.models import AgreedShare, Commitment, Credit
from social_value.periods import FINEST, Part, due_first, less, parts

Used = dict[uuid.UUID, list[Part]]
Key = tuple[uuid.UUID, str]  # a contract and a measure
PROMISE = ("pk", "contract", "measure", "quantity", "yearly", "starts", "ends")


def used_of(measures: Collection[str]) -> Used:
    """How much of each promise pools put to their parties hold, and when, and what was done."""
    used = held_of(measures)
    for key, parts_done in delivered_of(measures, used).items():
        used[key] = [*used.get(key, ()), *parts_done]
    return used


def held_of(measures: Collection[str]) -> Used:
    """What pools put to their parties use of each promise, and when."""
    found: Used = defaultdict(list)
    shares = AgreedShare.objects.filter(holds=True, pool__measure__in=list(measures))
    columns = shares.order_by("pk").values_list(
        "commitment", "amount", "pool__starts", "pool__ends"
    )
    for commitment, *use in columns:
        found[commitment].append(Part(*use))
    return dict(found)


def delivered_of(measures: Collection[str], held: Used) -> Used:
    """What confirmed deliveries use beside that: of each contract, of what falls due first.

    Promises whose time is over are among them, since they fell due before.
    """
    found: Used = {}
    done = done_outside(measures)
    if not done:
        return found
    for key, theirs in promises_of(done).items():
        whole = {pk: less(made, held.get(pk, ())) for pk, made in theirs.items()}
        for promise, part in due_first(whole, done.get(key, Decimal(0))):
            found.setdefault(promise, []).append(part)
    return found


def promises_of(done: Mapping[Key, Decimal]) -> dict[Key, dict[uuid.UUID, list[Part]]]:
    """The parts of each promise of the contracts and measures that something was done for."""
    found: dict[Key, dict[uuid.UUID, list[Part]]] = defaultdict(dict)
    credited = Credit.objects.confirmed().values("contract")
    rows = Commitment.objects.of_standing_contracts().filter(
        contract__in=credited, measure__in={measure for _, measure in done}
    )
    for pk, contract, measure, *promised in rows.order_by("pk").values_list(*PROMISE):
        found[contract, measure][pk] = parts(*promised)
    return found


def done_outside(measures: Collection[str]) -> dict[Key, Decimal]:
    """Confirmed by contract and measure; what was done for a pool only where it is above its share.

    A pool's share is used whether or not it was delivered, so the delivery uses nothing more.
    """
    found: dict[Key, Decimal] = defaultdict(Decimal)
    shares = shares_of_pools(measures)
    for contract, measure, pool, amount in credits_of(measures):
        beyond = amount - shares.get((pool, contract), Decimal(0))
        if beyond > 0:
            found[contract, measure] += beyond
    return dict(found)


def credits_of(
    measures: Collection[str],
) -> Iterator[tuple[uuid.UUID, str, uuid.UUID | None, Decimal]]:
    """By contract, measure, and the pool they are for."""
    confirmed = Credit.objects.confirmed().filter(delivery__measure__in=list(measures)).order_by()
    by_pool = confirmed.values_list("contract", "delivery__measure", "delivery__pool")
    for contract, measure, pool, amount in by_pool.annotate(whole=Sum("amount")):
        # SQLite adds up floating numbers.
        yield contract, measure, pool, amount.quantize(FINEST)


def shares_of_pools(
    measures: Collection[str],
) -> dict[tuple[uuid.UUID | None, uuid.UUID], Decimal]:
    """What each contract gives to each pool that holds, by pool and contract."""
    found: dict[tuple[uuid.UUID | None, uuid.UUID], Decimal] = defaultdict(Decimal)
    held = AgreedShare.objects.filter(holds=True, pool__measure__in=list(measures))
    for pool, contract, amount in held.order_by("pk").values_list("pool", "contract", "amount"):
        found[pool, contract] += amount
    return found
