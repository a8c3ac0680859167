"""What was delivered: acts with their evidence, what they are credited to, who confirms them."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from pathlib import PurePath
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from registry.keys import new_key
from registry.models import Contract, Council
from social_value.models.measures import Measure, exact_amount
from social_value.models.needs import Need

if TYPE_CHECKING:
    from registry.permissions import Powers

SIGNER = Signer(salt="social_value.delivery", sep=".")


def where_to_keep(delivery: "Delivery", filename: str) -> str:
    """By act and content, so that a name never overwrites another file."""
    suffix = PurePath(filename).suffix.lower()[:10]
    return f"evidence/{delivery.act}/{delivery.evidence_mark[:40]}{suffix}"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def standing(self) -> Self:
        """Neither corrected nor taken back, and credited in full."""
        return self.filter(ended_at__isnull=True, credited=True)

    def unanswered_for(self, need: Need) -> Self:
        """Those for a need that its community has not answered."""
        said = Confirmation.objects.filter(delivery=OuterRef("pk"), council__isnull=True)
        return self.standing().filter(~Exists(said), need=need).select_related("measure", "area")

    def of_token(self, token: str) -> "Delivery | None":
        """The record whose community was given this token, if we wrote it."""
        try:
            key = SIGNER.unsign(token)
        except BadSignature:
            return None
        return self.select_related("measure", "need", "area").filter(pk=key).first()

    def like(
        self, contracts: Collection[UUID], *, measure: str, amount: Decimal, done_on: date
    ) -> Self:
        """Those that may be the same act: as much on the same day, by one of the same suppliers."""
        of_suppliers = Contract.objects.filter(
            supplier__in=Contract.objects.filter(pk__in=contracts).values("supplier"),
            supplier_withheld=False,  # or asking would tell whose another council's contract is
        )
        credited = Credit.objects.filter(
            Q(contract__in=contracts) | Q(contract__in=of_suppliers), delivery=OuterRef("pk")
        )
        same = self.standing().filter(measure=measure, amount=amount, done_on=done_on)
        return same.filter(Exists(credited))

    def seen_by(self, powers: "Powers") -> Self:
        """By those who act for a council whose contract it is credited to."""
        if powers.administrator:
            return self
        return self.filter(
            Exists(Credit.objects.filter(delivery=OuterRef("pk"), council__in=powers.councils))
        )


class Delivery(models.Model):
    """An act that keeps promises: so much of a measure, done on a day, with its evidence.

    Nothing is overwritten. A correction is a row of its own that ends the one it corrects; both
    tell of the same act, and of an act one row stands at most. `credited` is set once its credits
    come to its amount exactly: a trigger on both databases refuses it otherwise, and refuses
    credits that come later.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    act = models.UUIDField(db_index=True, help_text="the first record of it")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="correction"
    )
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="deliveries")
    amount = exact_amount()
    done_on = models.DateField()
    area = models.ForeignKey(
        Council, models.PROTECT, related_name="+", help_text="in whose area it was done"
    )
    # Not public: both may name people.
    place = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=500, blank=True, help_text="what was done")
    evidence = models.FileField(upload_to=where_to_keep, max_length=300, blank=True)
    evidence_name = models.CharField(max_length=255, blank=True)
    evidence_link = models.URLField(max_length=1000, blank=True)
    evidence_mark = models.CharField(max_length=64, help_text="of the file's bytes, or the link")
    # A pool's id follows from what it is of: pools themselves are replaced.
    pool = models.UUIDField(null=True, blank=True)
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="deliveries")
    credited = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_because = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-done_on", "-pk"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["act"],
                condition=Q(ended_at__isnull=True),
                name="delivery_stands_once_per_act",
            ),
            models.UniqueConstraint(
                fields=["measure", "done_on", "amount", "evidence_mark"],
                condition=Q(ended_at__isnull=True),
                name="delivery_recorded_once",
            ),
            models.CheckConstraint(name="delivery_delivers_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="delivery_has_evidence",
                condition=~Q(evidence_mark="") & (~Q(evidence="") | ~Q(evidence_link="")),
            ),
            models.CheckConstraint(
                name="delivery_ended_says_why",
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount.normalize():f} of {self.measure_id} on {self.done_on}"

    def get_absolute_url(self) -> str:
        return reverse("social_value:delivery", args=[self.pk])

    @property
    def token(self) -> str:
        """For the community's contact, who has no account: stands for this record alone."""
        return SIGNER.sign(str(self.pk))


class CreditQuerySet(models.QuerySet["Credit"]):
    def standing(self) -> Self:
        return self.filter(delivery__ended_at__isnull=True, delivery__credited=True)

    def confirmed(self) -> Self:
        """What counts as delivered: its council agrees, and the community where it was for one."""
        agreed = Confirmation.objects.filter(delivery=OuterRef("delivery"), agrees=True)
        return self.standing().filter(
            Exists(agreed.filter(council=OuterRef("council"))),
            Q(delivery__need__isnull=True) | Exists(agreed.filter(council__isnull=True)),
        )


class Credit(models.Model):
    """What of an act counts for one contract, in the measure's unit.

    All credits of an act come to all of it, exactly: a hundred per cent, counted once.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="credits", db_index=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="delivery_credits")
    council = models.ForeignKey(Council, models.PROTECT, related_name="+")
    amount = exact_amount()

    objects = CreditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "contract"], name="credit_once_per_act"),
            models.CheckConstraint(name="credit_gives_something", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.amount} to {self.contract_id}"


class Confirmation(models.Model):
    """Whether a council whose contract is credited, or the community, says that it happened so."""

    delivery = models.ForeignKey(
        Delivery, models.CASCADE, related_name="confirmations", db_index=False
    )
    council = models.ForeignKey(
        Council, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="none: the community",
    )  # fmt: skip
    agrees = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField(auto_now_add=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "council"], name="confirmation_once_per_council"
            ),
            models.UniqueConstraint(
                fields=["delivery"],
                condition=Q(council__isnull=True),
                name="confirmation_once_by_the_community",
            ),
            models.CheckConstraint(
                name="confirmation_that_disagrees_says_why",
                condition=Q(agrees=True) | ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council_id or 'The community'}: {'yes' if self.agrees else 'no'}"
