"""What an officer says that words promise, and taking it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from registry.models import Contract, User
from social_value.actions.commitments import Looked, read_contracts
from social_value.models import CommitmentDecision
from social_value.promises import key_of


@transaction.atomic
def decide(contract: Contract, words: str, *, by: User | None, **said: Any) -> Looked:
    """Let the officer's word stand for these words, in place of any before it."""
    key = key_of(words)
    if words:
        standing = CommitmentDecision.objects.standing().filter(contract=contract, key=key)
        standing.update(withdrawn_at=timezone.now())
    CommitmentDecision.objects.create(
        contract=contract, words=words, key=key, decided_by=by, **said
    )
    return read_contracts([contract.pk])


@transaction.atomic
def withdraw(contract: Contract, decision: int) -> Looked:
    """Let reading judge again; nothing happens if it was taken back already."""
    standing = CommitmentDecision.objects.standing().filter(contract=contract, pk=decision)
    standing.update(withdrawn_at=timezone.now())
    return read_contracts([contract.pk])
