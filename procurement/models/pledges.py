"""What councils said of a joint buy, what came of it, and its minutes: only ever added to."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from procurement.models.joint_buys import JointBuy, Participant
from procurement.switching import Switching, as_stated
from registry.models import Council, User


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def standing(self) -> Self:
        """The latest word of each council."""
        later = Pledge.objects.filter(participant=OuterRef("participant"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later))

    def standing_at(self, moment: datetime) -> Self:
        """The latest word of each council before a moment, whatever it said since."""
        before = Pledge.objects.filter(said_at__lt=moment)
        later = before.filter(participant=OuterRef("participant"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), said_at__lt=moment)

    def of(self, joint_buy: JointBuy) -> Self:
        found = self.filter(participant__joint_buy=joint_buy)
        return found.select_related("participant__council", "wants_lead", "said_by")


class Pledge(models.Model):
    """One council's word on where it stands; its latest stands, and none is ever changed."""

    class Step(models.TextChoices):
        WATCHING = "watching", "Watching"
        INTERESTED = "interested", "Interested"
        INTENDS = "intends", "Intends to buy"
        COMMITS = "commits", "Commits, on conditions"
        SIGNED = "signed", "Signed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="pledges")
    step = models.CharField(max_length=20, choices=Step)
    quantity_low = models.PositiveIntegerField(null=True, blank=True)
    quantity_expected = models.PositiveIntegerField(null=True, blank=True)
    quantity_high = models.PositiveIntegerField(null=True, blank=True)
    specification = models.JSONField(default=dict, blank=True, help_text="attributes by name")
    switching_once = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, help_text="pounds, paid once"
    )
    switching_yearly = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, help_text="pounds a year"
    )
    would_lead = models.BooleanField(default=False)
    least_councils = models.PositiveIntegerField(null=True, blank=True)
    least_quantity = models.PositiveIntegerField(null=True, blank=True)
    most_price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    wants_lead = models.ForeignKey(Council, models.PROTECT, null=True, blank=True, related_name="+")
    said_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="pledge_quantities_are_a_range",
                condition=Q(
                    quantity_low__isnull=True,
                    quantity_expected__isnull=True,
                    quantity_high__isnull=True,
                )
                | Q(
                    quantity_low__gt=0,
                    quantity_expected__gte=F("quantity_low"),
                    quantity_high__gte=F("quantity_expected"),
                ),
            ),
            models.CheckConstraint(
                name="pledge_from_intent_on_has_quantities",
                condition=~Q(step__in=["intends", "commits", "signed"])
                | Q(quantity_expected__isnull=False),
            ),
            models.CheckConstraint(
                name="pledge_conditions_are_of_commitments",
                condition=Q(step="commits")
                | Q(
                    least_councils__isnull=True,
                    least_quantity__isnull=True,
                    most_price__isnull=True,
                    wants_lead__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="pledge_switching_costs_something_from_intent_on",
                condition=Q(switching_once__isnull=True, switching_yearly__isnull=True)
                | Q(step__in=["intends", "commits", "signed"])
                & (Q(switching_once__isnull=True) | Q(switching_once__gte=0))
                & (Q(switching_yearly__isnull=True) | Q(switching_yearly__gte=0)),
            ),
            models.CheckConstraint(
                name="pledge_price_is_positive",
                condition=Q(most_price__isnull=True) | Q(most_price__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id}: {self.step}"

    @property
    def switching(self) -> Switching | None:
        """What the council says switching costs it; None where it says nothing."""
        return as_stated(self.switching_once, self.switching_yearly)

    @property
    def conditional(self) -> bool:
        asked = (self.least_councils, self.least_quantity, self.most_price, self.wants_lead_id)
        return any(one is not None for one in asked)


class Resolution(models.Model):
    """Which commitments held together when somebody asked, and which fell out and why.

    `outcomes` has one entry per commitment: council, holds, round and reasons, each reason a
    lack, what was asked and what there was (`procurement.stable.Reason`).
    """

    joint_buy = models.ForeignKey(JointBuy, models.CASCADE, related_name="resolutions")
    lead = models.ForeignKey(Council, models.PROTECT, null=True, blank=True, related_name="+")
    quantity = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    outcomes = models.JSONField(default=list)
    resolved_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.joint_buy_id}: {len(self.holding)} hold"

    @property
    def holding(self) -> list[str]:
        return [one["council"] for one in self.outcomes if one["holds"]]


class Minute(models.Model):
    """One line of a joint buy's minutes: what was settled, or what somebody wrote down."""

    joint_buy = models.ForeignKey(JointBuy, models.CASCADE, related_name="minutes")
    text = models.CharField(max_length=2000)
    by_hand = models.BooleanField(default=False, help_text="written by a person, not the service")
    written_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="minute_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text[:60]
