"""Councils and their groupings, dated: they are created, merged and abolished."""

from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from registry.models.rows import FromRow


class CouncilQuerySet(models.QuerySet["Council"]):
    def existing_on(self, day: date) -> Self:
        return self.filter(
            models.Q(created__isnull=True) | models.Q(created__lte=day),
            models.Q(abolished__isnull=True) | models.Q(abolished__gt=day),
        )

    def with_contracts(self) -> Self:
        return self.filter(pk__in=self.filter(contracts__withdrawn=False).values("pk"))

    def in_grouping(self, code: str, day: date) -> Self:
        members = Membership.objects.on(day).filter(grouping=code)
        return self.filter(pk__in=members.values("council"))


class Council(FromRow):
    """One council as it was between two days. Its code is its ONS GSS code."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100)
    type = models.CharField(max_length=50)
    nation = models.CharField(max_length=30)
    region = models.CharField(max_length=50, blank=True)
    county = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="districts"
    )
    created = models.DateField(null=True, blank=True, help_text="First day; unknown when blank.")
    abolished = models.DateField(null=True, blank=True, help_text="First day it was no more.")
    population = models.PositiveIntegerField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    invented = models.BooleanField(
        default=False, help_text="Made up for samples; no such council exists."
    )
    # Codes that earlier files may still use for the same council.
    former_codes = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    edited = models.BooleanField(
        default=False, help_text="An administrator changed it: loading never overwrites it."
    )

    objects = CouncilQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="council_abolished_after_created",
                condition=models.Q(created__isnull=True)
                | models.Q(abolished__isnull=True)
                | models.Q(abolished__gt=models.F("created")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:council", args=[self.pk])

    @property
    def replaced_by(self) -> "CouncilQuerySet":
        return Council.objects.filter(predecessors__predecessor=self)


class Succession(models.Model):
    """One council taking over from another, wholly or in part, on one day."""

    predecessor = models.ForeignKey(Council, models.CASCADE, related_name="successors")
    successor = models.ForeignKey(Council, models.CASCADE, related_name="predecessors")
    vesting_date = models.DateField()
    transfer = models.CharField(max_length=40, help_text="whole, split, or not yet known")
    status = models.CharField(
        max_length=60, help_text="vested, order made, or reported and not confirmed"
    )
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="succession_once_per_pair"
            ),
            models.CheckConstraint(
                name="succession_is_between_two_councils",
                condition=~models.Q(predecessor=models.F("successor")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} to {self.successor_id} on {self.vesting_date}"


class GroupingQuerySet(models.QuerySet["Grouping"]):
    def stored(self) -> Self:
        """Without those a joint buy keeps: that there is one tells of a council's intention."""
        return self.filter(kind__in=[value for value, _ in STORED_KINDS])


class Grouping(models.Model):
    """A named set of councils that might buy together."""

    class Kind(models.TextChoices):
        REGION = "region", "Region"
        COMBINED_AUTHORITY = "combined authority", "Combined authority"
        COUNTY = "county", "County family"
        SUCCESSOR = "successor", "Councils about to merge"
        CONSORTIUM = "consortium", "Consortium"
        # Worked out when opened; here only once a joint buy has begun among them, without members.
        SUPPLIER = "supplier", "Same supplier"
        NEIGHBOURS = "neighbours", "Councils like one"

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=Kind)
    nation = models.CharField(max_length=30)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    edited = models.BooleanField(default=False)
    councils = models.ManyToManyField(Council, through="Membership", related_name="groupings")

    objects = GroupingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def worked_out(self) -> bool:
        """Whether its members are worked out, and kept by each joint buy among them."""
        return self.kind in WORKED_OUT_KINDS


WORKED_OUT_KINDS = frozenset({Grouping.Kind.SUPPLIER, Grouping.Kind.NEIGHBOURS})
STORED_KINDS = [one for one in Grouping.Kind.choices if one[0] not in WORKED_OUT_KINDS]


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        return self.filter(
            models.Q(joined__isnull=True) | models.Q(joined__lte=day),
            models.Q(left__isnull=True) | models.Q(left__gt=day),
        )


class Membership(models.Model):
    """A council in a grouping between two days; open where a day is not known."""

    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="memberships")
    council = models.ForeignKey(Council, models.CASCADE, related_name="memberships")
    joined = models.DateField(null=True, blank=True)
    left = models.DateField(null=True, blank=True, help_text="First day no longer a member.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["grouping", "council", "joined"], name="membership_once_per_spell"
            ),
            models.UniqueConstraint(
                fields=["grouping", "council"],
                condition=models.Q(joined__isnull=True),
                name="membership_once_when_joined_is_unknown",
            ),
            models.CheckConstraint(
                name="membership_left_after_joined",
                condition=models.Q(joined__isnull=True)
                | models.Q(left__isnull=True)
                | models.Q(left__gt=models.F("joined")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id} in {self.grouping_id}"
