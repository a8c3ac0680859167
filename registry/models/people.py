"""Who signs in, and what for whom each may act."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from simple_history.models import HistoricalRecords

from registry.models.councils import Council, Grouping

if TYPE_CHECKING:
    from registry.permissions import Powers


class User(AbstractUser):
    """A person who signs in. What they may do is said by their roles."""

    powers: "Powers | None" = None  # kept by `powers_of` once it has asked for the roles


class RoleQuerySet(models.QuerySet["Role"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user).select_related("council", "grouping")


class Role(models.Model):
    """One thing a person may act as: an officer of one council, a buyer for one grouping, ..."""

    class Kind(models.TextChoices):
        OFFICER = "officer", "Procurement officer"
        BUYER = "buyer", "Regional buyer"
        ADMINISTRATOR = "administrator", "Administrator"

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    council = models.ForeignKey(
        Council, models.CASCADE, null=True, blank=True, related_name="roles"
    )
    grouping = models.ForeignKey(
        Grouping, models.CASCADE, null=True, blank=True, related_name="roles"
    )

    objects = RoleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_names_whom_it_is_for",
                condition=(
                    models.Q(kind="officer", council__isnull=False, grouping__isnull=True)
                    | models.Q(kind="buyer", council__isnull=True, grouping__isnull=False)
                    | models.Q(kind="administrator", council__isnull=True, grouping__isnull=True)
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "council"],
                condition=models.Q(kind="officer"),
                name="role_officer_once_per_council",
            ),
            models.UniqueConstraint(
                fields=["user", "grouping"],
                condition=models.Q(kind="buyer"),
                name="role_buyer_once_per_grouping",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(kind="administrator"),
                name="role_administrator_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.council or self.grouping or 'everywhere'}"
