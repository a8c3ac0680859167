"""Pools as the command line prints them. Names are an interface."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from registry.bulk import in_batches
from registry.models import Contract
from registry.permissions import EVERYBODY
from social_value.models import Pool, Share, Unpooled

SUPPLIER = ("pk", "shown_supplier", "shown_supplier_name")


def pools_json() -> list[dict[str, Any]]:
    """All of them, those for needs first; suppliers as everybody may know them."""
    pools = list(Pool.objects.for_list().in_order())
    shares = [share for one in pools for share in one.shares.all()]
    suppliers = suppliers_of({share.commitment.contract_id for share in shares})
    return [pool_json(one, suppliers) for one in pools]


def suppliers_of(contracts: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[Any, str]]:
    """Identifier and name by contract; blank where they are withheld."""
    found: dict[uuid.UUID, tuple[Any, str]] = {}
    for batch in in_batches(contracts):
        published = Contract.objects.filter(pk__in=batch).as_published_to(EVERYBODY)
        for key, supplier, name in published.values_list(*SUPPLIER):
            found[key] = (supplier, name)
    return found


def pool_json(one: Pool, suppliers: dict[uuid.UUID, tuple[Any, str]]) -> dict[str, Any]:
    shares = sorted(one.shares.all(), key=lambda share: share.commitment_id)
    return {
        "id": str(one.pk),
        "measure": one.measure_id,
        "unit": one.measure.unit,
        "place": one.place,
        "group": one.group,
        "from": one.starts.isoformat(),
        "to": one.ends.isoformat(),
        "amount": exact(one.amount),
        "useful_amount": exact(one.useful_amount),
        "need": str(one.need_id) if one.need_id else None,
        "because": one.because,
        "shares": [share_json(share, *suppliers[share.commitment.contract_id]) for share in shares],
    }


def share_json(share: Share, supplier: Any, name: str) -> dict[str, Any]:
    return {
        "commitment": str(share.commitment_id),
        "contract": str(share.commitment.contract_id),
        "council": share.commitment.council_id,
        "supplier": str(supplier) if supplier else None,
        "supplier_name": name,
        "promised": exact(share.commitment.quantity),
        "amount": exact(share.amount),
    }


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
