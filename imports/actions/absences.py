"""Contracts a file no longer lists: asked about once a file, until somebody answers."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from imports.models import Absence, Upload
from imports.study import Study
from registry.actions import people
from registry.models import Contract, Source, Statement, User
from registry.testimony import batches

AT_ONCE = 500
ENDINGS = (Source.Event.ENDED, Source.Event.NOTICE)


def note_absences(upload: Upload, found: Study) -> None:
    """Ask about every contract no longer listed; what was answered for it stays answered."""
    gone = [key for d in found.differences.values() for key in d.no_longer_listed]
    upload.absences.unanswered().delete()
    known = set(upload.absences.values_list("contract", flat=True))
    answered = answers_before(upload, gone)
    Absence.objects.bulk_create(
        (
            answered.get(key) or Absence(upload=upload, contract_id=key)
            for key in gone
            if key not in known
        ),
        batch_size=AT_ONCE,
    )


def answers_before(upload: Upload, gone: Iterable[UUID]) -> dict[UUID, Absence]:
    """What was said of the same absence before: that it runs, while no file has listed it since;
    or that it has ended or will.
    """
    found: dict[UUID, Absence] = {}
    for batch in batches(gone):
        found |= {a.contract_id: copied(a, upload) for a in still_left_out(upload, batch)}
        found |= ended_by_people(upload, batch)
    return found


def still_left_out(upload: Upload, contracts: Iterable[UUID]) -> list[Absence]:
    said = Absence.objects.filter(contract__in=contracts, answer=Absence.Answer.LEFT_OUT)
    latest = {a.contract_id: a for a in said.exclude(upload=upload).order_by("answered_at")}
    listed = dict(
        Statement.objects.standing()
        .filter(contract__in=list(latest), source__kind=Source.Kind.UPLOAD)
        .order_by("source__recorded_at")
        .values_list("contract", "source__recorded_at")
    )
    return [
        a
        for key, a in latest.items()
        if a.answered_at and not (key in listed and listed[key] > a.answered_at)
    ]


def copied(absence: Absence, upload: Upload) -> Absence:
    return Absence(
        upload=upload,
        contract_id=absence.contract_id,
        answer=absence.answer,
        answered_at=absence.answered_at,
        answered_by_id=absence.answered_by_id,
    )


def ended_by_people(upload: Upload, contracts: Iterable[UUID]) -> dict[UUID, Absence]:
    words = Statement.objects.standing().filter(contract__in=contracts, source__event__in=ENDINGS)
    return {
        word.contract_id: Absence(
            upload=upload,
            contract_id=word.contract_id,
            answer=Absence.Answer.ENDED,
            answered_at=word.source.recorded_at,
            answered_by_id=word.source.recorded_by_id,
        )
        for word in words.oldest_first()
    }


@transaction.atomic
def answer_ended(absences: Mapping[Absence, date], *, by: User | None) -> None:
    """These contracts have ended, each on its day."""
    people.end_all([(a.contract, day) for a, day in absences.items()], by=by)
    answer(absences, Absence.Answer.ENDED, by=by)


@transaction.atomic
def answer(absences: Iterable[Absence], said: Absence.Answer, *, by: User | None) -> None:
    keys = [absence.pk for absence in absences]
    for start in range(0, len(keys), AT_ONCE):
        Absence.objects.filter(pk__in=keys[start : start + AT_ONCE]).update(
            answer=said, answered_at=timezone.now(), answered_by=by
        )


def last_day(contract: Contract, today: date) -> date:
    """When a contract that has ended did: on its end where that has passed, else today."""
    end: date | None = contract.end_date
    return end if end and end <= today else today
