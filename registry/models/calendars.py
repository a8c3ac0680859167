"""Addresses at which a council's decisions can be subscribed to as a calendar."""

from typing import Self

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse

from registry.models.councils import Council

SIGNER = Signer(salt="registry.calendar", sep=".")


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def standing(self) -> Self:
        return self.filter(revoked_at__isnull=True)

    def at(self, token: str) -> "CalendarFeed | None":
        """The feed that was given this token, if we wrote it and nobody revoked it."""
        try:
            key = SIGNER.unsign(token)
        except BadSignature:
            return None
        return self.standing().select_related("council", "made_by").filter(pk=key).first()


class CalendarFeed(models.Model):
    """One person's address for one council: calendar programs fetch it without signing in."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="calendar_feeds")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    with_joint_buys = models.BooleanField(
        default=False, help_text="also closing dates, which are not public"
    )

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "made_by"],
                condition=models.Q(revoked_at__isnull=True),
                name="calendar_feed_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.council_id} for {self.made_by_id}"

    def get_absolute_url(self) -> str:
        return reverse("registry:calendar_feed", args=[self.token])

    @property
    def token(self) -> str:
        return SIGNER.sign(str(self.pk))
