"""How the dates of plans came to be what they are: a line a date and day, kept over rebuilds."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q

from procurement.plan_changes import Change, Figures
from registry.models import Category, Grouping


class PlanChangeQuerySet(models.QuerySet["PlanChange"]):
    def of_plan(self, category: str, grouping: str) -> Self:
        """The latest first."""
        found = self.filter(category=category, grouping=grouping)
        return found.order_by("-day", "start_date")


class PlanChange(models.Model):
    """One date of a plan on a day on which a rebuild found, changed or lost it."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="+", db_index=False)
    grouping = models.ForeignKey(Grouping, models.CASCADE, related_name="+")
    start_date = models.DateField()
    day = models.DateField()
    before = models.JSONField(null=True, help_text="councils, contracts and pounds a year")
    after = models.JSONField(null=True, help_text="none where the date left the plan")

    objects = PlanChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "start_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "grouping", "start_date", "day"], name="plan_change_once_a_day"
            ),
            models.CheckConstraint(
                name="plan_change_changes_something",
                condition=Q(before__isnull=False) | Q(after__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} in {self.grouping_id} from {self.start_date} on {self.day}"

    @classmethod
    def of(cls, change: Change, day: date) -> "PlanChange":
        category, grouping, start = change.key
        return cls(
            category_id=category,
            grouping_id=grouping,
            start_date=start,
            day=day,
            before=written(change.before),
            after=written(change.after),
        )

    @property
    def change(self) -> Change:
        key = (self.category_id, self.grouping_id, self.start_date)
        return Change(key, read(self.before), read(self.after))


def written(one: Figures | None) -> list[int | str] | None:
    return [one.councils, one.contracts, str(one.annual_value)] if one else None


def read(row: list[Any] | None) -> Figures | None:
    return Figures(row[0], row[1], Decimal(row[2])) if row else None
