"""A joint buy's saving, in parts: of whom it is, and what it leaves once its costs are paid."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from procurement.ladder_places import BUYING, Place, Step
from procurement.models import Assumption, JointBuy, JointBuyMember
from procurement.payback import TERM, WORK, Payback, Usual, usual
from procurement.switching import NOTHING, Switching
from procurement.track_record import Forecast
from registry.formats import count

SHARE = "Its share of the lead’s costs."
NO_SHARE = "Its share of the lead’s costs is not settled yet, and counts as nothing."
KEPT = "As councils state it on the ladder: told to the lead and the buyer."


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
    weighed = usual_of(this)
    if weighed is None or any(member.shown_value is None for member in members):
        return
    if all_of_it := weighed.payback(this.saving):
        kept = replace(all_of_it, switching_words=KEPT)
        yield "If all that could join do", switched(all_of_it, places) if runs else kept
    if runs:
        for whose, part in sets_of(places):
            if found := weighed.payback(part_of(this, part, members)):
                yield whose, switched(found, part)
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
            if found := own.payback(part_of(this, [one], members)):
                yield one.council.short_name, switched(found, [one])


def switched(found: Payback, places: Sequence[Place]) -> Payback:
    return found.switched(switching_of(places), of=len(places))


def usual_of(this: JointBuy) -> Usual | None:
    """By what its saving is weighed: the lead's costs as stated, else as assumed."""
    assumed = Assumption.objects.filter(pk__in=(TERM, WORK)).values_list("code", "value")
    found = usual(dict(assumed))
    if found is None or this.costs is None:
        return found
    return replace(found, work=this.costs, work_words="As its terms state.")
