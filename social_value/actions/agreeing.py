"""Pools put to their parties: taken up from a rebuild's, answered, agreed or fallen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from registry.models import User
from social_value.assumptions import assumed
from social_value.models import (
    AgreedPool,
    AgreedShare,
    Answer,
    Commitment,
    Credit,
    Measure,
    Need,
    Pool,
    Share,
)
from social_value.models.pools import pool_id
from social_value.parties import Outcome, Party, outcome, parties_to

REFUSED = "A party said no."
LATE = "Not every party answered in time."
PAST = "Its time passed before every party had answered."
NOT_NEEDED = "What it was for is no longer needed."
LEFT = "A party withdrew from it."
CHANGED = "A promise it was made of is no longer what it was."


class NotAsSeenError(Exception):
    """The pool is no longer what the person saw."""


class AllDoneError(Exception):
    """Nothing of the pool is left to withdraw from."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, and whose post gave it on which day."""

    agrees: bool
    said_by: str
    said_on: date
    reason: str = ""


def mark_of(shares: Iterable[Share]) -> str:
    """Changes whenever what a derived pool is made of does."""
    told = sorted(f"{share.commitment_id} {share.amount.normalize():f}" for share in shares)
    return sha256("\n".join(told).encode()).hexdigest()[:16]


@transaction.atomic
def take_up(pool: UUID, *, seen: str, today: date) -> AgreedPool:
    """Keep a derived pool as it was seen: from now on no rebuild uses what it is made of."""
    measure = Pool.objects.filter(pk=pool).values_list("measure", flat=True).first()
    # A rebuild of the measure waits, or has ended and is seen.
    list(Measure.objects.select_for_update().filter(pk=measure))
    this = Pool.objects.filter(pk=pool).first()
    if this is None:
        raise NotAsSeenError
    shares = list(this.shares.select_related("commitment").order_by("pk"))
    if mark_of(shares) != seen:
        raise NotAsSeenError
    made = kept(this, today)
    this.shares.all().delete()
    this.delete()
    AgreedShare.objects.bulk_create(kept_share(made, share) for share in shares)
    return made


def kept(this: Pool, today: date) -> AgreedPool:
    copied = ("measure_id", "place", "group", "starts", "ends", "useful_amount", "need_id")
    return AgreedPool.objects.create(
        **{name: getattr(this, name) for name in copied},
        because=this.because,
        asked_on=today,
        answer_by=min(today + timedelta(days=assumed("pool_answer_days")), this.ends),
    )


def kept_share(pool: AgreedPool, share: Share) -> AgreedShare:
    promise = share.commitment
    return AgreedShare(
        pool=pool,
        commitment=promise.pk,
        contract_id=promise.contract_id,
        council_id=promise.council_id,
        words=promise.words,
        promised=promise.quantity,
        amount=share.amount,
    )


def kept_as(pool: UUID) -> list[AgreedPool]:
    """What a derived pool became when it was put to its parties: what stands, then the newest.

    They have ids of their own, since the same may be made, and put to parties, again.
    """
    columns = ("measure", "place", "group", "starts", "ends", "need")
    every = AgreedPool.objects.values_list("pk", *columns)
    keys = [key for key, *what in every.iterator() if pool_id(*what) == pool]
    found = AgreedPool.objects.filter(pk__in=keys).order_by("-pk")
    return sorted(found, key=lambda one: one.state == AgreedPool.State.FALLEN)


@transaction.atomic
def answer(
    pool: AgreedPool, parties: Collection[Party], said: Said, *, by: User, today: date
) -> AgreedPool:
    """Record what these parties said; the pool is agreed or falls as soon as that is settled."""
    this = AgreedPool.objects.select_for_update().get(pk=pool.pk)
    theirs = set(parties) & set(parties_of(this))
    if this.state != AgreedPool.State.ASKED or not theirs:
        raise NotAsSeenError
    put_down(this, theirs, said, by)
    settle(this, today)
    return this


@transaction.atomic
def leave(
    pool: AgreedPool, parties: Collection[Party], said: Said, *, by: User, today: date
) -> AgreedPool:
    """Let these parties out of what was agreed: the pool falls, and they are asked for it no more.

    The others agreed to all of it, so they are asked anew for what is still to be done. What was
    done stays credited, and uses as much of each promise as it did.
    """
    this = AgreedPool.objects.select_for_update().get(pk=pool.pk)
    theirs = set(parties) & set(parties_of(this))
    if this.state != AgreedPool.State.AGREED or not theirs:
        raise NotAsSeenError
    if done_for(this) >= this.amount:
        raise AllDoneError
    put_down(this, theirs, replace(said, agrees=False), by)
    fall(this, LEFT, today)
    return this


def done_for(pool: AgreedPool) -> Decimal:
    """What was done for a pool, as confirmed."""
    done = Credit.objects.confirmed().filter(delivery__pool=pool.pk)
    return sum(done.values_list("amount", flat=True), Decimal(0))


def put_down(this: AgreedPool, theirs: Collection[Party], said: Said, by: User) -> None:
    """In place of what these parties said before, which is kept."""
    for party in sorted(theirs, key=lambda one: one.key):
        fields: dict[str, Any] = {"council_id": party.council, "contract_id": party.contract}
        this.answers.standing().filter(**fields).update(withdrawn_at=timezone.now())
        this.answers.create(
            **fields,
            agrees=said.agrees,
            said_by=said.said_by,
            said_on=said.said_on,
            reason=said.reason,
            recorded_by=by,
        )


def parties_of(pool: AgreedPool) -> list[Party]:
    return parties_to(pool.shares.values_list("council", "contract"))


def answers_of(pool: AgreedPool) -> dict[Party, Answer]:
    """What stands, by who said it."""
    standing = pool.answers.standing().select_related("recorded_by")
    return {Party(one.council_id, one.contract_id): one for one in standing}


def earlier_of(pool: AgreedPool) -> dict[Party, Answer]:
    """The last that each party said before what stands."""
    found = pool.answers.filter(withdrawn_at__isnull=False).order_by("pk")
    return {Party(one.council_id, one.contract_id): one for one in found}


def settle(this: AgreedPool, today: date) -> None:
    said = {party: one.agrees for party, one in answers_of(this).items()}
    match outcome(parties_of(this), said):
        case Outcome.AGREED:
            this.state, this.settled_on = AgreedPool.State.AGREED, today
            this.save(update_fields=["state", "settled_on"])
        case Outcome.REFUSED:
            fall(this, REFUSED, today)


def fall(this: AgreedPool, because: str, today: date) -> None:
    """What it was made of is free again."""
    this.shares.update(holds=False)
    this.state, this.settled_on = AgreedPool.State.FALLEN, today
    this.fell_because = because
    this.save(update_fields=["state", "settled_on", "fell_because"])


def take_back(refusal: Answer) -> bool:
    """Let the promises of who said no be pooled again; the pool itself has fallen for good."""
    standing = Answer.objects.refusals().filter(pk=refusal.pk)
    return bool(standing.update(withdrawn_at=timezone.now()))


@transaction.atomic
def let_fall(*, today: date) -> set[str]:
    """Pools being agreed that can no longer be; the measures that bears on."""
    asked = AgreedPool.objects.asked().select_for_update(of=("self",)).select_related("need")
    measures = set()
    for this in asked.order_by("pk"):
        if because := why_it_falls(this, today):
            fall(this, because, today)
            measures.add(this.measure_id)
    return measures


def why_it_falls(this: AgreedPool, today: date) -> str:
    if this.ends < today:
        return PAST
    if this.answer_by < today:
        return LATE
    if this.need and (this.need.state != Need.State.APPROVED or this.need.wanted_by < today):
        return NOT_NEEDED
    return CHANGED if changed_promises(this) else ""


def changed_promises(this: AgreedPool) -> set[UUID]:
    """Those of its promises that are gone from the registry, or hold less than they did."""
    shares = dict(this.shares.values_list("commitment", "promised"))
    found = Commitment.objects.of_standing_contracts().filter(pk__in=shares)
    now = dict(found.values_list("pk", "quantity"))
    return {key for key, promised in shares.items() if now.get(key, 0) < promised}
