"""What is to become of a contract when its council is replaced, as people decided."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.models.contracts import Contract
from registry.models.councils import Council


class HandoverDecisionQuerySet(models.QuerySet["HandoverDecision"]):
    def standing(self) -> Self:
        return self.filter(taken_back_at__isnull=True)


class HandoverDecision(models.Model):
    """Transfer, host or novate: the outcome for one contract, until it is taken back."""

    class Outcome(models.TextChoices):
        TRANSFER = "transfer", "Transfer: one successor takes it over"
        HOST = "host", "Host: one successor keeps it and serves the others by agreement"
        NOVATE = "novate", "Novate: the supplier agrees to a new party, and may renegotiate"

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="handover_decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    successor = models.ForeignKey(
        Council, models.PROTECT, related_name="+", help_text="who takes it, or hosts it"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(taken_back_at__isnull=True),
                name="handover_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.contract_id} to {self.successor_id}"
