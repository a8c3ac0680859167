"""Saying what becomes of a contract when its council is replaced."""

from django.db import transaction
from django.utils import timezone

from registry.models import Contract, Council, HandoverDecision, User


@transaction.atomic
def decide_handover(
    contract: Contract, *, outcome: str, successor: Council, by: User | None
) -> HandoverDecision:
    """It stands from now on; what stood before stays on record. Asking twice decides once."""
    standing = HandoverDecision.objects.standing().filter(contract=contract)
    same = standing.filter(outcome=outcome, successor=successor)
    standing.exclude(pk__in=same.values("pk")).update(taken_back_at=timezone.now())
    made, _ = same.get_or_create(
        defaults={
            "contract": contract,
            "outcome": outcome,
            "successor": successor,
            "decided_by": by,
        }
    )
    return made


@transaction.atomic
def take_back_handover(contract: Contract) -> None:
    """Nothing is decided of it any more; that it was stays on record."""
    standing = HandoverDecision.objects.standing().filter(contract=contract)
    standing.update(taken_back_at=timezone.now())
