"""What people ask to be told of by e-mail, and how often: with an account or without."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

SIGNER = Signer(salt="registry.digest", sep=".")
# A week covers holidays and part-time staff.
DAYS_TO_CONFIRM = 7


class DigestQuerySet(models.QuerySet["Digest"]):
    def empty(self) -> Self:
        """Of an address, which asked for nothing or no longer does."""
        asked = SavedSearch.objects.filter(digest=OuterRef("pk"))
        return self.filter(~Exists(asked), user__isnull=True)

    def to_send(self) -> Self:
        """Those with somebody to write to."""
        person = Q(user__is_active=True) & ~Q(user__email="")
        asked = Exists(SavedSearch.objects.filter(digest=OuterRef("pk"), confirmed=True))
        return self.filter(person | Q(asked, user__isnull=True))


class Digest(models.Model):
    """One e-mail in so many days to one person or one address; without one nobody is written to.

    The address of somebody without an account is kept for this alone: it goes with its last search.
    """

    class Every(models.TextChoices):
        WEEK = "week", "Once a week"
        MONTH = "month", "Once a month"
        # For those without an account: what one supplier is told, all are told on the same day.
        MONDAY = "monday", "On Mondays"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest", null=True, blank=True
    )
    email = models.EmailField(blank=True, help_text="of who has no account, as mailboxes has it")
    every = models.CharField(max_length=10, choices=Every)
    sent_on = models.DateField(null=True, blank=True)
    without = models.JSONField(
        default=list, blank=True, help_text="topics not asked for, as registry.digests knows them"
    )

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="digest_is_a_person_s_or_an_address_s",
                condition=Q(user__isnull=False, email="") | Q(user__isnull=True) & ~Q(email=""),
            ),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="digest_once_per_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or 'an address'}: {self.get_every_display()}"

    def get_absolute_url(self) -> str:
        return reverse("registry:digest", args=[self.token])

    @property
    def address(self) -> str:
        return self.user.email if self.user else self.email

    @property
    def token(self) -> str:
        """Stands for who reads its mail: whoever has it may stop it."""
        return SIGNER.sign(str(self.pk))


def signed_key(token: str) -> int | None:
    """The key of the digest that a token of ours was made for, whether or not it is kept still."""
    try:
        return int(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def never_confirmed(self, now: datetime) -> Self:
        """Those that can be confirmed no longer."""
        return self.filter(confirmed=False, made_at__lt=now - timedelta(days=DAYS_TO_CONFIRM))


class SavedSearch(models.Model):
    """A list narrowed down, kept under a name; what is new in it goes into its digest.

    It is a person's, or of an address that confirms by e-mail that it asked for it.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="saved_searches",
        null=True,
        blank=True,
    )
    digest = models.ForeignKey(
        Digest,
        models.CASCADE,
        related_name="searches",
        null=True,
        blank=True,
        help_text="the address's, where it is nobody's with an account",
    )
    confirmed = models.BooleanField(default=True, help_text="by who reads the address's mail")
    page = models.CharField(max_length=30, help_text="which list, as registry.digests knows it")
    query = models.CharField(max_length=1000, blank=True, help_text="what follows ? in its address")
    name = models.CharField(max_length=100)
    made_at = models.DateTimeField(auto_now_add=True)
    seen = models.JSONField(default=list, help_text="ids found when it was saved or last told")

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page", "query"], name="saved_search_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["digest", "page", "query"],
                condition=Q(confirmed=True),
                name="saved_search_once_per_address",
            ),
            models.CheckConstraint(
                name="saved_search_is_a_person_s_or_an_address_s",
                condition=Q(user__isnull=False, digest__isnull=True, confirmed=True)
                | Q(user__isnull=True, digest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where who reads its address's mail confirms or stops it."""
        return reverse("registry:search", args=[self.digest.token, self.pk]) if self.digest else ""

    def may_be_confirmed(self, now: datetime) -> bool:
        return not self.confirmed and now <= self.made_at + timedelta(days=DAYS_TO_CONFIRM)
