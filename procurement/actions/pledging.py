"""What councils pledge on the ladder, how commitments resolve, and the signing."""

from collections.abc import Iterable, Set
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from procurement.actions.joint_buys import (
    NotDoneError,
    check_grouping,
    check_not_closed,
    check_open,
    locked,
    note,
)
from procurement.models import JointBuy, Participant, Pledge, Resolution
from procurement.signings import done_elsewhere, why_done
from procurement.stable import Commitment, Conditions, Outcome, Prices, resolve
from registry.formats import count
from registry.models import Council, User

Step = Pledge.Step
# What is asked on each step: nothing of the rest is kept.
QUANTITIES = ("quantity_low", "quantity_expected", "quantity_high")
SWITCHING = ("switching_once", "switching_yearly")
INTENT = (*QUANTITIES, *SWITCHING, "specification", "would_lead")
CONDITIONS = ("least_councils", "least_quantity", "most_price", "wants_lead_id")
ASKED = {Step.INTENDS: INTENT, Step.COMMITS: (*INTENT, *CONDITIONS)}


@transaction.atomic
def pledge(
    participant: Participant, step: Pledge.Step, *, today: date, by: User | None, **said: Any
) -> Pledge:
    """Add a council's word; it stands in place of what the council said before."""
    this = locked(participant.joint_buy_id)
    check_open(this, today)
    if step != Step.WITHDRAWN:
        check_grouping(this, participant.council, today)
    if step == Step.SIGNED:
        raise NotDoneError("Signing follows when the joint buy is closed.")
    if step == Step.COMMITS:
        check_not_done(participant)
    kept = {name: said[name] for name in ASKED.get(step, ()) if name in said}
    leads = this.participants.filter(pk=participant.pk, leads=True)
    if not kept.get("would_lead") and leads.update(leads=False):
        note(this, f"{participant.council.name} no longer leads.", by)
    if kept.get("would_lead") and this.grouping.worked_out:
        lead_first(this, participant, by)
    return Pledge.objects.create(participant=participant, step=step, said_by=by, **kept)


def check_not_done(participant: Participant) -> None:
    if why := why_done(participant.joint_buy, participant.council_id):
        raise NotDoneError(f"{why}: watch or withdraw here.")


def lead_first(this: JointBuy, participant: Participant, by: User | None) -> None:
    """A grouping worked out has no buyer to choose its lead: the first that would, leads."""
    if this.participants.filter(leads=True).exists():
        return
    this.participants.filter(pk=participant.pk).update(leads=True)
    note(this, f"{participant.council.name} is the lead authority, as the first that would be.", by)


@transaction.atomic
def resolve_commitments(joint_buy: UUID, *, by: User | None) -> Resolution:
    """Work out which commitments hold together as they stand, and keep the answer."""
    this = locked(joint_buy)
    check_not_closed(this)
    return record_outcome(this, by)


@transaction.atomic
def close(joint_buy: UUID, *, by: User | None) -> Resolution:
    """Let nobody change a commitment any more, and settle who signs."""
    this = locked(joint_buy)
    check_not_closed(this)
    if lacks := before_closing(this, done_elsewhere(this)):
        raise NotDoneError(lacks)
    resolution = record_outcome(this, by)
    this.closed_at = timezone.now()
    this.save(update_fields=["closed_at"])
    note(this, f"Closed: {count(len(resolution.holding), 'council')} can sign.", by)
    return resolution


def before_closing(this: JointBuy, done: Set[str]) -> str:
    """What must come first, in words for who runs it; nothing where it can be closed now.

    `done` are the councils that have signed for all their contracts elsewhere.
    """
    if not this.participants.filter(leads=True).exists():
        return "Choose the lead authority first."
    if not outcome_of(this, done).holding:
        return (
            "No commitments hold together, so there is nothing to sign. "
            "Give the councils more time, or talk to those who fall out."
        )
    return ""


@transaction.atomic
def sign(participant: Participant, *, by: User | None) -> Pledge:
    """Sign for what the council committed to, or was admitted late for; twice signs once."""
    this = locked(participant.joint_buy_id)
    said = participant.pledges.last()
    if said and said.step == Step.SIGNED:
        return said
    # One signature of a council at a time, in whichever of its joint buys.
    Council.objects.select_for_update(no_key=True).get(pk=participant.council_id)
    if why := why_done(this, participant.council_id):
        raise NotDoneError(f"{why}, so there is nothing to sign here.")
    quantities = to_sign(this, participant, said)
    kept = {name: getattr(said, name) for name in ("specification", *SWITCHING)} if said else {}
    return Pledge.objects.create(
        participant=participant,
        step=Step.SIGNED,
        said_by=by,
        **kept,
        **quantities,
    )


def to_sign(this: JointBuy, participant: Participant, said: Pledge | None) -> dict[str, Any]:
    """The quantities to sign for; refused where there is nothing to sign."""
    if this.closed_at is None:
        raise NotDoneError("It can be signed once its lead authority has closed it.")
    if participant.late_quantity:
        return dict.fromkeys(QUANTITIES, participant.late_quantity)
    resolution = this.resolutions.last()
    if said is None or resolution is None or participant.council_id not in resolution.holding:
        raise NotDoneError("This council’s commitment does not hold, so there is nothing to sign.")
    return {name: getattr(said, name) for name in QUANTITIES}


def record_outcome(this: JointBuy, by: User | None) -> Resolution:
    outcome = outcome_of(this, done_elsewhere(this))
    resolution = Resolution.objects.create(
        joint_buy=this,
        lead_id=outcome.lead or None,
        quantity=outcome.quantity,
        price=outcome.price,
        outcomes=as_rows(outcome),
        resolved_by=by,
    )
    of = count(len(outcome.holding) + len(outcome.fallen), "commitment")
    note(this, f"Commitments resolved: {len(outcome.holding)} of {of} hold together.", by)
    return resolution


def outcome_of(this: JointBuy, done: Set[str]) -> Outcome:
    """Which commitments hold together as they stand, without those done elsewhere."""
    return resolve(list(commitments(this, done)), prices=prices(this), leads=leads(this, done))


def commitments(this: JointBuy, done: Set[str]) -> Iterable[Commitment]:
    said_so = Pledge.objects.of(this).standing().filter(step=Step.COMMITS)
    for said in said_so.exclude(participant__council__in=done):
        yield Commitment(
            council=said.participant.council_id,
            quantity=said.quantity_expected or 0,
            conditions=Conditions(
                councils=said.least_councils or 0,
                quantity=said.least_quantity or 0,
                price=said.most_price,
                leads=frozenset({said.wants_lead_id} if said.wants_lead_id else ()),
            ),
        )


def prices(this: JointBuy) -> Prices:
    return Prices(tuple(this.expected_prices.values_list("least_quantity", "price")))


def leads(this: JointBuy, done: Set[str]) -> list[str]:
    """The lead authority, or while there is none, those committed that said they would lead."""
    chosen = this.participants.filter(leads=True).values_list("council", flat=True)
    said = Pledge.objects.of(this).standing().filter(step=Step.COMMITS, would_lead=True)
    said = said.exclude(participant__council__in=done)
    return list(chosen) or list(said.values_list("participant__council", flat=True))


def as_rows(outcome: Outcome) -> list[dict[str, Any]]:
    holding = [{"council": c, "holds": True, "round": 0, "reasons": []} for c in outcome.holding]
    fallen = [
        {
            "council": one.council,
            "holds": False,
            "round": one.round,
            "reasons": [[reason.lack, reason.asked, reason.had] for reason in one.reasons],
        }
        for one in outcome.fallen
    ]
    return holding + fallen
