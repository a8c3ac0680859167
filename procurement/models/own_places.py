"""Where a council itself places a category on the sharing grid, and why."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.models import Category, Council


class OwnPlaceQuerySet(models.QuerySet["OwnPlace"]):
    def standing(self) -> Self:
        return self.filter(taken_back_at__isnull=True)


class OwnPlace(models.Model):
    """A council's own word on a category, beside the national place, until it is taken back.

    For the council's officers and administrators; it is never public and moves nobody else's grid.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="own_places")
    category = models.ForeignKey(Category, models.CASCADE, related_name="own_places")
    evolution = models.DecimalField(
        max_digits=3, decimal_places=2, help_text="0 novel to 1 commodity"
    )
    visibility = models.DecimalField(
        max_digits=3, decimal_places=2, help_text="0 back office to 1 close to residents"
    )
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = OwnPlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "category"],
                condition=Q(taken_back_at__isnull=True),
                name="own_place_stands_once",
            ),
            models.CheckConstraint(
                name="own_place_is_on_the_grid",
                condition=Q(evolution__range=(0, 1), visibility__range=(0, 1)),
            ),
            models.CheckConstraint(name="own_place_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.category_id} at {self.council_id}: {self.evolution}, {self.visibility}"
