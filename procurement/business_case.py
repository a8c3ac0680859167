"""An opportunity's business case: what a council is asked to decide, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procurement.advice import Advice, Planned, Pressed
from procurement.briefing import Briefing
from procurement.models import JointBuy
from procurement.who_joins import Member
from registry.formats import count, money_exact, money_short
from registry.formats import day as in_words

# More would not fit one page; the workbook has them all.
MOST_DEEDS, MOST_DATES, MOST_DOUBTS = 10, 6, 4
# The first that finance asks, so never among what is left out.
NOT_COUNTED = "What switching costs, and the time of councils that do not lead"
NOT_STATED = "What switching costs councils that do not state it, and the time of those not leading"


@dataclass(frozen=True, slots=True)
class Deed:
    """What one council must do about one contract."""

    council: str
    contract: str
    what: str
    by: date | None


@dataclass(frozen=True, slots=True)
class BusinessCase:
    """Plain values, the same for the page and for the document."""

    title: str
    as_at: date
    question: str
    facts: Sequence[tuple[str, str]]
    deeds: Sequence[Deed]
    deeds_left_out: int
    way: str
    dates: Sequence[tuple[date, str]]
    doubts: Sequence[str]
    doubts_left_out: int


def business_case(briefing: Briefing, advice: Advice | None) -> BusinessCase:
    this = briefing.opportunity
    plan = advice.plans[0] if advice and advice.plans else None
    deeds = [deed(one) for one in briefing.joining]
    doubts = briefing.doubts  # what the work costs stands among the facts
    start = in_words(this.start_date)
    return BusinessCase(
        title=f"Buying together: {this.category.name}, {this.grouping.name}",
        as_at=briefing.today,
        question=f"Shall we buy together with the others, to start on {start}?",
        facts=facts(briefing, advice),
        deeds=deeds[:MOST_DEEDS],
        deeds_left_out=len(deeds[MOST_DEEDS:]),
        way=plan.way if plan else "",
        dates=dates(plan) if plan else (),
        doubts=doubts[:MOST_DOUBTS],
        doubts_left_out=len(doubts[MOST_DOUBTS:]),
    )


def deed(one: Member) -> Deed:
    return Deed(
        council=one.council.short_name,
        contract=one.contract.title,
        what=one.ask.because,
        by=one.ask.action_by,
    )


def facts(briefing: Briefing, advice: Advice | None) -> list[tuple[str, str]]:
    this = briefing.opportunity
    joining = f"{count(this.councils, 'council')} with {count(this.contracts, 'contract')}"
    serving = [route.name for route in briefing.routes if route.serves]
    return [
        ("Who could join", joining),
        ("Start", in_words(this.start_date)),
        *([("Under way", under_way(briefing.begun))] if briefing.begun else []),
        ("Bought a year", money_exact(this.annual_value)),
        ("Over the whole term", money_exact(this.total_value)),
        ("May be saved a year", saving(briefing)),
        *weighed(briefing),
        *([("In time", in_time(advice.pressed))] if advice and advice.pressed else []),
        ("By law", f"{this.regime_pooled.capitalize()}. {this.regime_note}".strip()),
        ("Frameworks that could serve", ", ".join(serving) or "None is known here"),
    ]


def under_way(begun: JointBuy) -> str:
    day = in_words(begun.begun_on)
    return f"A joint buy of this since {day}: what is stated on it is counted here"


def weighed(briefing: Briefing) -> list[tuple[str, str]]:
    """The saving beside what it costs, and what neither counts."""
    if not briefing.opportunity.saving_high:
        return []
    found = briefing.payback
    warned = [("Mind", found.warning)] if found and found.warning else []
    left = NOT_STATED if found and found.switching else NOT_COUNTED
    return [*(found.rows if found else []), *warned, ("Not counted in it", left)]


def in_time(found: Pressed) -> str:
    plan = found.plan
    if found.late:
        return (
            f"Too late this way: its first step was due by {in_words(plan.first.by)}. "
            f"Earliest start {in_words(plan.timetable.earliest_start)}"
        )
    return (
        f"The law’s timetable takes {count(plan.months_needed, 'month')}, more than the "
        f"{found.lead_months} planned for: begin by {in_words(plan.first.by)}"
    )


def saving(briefing: Briefing) -> str:
    this = briefing.opportunity
    if not this.saving_high:
        return "None is claimed"
    low, mid, high = (
        money_short(amount) for amount in (this.saving_low, this.saving_mid, this.saving_high)
    )
    return f"{low} to {high}, most likely {mid}. An estimate: see why it may be wrong"


def dates(plan: Planned) -> list[tuple[date, str]]:
    """The duties of the first way to buy; choices are left to the whole timetable."""
    duties = [(step.by, step.what) for step, _past in plan.steps if step.duty]
    return duties[:MOST_DATES]
