"""Acts recorded with their evidence, corrected, taken back and confirmed; nothing is lost."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from registry.keys import new_key
from registry.models import Contract, User
from registry.today import today
from social_value.acts import Act, faults
from social_value.models import Confirmation, Credit, Delivery, Measure

TWICE = (
    "This is recorded already: the same evidence, day and amount. If it was another act, give "
    "evidence of that one; if the record is wrong, correct it."
)
NO_LONGER = "This record was corrected or taken back meanwhile. Open the one that stands."
OWN_RECORD = "You recorded it, so somebody else confirms it."
SAID_ALREADY = "This has been answered already. If it is wrong, correct the record."
NO_EVIDENCE = "Give evidence: a file, or a link to it."


class NotRecordedError(ValueError):
    """What was asked cannot be; the message says why, for whoever asked."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file, or a link; or what an earlier record of the act has."""

    file: File | None = None
    link: str = ""
    kept: Delivery | None = None


@transaction.atomic
def record_delivery(act: Act, evidence: Evidence, *, by: User | None) -> Delivery:
    """Keep an act with its evidence, credited to contracts in full."""
    key = new_key()
    delivery = Delivery(id=key, act=key)
    write(delivery, act, evidence, by)
    return delivery


@transaction.atomic
def correct_delivery(
    old: Delivery, act: Act, evidence: Evidence, *, because: str, by: User | None
) -> Delivery:
    """Let a new record of the act stand in place of the old, which is kept."""
    end(old, because=because, by=by)
    delivery = Delivery(id=new_key(), act=old.act, corrects=old)
    write(delivery, act, evidence, by)
    return delivery


@transaction.atomic
def take_back_delivery(old: Delivery, *, because: str, by: User | None) -> None:
    """It did not happen, or is no delivery: it counts for nothing and is kept."""
    end(old, because=because, by=by)


def end(old: Delivery, *, because: str, by: User | None) -> None:
    held = Delivery.objects.select_for_update().get(pk=old.pk)
    if held.ended_at is not None:
        raise NotRecordedError(NO_LONGER)
    held.ended_at, held.ended_by, held.ended_because = timezone.now(), by, because[:300]
    held.save(update_fields=["ended_at", "ended_by", "ended_because"])


def write(delivery: Delivery, act: Act, evidence: Evidence, by: User | None) -> None:
    """The act, its credits, and last that it is credited in full: the database checks it."""
    measure = Measure.objects.get(pk=act.measure)
    if wrong := faults(act, measure.unit, adds_up=measure.adds_up, today=today()):
        raise NotRecordedError(wrong[0][1])
    councils = councils_of(act)
    for name in ("measure_id", "amount", "done_on", "area_id", "place", "words", "pool", "need_id"):
        setattr(delivery, name, getattr(act, name.removesuffix("_id")))
    delivery.recorded_by = by
    put_evidence(delivery, evidence)
    check_new(delivery)
    delivery.save(force_insert=True)
    Credit.objects.bulk_create(
        Credit(delivery=delivery, contract_id=key, council_id=councils[key], amount=amount)
        for key, amount in act.credits.items()
    )
    delivery.credited = True
    delivery.save(update_fields=["credited"])


def councils_of(act: Act) -> dict[UUID, str]:
    """Whose contract each is; held, so that two records of one act do not miss each other."""
    held = Contract.objects.standing().select_for_update().order_by("pk")
    return dict(held.filter(pk__in=list(act.credits)).values_list("pk", "council"))


def put_evidence(delivery: Delivery, evidence: Evidence) -> None:
    kept = evidence.kept
    delivery.evidence_link = evidence.link or (kept.evidence_link if kept else "")
    if evidence.file is not None:
        digest = hashlib.sha256()
        for chunk in evidence.file.chunks():
            digest.update(chunk)
        evidence.file.seek(0)
        delivery.evidence_mark = digest.hexdigest()
        delivery.evidence_name = (evidence.file.name or "evidence")[-255:]
        delivery.evidence.save(delivery.evidence_name, evidence.file, save=False)
    elif kept and kept.evidence:
        delivery.evidence, delivery.evidence_name = kept.evidence.name, kept.evidence_name
        delivery.evidence_mark = kept.evidence_mark
    elif delivery.evidence_link:
        delivery.evidence_mark = hashlib.sha256(delivery.evidence_link.encode()).hexdigest()
    else:
        raise NotRecordedError(NO_EVIDENCE)


def check_new(delivery: Delivery) -> None:
    same = Delivery.objects.filter(
        measure=delivery.measure_id,
        done_on=delivery.done_on,
        amount=delivery.amount,
        evidence_mark=delivery.evidence_mark,
        ended_at__isnull=True,
    )
    if same.exists():
        raise NotRecordedError(TWICE)


@transaction.atomic
def confirm_delivery(
    delivery: Delivery,
    *,
    council: str | None,
    agrees: bool = True,
    words: str = "",
    by: User | None = None,
) -> Confirmation:
    """A council whose contract is credited says whether it happened so; None: the community."""
    held = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if held.ended_at is not None:
        raise NotRecordedError(NO_LONGER)
    if by is not None and by.pk == held.recorded_by_id:
        raise NotRecordedError(OWN_RECORD)
    if held.confirmations.filter(council=council).exists():
        raise NotRecordedError(SAID_ALREADY)
    return held.confirmations.create(council_id=council, agrees=agrees, words=words, said_by=by)
