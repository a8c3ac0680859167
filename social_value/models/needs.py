"""What community organisations need: posted by them, confirmed by e-mail, decided by a council."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Self
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from registry.keys import new_key
from registry.mailboxes import mailbox
from registry.models import Council
from social_value.models.measures import Measure, exact_amount

# SQLite adds up floating numbers: amounts are exact to four decimals.
HALF_A_STEP = Decimal("0.00005")
SIGNER = Signer(salt="social_value.need", sep=".")


class Standing(models.TextChoices):
    """How far promises have come to meet a need."""

    NOTHING = "nothing", "Nothing promised yet"
    POSSIBLE = "possible", "Promises could meet it"
    ASKED = "asked", "Being agreed"
    AGREED = "agreed", "Agreed"
    DELIVERED = "delivered", "Delivered"


class NeedQuerySet(models.QuerySet["Need"]):
    def approved(self) -> Self:
        return self.filter(state=Need.State.APPROVED)

    def open_on(self, day: date) -> Self:
        """Approved, still to be met, and not past the day it is needed by."""
        found = self.approved().filter(wanted_by__gte=day).with_done()
        return found.filter(done__lt=F("amount") - HALF_A_STEP)

    def with_done(self) -> Self:
        """With how much was done for each, as councils and its community confirmed."""
        confirmed = apps.get_model("social_value", "Credit").objects.confirmed()
        of_this = confirmed.filter(delivery__need=OuterRef("pk")).order_by()
        summed = of_this.values("delivery__need").annotate(whole=Sum("amount")).values("whole")
        amount = exact_amount()
        return self.annotate(
            done=Coalesce(Subquery(summed, output_field=amount), Decimal(0), output_field=amount)
        )

    def waiting(self) -> Self:
        """Confirmed by who posted them, and not decided yet; the longest waiting first."""
        return self.filter(state=Need.State.PROPOSED).order_by("entered_at", "pk")

    def for_board(self) -> Self:
        """With whose they are, and the pools that stand for them."""
        found = self.select_related("council", "measure", "pool").with_done()
        return found.prefetch_related("agreed_pools")

    def posted_since(self, moment: datetime, email: str) -> Self:
        """From an address, whatever tags it bears: jo+1@example.org is read by jo@example.org."""
        name, _, domain = mailbox(email).rpartition("@")
        tagged = Q(contact_email__istartswith=f"{name}+", contact_email__iendswith=f"@{domain}")
        plain = Q(contact_email__iexact=f"{name}@{domain}")
        return self.filter(plain | tagged, entered_at__gte=moment)

    def at(self, token: str) -> "Need | None":
        """The need whose poster was sent this token, if we wrote it."""
        try:
            key = UUID(SIGNER.unsign(token))
        except (BadSignature, ValueError):
            return None
        return self.select_related("council", "measure").filter(pk=key).first()


class Need(models.Model):
    """So much of a measure that an organisation needs at a council, by a day.

    The contact is for the council and never public; it goes when it is no longer of use.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", "Waits for who posted it to confirm"
        PROPOSED = "proposed", "Waits for the council"
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"
        CLOSED = "closed", "No longer needed"

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    council = models.ForeignKey(Council, models.PROTECT, related_name="needs")
    organisation = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=600, blank=True)
    place = models.CharField(max_length=100, blank=True, help_text="where in the council's area")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="needs")
    amount = exact_amount()
    group = models.CharField(max_length=60, blank=True)
    wanted_from = models.DateField()
    wanted_by = models.DateField()
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    entered_at = models.DateTimeField(auto_now_add=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True, help_text="of the decision")

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["wanted_by", "pk"]
        constraints = [
            models.CheckConstraint(name="need_asks_for_something", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="need_ends_on_or_after_it_begins",
                condition=Q(wanted_by__gte=F("wanted_from")),
            ),
            models.CheckConstraint(
                name="need_is_decided_by_somebody_on_a_day",
                condition=Q(state__in=["unconfirmed", "proposed"]) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="need_declined_says_why", condition=~Q(state="declined") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("social_value:need", args=[self.pk])

    @property
    def token(self) -> str:
        """Stands for who posted it: whoever has it may confirm it and take it down."""
        return SIGNER.sign(str(self.pk))

    @property
    def standing(self) -> "Standing":
        """How far promises have come to meet it; what was done is known where it was asked for."""
        if getattr(self, "done", 0) > self.amount - HALF_A_STEP:
            return Standing.DELIVERED
        states = {one.state for one in self.agreed_pools.all()}
        if "agreed" in states:
            return Standing.AGREED
        if "asked" in states:
            return Standing.ASKED
        return Standing.POSSIBLE if hasattr(self, "pool") else Standing.NOTHING

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be decided of it."""
        return self.state in {self.State.DECLINED, self.State.CLOSED}

    def may_be_confirmed(self, now: datetime, days: int) -> bool:
        in_time = now <= self.entered_at + timedelta(days=days)
        return self.state == self.State.UNCONFIRMED and in_time
