"""What law and market say, dated and with a source: thresholds, savings elsewhere, assumptions."""

from django.core.exceptions import ValidationError
from django.db import models
from simple_history.models import HistoricalRecords

from registry.models import Category


class Threshold(models.Model):
    """A legal amount that applies between two days."""

    code = models.CharField(max_length=60)
    meaning = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    vat = models.CharField(max_length=40)
    applies_from = models.DateField()
    applies_to = models.DateField(null=True, blank=True)
    nation = models.CharField(max_length=100, blank=True, help_text="where it applies")
    source = models.CharField(max_length=300)
    edited = models.BooleanField(default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["code", "applies_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "applies_from"], name="threshold_once_per_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.applies_from}"


class SavingPrior(models.Model):
    """What pooling a category has saved elsewhere, as a range in per cent, before own evidence."""

    category = models.OneToOneField(Category, models.CASCADE, related_name="saving_prior")
    low_percent = models.DecimalField(max_digits=5, decimal_places=2)
    mid_percent = models.DecimalField(max_digits=5, decimal_places=2)
    high_percent = models.DecimalField(max_digits=5, decimal_places=2)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    edited = models.BooleanField(default=False)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="saving_prior_is_a_range",
                condition=models.Q(low_percent__gte=0)
                & models.Q(mid_percent__gte=models.F("low_percent"))
                & models.Q(high_percent__gte=models.F("mid_percent"))
                & models.Q(high_percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id}: {self.low_percent} to {self.high_percent} per cent"


# The least and the most that an assumption in a unit can be and still be reckoned with.
HORIZON = ("lead_months", "plan_months")
RANGES = {
    "months": (1, 120),
    "days": (0, 730),
    "working days": (0, 100),
    "councils": (2, 1_000),
    "suppliers": (1, 1_000),
    "dates": (0, 20),
    "steps": (1, 100),
    "times": (1, 1_000),
    "per cent": (0, 100),
    "share": (0, 1),
    "of the axis": (0, 1),
    "HHI": (0, 10_000),
    "pounds": (0, 100_000_000),
}
IN_PARTS = {"times", "per cent", "share", "of the axis", "pounds"}


class Assumption(models.Model):
    """A number the service assumes until somebody says otherwise: lead time, term, fee, VAT."""

    code = models.CharField(max_length=60, primary_key=True)
    meaning = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=10, decimal_places=4)
    unit = models.CharField(max_length=30)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    edited = models.BooleanField(default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code}: {self.value} {self.unit}"

    def clean(self) -> None:
        """What pages could not be reckoned with is refused where it is typed."""
        if self.value is None or self.unit not in RANGES:
            return
        least, most = RANGES[self.unit]
        whole = self.unit not in IN_PARTS
        if not least <= self.value <= most or (whole and self.value % 1):
            number = "a whole number" if whole else "a number"
            words = f"Give {number} from {least:,} to {most:,} ({self.unit})."
            raise ValidationError({"value": words})
        self._leaves_a_day_to_start_on()

    def _leaves_a_day_to_start_on(self) -> None:
        """Plans hold what starts after a procurement's time and before they look no further."""
        if self.code not in HORIZON:
            return
        [other] = {*HORIZON} - {self.code}
        held = Assumption.objects.filter(pk=other).values_list("value", flat=True).first()
        if held is None:
            return
        lead, plan = (self.value, held) if other == "plan_months" else (held, self.value)
        if lead >= plan:
            which = "fewer" if other == "plan_months" else "more"
            words = (
                f"Give {which} than the {held:.0f} months of {other}, or nothing could be found."
            )
            raise ValidationError({"value": words})


class FrameworkRule(models.Model):
    """A number of years that the law sets for frameworks, between two days."""

    code = models.CharField(max_length=60)
    years = models.PositiveSmallIntegerField()
    meaning = models.CharField(max_length=200)
    applies_from = models.DateField()
    applies_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    edited = models.BooleanField(default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["code", "applies_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "applies_from"], name="framework_rule_once_per_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} from {self.applies_from}"
