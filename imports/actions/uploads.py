"""The story of an upload: received, read, recorded, undone."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from imports.actions.absences import note_absences
from imports.actions.changes import keep_changes, people_named
from imports.actions.problem_rows import keep_problems, note_corrections
from imports.actions.remembering import remember
from imports.actions.settling import settled_of
from imports.cells import ColumnReading
from imports.councils import CouncilNames, NamedCouncil, Shares, share_out
from imports.models import Upload
from imports.problems import NotRecognisedError, UnreadableFileError
from imports.reconcile import Difference, Held, reconcile
from imports.report import (
    changes,
    for_settling,
    gist,
    kinds,
    outlines,
    replayed,
    sample,
)
from imports.settled import NOTHING_SETTLED, Settled
from imports.snapshot import decode, encode
from imports.study import Study
from imports.understanding import Understood, understand
from registry.actions import Row, record_contracts, withdraw_sources
from registry.collecting import not_collecting
from registry.jobs import progress
from registry.models import Contract, Council, Job, Source, Statement, User
from registry.permissions import councils_written_by
from registry.statements import column_of
from registry.testimony import people_spoke_of

# Fields that tell one contract from another, fetched whether the file has them or not.
IDENTITY = frozenset(
    {"reference", "title", "supplier_name", "start_date", "end_date", "total_value"}
)


class NotAppliedError(ValueError):
    """The upload has nothing in the registry to withdraw; the message says so."""


@not_collecting()
def study(
    path: Path,
    *,
    name: str,
    council: str,
    acting_for: Collection[str],
    settled: Settled = NOTHING_SETTLED,
) -> Study:
    """Read a file and compare it with the registry. Raises `UnreadableFileError` to refuse."""
    began = time.monotonic()
    understood = understand(path, name=name, settled=settled)
    shares = share_out(
        understood.normalised.records,
        understood.columns,
        chosen=council,
        acting_for=acting_for,
        councils=council_names(settled),
    )
    as_of = last_word(shares.by_council)
    differences = compare(understood, shares)
    return Study(understood, shares, differences, as_of, time.monotonic() - began)


def compare(understood: Understood, shares: Shares) -> dict[str, Difference]:
    """What the rows change, by council."""
    differences = {
        code: reconcile(records, held_contracts(code, understood), knows=understood.knows)
        for code, records in shares.by_council.items()
    }
    for code, difference in differences.items():
        if code != shares.chosen:
            difference.leave_aside_if_few()
    return differences


def last_word(councils: Collection[str]) -> tuple[Any, ...]:
    """What these councils' registers were last told, and last told to forget."""
    sources = Source.objects.filter(council__in=list(councils))
    said = sources.aggregate(said=Max("pk"), unsaid=Max("withdrawn_at"))
    return (said["said"], said["unsaid"])


def council_names(settled: Settled) -> CouncilNames:
    fields = ("code", "name", "short_name", "former_codes")
    rows = Council.objects.values_list(*fields)
    known = (NamedCouncil(*row) for row in rows)
    return CouncilNames(known, ours=settled.ours, others=settled.others)


def held_contracts(council: str, understood: Understood) -> list[Held]:
    """A council's contracts, with the fields the file speaks of and those that identify them."""
    said = (record.facts for record in understood.normalised.records)
    fields = sorted(IDENTITY.union(*understood.knows.values(), *said))
    rows = Contract.objects.filter(council=council).order_by("pk")
    columns = [column_of(name) for name in fields]
    spoken = spoken_fields(council)
    by_hand = spoken.keys() - listed_of(council)
    return [
        Held(key, fields, values, withdrawn, spoken.get(key, {}), key not in by_hand)
        for key, withdrawn, *values in rows.values_list("pk", "withdrawn", *columns)
    ]


def listed_of(council: str) -> set[UUID]:
    """Contracts people spoke of that a standing file speaks for too."""
    people = Statement.objects.by_people().filter(contract__council=council)
    said = Statement.objects.standing().filter(contract__in=people.values("contract"))
    files = said.exclude(source__kind=Source.Kind.PERSON)
    return set(files.values_list("contract", flat=True))


def spoken_fields(council: str) -> dict[UUID, dict[str, str | None]]:
    """By contract the fields a person spoke of, as `Held` has them."""
    return {
        key: {
            name: "follows" if name in word.follows else word.despite.get(name)
            for word in words
            for name in word.knows
        }
        for key, words in people_spoke_of(council).items()
    }


def read_upload(upload: Upload, job: Job) -> None:
    """Read the file as its council settled it, and keep what was understood to be checked."""
    progress(job, "Reading the file", done=1, total=3)
    upload.settled = encode(settled_of(upload.council_id))
    try:
        found = study_upload(upload, councils_written_by(job.asked_by))
    except UnreadableFileError as refusal:
        refuse(upload, refusal)
        return
    progress(job, "Keeping what was read", done=2, total=3)
    with transaction.atomic():
        keep_study(upload, found)
        upload.state, upload.refused_because = Upload.State.READ, ""
        upload.save(update_fields=["state", "refused_because", "report", "sample", "settled"])


def refuse(upload: Upload, refusal: UnreadableFileError) -> None:
    """Keep the sentence, and the sheets' tops where its officer may say which is the register."""
    upload.state, upload.refused_because = Upload.State.REFUSED, str(refusal)[:1000]
    upload.report = {}
    if isinstance(refusal, NotRecognisedError):
        upload.report = {"sheets": [], "outline": outlines(refusal.workbook)}
    upload.save(update_fields=["state", "refused_because", "report"])


def study_upload(upload: Upload, acting_for: Collection[str]) -> Study:
    """Study it by what was settled when it was read, so that what was checked is recorded."""
    path = Path(upload.file.path)
    if not path.exists():
        raise UnreadableFileError(f"{upload.name} is no longer kept here. Send it again.")
    return study(
        path,
        name=upload.name,
        council=upload.council_id,
        acting_for=acting_for,
        settled=decode(upload.settled),
    )


def keep_study(upload: Upload, found: Study) -> None:
    """Put what was read beside the upload, in place of what was read before."""
    upload.report = {
        **gist(file_facts(upload), found),
        "upload": upload.pk,
        "problems": found.problem_count,
        "kinds": kinds(found),
        "changes": changes(found),
        "asks": found.shares.asks,
        "elsewhere": found.shares.elsewhere,
        "people": people_named(found),
        "held_back": [[code, number] for code, number in sorted(found.shares.held_back.items())],
        "not_acted_for": [
            [*named, number] for named, number in found.shares.not_acted_for.most_common()
        ],
        "doubts": found.doubts,
        **for_settling(found.understood),
        "corrected": replayed(found.understood.corrected),
    }
    keep_changes(upload, found)
    note_absences(upload, found)
    upload.sample = sample(found.understood)
    keep_problems(upload, found)


def file_facts(upload: Upload) -> dict[str, Any]:
    return {"name": upload.name, "sha256": upload.sha256, "bytes": upload.bytes}


def apply_upload(upload: Upload, job: Job) -> None:
    """Record the good rows of a checked upload, with a sign of life at each stage."""
    progress(job, "Reading the file", done=1, total=3)
    try:
        found = study_upload(upload, councils_written_by(job.asked_by))
    except UnreadableFileError as refusal:
        refuse(upload, refusal)
        return
    progress(job, "Recording contracts", done=2, total=3)
    record_study(upload, found, by=job.asked_by)


@not_collecting()
@transaction.atomic
def record_study(upload: Upload, found: Study, *, by: User | None) -> None:
    """Record the good rows; the others wait as problems. Recording again changes nothing."""
    lock(found.differences)
    if Upload.objects.get(pk=upload.pk).state == Upload.State.APPLIED:
        return
    if last_word(found.differences) != found.as_of:
        # Somebody else recorded or undid an upload while this file was read.
        found = replace(found, differences=compare(found.understood, found.shares))
    record_rows(upload, found, by=by)
    remember(upload, found.understood, by=by)
    keep_study(upload, found)
    upload.state = Upload.State.APPLIED
    upload.applied_at, upload.applied_by = timezone.now(), by
    upload.save()


def lock(councils: Collection[str]) -> None:
    """One upload a council at a time; others wait for this transaction to end."""
    list(Council.objects.select_for_update().filter(pk__in=councils).order_by("pk"))


def record_rows(upload: Upload, found: Study, *, by: User | None, note: str = "") -> None:
    """Write sources, statements and contracts of every council the file speaks for."""
    knows = found.understood.knows
    for council, difference in found.differences.items():
        sources = sources_of(upload, council, found.understood, by, note)
        record_contracts(
            council=council,
            rows=list(rows_of(difference, sources)),
            knows={source.pk: knows[sheet] for sheet, source in sources.items()},
        )
        note_corrections(sources, found.understood)


def sources_of(
    upload: Upload, council: str, understood: Understood, by: User | None, note: str = ""
) -> dict[str, Source]:
    """One source a sheet: what each of its columns was read as."""
    return {
        table.sheet: Source.objects.create(
            council_id=council,
            kind=Source.Kind.UPLOAD,
            upload=upload.pk,
            file_name=upload.name,
            sheet=table.sheet,
            recorded_by=by,
            note=note,
            columns={
                column.field: notes_of(column, understood)
                for column in understood.columns
                if column.sheet == table.sheet and column.field != "ignored"
            },
        )
        for table in understood.tables
    }


def notes_of(column: ColumnReading, understood: Understood) -> dict[str, Any]:
    """Where a field is read, and by which rule; `also`: other fields its cells told, and why."""
    notes = {"column": column.column, "heading": column.heading, "rule": column.because}
    also = understood.normalised.besides.get((column.sheet, column.column))
    return {**notes, "also": also} if also else notes


def rows_of(difference: Difference, sources: Mapping[str, Source]) -> Iterator[Row]:
    for contract, record in difference.added:
        yield Row(record, sources[record.sheet].pk, contract)
    for contract, record, _ in difference.changed:
        yield Row(record, sources[record.sheet].pk, contract)
    for contract, record in difference.unchanged:
        yield Row(record, sources[record.sheet].pk, contract, says_new=False)


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did, and what it left because somebody said it later."""

    contracts: int
    later: Sequence[Source]


@transaction.atomic
def undo_upload(upload: Upload) -> Undone:
    """Withdraw every value whose source is this upload; the source before it stands again."""
    if upload.state != Upload.State.APPLIED:
        raise NotAppliedError(
            f"Upload {upload.pk} ({upload.name}) is not applied, so there is nothing to undo."
        )
    sources = list(Source.objects.standing().filter(upload=upload.pk))
    lock({source.council_id for source in sources})
    contracts = withdraw_sources(sources)
    upload.state = Upload.State.UNDONE
    upload.save(update_fields=["state"])
    return Undone(contracts, later_sources(sources))


def later_sources(sources: Sequence[Source]) -> list[Source]:
    """Sources that came after these for the same councils, and stand."""
    if not sources:
        return []
    standing = Source.objects.standing().exclude(pk__in=[s.pk for s in sources])
    return list(
        standing.filter(
            council__in={s.council_id for s in sources},
            recorded_at__gt=max(s.recorded_at for s in sources),
        )
    )
