"""What is coming: contracts that end, and what councils intend as each quarter shows it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from procurement.demand import half_year
from procurement.models.opportunities import Pair, in_pairs
from registry.models import Category, Grouping


class Area(models.TextChoices):
    """The groupings that demand is counted by. Of these, nations and regions never overlap."""

    REGION = Grouping.Kind.REGION.value, "Nations and regions"
    COMBINED_AUTHORITY = Grouping.Kind.COMBINED_AUTHORITY.value, "Combined authorities"
    COUNTY = Grouping.Kind.COUNTY.value, "Counties"


class EndingDemandQuerySet(models.QuerySet["EndingDemand"]):
    def between(self, first: date, last: date) -> Self:
        """Of half-years that begin from one day to another."""
        return self.filter(half__range=(first, last))

    def of_pairs(self, pairs: Iterable[Pair] | None) -> Self:
        """Those of these (category, area) pairs; all of them where none are named."""
        return self if pairs is None else self.filter(in_pairs(pairs, grouping="area"))


class EndingDemand(models.Model):
    """Public contracts of a category that end in a half-year, of the councils of an area.

    Worked out from contracts as everybody sees them, and replaced whenever they change and as each
    day begins: of the half-year under way those are counted that end from that day on.
    """

    code = models.CharField(max_length=80, primary_key=True)
    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    area = models.ForeignKey(Grouping, models.CASCADE, related_name="+")
    half = models.DateField(help_text="first day of the half of councils' financial year")
    contracts = models.PositiveIntegerField()
    with_value = models.PositiveIntegerField(help_text="those whose value is known and published")
    yearly_value = models.DecimalField(max_digits=16, decimal_places=2)

    objects = EndingDemandQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "area", "half"], name="ending_demand_once_per_cell"
            ),
        ]
        indexes = [models.Index(fields=["half", "code"], name="ending_demand_by_half")]

    def __str__(self) -> str:
        return str(self.code)

    @property
    def ends_in(self) -> str:
        return half_year(self.half).short


class DemandSnapshotQuerySet(models.QuerySet["DemandSnapshot"]):
    def released_by(self, day: date) -> Self:
        return self.filter(released_on__lte=day)

    def newest(self, day: date) -> "DemandSnapshot | None":
        """The one that everybody sees on a day as the newest."""
        return self.released_by(day).order_by("-quarter").first()


class DemandSnapshot(models.Model):
    """What councils intended as a quarter began: made once, never changed, seen from one day on."""

    quarter = models.DateField(primary_key=True, help_text="first day of the quarter")
    released_on = models.DateField(help_text="from this day on everybody sees it")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = DemandSnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["quarter"]
        constraints = [
            models.CheckConstraint(
                name="demand_snapshot_is_released_in_or_after_its_quarter",
                condition=Q(released_on__gt=F("quarter")),
            ),
        ]

    def __str__(self) -> str:
        return f"As of {self.quarter}"


class OfReleasedQuerySet(models.QuerySet[Any]):
    """Rows of snapshots; whoever shows them asks for those released by a day."""

    def released_by(self, day: date) -> Self:
        return self.filter(snapshot__released_on__lte=day)


class IntendedDemand(models.Model):
    """A cell of a snapshot: so much is intended, of a category, in one area, from a half-year on.

    `held` is what stands behind it, `{council: quantity}`: it decides when enough has changed.
    Nobody is shown it.
    """

    code = models.CharField(max_length=80, primary_key=True)
    snapshot = models.ForeignKey(DemandSnapshot, models.PROTECT, related_name="intentions")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    area = models.ForeignKey(Grouping, models.PROTECT, related_name="+")
    half = models.DateField(help_text="first day of the half-year in which purchases start")
    low = models.PositiveIntegerField(help_text="at least so many")
    below = models.PositiveIntegerField(help_text="and fewer than so many")
    held = models.JSONField()

    objects = OfReleasedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "category", "area", "half"],
                name="intended_demand_once_per_cell",
            ),
            models.CheckConstraint(
                name="intended_demand_is_a_band", condition=Q(low__gt=0, below__gt=F("low"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.code)

    @property
    def starts_in(self) -> str:
        return half_year(self.half).short


class DemandPrice(models.Model):
    """What many councils pay for a category's unit, as a snapshot tells it: a wide, whole band."""

    code = models.CharField(max_length=80, primary_key=True)
    snapshot = models.ForeignKey(DemandSnapshot, models.PROTECT, related_name="prices")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    unit = models.CharField(max_length=120)
    low = models.DecimalField(max_digits=16, decimal_places=4)
    high = models.DecimalField(max_digits=16, decimal_places=4)

    objects = OfReleasedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "category", "unit"], name="demand_price_once_per_unit"
            ),
            models.CheckConstraint(
                name="demand_price_is_a_band", condition=Q(low__gt=0, high__gte=F("low"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.code)
