"""What officers answer: what became of a contract no longer listed, and that nothing changed."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models

from imports.models.uploads import Upload
from registry.models import Contract, Council, User


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def unanswered(self) -> Self:
        return self.filter(answer="")


class Absence(models.Model):
    """A contract that a council's file no longer lists, and what its officer says of that."""

    class Answer(models.TextChoices):
        ENDED = "ended", "It has ended"
        LEFT_OUT = "left out", "It was left out by mistake"

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="absences")
    contract = models.ForeignKey(Contract, models.CASCADE, related_name="absences")
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "contract"], name="absence_once_per_upload"),
            models.CheckConstraint(
                name="absence_answered_has_its_time",
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_id} missing in {self.upload_id}"


class NilReturnQuerySet(models.QuerySet["NilReturn"]):
    def of_council(self, code: str) -> Self:
        return self.filter(council=code)

    def say(self, council: Council, *, day: date, by: User) -> "NilReturn":
        """Nothing changed in the quarter of this day; saying so twice says it once."""
        said, _ = self.get_or_create(
            council=council, quarter=quarter_of(day), defaults={"said_by": by}
        )
        return said


def quarter_of(day: date) -> date:
    """The first day of a day's quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


class NilReturn(models.Model):
    """A council's word that nothing changed in a quarter: its register stands as it is."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="nil_returns")
    quarter = models.DateField(help_text="first day of the quarter it is for")
    said_at = models.DateTimeField(auto_now_add=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = NilReturnQuerySet.as_manager()

    class Meta:
        ordering = ["-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["council", "quarter"], name="nil_return_once"),
        ]

    def __str__(self) -> str:
        return f"{self.council_id}: nothing new in the quarter of {self.quarter}"

    @property
    def months(self) -> str:
        """October to December 2026."""
        last = self.quarter.replace(month=self.quarter.month + 2)
        return f"{self.quarter:%B} to {last:%B %Y}"
