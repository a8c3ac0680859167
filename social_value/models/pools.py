"""Pools of promises, the shares each is made of, and what no pool could use."""

from decimal import Decimal
from typing import Self
from uuid import UUID, uuid5

from django.db import models
from django.db.models import F, Q

from social_value.models.commitments import Commitment
from social_value.models.measures import Measure, exact_amount
from social_value.models.needs import Need

# Gives a pool the same id whenever its measure, place, group, time and need are the same.
NAMESPACE = UUID("2f6f6a0e-61f3-5c0e-8a39-0b9d5f2f4d17")


def pool_id(*what: object) -> UUID:
    """Of a pool, by its measure, place, group, first and last day, and need or None."""
    return uuid5(NAMESPACE, "/".join("" if one is None else str(one) for one in what))


class PoolQuerySet(models.QuerySet["Pool"]):
    def for_list(self) -> Self:
        return self.select_related("measure", "need").prefetch_related(
            "shares__commitment__council"
        )

    def in_order(self) -> Self:
        """Those for needs first, then by what and where."""
        return self.order_by(F("need").asc(nulls_last=True), "measure", "place", "starts", "pk")


class Pool(models.Model):
    """Promises of one measure that together make something useful, at one place and time.

    Derived: replaced by every rebuild. Its id follows from measure, place, group, time and need.
    How much it is, is what its shares come to: it is stored nowhere else.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="pools")
    place = models.CharField(max_length=40, help_text="code of a grouping or of a council")
    group = models.CharField(max_length=60, blank=True)
    starts = models.DateField()
    ends = models.DateField()
    useful_amount = exact_amount()
    need = models.OneToOneField(Need, models.CASCADE, null=True, blank=True, related_name="pool")
    because = models.JSONField(default=list)

    objects = PoolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pool_ends_on_or_after_it_starts", condition=Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="pool_useful_amount_is_positive", condition=Q(useful_amount__gt=0)
            ),
        ]
        indexes = [models.Index(fields=["measure", "place"], name="pool_by_measure_place")]

    def __str__(self) -> str:
        return f"{self.measure_id} at {self.place} from {self.starts}"

    @property
    def amount(self) -> Decimal:
        return sum((share.amount for share in self.shares.all()), Decimal(0))


class Share(models.Model):
    """What one promise gives to a pool. All shares of a promise come to no more than it promises.

    The database refuses any that would: a trigger on both databases, made by the migration.
    """

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="shares", db_index=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="shares")
    amount = exact_amount()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "commitment"], name="share_once_per_pool"),
            models.CheckConstraint(name="share_gives_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.commitment_id}"


class UnpooledQuerySet(models.QuerySet["Unpooled"]):
    def for_list(self) -> Self:
        """Without those of measures that are no longer pooled, which the next rebuild removes."""
        found = self.filter(measure__useful_amount__isnull=False).select_related("measure")
        return found.order_by("measure", "place", "group")


class Unpooled(models.Model):
    """What promises of a measure at a place have left, and how much more would be useful."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="unpooled")
    place = models.CharField(max_length=40)
    group = models.CharField(max_length=60, blank=True)
    amount = exact_amount()
    missing = exact_amount()

    objects = UnpooledQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "unpooled"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "place", "group"], name="unpooled_once_per_place"
            ),
            models.CheckConstraint(
                name="unpooled_is_something", condition=Q(amount__gt=0) & Q(missing__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.measure_id} at {self.place}"

    @property
    def usable(self) -> Decimal:
        """What of it, and of what else may be used there, can be had at one time."""
        usable: Decimal = (self.measure.useful_amount or Decimal(0)) - self.missing
        return max(usable, Decimal(0))
