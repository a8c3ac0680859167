"""Frameworks that councils can call off from: their lots, awards, suppliers and call-offs."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from procurement.framework_law import Award, Law, Terms
from procurement.joining import Joining, Stated, Window, joining, when
from registry.models import Category, Contract, Grouping, Membership, Supplier


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def for_list(self) -> Self:
        return self.prefetch_related("categories", "lots", "awards")

    def in_full(self) -> Self:
        """With all that the API tells of each in a list, its owner's other names among it."""
        owners: Any = apps.get_model("procurement", "FrameworkOwner")
        names = owners.objects.filter(pk=OuterRef("owner")).values("other_names")[:1]
        called = self.annotate(owner_other_names=Coalesce(Subquery(names), Value("")))
        return called.for_list().prefetch_related("places", "lots__categories")

    def serving(self, category: str) -> Self:
        """For a category, as a whole or in one of its lots."""
        return self.filter(Q(categories=category) | Q(lots__categories=category)).distinct()

    def live_on(self, day: date) -> Self:
        """Usable by buyers on a day, as far as its dates are known."""
        return self.filter(
            Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day)
        )

    def joinable_on(self, day: date) -> Self:
        """Suppliers can apply on a day: markets that stand, and awards whose window is open."""
        window = FrameworkAward.objects.filter(
            framework=OuterRef("pk"), apply_from__lte=day, apply_to__gte=day
        )
        markets = self.live_on(day).filter(kind=Framework.Kind.DYNAMIC_MARKET)
        return self.filter(Q(pk__in=markets.values("pk")) | Exists(window))

    def usable_by(self, council: str, day: date) -> Self:
        """Less those that say they are not for a council: not its place, or not its class."""
        groupings = Membership.objects.on(day).filter(council=council).values("grouping")
        here = self.model.places.through.objects.filter(framework=OuterRef("pk"))
        return self.exclude(open_to=Framework.OpenTo.OTHERS).filter(
            ~Exists(here) | Exists(here.filter(grouping__in=groupings))
        )


@dataclass(frozen=True, slots=True)
class StatedDay:
    """A date of a framework with where it is stated and as of when."""

    label: str
    day: date
    source: str
    as_at: date


class Framework(models.Model):
    """An agreement councils can call off from; its dates decide which joint buys it can serve."""

    class Kind(models.TextChoices):
        FRAMEWORK = "framework", "Framework"
        OPEN = "open framework", "Open framework"
        DYNAMIC_MARKET = "dynamic market", "Dynamic market"

    class Sector(models.TextChoices):
        ORDINARY = "", "None of these"
        SPECIAL = "special", "Defence and security, or utilities"
        LIGHT_TOUCH = "light touch", "Light touch services"

    class Suppliers(models.TextChoices):
        UNKNOWN = "", "Not known"
        ONE = "one", "One supplier"
        SEVERAL = "several", "Several, up to a limit"
        NO_LIMIT = "no limit", "Any number"

    class CallOffBy(models.TextChoices):
        UNKNOWN = "", "Not known"
        DIRECT = "direct award", "Direct award"
        COMPETITION = "competition", "Competition between its suppliers"
        EITHER = "either", "Direct award or competition"

    class OpenTo(models.TextChoices):
        UNKNOWN = "", "Not known"
        PUBLIC_BODIES = "public bodies", "Any public body"
        LOCAL = "local authorities", "Local authorities"
        NAMED = "named bodies", "Bodies it names"
        OTHERS = "other bodies", "Other bodies, not councils"

    class Vat(models.TextChoices):
        UNKNOWN = "", "Not known"
        GROSS = "gross", "Including VAT"
        NET = "net", "Without VAT"

    reference = models.CharField(
        max_length=60,
        primary_key=True,
        validators=[
            RegexValidator(
                r"^[^/\x00-\x1f]+$", "Give the reference without a slash, as in RM1557.15."
            )
        ],
    )
    name = models.CharField(max_length=200)
    other_names = models.CharField(max_length=500, blank=True, help_text="divided by |")
    ocid = models.CharField(max_length=100, blank=True)
    owner = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    sector = models.CharField(max_length=20, choices=Sector, blank=True)
    suppliers = models.CharField(max_length=20, choices=Suppliers, blank=True)
    call_off_by = models.CharField(max_length=20, choices=CallOffBy, blank=True)
    starts = models.DateField(null=True, blank=True)
    starts_source = models.CharField(max_length=300, blank=True)
    starts_as_at = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    ends_source = models.CharField(max_length=300, blank=True)
    ends_as_at = models.DateField(null=True, blank=True)
    scheme_ends = models.DateField(
        null=True, blank=True, help_text="last day of an open framework's scheme"
    )
    scheme_ends_source = models.CharField(max_length=300, blank=True)
    scheme_ends_as_at = models.DateField(null=True, blank=True)
    longer_because = models.CharField(
        max_length=300, blank=True, help_text="why it lasts longer than the law's usual term"
    )
    fee_percent = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    maximum_value = models.DecimalField(
        max_digits=16, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    maximum_value_vat = models.CharField(max_length=10, choices=Vat, blank=True)
    categories = models.ManyToManyField(Category, related_name="frameworks", blank=True)
    open_to = models.CharField(max_length=20, choices=OpenTo, blank=True)
    places = models.ManyToManyField(Grouping, related_name="frameworks", blank=True)
    users = models.CharField(max_length=300, blank=True, help_text="who may use it")
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    edited = models.BooleanField(default=False)

    objects = FrameworkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="framework_ends_after_it_starts",
                condition=Q(starts__isnull=True)
                | Q(ends__isnull=True)
                | Q(ends__gte=models.F("starts")),
            ),
            models.CheckConstraint(
                name="framework_scheme_ends_last",
                condition=Q(ends__isnull=True)
                | Q(scheme_ends__isnull=True)
                | Q(scheme_ends__gte=models.F("ends")),
            ),
            models.CheckConstraint(
                name="framework_fee_is_a_share",
                condition=Q(fee_percent__isnull=True) | Q(fee_percent__range=(0, 100)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"

    def get_absolute_url(self) -> str:
        return reverse("procurement:framework", args=[self.pk])

    @property
    def suppliers_may_join(self) -> str:
        return when(self.kind)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by, its own first."""
        return (self.name, *filter(None, map(str.strip, self.other_names.split("|"))))

    @property
    def every_category(self) -> frozenset[str]:
        """Of the whole and of its lots."""
        of_lots = {one.pk for lot in self.lots.all() for one in lot.categories.all()}
        return frozenset({one.pk for one in self.categories.all()} | of_lots)

    @property
    def last_day(self) -> date | None:
        """Of its scheme where it has one."""
        return self.scheme_ends or self.ends

    def terms(self) -> Terms:
        """Its dates, as the law looks at them."""
        return Terms(
            kind=self.kind,
            starts=self.starts,
            ends=self.ends,
            scheme_ends=self.scheme_ends,
            awards=[one.as_award() for one in self.awards.all()],
            sector=self.sector,
            suppliers=self.suppliers,
            longer_because=self.longer_because,
        )

    def windows(self) -> list[Window]:
        return [one.window() for one in self.awards.all()]

    def joining(self, law: Law, *, today: date) -> Joining:
        """Whether a supplier can join it now, or when next."""
        stated = Stated(self.source, self.as_at)
        return joining(self.terms(), self.windows(), law, today=today, stated=stated)

    def stated_days(self) -> list[StatedDay]:
        """Its dates, each with its own source, or the framework's where it has none."""
        labels = {"starts": "Starts", "ends": "Ends", "scheme_ends": "Scheme ends"}
        return [
            StatedDay(
                label,
                day,
                getattr(self, f"{name}_source") or self.source,
                getattr(self, f"{name}_as_at") or self.as_at,
            )
            for name, label in labels.items()
            if (day := getattr(self, name))
        ]


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
