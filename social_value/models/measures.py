"""What social value is counted in, and values that a council holds a licence for."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from registry.models import Council

if TYPE_CHECKING:
    from registry.permissions import Powers


def exact_amount(*, optional: bool = False) -> models.DecimalField:
    """So much of a measure's unit, exact to four decimals."""
    return models.DecimalField(max_digits=16, decimal_places=4, null=optional, blank=optional)


class MeasureQuerySet(models.QuerySet["Measure"]):
    def pooled(self) -> Self:
        """Those of which several promises add up; shares of something do not."""
        return self.filter(useful_amount__isnull=False)


class Measure(models.Model):
    """Something that can be promised, in a neutral unit, and how much of it is useful at once."""

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=100)
    theme = models.CharField(max_length=60)
    unit = models.CharField(max_length=30, help_text="one of it: week, hour, device, per cent")
    outcomes = models.CharField(max_length=300, help_text="of the Social Value Model of PPN 002")
    counts = models.CharField(max_length=300)
    does_not_count = models.CharField(max_length=300)
    useful_amount = exact_amount(optional=True)
    useful_name = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    edited = models.BooleanField(default=False)

    objects = MeasureQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["theme", "name"]
        constraints = [
            models.CheckConstraint(
                name="measure_useful_amount_is_positive",
                condition=Q(useful_amount__isnull=True) | Q(useful_amount__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def adds_up(self) -> bool:
        """Shares of something do not."""
        return self.useful_amount is not None


class LicensedValueQuerySet(models.QuerySet["LicensedValue"]):
    def seen_by(self, powers: "Powers") -> Self:
        """A council's own alone: the licence is the council's, not the administrator's."""
        return self.filter(council__in=powers.councils)


class LicensedValue(models.Model):
    """Pounds that a council takes one unit of a measure to be worth, under a licence it holds.

    None comes with the service: the usual ones may not be passed on.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="licensed_values")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    pounds = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=300, help_text="whose values, and under which licence")
    year = models.PositiveSmallIntegerField(help_text="of the prices")
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = LicensedValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "measure", "year"], name="licensed_value_once_per_year"
            ),
            models.CheckConstraint(
                name="licensed_value_has_a_source",
                condition=~Q(source="") & Q(pounds__gte=0) & Q(year__range=(1990, 2200)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} at {self.council_id} in {self.year}"
