"""Linking contracts to the frameworks their registers name, as both stand now."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import transaction

from procurement.call_offs import Found, Known, find
from procurement.models import CallOff, Framework
from registry.bulk import in_batches
from registry.models import Contract
from registry.models.contracts import ContractQuerySet

LINK = ("framework_id", "by", "doubt")


@transaction.atomic
def link_call_offs(councils: Collection[str] | None = None) -> int:
    """Make the links what registers and frameworks now say; how many of them changed.

    Of all contracts, or of some councils' where only their registers changed.
    """
    named = Contract.objects.standing().exclude(framework="")
    rows = CallOff.objects.all()
    if councils is not None:
        named = named.filter(council__in=councils)
        rows = rows.filter(contract__council__in=councils)
    held = {key: link for key, *link in rows.values_list("contract", *LINK)}
    wanted = {key: link_of(found) for key, found in meant_by(named)}
    for some in in_batches(key for key in held if key not in wanted):
        CallOff.objects.filter(contract__in=some).delete()
    changed = [key for key, link in wanted.items() if held.get(key) != link]
    CallOff.objects.bulk_create(
        (CallOff(contract_id=key, **dict(zip(LINK, wanted[key], strict=True))) for key in changed),
        batch_size=1_000,
        update_conflicts=True,  # another process may link the same meanwhile
        unique_fields=["contract"],
        update_fields=["framework", "by", "doubt"],
    )
    return len(changed) + len(held.keys() - wanted.keys())


def link_of(found: Found) -> list[str]:
    return [found.reference, found.by, found.doubt[:500]]


def meant_by(named: ContractQuerySet) -> Iterator[tuple[UUID, Found]]:
    """Contracts whose words mean a framework we know; each distinct wording is looked at once."""
    known = [Known(one.pk, one.names) for one in Framework.objects.all()]
    texts = named.order_by().values_list("framework", flat=True).distinct()
    meant = {text: found for text in texts if (found := find(text, known))}
    for some in in_batches(meant):
        rows = named.filter(framework__in=some).order_by().values_list("pk", "framework")
        for key, text in rows.iterator(chunk_size=5_000):
            yield key, meant[text]
