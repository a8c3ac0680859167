"""What councils keep from the public of their contracts, and why."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.models.contracts import Contract


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)


class Withholding(models.Model):
    """A council's decision that a fact of a contract is not to be published, and why."""

    class What(models.TextChoices):
        SUPPLIER = "supplier", "The supplier’s name"
        VALUE = "value", "The value"

    class Reason(models.TextChoices):
        SOLE_TRADER = "sole trader", "The supplier is a person trading alone"
        SECURITY = "security", "Publishing it would put security at risk"
        COMMERCIAL = "commercial", "Publishing it would harm commercial interests"

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="withholdings")
    what = models.CharField(max_length=10, choices=What)
    reason = models.CharField(max_length=20, choices=Reason)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "what"],
                condition=Q(lifted_at__isnull=True),
                name="withholding_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} of {self.contract_id}: {self.get_reason_display()}"
