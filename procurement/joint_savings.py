"""A joint buy's saving, in parts: of whom it is, and what it leaves once its costs are paid."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from procurement.ladder_places import BUYING, Place, Step
from procurement.models import Assumption, JointBuy, JointBuyMember
from procurement.payback import TERM, WORK, Payback, Stated, Usual, usual
from procurement.switching import NOTHING, Switching, as_stated
from procurement.track_record import Forecast
from registry.formats import count
from registry.permissions import Powers

SHARE = "Its share of the lead’s costs."
NO_SHARE = "Its share of the lead’s costs is not settled yet, and counts as nothing."


def buying(places: Sequence[Place]) -> list[Place]:
    """Those that mean to buy and have not fallen out, whose word the reader may know."""
    meaning = (p for p in places if p.step in BUYING and not p.done)
    return [p for p in meaning if p.holds is not False and p.said]


def holding(places: Sequence[Place]) -> list[Place]:
    """Those that have signed, or commit and held when commitments were last resolved."""
    bound = (p for p in buying(places) if p.step != Step.INTENDS)
    return [p for p in bound if p.holds or p.step == Step.SIGNED]


def who_means_to_buy(places: Sequence[Place], *, resolved: bool) -> str:
    """In words, who is among those that mean to buy, and who is not."""
    meaning = buying(places)
    if not meaning:
        return ""
    bound = len(holding(places))
    intend = sum(1 for p in meaning if p.step == Step.INTENDS)
    open_still = len(meaning) - bound - intend
    kinds = [
        f"{count(number, 'council')} {words}"
        for number, words in (
            (bound, "whose commitment holds or is signed"),
            (open_still, "whose commitment is not resolved yet and may still fall out"),
            (intend, "with an intention only"),
        )
        if number
    ]
    told = f"Those that mean to buy: {'; '.join(kinds)}."
    fallen = sum(1 for p in places if p.holds is False and p.step in BUYING)
    if resolved and fallen:
        told += f" Left out: {count(fallen, 'council')} falling out under its conditions."
    return told


def switching_of(places: Sequence[Place]) -> list[Switching]:
    return [p.said.switching for p in places if p.said and p.said.switching]


def part_of(this: JointBuy, places: Sequence[Place], members: Sequence[JointBuyMember]) -> Forecast:
    """These councils' part of the saving, by what their contracts in it came to."""
    councils = {p.council.pk for p in places}
    part = sum((m.annual_value for m in members if m.council_id in councils), Decimal(0))
    return this.saving.share(part, this.annual_value)


def paybacks(
    this: JointBuy, places: Sequence[Place], members: Sequence[JointBuyMember], *, runs: bool
) -> Iterator[tuple[str, Payback]]:
    """The saving beside the lead's work and what switching costs, of whom its reader may know.

    What switching costs together is told to who runs it: a total less one's own tells others'.
    """
    weighed = assumed()
    if weighed is None or any(member.shown_value is None for member in members):
        return
    stated = Stated(this.costs, switching_of(places) if runs else None, len(places))
    if all_of_it := weighed.payback(this.saving, stated):
        yield "If all that could join do", all_of_it
    if runs:
        for whose, part in sets_of(places):
            of_it = Stated(this.costs, switching_of(part), len(part))
            if found := weighed.payback(part_of(this, part, members), of_it):
                yield whose, found
    else:
        yield from own_paybacks(this, places, members, weighed)


def sets_of(places: Sequence[Place]) -> Iterator[tuple[str, list[Place]]]:
    """Those that mean to buy and, where they are fewer, those that are bound to."""
    meaning, held = buying(places), holding(places)
    yield "Those that mean to buy", meaning
    if len(held) < len(meaning):
        yield "Those whose commitment holds or is signed", held


def own_paybacks(
    this: JointBuy, places: Sequence[Place], members: Sequence[JointBuyMember], weighed: Usual
) -> Iterator[tuple[str, Payback]]:
    """Of each council of the reader's, with its share of the lead's work where that is settled."""
    for one in buying(places):
        if one.mine:
            work, words = (NOTHING, NO_SHARE) if one.share is None else (one.share, SHARE)
            own = replace(weighed, work=work, work_words=words)
            stated = Stated(None, switching_of([one]), of=1)
            if found := own.payback(part_of(this, [one], members), stated):
                yield one.council.short_name, found


def assumed() -> Usual | None:
    """By what a saving is weighed until its costs are stated."""
    values = Assumption.objects.filter(pk__in=(TERM, WORK)).values_list("code", "value")
    return usual(dict(values))


def stated_on(this: JointBuy, reader: Powers) -> Stated:
    """The same for who reads of it elsewhere than on its page: in one query."""
    # Of each council the last row stays: its standing word.
    words = this.participants.order_by("pledges__pk").values_list(
        "council", "leads", "pledges__switching_once", "pledges__switching_yearly"
    )
    latest = {council: (leads, as_stated(*said)) for council, leads, *said in words}
    lead = next((council for council, (leads, _) in latest.items() if leads), None)
    switching = [one for _, one in latest.values() if one]
    runs = reader.may_run_joint_buy(this.grouping_id, lead)
    return Stated(this.costs, switching if runs else None, len(latest))
