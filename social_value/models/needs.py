"""What community organisations need, as a council posts it for them."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from registry.keys import new_key
from registry.models import Council
from social_value.models.measures import Measure, exact_amount


class NeedQuerySet(models.QuerySet["Need"]):
    def approved(self) -> Self:
        return self.filter(state=Need.State.APPROVED)

    def open_on(self, day: date) -> Self:
        """Approved, and not past the day it is needed by."""
        return self.approved().filter(wanted_by__gte=day)


class Need(models.Model):
    """So much of a measure that an organisation needs at a council, by a day.

    The contact is for councils and never public.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", "Waits for the council"
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"
        CLOSED = "closed", "No longer needed"

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="needs")
    organisation = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="needs")
    amount = exact_amount()
    group = models.CharField(max_length=60, blank=True)
    wanted_from = models.DateField()
    wanted_by = models.DateField()
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["wanted_by", "pk"]
        constraints = [
            models.CheckConstraint(name="need_asks_for_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="need_ends_on_or_after_it_begins",
                condition=Q(wanted_by__gte=F("wanted_from")),
            ),
            models.CheckConstraint(
                name="need_is_decided_by_somebody_on_a_day",
                condition=Q(state="proposed") | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title
