"""Categories, and what people decided of which contracts are of which."""

import re
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from registry.models.councils import Council

# The time that a unit's price is for: "user/month" is a user, paid for each month.
FOR_A_TIME = re.compile(r"/(?:month|year|yr)\b")


class CategoryQuerySet(models.QuerySet["Category"]):
    def bought_together(self) -> Self:
        """Those that joint buys are made of: neither custom work nor things that are not IT."""
        return self.filter(kind=Category.Kind.COMMODITY)


class Category(models.Model):
    """A kind of thing councils buy, and its place on the sharing grid."""

    class Kind(models.TextChoices):
        COMMODITY = "commodity", "Commodity IT"
        OUT = "out", "IT, not a commodity"
        NON = "non", "Not IT"

    class Pooling(models.TextChoices):
        NOW = "A", "Pool now"
        SPECIFICATION = "B", "Agree a specification first"
        EXIT = "C", "Align dates and exit first"
        NO = "no", "Do not pool"

    code = models.CharField(max_length=10, primary_key=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.COMMODITY)
    cpv_prefixes = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=50, blank=True)
    evolution = models.FloatField(null=True, blank=True, help_text="0 novel to 1 commodity")
    visibility = models.FloatField(
        null=True, blank=True, help_text="0 back office to 1 close to residents"
    )
    pooling = models.CharField(max_length=4, choices=Pooling, default=Pooling.NO)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    edited = models.BooleanField(default=False)

    objects = CategoryQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "categories"
        constraints = [
            models.CheckConstraint(
                name="category_place_is_on_the_grid",
                condition=(Q(evolution__isnull=True) | Q(evolution__range=(0, 1)))
                & (Q(visibility__isnull=True) | Q(visibility__range=(0, 1))),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("registry:category", args=[self.pk])

    @property
    def counted_in(self) -> str:
        """Of what a quantity is: the unit without the time its price is for."""
        return FOR_A_TIME.sub("", self.unit)


class CategoryDecisionQuerySet(models.QuerySet["CategoryDecision"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class CategoryDecision(models.Model):
    """A person's word that contracts of this title are of this category: it outranks the rules."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="category_decisions")
    title = models.CharField(max_length=500, help_text="folded: case and spaces do not count")
    category = models.ForeignKey(Category, models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # The work that followed: judging contracts of the title everywhere.
    job = models.ForeignKey(
        "registry.Job", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = CategoryDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "title"],
                condition=Q(withdrawn_at__isnull=True),
                name="category_decision_stands_once_per_title",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.category_id}"
