"""What belongs to a framework: its awards, lots, suppliers on lots, and contracts under it."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from procurement.frameworks.joining import Stated, Window
from procurement.frameworks.law import Award
from procurement.models.frameworks import Framework
from registry.models import Category, Contract, Supplier


class FrameworkAward(models.Model):
    """One award of a framework, past or planned, and when suppliers can apply for it.

    An open framework's scheme is the sequence of these.
    """

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="awards")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    awarded_on = models.DateField()
    ends = models.DateField(null=True, blank=True)
    apply_from = models.DateField(null=True, blank=True)
    apply_to = models.DateField(null=True, blank=True)
    single_supplier = models.BooleanField(default=False)
    source = models.CharField(max_length=300)
    as_at = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "number"], name="framework_award_once_per_number"
            ),
            models.CheckConstraint(
                name="framework_award_ends_after_it",
                condition=Q(ends__isnull=True) | Q(ends__gte=models.F("awarded_on")),
            ),
            models.CheckConstraint(
                name="framework_award_window_closes_after_it_opens",
                condition=Q(apply_from__isnull=True)
                | Q(apply_to__isnull=True)
                | Q(apply_to__gte=models.F("apply_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.framework_id}, award {self.number}"

    def as_award(self) -> Award:
        return Award(self.awarded_on, self.ends, self.single_supplier)

    def window(self) -> Window:
        stated = Stated(self.source, self.as_at)
        return Window(self.apply_from, self.apply_to, self.awarded_on, stated)


class Lot(models.Model):
    """A part of a framework."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="lots")
    number = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    name = models.CharField(max_length=200)
    categories = models.ManyToManyField(Category, related_name="lots", blank=True)
    maximum_value = models.DecimalField(
        max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="lot_once_per_framework"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """Lot 1a hosting, where its name begins with its owner’s number; else Lot 2: hosting."""
        own = self.name[:1].isdigit()
        return f"Lot {self.name}" if own else f"Lot {self.number}: {self.name}"


class LotSupplier(models.Model):
    """A supplier on a lot as its source names it, and the registry's supplier where it is known."""

    lot = models.ForeignKey(Lot, models.CASCADE, related_name="suppliers")
    name = models.CharField(max_length=300)
    company_number = models.CharField(max_length=20, blank=True)
    charity_number = models.CharField(max_length=50, blank=True)
    other_id = models.CharField(max_length=200, blank=True)
    # Derived, and replaced as the registry learns names and numbers.
    supplier = models.ForeignKey(
        Supplier, models.SET_NULL, null=True, blank=True, related_name="lots"
    )
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "name"], name="lot_supplier_once_per_name"),
        ]

    def __str__(self) -> str:
        return self.name


class CallOff(models.Model):
    """A contract whose register names the framework it was bought under. Derived, and replaced."""

    class By(models.TextChoices):
        REFERENCE = "reference", "By its reference"
        NAME = "name", "By its name"

    contract = models.OneToOneField(Contract, models.CASCADE, related_name="call_off")
    framework = models.ForeignKey(Framework, models.CASCADE, related_name="call_offs")
    by = models.CharField(max_length=10, choices=By)
    doubt = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.contract_id} under {self.framework_id}"
