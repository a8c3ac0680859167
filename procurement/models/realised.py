"""What joint buys saved, as councils' finance verified it: only ever added to."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from procurement.models.joint_buys import JointBuy
from registry.models import Council, User


class RealisedSavingQuerySet(models.QuerySet["RealisedSaving"]):
    def standing(self) -> Self:
        """The latest word of each council on each joint buy."""
        later = RealisedSaving.objects.filter(
            joint_buy=OuterRef("joint_buy"), council=OuterRef("council"), pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(later))


class RealisedSaving(models.Model):
    """What one council saves a year since it buys jointly, to be put beside the forecast.

    For its own officers; others see many councils' together, in `procurement.verified`.
    """

    joint_buy = models.ForeignKey(JointBuy, models.PROTECT, related_name="realised")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    amount = models.DecimalField(
        max_digits=14, decimal_places=2, help_text="pounds a year; below nothing if it costs more"
    )
    verified_by = models.CharField(max_length=120, help_text="the post in finance, not a name")
    verified_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = RealisedSavingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="realised_saving_is_verified_by_somebody", condition=~Q(verified_by="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id} saves {self.amount} a year"
