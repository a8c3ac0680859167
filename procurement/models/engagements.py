"""Early talks with suppliers, written down for every other supplier to read."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from procurement.models.joint_buys import JointBuy
from registry.keys import new_key
from registry.models import Category, Council, Grouping
from registry.permissions import Powers


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def for_list(self) -> Self:
        """The latest first."""
        found = self.select_related("category", "council", "grouping", "joint_buy__grouping")
        return found.order_by("-held_on", "-pk")


class Engagement(models.Model):
    """Who met whom, when and about what, before a tender: preliminary market engagement.

    Everybody sees it, save for whom to ask and the joint buy it is about. One recorded by mistake
    is withdrawn, never changed.
    """

    class How(models.TextChoices):
        MEETING = "meeting", "Meeting"
        CALL = "call", "Call"
        EVENT = "event", "Event for suppliers"
        DEMONSTRATION = "demonstration", "Demonstration"
        WRITING = "writing", "Questions in writing"

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    held_on = models.DateField()
    how = models.CharField(max_length=20, choices=How)
    category = models.ForeignKey(Category, models.PROTECT, related_name="engagements")
    joint_buy = models.ForeignKey(
        JointBuy, models.PROTECT, null=True, blank=True, related_name="engagements"
    )
    council = models.ForeignKey(
        Council, models.PROTECT, null=True, blank=True, related_name="engagements"
    )
    grouping = models.ForeignKey(
        Grouping, models.PROTECT, null=True, blank=True, related_name="engagements"
    )
    suppliers = models.CharField(max_length=1000, help_text="firms, one a line")
    told = models.CharField(max_length=3000, help_text="what they were told and asked")
    document_url = models.URLField(max_length=500, blank=True)
    notice = models.CharField(max_length=60, blank=True, help_text="UK2 notice or its ocid")
    no_notice_because = models.CharField(max_length=500, blank=True)
    contact = models.CharField(max_length=200, blank=True, help_text="shown to its own side alone")
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EngagementQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["held_on", "id"], name="engagement_by_day")]
        constraints = [
            models.CheckConstraint(
                name="engagement_is_of_a_council_or_a_grouping",
                condition=Q(council__isnull=True) ^ Q(grouping__isnull=True),
            ),
            models.CheckConstraint(
                name="engagement_has_a_notice_or_says_why_not",
                condition=~Q(notice="") | ~Q(no_notice_because=""),
            ),
            models.CheckConstraint(
                name="engagement_says_with_whom_and_what", condition=~Q(suppliers="") & ~Q(told="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} of {self.held_on}"

    @property
    def held_by(self) -> Council | Grouping | None:
        return self.council or self.grouping

    @property
    def firms(self) -> list[str]:
        return self.suppliers.splitlines()

    def of_side(self, powers: Powers) -> bool:
        """Whether this person acts for whoever recorded it."""
        return powers.administrator or (
            self.council_id in powers.councils or self.grouping_id in powers.groupings
        )
