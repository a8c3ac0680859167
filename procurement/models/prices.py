"""What is shown of unit prices, frozen for a quarter, and who looked at it."""

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from registry.models import Category, Council


class PriceReleaseQuerySet(models.QuerySet["PriceRelease"]):
    def newest(self) -> Self:
        """The last of each category and unit."""
        last = PriceRelease.objects.filter(category=OuterRef("category"), unit=OuterRef("unit"))
        return self.filter(quarter=Subquery(last.order_by("-quarter").values("quarter")[:1]))

    def shown(self) -> Self:
        """Those that give figures; the others say that those before them were taken back."""
        return self.filter(low__isnull=False)

    def most_compared_first(self) -> Self:
        return self.order_by("category", "-councils", "unit")


class PriceRelease(models.Model):
    """The band and the rate of a category and unit, from a quarter on until the next release.

    One for all groupings and filters. `held` is what stands behind it, `{council: price}`: it
    decides when enough has changed, and gives each council its own price; nobody sees another's.
    """

    category = models.ForeignKey(
        Category, models.CASCADE, related_name="price_releases", db_index=False
    )
    unit = models.CharField(max_length=120)
    quarter = models.DateField(help_text="first day of the quarter it was released in")
    looked = models.DateField(help_text="quarter in which it was last asked whether it may change")
    low = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)
    rate_percent = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    councils = models.PositiveIntegerField()
    held = models.JSONField(default=dict)
    set_aside = models.JSONField(
        default=dict, help_text="prices too far from these, by council: told to that council alone"
    )

    objects = PriceReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "unit", "quarter"], name="price_release_once_a_quarter"
            ),
            models.CheckConstraint(
                name="price_release_is_a_band_or_nothing",
                condition=Q(low__isnull=True, high__isnull=True, rate_percent__isnull=True)
                | Q(low__gt=0, high__gte=F("low")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id}, one {self.unit}, from {self.quarter}"

    @property
    def prices(self) -> dict[str, Decimal]:
        return {council: Decimal(price) for council, price in self.held.items()}


class PriceQuery(models.Model):
    """That somebody was shown a band, or a council's position beside it."""

    class What(models.TextChoices):
        BAND = "band", "Band"
        POSITION = "position", "Own position"

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="price_queries"
    )
    what = models.CharField(max_length=10, choices=What)
    council = models.ForeignKey(
        Council, models.CASCADE, null=True, blank=True, related_name="+", help_text="whose position"
    )
    category = models.ForeignKey(Category, models.CASCADE, related_name="+")
    unit = models.CharField(max_length=120)

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "price queries"

    def __str__(self) -> str:
        return f"{self.get_what_display()} of {self.category_id} at {self.at}"
