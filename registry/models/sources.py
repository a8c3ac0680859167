"""Where values come from: a sheet of an uploaded file, or a person."""

from typing import Self

from django.conf import settings
from django.db import models

from registry.models.councils import Council


class SourceQuerySet(models.QuerySet["Source"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Source(models.Model):
    """One sheet of one upload as it was read, or one person's correction.

    `columns` tells which column each field was read from and by which rule:
    `{"end_date": {"column": "H", "heading": "End date", "rule": "the heading says ends"}}`. With a
    statement's row it gives every value its cell, without a row of provenance for each. Under
    `also` stand other fields that the column's cells told, each with its rule.
    """

    class Kind(models.TextChoices):
        UPLOAD = "upload", "Uploaded register"
        PERSON = "person", "Entered by a person"
        REFERENCE = "reference", "Reference data"

    class Event(models.TextChoices):
        """What a person says happened; blank for files."""

        ENTERED = "entered", "Entered by hand"
        EDITED = "edited", "Corrected by hand"
        EXTENDED = "extended", "Extended"
        NOTICE = "notice given", "Notice given"
        ENDED = "ended", "Ended"

    council = models.ForeignKey(Council, models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=20, choices=Kind)
    # Which upload; a number and no key, for the registry knows nothing of uploads.
    upload = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)
    file_name = models.CharField(max_length=255, blank=True)
    sheet = models.CharField(max_length=255, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    event = models.CharField(max_length=20, blank=True, choices=Event, default="", db_default="")
    note = models.CharField(max_length=500, blank=True, default="", db_default="")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="source_of_an_upload_names_it",
                condition=~models.Q(kind="upload") | models.Q(upload__isnull=False),
            ),
            models.CheckConstraint(
                name="source_event_is_told_by_a_person",
                condition=models.Q(event="") | models.Q(kind="person"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name or self.get_kind_display()} {self.sheet}".strip()
