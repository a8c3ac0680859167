"""Joint buys that councils have begun: kept as they were found, whatever later rebuilds find."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from procurement.cost_shares import Rule
from procurement.members import DEEDS
from procurement.models.opportunities import lines_of
from procurement.track_record import Forecast
from registry.models import Category, Contract, Council, Grouping, User
from registry.models.councils import CouncilQuerySet
from registry.permissions import Powers


class JointBuyQuerySet(models.QuerySet["JointBuy"]):
    def seen_by(self, powers: Powers) -> Self:
        """Buyers see those of their groupings, officers those their councils are asked into."""
        if powers.administrator:
            return self.all()
        taking_part = Participant.objects.filter(council__in=powers.councils).values("joint_buy")
        return self.filter(Q(grouping__in=powers.groupings) | Q(pk__in=taking_part))

    def for_list(self) -> Self:
        return self.select_related("category", "grouping")


class JointBuy(models.Model):
    """An opportunity that somebody took up, with its date and its figures of that day.

    It has the id of the opportunity it was, so the two are found by one another while both are.
    """

    class CostRule(models.TextChoices):
        EQUALLY = Rule.EQUALLY.value, "Equally"
        BY_QUANTITY = Rule.BY_QUANTITY.value, "By what each buys"
        BY_LEAD = Rule.BY_LEAD.value, "The lead bears them"

    id = models.UUIDField(primary_key=True, editable=False)
    category = models.ForeignKey(Category, models.PROTECT, related_name="joint_buys")
    grouping = models.ForeignKey(Grouping, models.PROTECT, related_name="joint_buys")
    kept_councils = models.ManyToManyField(
        Council,
        related_name="+",
        blank=True,
        help_text="of a grouping worked out when it began, as on that day",
    )
    start_date = models.DateField()
    begun_on = models.DateField(help_text="the day whose figures these are")
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    councils = models.PositiveIntegerField()
    contracts = models.PositiveIntegerField()
    annual_value = models.DecimalField(max_digits=16, decimal_places=2)
    total_value = models.DecimalField(max_digits=16, decimal_places=2)
    saving_low = models.DecimalField(max_digits=16, decimal_places=2)
    saving_mid = models.DecimalField(max_digits=16, decimal_places=2)
    saving_high = models.DecimalField(max_digits=16, decimal_places=2)
    saving_reasons = models.TextField(blank=True, help_text="a line each")
    regime_alone = models.CharField(max_length=60)
    regime_pooled = models.CharField(max_length=60)

    closing_date = models.DateField(null=True, blank=True, help_text="last day to commit")
    closed_at = models.DateTimeField(null=True, blank=True)
    late_cap = models.PositiveIntegerField(
        null=True, blank=True, help_text="so many may late joiners add between them; none if blank"
    )
    costs = models.DecimalField(
        max_digits=12, decimal_places=2, null=True, blank=True, help_text="of the lead, in pounds"
    )
    cost_rule = models.CharField(max_length=20, choices=CostRule, default=CostRule.EQUALLY)

    objects = JointBuyQuerySet.as_manager()

    class Meta:
        ordering = ["start_date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "grouping", "start_date"], name="joint_buy_once_per_date"
            ),
            models.CheckConstraint(
                name="joint_buy_late_cap_is_positive",
                condition=Q(late_cap__isnull=True) | Q(late_cap__gt=0),
            ),
            models.CheckConstraint(
                name="joint_buy_costs_are_not_negative",
                condition=Q(costs__isnull=True) | Q(costs__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} in {self.grouping_id} from {self.start_date}"

    def get_absolute_url(self) -> str:
        return reverse("procurement:joint_buy", args=[self.pk])

    @property
    def reasons(self) -> list[str]:
        return lines_of(self.saving_reasons)

    @property
    def saving(self) -> Forecast:
        """As it was found on the day it began."""
        return Forecast(self.saving_low, self.saving_mid, self.saving_high)

    @property
    def of_its_councils(self) -> str:
        """What a council of its grouping is."""
        return f"{'among the' if self.grouping.worked_out else 'in'} {self.grouping}"

    def may_ask_in(self, day: date) -> CouncilQuerySet:
        """Councils of its grouping: its members that day, or those kept when it began."""
        if self.grouping.worked_out:
            kept = self.kept_councils.values("pk")
            return Council.objects.existing_on(day).filter(pk__in=kept)
        return Council.objects.in_grouping(self.grouping_id, day)

    def open_on(self, day: date) -> bool:
        """Whether councils may still move on its ladder."""
        return self.closed_at is None and (self.closing_date is None or day <= self.closing_date)


class JointBuyMemberQuerySet(models.QuerySet["JointBuyMember"]):
    def told_to(self, reader: Powers) -> Self:
        """With their contracts, as this reader may know them today."""
        published = Contract.objects.as_published_to(reader).select_related("supplier")
        found = self.select_related("council").order_by("council__name", "pk")
        return found.prefetch_related(Prefetch("contract", published))


class JointBuyMember(models.Model):
    """A contract that could be replaced, and what the date asked of it, on the day it began."""

    joint_buy = models.ForeignKey(JointBuy, models.CASCADE, related_name="members")
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="joint_buys")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    action = models.CharField(max_length=10, choices=[(str(a), deed) for a, deed in DEEDS.items()])
    action_by = models.DateField(null=True, blank=True)
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    annual_value = models.DecimalField(max_digits=16, decimal_places=2)
    because = models.CharField(max_length=300, blank=True)

    objects = JointBuyMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["joint_buy", "contract"], name="joint_buy_member_once_per_contract"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id}: {self.action}"

    @property
    def shown_value(self) -> Decimal | None:
        """Pounds a year on that day, unless the value has been withheld from the reader since."""
        return None if getattr(self.contract, "hides_value", True) else self.annual_value


class Participant(models.Model):
    """A council asked into a joint buy; on which step of the ladder it stands is in its pledges."""

    joint_buy = models.ForeignKey(JointBuy, models.CASCADE, related_name="participants")
    council = models.ForeignKey(Council, models.PROTECT, related_name="participations")
    leads = models.BooleanField(default=False)
    late_quantity = models.PositiveIntegerField(
        null=True, blank=True, help_text="admitted after closing, for so many"
    )
    invited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["council__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["joint_buy", "council"], name="participant_once_per_council"
            ),
            models.UniqueConstraint(
                fields=["joint_buy"], condition=Q(leads=True), name="participant_one_leads"
            ),
            models.CheckConstraint(
                name="participant_late_quantity_is_positive",
                condition=Q(late_quantity__isnull=True) | Q(late_quantity__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id} in {self.joint_buy_id}"


class ExpectedPrice(models.Model):
    """What each is expected to cost from so many on; only the lead and the buyer see it."""

    joint_buy = models.ForeignKey(JointBuy, models.CASCADE, related_name="expected_prices")
    least_quantity = models.PositiveIntegerField()
    price = models.DecimalField(max_digits=12, decimal_places=2)

    class Meta:
        ordering = ["least_quantity"]
        constraints = [
            models.UniqueConstraint(
                fields=["joint_buy", "least_quantity"], name="expected_price_once_per_quantity"
            ),
            models.CheckConstraint(
                name="expected_price_is_positive",
                condition=Q(price__gt=0) & Q(least_quantity__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price} from {self.least_quantity}"
