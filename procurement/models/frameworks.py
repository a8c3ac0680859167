"""Frameworks that councils can call off from, and how they are asked for."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.apps import apps
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from procurement.frameworks.joining import Joining, Stated, Window, joining, when
from procurement.frameworks.law import Law, Terms
from registry.models import Category, Grouping, Membership

# Columns with words by which people know a framework.
CALLED = ("name", "other_names", "reference", "owner", "owner_other_names")


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def for_list(self) -> Self:
        return self.prefetch_related("categories", "lots", "awards")

    def in_full(self) -> Self:
        """With all that the API tells of each in a list."""
        return self.with_owner_names().for_list().prefetch_related("places", "lots__categories")

    def with_owner_names(self) -> Self:
        """`owner_other_names`: what its owner goes or went by beside its own name."""
        owners: Any = apps.get_model("procurement", "FrameworkOwner")
        names = owners.objects.filter(pk=OuterRef("owner")).values("other_names")[:1]
        return self.annotate(owner_other_names=Coalesce(Subquery(names), Value("")))

    def called(self, words: str) -> Self:
        """Those with every word in their reference, or in a name of theirs or of their owner."""
        found = self.with_owner_names()
        for word in words.split():
            somewhere = (Q(**{f"{column}__icontains": word}) for column in CALLED)
            found = found.filter(reduce(or_, somewhere))
        return found

    def soonest_over(self) -> Self:
        """By their last day, of the scheme where there is one; those not known last."""
        last = Coalesce("scheme_ends", "ends").asc(nulls_last=True)
        return self.order_by(last, "name", "pk")

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
        awards: Any = apps.get_model("procurement", "FrameworkAward")
        window = awards.objects.filter(
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
