"""Where a joint buy stands, as one reader may see it.

Everybody asked in sees who takes part and on which step. What a council said (quantities,
specification, conditions) is seen by its own officers, by the lead authority and by the buyer of
the grouping. Totals are for those two as well: with few councils a total less one's own tells
another's.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from procurement.cost_shares import Rule, cost_shares
from procurement.joint_savings import paybacks, who_means_to_buy
from procurement.ladder_places import BUYING, Place, Step
from procurement.menu import Attribute, Menu, Profile, Wish, side_by_side, smallest_menu
from procurement.models import (
    JointBuy,
    JointBuyMember,
    Opportunity,
    Participant,
    Pledge,
    Resolution,
)
from procurement.payback import Payback
from procurement.pictures.funnel import Rung
from procurement.signings import Signed, councils_done, signed_elsewhere, told
from procurement.stable import TOLD_OTHERS, Lack, Reason, told_in_full, told_itself
from registry.models import Council
from registry.permissions import Powers

LADDER = (Step.WATCHING, Step.INTERESTED, Step.INTENDS, Step.COMMITS, Step.SIGNED)
# From so many on a share by quantity does not tell what one other council buys.
ENOUGH_TO_HIDE = 5


@dataclass(frozen=True, slots=True)
class StepLine:
    """One line of the funnel's table."""

    rung: Rung
    step: Pledge.Step | None
    councils: Sequence[Council]
    quantity: int


@dataclass(frozen=True, slots=True)
class Column:
    """Whose specification stands in a column, and for how many."""

    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Line:
    """A profile of the menu, with the names of the councils it serves."""

    profile: Profile
    councils: Sequence[str]
    asked_for_less: Sequence[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """A joint buy with everything its page shows."""

    joint_buy: JointBuy
    today: date
    runs: bool
    open: bool
    lead: Council | None
    places: Sequence[Place]
    ladder: Sequence[StepLine]
    members: Sequence[JointBuyMember]
    counting: Sequence[JointBuyMember]  # those not signed for elsewhere
    resolution: Resolution | None
    now: Opportunity | None
    better: Sequence[Opportunity]
    attributes: Sequence[Attribute]
    wishes: Sequence[Wish]
    menu: Menu | None
    names: Mapping[str, str]
    meaning: str  # who is among those that mean to buy, for the lead and the buyer
    paybacks: Sequence[tuple[str, Payback]]  # of whose saving, as far as the reader may know
    signed: Signed  # where else its contracts are signed for, as far as the reader may know
    done: frozenset[str]  # councils that signed elsewhere for all they could buy here

    @property
    def mine(self) -> list[Place]:
        return [place for place in self.places if place.mine]

    @property
    def worked_out_by(self) -> Council | None:
        """The reader's council for which its grouping can be worked out anew."""
        own = self.mine if self.joint_buy.grouping.worked_out else []
        return next((place.council for place in own), None)

    @property
    def may_sign(self) -> list[Place]:
        return [place for place in self.mine if can_sign(self.joint_buy, place)]

    @property
    def all_signed(self) -> bool:
        """Whether it is closed and everybody who could sign has."""
        signed = any(place.step == Step.SIGNED for place in self.places)
        return signed and not any(can_sign(self.joint_buy, place) for place in self.places)

    @property
    def may_tell(self) -> bool:
        """Whether a council of the reader's signed, and so can tell what it saves."""
        return any(place.step == Step.SIGNED for place in self.mine)

    @property
    def columns(self) -> list[Column]:
        return [Column(self.names[wish.council], wish.quantity) for wish in self.wishes]

    @property
    def lines(self) -> list[Line]:
        profiles = self.menu.profiles if self.menu else ()
        return [
            Line(one, self.named(one.councils), self.named(one.asked_for_less)) for one in profiles
        ]

    @property
    def meant(self) -> int:
        """How many those whose word the reader knows mean to buy."""
        return sum(column.quantity for column in [*self.columns, *self.unspecified])

    @property
    def unspecified(self) -> list[Column]:
        """Who means to buy and gives no specification: no menu is made for it."""
        return [
            Column(p.council.short_name, p.said.quantity_expected or 0)
            for p in self.places
            if p.said and p.step in BUYING and not p.said.specification
        ]

    @property
    def left_out(self) -> list[str]:
        return self.named(self.menu.left_out) if self.menu else []

    def named(self, codes: Sequence[str]) -> list[str]:
        return [self.names[code] for code in codes]

    @property
    def payback_rows(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Line by line, of whose saving and what it comes to: all have the same lines."""
        whose = [name for name, _ in self.paybacks]
        lines = zip(*(found.rows for _, found in self.paybacks), strict=True)
        return [
            (line[0][0], list(zip(whose, (words for _, words in line), strict=True)))
            for line in lines
        ]

    @property
    def sums_told(self) -> bool:
        """Not where a value has been withheld since: the sum less the others would tell it."""
        return all(member.shown_value is not None for member in self.members)


def stand(this: JointBuy, *, today: date, reader: Powers) -> Standing:
    participants = list(this.participants.select_related("council"))
    said = {p.participant_id: p for p in Pledge.objects.of(this).standing()}
    lead = next((p.council for p in participants if p.leads), None)
    runs = reader.may_run_joint_buy(this.grouping_id, lead.pk if lead else None)
    resolution = this.resolutions.select_related("lead").last()
    names = {p.council_id: p.council.short_name for p in participants}
    members = list(this.members.told_to(reader))
    elsewhere = signed_elsewhere(this, {m.contract_id for m in members}, reader=reader)
    gone = {one.contract for one in elsewhere}
    done = councils_done(((m.council_id, m.contract_id) for m in members), gone)
    left = [m for m in members if m.contract_id not in gone]
    counting = [p for p in participants if p.council_id not in done]
    wishes = wishes_of(counting, said)
    menu = smallest_menu(wishes) if wishes else None
    places = [place(p, said.get(p.pk), runs=runs, reader=reader) for p in participants]
    for one in places:
        one.done = one.council.pk in done
        one.elsewhere = told(s for s in elsewhere if s.council == one.council.pk)
        settle(one, resolution, names, runs=runs)
        serve(one, menu)
    share_costs(this, places, said, lead)
    return Standing(
        joint_buy=this,
        today=today,
        runs=runs,
        open=this.open_on(today),
        lead=lead,
        places=places,
        ladder=ladder(participants, said, done),
        members=members,
        counting=left,
        resolution=resolution,
        now=Opportunity.objects.filter(pk=this.pk).first(),
        better=better_now(this),
        attributes=side_by_side(wishes) if runs else [],
        wishes=wishes if runs else [],
        menu=menu if runs else None,
        names=names,
        meaning=who_means_to_buy(places, resolved=bool(resolution)) if runs else "",
        paybacks=list(paybacks(this, places, left, runs=runs)),
        signed=told(elsewhere),
        done=done,
    )


def place(one: Participant, said: Pledge | None, *, runs: bool, reader: Powers) -> Place:
    mine = reader.may_act_for(one.council_id)
    step = Step(said.step) if said else None
    return Place(one, said if runs or mine else None, step, mine)


def settle(
    one: Place, resolution: Resolution | None, names: Mapping[str, str], *, runs: bool
) -> None:
    """What the last resolution says of a council, in the words this reader may hear."""
    outcomes = {o["council"]: o for o in resolution.outcomes} if resolution else {}
    outcome: dict[str, Any] | None = outcomes.get(one.council.pk)
    if outcome is None or one.done:
        return
    one.holds = outcome["holds"]
    if one.holds:
        return
    reasons = [Reason(Lack(lack), asked, had) for lack, asked, had in outcome["reasons"]]
    if runs:
        one.why = [told_in_full(reason, names) for reason in reasons]
    elif one.mine:
        one.why = [told_itself(reason, names) for reason in reasons]
    else:
        one.why = [TOLD_OTHERS]


def wishes_of(participants: Sequence[Participant], said: Mapping[int, Pledge]) -> list[Wish]:
    """What those who mean to buy specified, by council's code."""
    return [
        Wish(p.council_id, pledge.quantity_expected or 0, pledge.specification)
        for p in participants
        if (pledge := said.get(p.pk)) and pledge.step in BUYING and pledge.specification
    ]


def serve(one: Place, menu: Menu | None) -> None:
    if menu and one.said:
        lines = (line for line in menu.profiles if one.council.pk in line.councils)
        one.served_by = next((line.values for line in lines), None)


def share_costs(
    this: JointBuy, places: Sequence[Place], said: Mapping[int, Pledge], lead: Council | None
) -> None:
    """Give those who hold or have signed their part of the lead's costs, where it can be told."""
    sharing = [p for p in places if not p.done and (p.holds or p.step == Step.SIGNED)]
    if this.costs is None or lead is None or not sharing:
        return
    quantities = {
        p.council.pk: said[p.participant.pk].quantity_expected or 0
        for p in sharing
        if p.participant.pk in said
    }
    shares = cost_shares(this.costs, quantities, rule=Rule(this.cost_rule), lead=lead.pk)
    tells_quantities = this.cost_rule == Rule.BY_QUANTITY and len(sharing) < ENOUGH_TO_HIDE
    runs = all(p.said is not None for p in sharing)
    for one in sharing:
        if one.said is not None and (runs or not tells_quantities):
            one.share = shares.get(one.council.pk, Decimal(0))


def ladder(
    participants: Sequence[Participant], said: Mapping[int, Pledge], done: Set[str]
) -> list[StepLine]:
    """From all that were asked in to those that signed: who came so far, who stands there.

    What those done elsewhere said they would buy is not in the sums.
    """
    stands: dict[int, int] = {}
    for p in participants:
        step = said[p.pk].step if p.pk in said else None
        stands[p.pk] = LADDER.index(Step(step)) + 1 if step in LADDER else 0
    rows = []
    for n, step in enumerate((None, *LADDER)):
        here = [p for p in participants if stands[p.pk] == n]
        reached = sum(1 for p in participants if stands[p.pk] >= n)
        buying = (p for p in here if p.pk in said and p.council_id not in done)
        quantity = sum(said[p.pk].quantity_expected or 0 for p in buying)
        rung = Rung(step.label if step else "Asked in", reached, len(here))
        rows.append(StepLine(rung, step, [p.council for p in here], quantity))
    return rows


def better_now(this: JointBuy) -> list[Opportunity]:
    """Other dates of the same things and councils that would now save more than this one did."""
    found = Opportunity.objects.filter(
        category=this.category_id, grouping=this.grouping_id, saving_mid__gt=this.saving_mid
    )
    return list(found.exclude(pk=this.pk).order_by("-saving_mid", "start_date")[:3])


def can_sign(this: JointBuy, one: Place) -> bool:
    """Once closed: those whose commitment holds, and those admitted late."""
    if this.closed_at is None or one.step == Step.SIGNED or one.done:
        return False
    return bool(one.holds or one.participant.late_quantity)
