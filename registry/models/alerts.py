"""What people ask to be told of by e-mail, and how often."""

from django.conf import settings
from django.db import models


class Digest(models.Model):
    """One e-mail in so many days to one person; without one nobody is written to."""

    class Every(models.TextChoices):
        WEEK = "week", "Once a week"
        MONTH = "month", "Once a month"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest")
    every = models.CharField(max_length=10, choices=Every)
    sent_on = models.DateField(null=True, blank=True)
    without = models.JSONField(
        default=list, blank=True, help_text="topics not asked for, as registry.digests knows them"
    )

    def __str__(self) -> str:
        return f"{self.user_id}: {self.get_every_display()}"


class SavedSearch(models.Model):
    """A list narrowed down, kept under a name; what is new in it goes into its person's digest."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches"
    )
    page = models.CharField(max_length=30, help_text="which list, as registry.digests knows it")
    query = models.CharField(max_length=1000, blank=True, help_text="what follows ? in its address")
    name = models.CharField(max_length=100)
    made_at = models.DateTimeField(auto_now_add=True)
    seen = models.JSONField(default=list, help_text="ids found when it was saved or last told")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page", "query"], name="saved_search_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name
