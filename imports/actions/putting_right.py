"""An upload read again with its corrections: the rows they mend are recorded, and no others."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction

from imports.actions.uploads import (
    compare,
    keep_study,
    lock,
    record_rows,
    refuse,
    study_upload,
)
from imports.models import Upload
from imports.problems import UnreadableFileError
from imports.reconcile import Difference
from imports.report import Study
from registry.actions import withdraw_sources
from registry.formats import count
from registry.jobs import progress
from registry.models import Job, Source, Statement, User
from registry.permissions import councils_written_by

# What tells the source of mended rows from that of the file as it was first applied.
PUT_RIGHT = "Problems put right"
Place = tuple[str, int]  # sheet, row


def put_right(upload: Upload, job: Job) -> None:
    """Read the file again as corrected; record what that mends if the file is recorded."""
    progress(job, "Reading the file with your corrections", done=1, total=3)
    try:
        found = study_upload(upload, councils_written_by(job.asked_by))
    except UnreadableFileError as refusal:
        job.message = str(refusal)
        return
    progress(job, "Recording what was put right", done=2, total=3)
    with transaction.atomic():
        if upload.state == Upload.State.APPLIED:
            record_mended(upload, found, by=job.asked_by)
        elif upload.state == Upload.State.READ:
            keep_study(upload, found)
            upload.save(update_fields=["report", "sample"])
