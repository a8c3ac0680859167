"""Workbooks of promises that officers filled in and sent back."""

from django.conf import settings
from django.db import models

from registry.models import Council, Job


def where_to_keep(book: "PromiseBook", _filename: str) -> str:
    return f"promises/{book.council_id}/{book.sent_by_id}.xlsx"


class PromiseBook(models.Model):
    """One workbook sent back, and what is wrong in it; what was right of it stands elsewhere."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="promise_books")
    file = models.FileField(upload_to=where_to_keep, max_length=300)
    problems = models.JSONField(default=list, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"Promises of {self.council_id}, {self.sent_at:%Y-%m-%d}"
