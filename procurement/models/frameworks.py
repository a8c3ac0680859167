"""Frameworks that councils can call off from, and their lots."""

from typing import Self

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from procurement.joining import when
from registry.models import Category


class FrameworkQuerySet(models.QuerySet["Framework"]):
    def for_list(self) -> Self:
        return self.prefetch_related("categories", "lots")


class Framework(models.Model):
    """An agreement councils can call off from; its dates decide which joint buys it can serve."""

    class Kind(models.TextChoices):
        FRAMEWORK = "framework", "Framework"
        OPEN = "open framework", "Open framework"
        DYNAMIC_MARKET = "dynamic market", "Dynamic market"

    reference = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    scheme_ends = models.DateField(
        null=True, blank=True, help_text="last day of an open framework's scheme"
    )
    fee_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    categories = models.ManyToManyField(Category, related_name="frameworks", blank=True)
    users = models.CharField(max_length=300, blank=True, help_text="who may use it")
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    edited = models.BooleanField(default=False)

    objects = FrameworkQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="framework_ends_after_it_starts",
                condition=models.Q(starts__isnull=True)
                | models.Q(ends__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
            ),
            models.CheckConstraint(
                name="framework_scheme_ends_last",
                condition=models.Q(ends__isnull=True)
                | models.Q(scheme_ends__isnull=True)
                | models.Q(scheme_ends__gte=models.F("ends")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.reference})"

    def get_absolute_url(self) -> str:
        return reverse("procurement:framework", args=[self.pk])

    @property
    def suppliers_may_join(self) -> str:
        return when(self.kind)


class Lot(models.Model):
    """A part of a framework."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="lots")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="lot_once_per_framework"),
        ]

    def __str__(self) -> str:
        return self.name
