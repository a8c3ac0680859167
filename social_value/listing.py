"""Pools as the command line prints them. Names are an interface."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from registry.bulk import in_batches
from registry.models import Contract
from registry.permissions import EVERYBODY
from social_value.models import AgreedPool, Pool, Share, Unpooled

SHARE = (
    *("pool_id", "commitment_id", "amount", "commitment__quantity"),
    *("commitment__contract_id", "commitment__council_id"),
)
SUPPLIER = ("pk", "shown_supplier", "shown_supplier_name")


def pools_json() -> list[dict[str, Any]]:
    """All of them, those for needs first; suppliers as everybody may know them."""
    shares = shares_by_pool()
    suppliers = suppliers_of({share.contract for held in shares.values() for share in held})
    pools = Pool.objects.select_related("measure").in_order()
    return [pool_json(one, shares[one.pk], suppliers) for one in pools]


@dataclass(frozen=True, slots=True)
class Given:
    """A share, with what is told of its promise."""

    commitment: uuid.UUID
    amount: Decimal
    promised: Decimal
    contract: uuid.UUID
    council: str


def shares_by_pool() -> dict[uuid.UUID, list[Given]]:
    """All shares in one query: pools may be more than one question can name."""
    found: dict[uuid.UUID, list[Given]] = defaultdict(list)
    shares = Share.objects.order_by("pool", "commitment").values_list(*SHARE)
    for pool, *columns in shares.iterator():
        found[pool].append(Given(*columns))
    return found


def suppliers_of(contracts: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[Any, str]]:
    """Identifier and name by contract; blank where they are withheld."""
    found: dict[uuid.UUID, tuple[Any, str]] = {}
    for batch in in_batches(contracts):
        published = Contract.objects.filter(pk__in=batch).as_published_to(EVERYBODY)
        for key, supplier, name in published.values_list(*SUPPLIER):
            found[key] = (supplier, name)
    return found


def pool_json(
    one: Pool | AgreedPool, shares: list[Given], suppliers: dict[uuid.UUID, tuple[Any, str]]
) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "measure": one.measure_id,
        "unit": one.measure.unit,
        "place": one.place,
        "group": one.group,
        "from": one.starts.isoformat(),
        "to": one.ends.isoformat(),
        "amount": exact(sum((share.amount for share in shares), Decimal(0))),
        "useful_amount": exact(one.useful_amount),
        "need": str(one.need_id) if one.need_id else None,
        "because": one.because,
        "shares": [share_json(share, *suppliers[share.contract]) for share in shares],
    }


def share_json(share: Given, supplier: Any, name: str) -> dict[str, Any]:
    return {
        "commitment": str(share.commitment),
        "contract": str(share.contract),
        "council": share.council,
        "supplier": str(supplier) if supplier else None,
        "supplier_name": name,
        "promised": exact(share.promised),
        "amount": exact(share.amount),
    }


def agreed_json() -> list[dict[str, Any]]:
    """Pools put to their parties that stand: how each stands, and what it is made of."""
    found = AgreedPool.objects.standing().for_list()
    suppliers = suppliers_of({share.contract_id for one in found for share in one.shares.all()})
    return [{**pool_json(one, kept_shares(one), suppliers), "state": one.state} for one in found]


def kept_shares(one: AgreedPool) -> list[Given]:
    return [
        Given(share.commitment, share.amount, share.promised, share.contract_id, share.council_id)
        for share in one.shares.all()
    ]


def unpooled_json() -> list[dict[str, Any]]:
    return [
        {
            "measure": one.measure_id,
            "place": one.place,
            "group": one.group,
            "amount": exact(one.amount),
            "missing": exact(one.missing),
        }
        for one in Unpooled.objects.order_by("measure", "place", "group")
    ]


def exact(amount: Decimal) -> str:
    """All of it, without noughts that say nothing: 61, not 61.0000."""
    return f"{amount.normalize():f}"
