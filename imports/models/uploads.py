"""Uploads: the files councils send, what was read in them, and what is wrong where."""

import hashlib
from pathlib import PurePath
from typing import Self

from django.conf import settings
from django.core.files import File
from django.db import models
from django.urls import reverse

from registry.models import Council, Job, User


def where_to_keep(upload: "Upload", filename: str) -> str:
    """By council and content, so that a name never overwrites another file."""
    suffix = PurePath(filename).suffix.lower()[:10]
    return f"uploads/{upload.council_id}/{upload.sha256[:40]}{suffix}"


def where_to_keep_sent_back(upload: "Upload", _filename: str) -> str:
    return f"sent_back/{upload.council_id}/{upload.pk}.xlsx"


class UploadQuerySet(models.QuerySet["Upload"]):
    def receive(self, *, council: Council, file: File, name: str, by: User | None) -> "Upload":
        """Keep a file byte for byte. What is in it is for a worker to find out."""
        digest, size = hashlib.sha256(), 0
        for chunk in file.chunks():
            digest.update(chunk)
            size += len(chunk)
        upload = self.model(
            council=council, name=name[-255:], sha256=digest.hexdigest(), bytes=size, uploaded_by=by
        )
        file.seek(0)
        upload.file.save(name, file, save=False)
        upload.save()
        return upload

    def of_council(self, code: str) -> Self:
        return self.filter(council=code)

    def applied(self) -> Self:
        return self.filter(state=Upload.State.APPLIED)

    def recorded_as(self, other: "Upload") -> "Upload | None":
        """The same bytes as another upload of the council, as last recorded and still standing."""
        same = self.of_council(other.council_id).applied().filter(sha256=other.sha256)
        return same.exclude(pk=other.pk).order_by("applied_at").last()


class Upload(models.Model):
    """One file a council sent: kept byte for byte, read, and applied when its officer says so.

    What was read (`report`) is a function of the bytes and of what people decided about them;
    reading again gives the same.
    """

    class State(models.TextChoices):
        RECEIVED = "received", "Being read"
        READ = "read", "Ready to check"
        REFUSED = "refused", "Could not be read"
        APPLIED = "applied", "Recorded"
        UNDONE = "undone", "Undone"

    council = models.ForeignKey(Council, models.PROTECT, related_name="uploads")
    file = models.FileField(upload_to=where_to_keep, max_length=300)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    bytes = models.PositiveBigIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    refused_because = models.CharField(max_length=1000, blank=True)
    # The object `import_register --json` prints, less its rows: counts, columns, sheets, dates.
    report = models.JSONField(default=dict, blank=True)
    # What was settled when it was read, so that applying reads it the same (`Settled` as JSON).
    settled = models.JSONField(default=dict, blank=True)
    # The workbook of problem rows as it was last sent back.
    sent_back = models.FileField(upload_to=where_to_keep_sent_back, max_length=300, blank=True)
    # The first rows as they stand in the sheet, for showing what was read.
    sample = models.JSONField(default=list, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="uploads"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="upload_refused_says_why",
                condition=~models.Q(state="refused") | ~models.Q(refused_because=""),
            ),
            models.CheckConstraint(
                name="upload_applied_has_its_time",
                condition=~models.Q(state__in=["applied", "undone"])
                | models.Q(applied_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("imports:upload", args=[self.pk])


class RowProblemQuerySet(models.QuerySet["RowProblem"]):
    def waiting(self) -> Self:
        """Of rows that were not recorded."""
        return self.filter(recorded=False)


class RowProblem(models.Model):
    """One thing wrong with one cell of an upload, and what to do about it."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="problems")
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    cell = models.CharField(max_length=12)
    heading = models.CharField(max_length=500, blank=True)
    value = models.TextField(blank=True)
    problem = models.CharField(max_length=500)
    what_to_do = models.CharField(max_length=500)
    field = models.CharField(max_length=40, blank=True)
    recorded = models.BooleanField(default=False, help_text="recorded without this value")
    line = models.ForeignKey(
        "ProblemRow", models.CASCADE, null=True, blank=True, related_name="problems"
    )

    objects = RowProblemQuerySet.as_manager()

    class Meta:
        ordering = ["sheet", "row", "cell"]
        indexes = [models.Index(fields=["upload", "recorded"], name="problem_by_upload")]

    def __str__(self) -> str:
        return f"{self.cell}: {self.problem}"


class ProblemRow(models.Model):
    """A row with something wrong in it, as it is read today: what its officer corrects."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="problem_rows")
    sheet = models.CharField(max_length=255)
    row = models.PositiveIntegerField()
    row_key = models.CharField(max_length=64, help_text="who it is, as corrections know it")
    # By column letter: the text of each cell, corrections in place; and what the file says there.
    cells = models.JSONField()
    raw = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["sheet", "row"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "sheet", "row"], name="problem_row_once_per_upload"
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.row} of {self.sheet}"


class ChangesPage(models.Model):
    """A hundred of what an upload adds, changes, leaves or no longer lists, as pages show them."""

    HOLDS = 100

    class Sort(models.TextChoices):
        ADDED = "added", "Added"
        CHANGED = "changed", "Changed"
        UNCHANGED = "unchanged", "Unchanged"
        GONE = "no_longer_listed", "No longer listed"
        DISPUTED = "disputed", "Said otherwise than a person"

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="changes_pages", db_index=False)
    sort = models.CharField(max_length=20, choices=Sort)
    number = models.PositiveIntegerField(help_text="from 1")
    items = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "sort", "number"], name="changes_page_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_sort_display()} {self.number} of {self.upload_id}"
