"""Opportunities worked out from the registry, and the frameworks they could use."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from procurement.joining import when
from registry.models import Category, Contract, Council, Grouping
from registry.permissions import Powers

# What a saving is multiplied by to put a list in order; no figure shown depends on it. Our own
# judgement of how likely a pool comes off: at once, once a specification or exits are agreed.
READINESS = {
    Category.Pooling.NOW: 1.0,
    Category.Pooling.SPECIFICATION: 0.6,
    Category.Pooling.EXIT: 0.4,
    Category.Pooling.NO: 0.1,
}


def joined_by(councils: Iterable[str]) -> models.QuerySet["Member", Any]:
    """Ids of the opportunities that contracts of these councils could join."""
    return Member.objects.filter(council__in=councils).values("opportunity")


class OpportunityQuerySet(models.QuerySet["Opportunity"]):
    def planned(self) -> Self:
        """Those of each plan, without runners-up: in these a contract counts once a grouping."""
        return self.filter(alternative=False)

    def worthwhile(self) -> Self:
        """Those whose middle saving is not eaten by the work of buying together."""
        least = Assumption.objects.filter(pk="least_saving").values("value")
        return self.filter(saving_mid__gte=Coalesce(Subquery(least), Value(Decimal(0))))

    def for_list(self) -> Self:
        return self.select_related("category", "grouping")

    def with_contracts_told_to(self, reader: Powers) -> Self:
        """With the contracts that could join, as this reader may know them."""
        published = Contract.objects.as_published_to(reader)
        return self.prefetch_related(Prefetch("members__contract", published))

    def seen_by(self, powers: Powers) -> Self:
        """Buyers see those of their groupings, officers those their councils could join."""
        if powers.administrator:
            return self.all()
        return self.filter(Q(grouping__in=powers.groupings) | Q(pk__in=joined_by(powers.councils)))

    def of_councils(self, codes: Iterable[str]) -> Self:
        """Those that contracts of these councils could join."""
        return self.filter(pk__in=joined_by(codes))

    def best_first(self) -> Self:
        """Councils about to merge first: they must settle it anyway. Then by the middle saving
        times how readily such things are pooled.
        """
        merging = Case(
            When(grouping__kind=Grouping.Kind.SUCCESSOR, then=Value(0)), default=Value(1)
        )
        readiness = Case(
            *(When(category__pooling=kind, then=Value(share)) for kind, share in READINESS.items()),
            output_field=models.FloatField(),
        )
        return self.order_by(merging, (F("saving_mid") * readiness).desc(), "start_date", "pk")

    def of_pairs(self, pairs: Iterable[tuple[str, str]]) -> Self:
        """Those of these (category, grouping) pairs."""
        by_category: dict[str, set[str]] = defaultdict(set)
        for category, grouping in pairs:
            by_category[category].add(grouping)
        wanted = [Q(category=c, grouping__in=g) for c, g in by_category.items()]
        return self.filter(reduce(or_, wanted)) if wanted else self.none()


class Opportunity(models.Model):
    """One start date on which councils of a grouping could replace contracts of a category.

    Derived: replaced by every rebuild. Its identity is category, grouping and start date, so
    the id (worked out from them) stays the same while they do.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    category = models.ForeignKey(Category, models.CASCADE, related_name="opportunities")
    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="opportunities")
    start_date = models.DateField()
    alternative = models.BooleanField(default=False, help_text="a runner-up, not in the plan")
    councils = models.PositiveIntegerField()
    contracts = models.PositiveIntegerField()
    annual_value = models.DecimalField(max_digits=16, decimal_places=2)
    total_value = models.DecimalField(max_digits=16, decimal_places=2)
    saving_low = models.DecimalField(max_digits=16, decimal_places=2)
    saving_mid = models.DecimalField(max_digits=16, decimal_places=2)
    saving_high = models.DecimalField(max_digits=16, decimal_places=2)
    saving_method = models.CharField(max_length=30)
    saving_reasons = models.JSONField(default=list)
    regime_alone = models.CharField(max_length=60)
    regime_pooled = models.CharField(max_length=60)
    regime_note = models.CharField(max_length=300, blank=True)
    hhi = models.PositiveIntegerField(help_text="concentration of suppliers by value, 0 to 10,000")
    routes = models.JSONField(default=list, help_text="references of frameworks that could serve")

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        ordering = ["-saving_mid", "start_date"]
        verbose_name_plural = "opportunities"
        constraints = [
            models.UniqueConstraint(
                fields=["category", "grouping", "start_date"], name="opportunity_once_per_date"
            ),
            models.CheckConstraint(
                name="opportunity_needs_two_councils", condition=models.Q(councils__gte=2)
            ),
            models.CheckConstraint(
                name="opportunity_saving_is_a_range",
                condition=models.Q(saving_low__gte=0)
                & models.Q(saving_mid__gte=models.F("saving_low"))
                & models.Q(saving_high__gte=models.F("saving_mid")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} in {self.grouping_id} from {self.start_date}"

    def get_absolute_url(self) -> str:
        return reverse("procurement:opportunity", args=[self.pk])


class Member(models.Model):
    """A contract that could be replaced on an opportunity's date, and what that asks of it."""

    class Action(models.TextChoices):
        NOTHING = "nothing", "Nothing to do"
        EXTEND = "extend", "Extend"
        NOTICE = "notice", "Give notice"
        BREAK = "break", "Use the break"

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="members")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="opportunities")
    council = models.ForeignKey(Council, models.CASCADE, related_name="+", db_index=False)
    earliest_exit = models.DateField(null=True, blank=True)
    latest_end = models.DateField(null=True, blank=True)
    action = models.CharField(max_length=10, choices=Action)
    action_by = models.DateField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    annual_value = models.DecimalField(max_digits=16, decimal_places=2)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "contract"], name="member_once_per_opportunity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.action}"

    @property
    def published_value(self) -> Decimal | None:
        return None if self.contract.value_withheld else self.annual_value


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


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def for_list(self) -> Self:
        return self.prefetch_related("categories", "lots")


class Framework(models.Model):
    """An agreement councils can call off from; its dates decide which joint buys it can serve."""

    class Kind(models.TextChoices):
        FRAMEWORK = "framework", "Framework"
        OPEN = "open framework", "Open framework"
        DYNAMIC_MARKET = "dynamic market", "Dynamic market"

    reference = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    scheme_ends = models.DateField(
        null=True, blank=True, help_text="last day of an open framework's scheme"
    )
    fee_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    categories = models.ManyToManyField(Category, related_name="frameworks", blank=True)
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
                condition=models.Q(starts__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
            ),
            models.CheckConstraint(
                name="framework_scheme_ends_last",
                condition=models.Q(ends__isnull=True)
                | models.Q(scheme_ends__isnull=True)
                | models.Q(scheme_ends__gte=models.F("ends")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"

    def get_absolute_url(self) -> str:
        return reverse("procurement:framework", args=[self.pk])

    @property
    def suppliers_may_join(self) -> str:
        return when(self.kind)


class Lot(models.Model):
    """A part of a framework."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="lots")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="lot_once_per_framework"),
        ]

    def __str__(self) -> str:
        return self.name
