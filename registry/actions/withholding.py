"""Withholding a contract's supplier or value from the public, and publishing it again."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from registry.actions.marks import mark_changed
from registry.actions.naming import name_by_use
from registry.models import Contract, User, Withholding


@transaction.atomic
def withhold(contract: Contract, *, what: str, reason: str, by: User | None) -> Withholding:
    """From now on nobody but its council and administrators is shown it; asking twice asks once."""
    standing = Withholding.objects.standing().filter(contract=contract, what=what)
    standing.exclude(reason=reason).update(lifted_at=timezone.now())
    made, _ = standing.get_or_create(
        defaults={"contract": contract, "what": what, "reason": reason, "decided_by": by}
    )
    show(contract.pk, what, withheld=True)
    return made


@transaction.atomic
def withhold_each(contract: Contract, reasons: Mapping[str, str], *, by: User | None) -> None:
    """All that is named, each for its own reason, or nothing."""
    for what, reason in reasons.items():
        withhold(contract, what=what, reason=reason, by=by)


@transaction.atomic
def lift(withholding: Withholding) -> None:
    """Publish it again. That it was withheld, by whom and why, stays on record."""
    Withholding.objects.standing().filter(pk=withholding.pk).update(lifted_at=timezone.now())
    show(withholding.contract_id, withholding.what, withheld=False)


def show(key: UUID, what: str, *, withheld: bool) -> None:
    """Set the contract's flag, and mark what was worked out from it as stale."""
    contracts = Contract.objects.filter(pk=key)
    contracts.update(**{f"{what}_withheld": withheld, "changed_at": timezone.now()})
    name_by_use(one for one in contracts.values_list("supplier", flat=True) if one)
    mark_changed(set(contracts.values_list("category", "council")))
