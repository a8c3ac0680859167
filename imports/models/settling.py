"""What officers settle once: how a register is read, and what a cell should say."""

from typing import Self

from django.conf import settings
from django.db import models

from imports.models.uploads import Upload
from registry.models import Council


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def of_council(self, code: str) -> Self:
        return self.filter(council=code)


class Choice(models.Model):
    """One thing an officer settled about their council's registers; the next file replays it."""

    class Kind(models.TextChoices):
        SHEET = "sheet", "Sheet and heading rows"
        COLUMN = "column", "Column"
        DAY_FIRST = "day first", "Day or month first"
        MEANING = "meaning", "What an amount covers"
        ROLLING = "rolling", "Words for a rolling contract"
        OURS = "ours", "A name that stands for the council"
        OTHERS = "others", "Another council whose rows go into its register"

    council = models.ForeignKey(Council, models.CASCADE, related_name="choices")
    kind = models.CharField(max_length=20, choices=Kind)
    # What it is about: a heading as `memory_keys` has it, a folded cell; blank for the whole file.
    key = models.CharField(max_length=600, blank=True)
    value = models.JSONField()
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+")
    chosen_at = models.DateTimeField(auto_now_add=True)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "kind", "key"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="choice_stands_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["key"],
                name="choice_of_columns",
                condition=models.Q(kind="column", withdrawn_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.key}".strip()


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def of_council(self, code: str) -> Self:
        return self.filter(council=code)


class Correction(models.Model):
    """What a cell of a council's registers should say, in one row or wherever it stands so.

    It is taken while the file still says `raw`; a file that says otherwise is believed.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="corrections")
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=40)
    raw = models.CharField(max_length=1000, blank=True)
    value = models.CharField(max_length=1000, blank=True)
    row_key = models.CharField(max_length=64, blank=True, help_text="blank: wherever it stands")
    corrected_at = models.DateTimeField(auto_now_add=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "field", "raw", "row_key"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="correction_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.raw} is {self.value}"
