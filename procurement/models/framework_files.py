"""Files that frameworks are maintained by, kept byte for byte, and owners under all their names."""

import hashlib

from django.conf import settings
from django.core.files import File
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from procurement.models.frameworks import Framework
from registry.models import User


def where_to_keep(file: "FrameworkFile", _filename: str) -> str:
    """By content, so that a name never overwrites another file."""
    return f"frameworks/{file.sha256[:40]}.{file.kind}"


class FrameworkFileQuerySet(models.QuerySet["FrameworkFile"]):
    def receive(self, *, file: File, name: str, kind: str, by: User) -> "FrameworkFile":
        """Keep a file as it is; the same bytes sent again and not yet applied are the same file."""
        content = file.read()
        digest = hashlib.sha256(content).hexdigest()
        if held := self.filter(sha256=digest, kind=kind, applied_at__isnull=True).first():
            return held
        kept = self.model(name=name[-255:], sha256=digest, kind=kind, received_by=by)
        file.seek(0)
        kept.file.save(name, file, save=False)
        kept.save()
        return kept


class FrameworkFile(models.Model):
    """A table or a package of notices that an administrator sent, previewed and perhaps applied."""

    class Kind(models.TextChoices):
        CSV = "csv", "CSV"
        NOTICE = "json", "OCDS notice"

    file = models.FileField(upload_to=where_to_keep, max_length=300)
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=10, choices=Kind)
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    frameworks = models.ManyToManyField(Framework, related_name="files", blank=True)

    objects = FrameworkFileQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("procurement:framework_file", args=[self.pk])

    def content(self) -> bytes:
        with self.file.open("rb") as opened:
            return bytes(opened.read())


class FrameworkOwner(models.Model):
    """A body that runs frameworks, under the name it has now and all it had."""

    name = models.CharField(max_length=200, primary_key=True)
    other_names = models.CharField(max_length=500, blank=True, help_text="divided by |")
    identifier = models.CharField(
        max_length=60, blank=True, help_text="as in GB-PPON-PABC-1234-DEFG"
    )
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    edited = models.BooleanField(default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *filter(None, map(str.strip, self.other_names.split("|"))))
