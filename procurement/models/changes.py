"""What was touched, and the changes that the feed tells, each in its place for good."""

from typing import Self

from django.db import models


class Kind(models.TextChoices):
    """What the feed tells of."""

    CONTRACT = "contract", "Contract"
    SUPPLIER = "supplier", "Supplier"
    FRAMEWORK = "framework", "Framework"


class Touched(models.Model):
    """Something a transaction changed. Written by the database (`procurement.watching`) alone.

    Rows are only added, so no transaction waits for another; one that is rolled back leaves none.
    """

    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=60)
    # False where something else changed, upon which only depends whether it is told at all.
    own = models.BooleanField(default=True, db_default=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ChangeQuerySet(models.QuerySet["Change"]):
    def of(self, kind: str) -> Self:
        return self.filter(kind=kind)


class Change(models.Model):
    """The newest change of one thing. Its id is its place: places are given out after commit.

    One at a time gives them out (`procurement.actions.changes`), so whoever has read up to a
    place will find whatever they have not read behind it.
    """

    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=60)
    standing = models.BooleanField(help_text="whether it was told to the public when placed")
    placed_at = models.DateTimeField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="change_newest_of_its_thing"),
        ]
        indexes = [models.Index(fields=["kind", "id"], name="change_by_kind_and_place")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.kind} {self.key}"
