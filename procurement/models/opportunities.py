"""Opportunities worked out from the registry, which name the contracts that could join them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Case, F, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from procurement.models.reference import Assumption
from procurement.track_record import Forecast
from registry.models import Category, Changed, Grouping, Membership
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
# A category and a grouping: what is planned together and rebuilt together.
Pair = tuple[str, str]


def listed(codes: Iterable[str]) -> str:
    """As a column keeps them, each found by itself with a blank on either side."""
    return f" {' '.join(codes)} "


def as_lines(words: Iterable[str]) -> str:
    """As a column keeps them, a line each."""
    return "\n".join(one.replace("\n", " ") for one in words)


def lines_of(text: str) -> list[str]:
    """As `as_lines` joined them; `splitlines` would break at more signs than that."""
    return text.split("\n") if text else []


def joined_by(councils: Iterable[str]) -> Q:
    """Opportunities that contracts of these councils could join.

    The groupings they are or were in narrow it down by index: a column of text has none.
    """
    groupings = Membership.objects.filter(council__in=councils).values("grouping")
    return Q(grouping__in=groupings) & naming(councils)


def naming(councils: Iterable[str]) -> Q:
    """The same by what opportunities say alone, wherever their councils are now."""
    named = [Q(council_codes__contains=listed([code])) for code in councils]
    return reduce(or_, named) if named else Q(pk__in=())


def in_pairs(pairs: Iterable[Pair], *, grouping: str) -> Q:
    """Rows of these categories and groupings, by what the column of the grouping is called."""
    by_category: dict[str, set[str]] = defaultdict(set)
    for category, of in pairs:
        by_category[category].add(of)
    wanted = [Q(("category", c), (f"{grouping}__in", g)) for c, g in by_category.items()]
    return reduce(or_, wanted) if wanted else Q(pk__in=())


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

    def seen_by(self, powers: Powers) -> Self:
        """Buyers see those of their groupings, officers those their councils could join."""
        if powers.administrator:
            return self.all()
        return self.filter(Q(grouping__in=powers.groupings) | joined_by(powers.councils))

    def of_councils(self, codes: Iterable[str]) -> Self:
        """Those that contracts of these councils could join."""
        return self.filter(joined_by(codes))

    def touched_by(self, marks: Collection[Changed]) -> Self:
        """Those that hold contracts of what is marked, of councils that left their grouping too."""
        categories = {mark.category_id for mark in marks}
        return self.filter(naming({m.council_id for m in marks}), category__in=categories)

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

    def best_first(self, *, pays_from: Decimal | None = None) -> Self:
        """Councils about to merge first: they must settle it anyway. Then by the middle saving
        times how likely it comes off. Where so much a year pays for the work, what does goes
        before all that does not.
        """
        merging = Case(
            When(grouping__kind=Grouping.Kind.SUCCESSOR, then=Value(0)), default=Value(1)
        )
        likely = F("saving_mid") * F("likelihood")
        found = self.with_likelihood()
        ordered = merging, likely.desc(), "start_date", "pk"
        if pays_from is None:
            return found.order_by(*ordered)
        pays = Case(When(saving_mid__gte=pays_from, then=Value(0)), default=Value(1))
        return found.order_by(pays, *ordered)

    def of_pairs(self, pairs: Iterable[Pair] | None) -> Self:
        """Those of these (category, grouping) pairs; all of them where none are named."""
        return self if pairs is None else self.filter(in_pairs(pairs, grouping="grouping"))


class Opportunity(models.Model):
    """One start date on which councils of a grouping could replace contracts of a category.

    Derived: replaced by every rebuild. Its identity is category, grouping and start date, so
    the id (worked out from them) stays the same while they do. It names the contracts that join;
    what the date asks of each is worked out when it is opened (`procurement.who_joins`).
    """

    id = models.UUIDField(primary_key=True, editable=False)
    # Without an index of its own: that of the constraint below begins with it.
    category = models.ForeignKey(
        Category, models.CASCADE, related_name="opportunities", db_index=False
    )
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
    saving_reasons = models.TextField(help_text="a line each")
    regime_alone = models.CharField(max_length=60)
    regime_pooled = models.CharField(max_length=60)
    regime_note = models.CharField(max_length=300, blank=True)
    hhi = models.PositiveIntegerField(help_text="concentration of suppliers by value, 0 to 10,000")
    # Text, which both databases write and look into at little cost, and a rebuild compares at none.
    served_by = models.TextField(
        blank=True, help_text="references of frameworks that could serve, a line each"
    )
    joins = models.TextField(help_text="ids of the contracts that could join, between blanks")
    council_codes = models.TextField(help_text="of their councils, between blanks")

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
    def contract_ids(self) -> list[UUID]:
        """Of the contracts that could join."""
        return [UUID(hex=one) for one in self.joins.split()]

    @property
    def reasons(self) -> list[str]:
        """Why the saving may not be real, and how it was estimated."""
        return lines_of(self.saving_reasons)

    @property
    def routes(self) -> list[str]:
        """References of frameworks that could serve."""
        return lines_of(self.served_by)

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
