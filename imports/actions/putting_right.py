"""An upload read again with its corrections: the rows they mend are recorded, and no others."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from imports.actions.correcting import correct, dates_order, line_of, readings_of
from imports.actions.settling import corrections_of
from imports.actions.uploads import compare, keep_study, lock, record_rows, study_upload
from imports.mending import corrections_of as corrections_of_row
from imports.models import Upload
from imports.problem_book import read_back
from imports.problems import UnreadableFileError
from imports.reading import read
from imports.reconcile import Difference
from imports.report import rows_mended
from imports.settled import Correction
from imports.snapshot import decode, encode
from imports.study import Study
from registry.actions import withdraw_sources
from registry.formats import count
from registry.jobs import progress
from registry.models import Job, Source, Statement, User
from registry.permissions import councils_written_by
from registry.records import ContractRecord

# What tells the source of mended rows from that of the file as it was first applied.
PUT_RIGHT = "Problems put right"
Places = Collection[tuple[str, int]]  # sheets with rows


def put_right(upload: Upload, job: Job) -> None:
    """Read the file again as corrected; record what that mends if the file is recorded."""
    progress(job, "Reading the file with your corrections", done=1, total=3)
    settled = replace(decode(upload.settled), corrections=corrections_of(upload.council_id))
    upload.settled = encode(settled)
    try:
        found = study_upload(upload, councils_written_by(job.asked_by))
    except UnreadableFileError as refusal:
        job.message = str(refusal)
        return
    progress(job, "Recording what was put right", done=2, total=3)
    keep_mended(upload, found, by=job.asked_by)


@transaction.atomic
def keep_mended(upload: Upload, found: Study, *, by: User | None) -> None:
    """Keep what is now read; of a recorded file also record the rows that corrections touch."""
    lock(found.differences)
    if upload.state == Upload.State.APPLIED:
        record_mended(upload, found, by=by)
    elif upload.state == Upload.State.READ:
        keep_study(upload, found)
    upload.save(update_fields=["report", "sample", "settled"])


def record_mended(upload: Upload, found: Study, *, by: User | None) -> None:
    """Replace what earlier corrections recorded by what today's say; the rest of the file stands.

    What was put right before is withdrawn first, so that a correction taken back leaves nothing.
    """
    standing = Source.objects.standing().filter(upload=upload.pk)
    earlier = list(standing.filter(note=PUT_RIGHT))
    if earlier:
        withdraw_sources(earlier)
    said = Statement.objects.filter(source__in=standing.exclude(note=PUT_RIGHT))
    recorded = places_of(said)
    touched = {(one.sheet, one.row) for one in found.understood.corrected}
    touched |= places_of(said.exclude(corrected=None))
    mended = {
        council: only(difference, touched, recorded=recorded)
        for council, difference in compare(found.understood, found.shares).items()
    }
    mended = {
        council: one for council, one in mended.items() if one.added or one.changed or one.unchanged
    }
    record_rows(upload, replace(found, differences=mended), by=by, note=PUT_RIGHT)
    before = upload.report
    keep_study(upload, found)
    upload.report |= rows_mended(before, upload.report, list(mended.values()), recorded)


def places_of(said: QuerySet[Statement]) -> set[tuple[str, int]]:
    rows = said.values_list("source__sheet", "row")
    return {(sheet, row) for sheet, row in rows if row is not None}


def only(difference: Difference, touched: Places, *, recorded: Places) -> Difference:
    """The part of a difference that corrections made; what is known and recorded needs no word."""
    return Difference(
        added=[one for one in difference.added if place(one[1]) in touched],
        changed=[one for one in difference.changed if place(one[1]) in touched],
        unchanged=[
            one
            for one in difference.unchanged
            if place(one[1]) in touched and place(one[1]) not in recorded
        ],
    )


def place(record: ContractRecord) -> tuple[str, int]:
    return (record.sheet, record.row)


def take_back(upload: Upload, job: Job) -> None:
    """Read the workbook of problem rows sent back; what changed in it becomes corrections."""
    progress(job, "Reading the workbook you sent back", done=0, total=3)
    try:
        book = read(Path(upload.sent_back.path), name="problems.xlsx")
        rows = read_back(book, readings_of(upload), upload=upload.pk)
    except UnreadableFileError as refusal:
        job.message = str(refusal)
        return
    corrections, faults = changed_cells(upload, rows)
    if job.asked_by is not None and corrections:
        correct(upload, corrections, by=job.asked_by)
        put_right(upload, job)
    job.message = sentence_of(len(corrections), faults)


def changed_cells(
    upload: Upload, rows: Mapping[tuple[str, int], Mapping[str, str]]
) -> tuple[list[Correction], list[str]]:
    """What the rows of a workbook correct, and a sentence for each cell that is no better."""
    made: list[Correction] = []
    sentences: list[str] = []
    readings, order = readings_of(upload), dates_order(upload)
    for held in upload.problem_rows.all():
        texts = rows.get((held.sheet, held.row), {})
        columns = [each for each in readings if each.sheet == held.sheet]
        corrections, faults = corrections_of_row(line_of(held), texts, columns, order)
        made += corrections
        sentences += [f"{letter}{held.row}: {fault}" for letter, fault in faults.items()]
    return made, sentences


def sentence_of(taken: int, faults: list[str]) -> str:
    """What came of a workbook sent back."""
    if not taken and not faults:
        return "Nothing was changed in this workbook, so nothing was put right."
    said = f"{count(taken, 'correction')} taken from your workbook."
    if faults:
        said += f" {count(len(faults), 'cell')} no better than before. {' '.join(faults[:3])}"
    return said
