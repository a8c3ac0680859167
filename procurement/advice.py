"""What the law asks of an opportunity and by when, gathered for its page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, F, Max, Q

from procurement.briefing import Briefing
from procurement.cautions import Caution, Facts, Unstated, cautions
from procurement.lots import Bidder, Lotting, Share, lottings
from procurement.models import JointBuy, Opportunity
from procurement.rules import Rules
from procurement.thresholds import NOTIFIABLE, PIPELINE, Regime, notice_day
from procurement.timetable import Periods, Purchase, Step, Timetable, Way, timetable
from procurement.working_days import holidays_known_to, working_days
from registry.exits import months_between, without_notice
from registry.formats import day
from registry.models import Contract
from registry.permissions import Powers

# The numbers of `reference/assumptions.csv` that advice cannot do without.
NEEDED = frozenset(
    {*Periods.codes(), *("bidder_reach", "lead_months", "replacement_term_months", "vat_percent")}
)
# A procedure of the councils' own in each regime whose periods are worked out here.
OWN = {Regime.ABOVE: Way.TENDER, Regime.BELOW: Way.QUOTES}


@dataclass(frozen=True, slots=True)
class Planned:
    """A way to buy, its timetable, and which of its duties are already past."""

    way: Way
    timetable: Timetable
    today: date
    start: date

    @property
    def in_time(self) -> bool:
        return self.timetable.possible(self.start)

    @property
    def first(self) -> Step:
        return self.timetable.first

    @property
    def months_needed(self) -> int:
        """From its first duty to the start, part months counted whole."""
        return months_between(self.first.by, self.start)

    @property
    def steps(self) -> list[tuple[Step, bool]]:
        """Each step, and whether its day is past."""
        return [(step, step.by < self.today) for step in self.timetable.steps]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A way to buy whose first duty is past or comes before the plan's lead time, and ways out."""

    plan: Planned
    lead_months: int
    later: Opportunity | None  # the next date of the plan that this way can still meet
    instead: Planned | None  # another way that leads to the date in time
    frameworks: Sequence[str]  # that could serve a call-off

    @property
    def late(self) -> bool:
        return not self.plan.in_time


@dataclass(frozen=True, slots=True)
class Advice:
    """The law of the day for one opportunity. No plans where its law is not worked out here."""

    regime: Regime
    plans: Sequence[Planned]
    pressed: Pressed | None
    lottings: Sequence[Lotting]
    reach: Decimal  # so many times its largest known contract a supplier could serve
    cautions: Sequence[Caution]
    holidays_known_to: date


def advise(briefing: Briefing, *, reader: Powers) -> Advice | None:
    """None where reference data is not loaded."""
    rules = briefing.rules
    if not rules.assumptions.keys() >= NEEDED:
        return None
    this = briefing.opportunity
    regime = Regime(this.regime_pooled)
    reach = rules.assumptions["bidder_reach"]
    planned = list(plans(briefing, regime))
    return Advice(
        regime=regime,
        plans=planned,
        pressed=pressed(briefing, planned),
        lottings=lottings(shares(briefing), bidders(this, reader), reach=reach),
        reach=reach,
        cautions=list(cautions(facts(briefing, regime))),
        holidays_known_to=holidays_known_to(this.grouping.nation),
    )


def plans(briefing: Briefing, regime: Regime) -> Iterator[Planned]:
    """A procedure of the councils' own, and a call-off where a framework serves."""
    if regime not in OWN:
        return
    own = OWN[regime]
    ways = [own, Way.CALL_OFF] if any(route.serves for route in briefing.routes) else [own]
    for way in ways:
        yield planned(briefing, regime, way)


def planned(
    briefing: Briefing, regime: Regime, way: Way, annual_value: Decimal | None = None
) -> Planned:
    """One way to buy all of it, or so much a year of it, as its timetable goes from today."""
    this = briefing.opportunity
    value = this.annual_value if annual_value is None else annual_value
    return laid_out(this, Asked(regime, way, value), briefing.rules, today=briefing.today)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be bought which way, and what it is worth a year."""

    regime: Regime
    way: Way
    annual_value: Decimal


def laid_out(this: Opportunity | JointBuy, asked: Asked, rules: Rules, *, today: date) -> Planned:
    value = asked.annual_value
    bought = Purchase(
        this.start_date,
        asked.regime,
        asked.way,
        notifiable=rules.reaches(NOTIFIABLE, value, this.start_date),
        in_pipeline=rules.reaches(PIPELINE, value, this.start_date),
    )
    periods = Periods.assumed(rules.assumptions)
    found = timetable(bought, periods, working_days(this.grouping.nation), today=today)
    return Planned(asked.way, found, today, this.start_date)


def first_step(this: JointBuy, *, today: date) -> Step | None:
    """What the law asks first of a procedure of its councils' own: the tender notice, or quotes.

    None where its law is not worked out here, or reference data is not loaded.
    """
    regime = Regime(this.regime_pooled)
    rules = Rules.of_the_day()
    if regime not in OWN or not rules.assumptions.keys() >= NEEDED:
        return None
    asked = Asked(regime, OWN[regime], this.annual_value)
    return laid_out(this, asked, rules, today=today).first


def too_late_to_close(this: JointBuy, *, today: date) -> str:
    """In words, that its closing date leaves no time for the first step; nothing where it does."""
    if this.closing_date is None or this.closed_at:
        return ""
    step = first_step(this, today=today)
    if step is None or this.closing_date <= step.by:
        return ""
    first = "for the tender notice" if step.notice else "to ask for quotes"
    return (
        f"Councils can commit until {day(this.closing_date)}, but the last day {first} is "
        f"{day(step.by)} if it is to start on {day(this.start_date)}. Let it close earlier."
    )


def pressed(briefing: Briefing, planned: Sequence[Planned]) -> Pressed | None:
    """Whether the first way comes too late, or needs longer than the plan allows it."""
    if not planned:
        return None
    own, *others = planned
    start, lead = briefing.opportunity.start_date, briefing.rules.lead_months
    if own.in_time and own.first.by >= notice_day(start, lead_months=lead):
        return None
    dates = sorted(
        (one for one in briefing.other_dates if one.start_date > start),
        key=lambda one: (one.alternative, one.start_date),
    )
    reached = (one for one in dates if own.timetable.possible(one.start_date))
    return Pressed(
        plan=own,
        lead_months=lead,
        later=next(reached, None),
        instead=next((one for one in others if one.in_time), None),
        frameworks=[route.name for route in briefing.routes if route.serves],
    )


def shares(briefing: Briefing) -> list[Share]:
    return [
        Share(
            council=one.council.short_name,
            place=one.council.county_id or one.council.pk,
            annual_value=one.contract.yearly_value or Decimal(0),
        )
        for one in briefing.joining
    ]


def bidders(opportunity: Opportunity, reader: Powers) -> list[Bidder]:
    """Suppliers of the category in all registers, as far as this reader is told of them."""
    told = Contract.objects.standing().filter(category=opportunity.category_id)
    found = (
        told.as_published_to(reader)
        .annotate(seller=F("shown_supplier"))
        .values("seller")
        .annotate(
            largest=Max("shown_yearly_value"),
            small=Count("pk", filter=Q(sme=True)),
            large=Count("pk", filter=Q(sme=False)),
        )
        .order_by("seller")
        .values_list("seller", "largest", "small", "large")
    )
    return [
        Bidder(seller, largest, size(small, large))
        for seller, largest, small, large in found
        if seller and largest
    ]


def size(small: int, large: int) -> bool | None:
    """Small if more registers say so than say not; None if none says."""
    return small >= large if small or large else None


def facts(briefing: Briefing, regime: Regime) -> Facts:
    start = briefing.opportunity.start_date
    call_off = briefing.rules.call_off_day(start)
    return Facts(
        start=start,
        regime_pooled=regime,
        annual_value=briefing.opportunity.annual_value,
        without_notice=[
            Unstated(one.council.short_name, one.annual_value)
            for one in briefing.joining
            if without_notice(one.terms, one.ask.action)
        ],
        titles=[one.contract.title for one in briefing.joining],
        ending_frameworks=[
            (route.name, route.ends)
            for route in briefing.routes
            if route.ends and briefing.today <= route.ends < call_off
        ],
    )
