"""Opportunities worked out from the registry, and the contracts that could join them."""

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

from procurement.models.reference import Assumption
from procurement.track_record import Forecast
from registry.models import Category, Contract, Council, Grouping
from registry.permissions import Powers

# The assumption that says how likely pools of such categories come off: at once, once a
# specification or exits are agreed. It puts lists in order; no saving shown is multiplied by it.
LIKELIHOOD = {
    Category.Pooling.NOW: "likelihood_now",
    Category.Pooling.SPECIFICATION: "likelihood_specification",
    Category.Pooling.EXIT: "likelihood_exit",
    Category.Pooling.NO: "likelihood_no",
}
ONE = Decimal(1)  # where reference data is not loaded


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

    def with_likelihood(self) -> Self:
        """How readily such things are pooled, from nothing to 1: a judgement of this service."""
        held = Assumption.objects.values("value")
        share = Case(
            *(
                When(category__pooling=kind, then=Coalesce(Subquery(held.filter(pk=code)), ONE))
                for kind, code in LIKELIHOOD.items()
            ),
            default=ONE,
            output_field=models.DecimalField(),
        )
        return self.annotate(likelihood=share)

    def best_first(self) -> Self:
        """Councils about to merge first: they must settle it anyway. Then by the middle saving
        times how likely it comes off.
        """
        merging = Case(
            When(grouping__kind=Grouping.Kind.SUCCESSOR, then=Value(0)), default=Value(1)
        )
        likely = F("saving_mid") * F("likelihood")
        found = self.with_likelihood()
        return found.order_by(merging, likely.desc(), "start_date", "pk")

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
    # Whose council had it worked out, where it is not stored.
    opened_by = ""

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
        if self.opened_by:
            return reverse("procurement:together_on", args=self.opened_at)
        return reverse("procurement:opportunity", args=[self.pk])

    @property
    def saving(self) -> Forecast:
        return Forecast(self.saving_low, self.saving_mid, self.saving_high)

    @property
    def opened_at(self) -> list[str]:
        """What stands in the address of one that is worked out."""
        return [
            self.opened_by,
            self.grouping_id,
            self.category_id,
            self.start_date.isoformat(),
        ]

    @property
    def interest_address(self) -> str:
        if self.opened_by:
            return reverse("procurement:together_interest", args=self.opened_at)
        return reverse("procurement:interest", args=[self.pk])


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
