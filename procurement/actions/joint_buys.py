"""Joint buys: begun from an opportunity, and how they are run."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from procurement.models import (
    ExpectedPrice,
    JointBuy,
    JointBuyMember,
    Minute,
    Opportunity,
    Participant,
    Pledge,
)
from procurement.stable import Prices
from procurement.who_joins import Member, who_joins
from registry.formats import count, day, money_exact
from registry.models import Council, Grouping, User
from registry.permissions import EVERYBODY

KEPT = (
    *("id", "category_id", "grouping_id", "start_date", "councils", "contracts"),
    *("annual_value", "total_value", "saving_low", "saving_mid", "saving_high", "saving_reasons"),
    *("regime_alone", "regime_pooled"),
)


class NotDoneError(ValueError):
    """What was asked cannot be; the message says why, for whoever asked."""


@transaction.atomic
def begin_joint_buy(
    opportunity: Opportunity, *, today: date, by: User | None, among: Sequence[str] = ()
) -> JointBuy:
    """Keep the opportunity as it is today, and ask its councils in; twice begins it once.

    `among` are the councils of a grouping that is not stored.
    """
    if among:
        keep_grouping(opportunity.grouping)
    kept = {name: getattr(opportunity, name) for name in KEPT}
    where = {name: kept.pop(name) for name in ("category_id", "grouping_id", "start_date")}
    begun: dict[str, Any] = {"begun_on": today, "begun_by": by}
    this, made = JointBuy.objects.get_or_create(**where, defaults=kept | begun)
    if made:
        if among:
            this.kept_councils.set(Council.objects.filter(pk__in=among))
        members = who_joins(opportunity, today=today, reader=EVERYBODY)
        JointBuyMember.objects.bulk_create(kept_member(this, one) for one in members)
        codes = sorted({one.council.pk for one in members})
        Participant.objects.bulk_create(Participant(joint_buy=this, council_id=c) for c in codes)
        note(this, f"Begun, with {count(len(codes), 'council')} asked in.", by)
    return this


def kept_member(this: JointBuy, one: Member) -> JointBuyMember:
    return JointBuyMember(
        joint_buy=this,
        contract=one.contract,
        council=one.council,
        action=one.ask.action.value,
        action_by=one.ask.action_by,
        months=one.ask.months,
        annual_value=one.annual_value,
        because=one.ask.because,
    )


def keep_grouping(worked_out: Grouping) -> None:
    """A row for joint buys to point at. It names no supplier, which may come to be withheld."""
    kept = {name: getattr(worked_out, name) for name in ("kind", "nation", "source", "as_at")}
    kept["name"] = worked_out.name
    if worked_out.kind == Grouping.Kind.SUPPLIER:
        kept["name"] = "councils with the same supplier"
    Grouping.objects.get_or_create(code=worked_out.code, defaults=kept)


@transaction.atomic
def express_interest(
    opportunity: Opportunity,
    council: str,
    *,
    today: date,
    by: User | None,
    among: Sequence[str] = (),
) -> JointBuy:
    """The first to be interested begins the joint buy. Interest does not lower a higher step.

    A council whose contracts can join by now, and could not when it was begun, is asked in.
    """
    members = who_joins(opportunity, today=today, reader=EVERYBODY)
    member = next((one for one in members if one.council.pk == council), None)
    if member is None:
        raise NotDoneError("This council has no contract that could join.")
    this = locked(begin_joint_buy(opportunity, today=today, by=by, among=among).pk)
    participant = this.participants.filter(council=council).first()
    if participant is None:
        participant = invite(this.pk, member.council, today=today, by=by)
    said = participant.pledges.last()
    if said is None or said.step in {Pledge.Step.WATCHING, Pledge.Step.WITHDRAWN}:
        check_open(this, today)
        Pledge.objects.create(participant=participant, step=Pledge.Step.INTERESTED, said_by=by)
    return this


@transaction.atomic
def invite(joint_buy: UUID, council: Council, *, today: date, by: User | None) -> Participant:
    """Ask in a council of the grouping that had no contract to replace."""
    this = locked(joint_buy)
    check_open(this, today)
    check_grouping(this, council, today)
    participant, made = Participant.objects.get_or_create(joint_buy=this, council=council)
    if made:
        note(this, f"{council.name} asked in.", by)
    return participant


@transaction.atomic
def set_lead(joint_buy: UUID, council: Council, *, by: User | None) -> None:
    """Make a council that said it would the lead authority, in place of any other."""
    this = locked(joint_buy)
    check_not_closed(this)
    said = Pledge.objects.of(this).standing().filter(participant__council=council).first()
    if said is None or not said.would_lead or said.step == Pledge.Step.WITHDRAWN:
        raise NotDoneError(f"{council.name} has not said that it would lead.")
    this.participants.filter(leads=True).update(leads=False)
    this.participants.filter(council=council).update(leads=True)
    note(this, f"{council.name} is the lead authority.", by)


@transaction.atomic
def set_terms(joint_buy: UUID, *, today: date, by: User | None, **terms: Any) -> None:
    """Its closing date, what late joiners may add, the lead's costs and how they are shared."""
    this = locked(joint_buy)
    check_not_closed(this)
    closing = terms.get("closing_date")
    if closing and not today <= closing < this.start_date:
        raise NotDoneError(
            f"The closing date must lie between today and the start, {day(this.start_date)}."
        )
    for name, value in terms.items():
        setattr(this, name, value)
    this.save(update_fields=list(terms))
    note(this, in_words(this), by)


def in_words(this: JointBuy) -> str:
    """Its terms as the minutes have them."""
    closes = f"Closes on {day(this.closing_date)}." if this.closing_date else "No closing date."
    late = f"Late joiners may add {this.late_cap}." if this.late_cap else "Nobody may join late."
    costs = "The lead’s costs are not known."
    if this.costs is not None:
        shared = this.get_cost_rule_display()
        costs = f"The lead’s costs of {money_exact(this.costs)} are shared: {shared.lower()}."
    return f"{closes} {late} {costs}"


@transaction.atomic
def expect_prices(
    joint_buy: UUID, steps: Iterable[tuple[int, Decimal]], *, by: User | None
) -> None:
    """Put these prices, each from so many on, in place of those expected before."""
    this = locked(joint_buy)
    check_not_closed(this)
    try:
        prices = Prices(tuple(sorted(steps)))
    except ValueError as error:
        raise NotDoneError(str(error)) from error
    this.expected_prices.all().delete()
    ExpectedPrice.objects.bulk_create(
        ExpectedPrice(joint_buy=this, least_quantity=least, price=price)
        for least, price in prices.steps
    )
    note(this, f"Expected prices set, at {count(len(prices.steps), 'quantity', 'quantities')}.", by)


@transaction.atomic
def admit_late_joiner(
    joint_buy: UUID, council: Council, quantity: int, *, today: date, by: User | None
) -> Participant:
    """Let a council of the grouping sign after closing, within what late joiners may add."""
    this = locked(joint_buy)
    if this.closed_at is None:
        raise NotDoneError("It is not closed yet: invite the council instead.")
    check_grouping(this, council, today)
    participant, _ = Participant.objects.get_or_create(joint_buy=this, council=council)
    check_not_signing(this, participant)
    others = this.participants.exclude(pk=participant.pk)
    taken = others.aggregate(taken=Sum("late_quantity"))["taken"] or 0
    left = (this.late_cap or 0) - taken
    if quantity > left:
        raise NotDoneError(f"Late joiners may add {max(left, 0)} more, not {quantity}.")
    participant.late_quantity = quantity
    participant.save(update_fields=["late_quantity"])
    note(this, f"{council.name} may join late.", by)
    return participant


@transaction.atomic
def write_minute(joint_buy: UUID, text: str, *, by: User | None) -> Minute:
    this = JointBuy.objects.get(pk=joint_buy)
    return Minute.objects.create(joint_buy=this, text=text, by_hand=True, written_by=by)


def locked(joint_buy: UUID) -> JointBuy:
    """The joint buy, which nobody else can move on meanwhile."""
    return JointBuy.objects.select_for_update().get(pk=joint_buy)


def check_not_closed(this: JointBuy) -> None:
    if this.closed_at:
        raise NotDoneError("It is closed. Only signing and late joiners are left.")


def check_open(this: JointBuy, today: date) -> None:
    check_not_closed(this)
    if not this.open_on(today):
        closed = this.closing_date or today
        raise NotDoneError(f"Its closing date was {day(closed)}: commitments stand as they are.")


def check_grouping(this: JointBuy, council: Council, today: date) -> None:
    if not this.may_ask_in(today).filter(pk=council.pk).exists():
        raise NotDoneError(f"{council.name} is not {this.of_its_councils}.")


def check_not_signing(this: JointBuy, participant: Participant) -> None:
    """A late joiner is one that neither signed nor can sign on its commitment."""
    said, resolution = participant.pledges.last(), this.resolutions.last()
    if said and said.step == Pledge.Step.SIGNED:
        raise NotDoneError(f"{participant.council.name} has signed already.")
    if resolution and participant.council_id in resolution.holding:
        raise NotDoneError(f"{participant.council.name} can sign for what it committed to.")


def note(this: JointBuy, text: str, by: User | None) -> None:
    Minute.objects.create(joint_buy=this, text=text, written_by=by)
