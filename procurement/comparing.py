"""The ways to buy an opportunity together, gathered for its page and its papers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter

from procurement.advice import OWN, Advice, planned, shares
from procurement.briefing import Briefing, months
from procurement.lots import sums
from procurement.thresholds import Regime
from procurement.timetable import Timetable, Way
from procurement.ways import Bought, Buyer, Choice, choices

NOTHING = Decimal(0)
# The ways to buy together in each regime whose periods are worked out here.
WAYS = {
    Regime.ABOVE: (Way.TENDER, Way.FLEXIBLE, Way.CALL_OFF, Way.MARKET),
    Regime.BELOW: (Way.QUOTES, Way.CALL_OFF),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every way considered for a start."""

    start: date
    call_off: date  # the planned day of award under a framework
    choices: Sequence[Choice]

    @property
    def serving(self) -> list[tuple[Choice, bool | None]]:
        """Those that could serve, and whether there is time; None where that is not worked out."""
        return [(one, one.in_time(self.start)) for one in self.choices if one.counts]

    @property
    def left_out(self) -> list[Choice]:
        return [one for one in self.choices if not one.counts]


def compare(briefing: Briefing, advice: Advice | None) -> Comparison:
    """Without dates where reference data is not loaded, or the regime's are not worked out."""
    ways = WAYS.get(advice.regime, ()) if advice else ()
    timetables = {way: planned(briefing, advice.regime, way).timetable for way in ways if advice}
    alone = largest_alone(briefing) if advice else None
    this = bought(briefing, advice)
    found = choices(this, briefing.schemes, timetables, alone)
    return Comparison(this.start, this.call_off, found)


def largest_alone(briefing: Briefing) -> Timetable | None:
    """The timetable of the council that buys most, if it bought by itself."""
    regime = Regime(briefing.opportunity.regime_alone)
    if regime not in OWN:
        return None
    largest = max(sums(shares(briefing), attrgetter("council")).values(), default=NOTHING)
    return planned(briefing, regime, OWN[regime], largest).timetable


def bought(briefing: Briefing, advice: Advice | None) -> Bought:
    this, assumed = briefing.opportunity, briefing.rules.assumptions
    lottings = advice.lottings if advice else ()
    saved = this.saving_high / this.annual_value if this.annual_value else NOTHING
    return Bought(
        category=this.category_id,
        called=this.category.name,
        start=this.start_date,
        mobilisation_months=months(assumed, "mobilisation_months"),
        total_value=this.total_value,
        saved_share=min(saved, Decimal(1)),
        usual_fee_percent=assumed.get("fee_percent", NOTHING),
        buyers=list(buyers(briefing)),
        small_for_all=lottings[0].small_serve_largest if lottings else 0,
        small_for_one=lottings[-1].small_serve_smallest if lottings else 0,
    )


def buyers(briefing: Briefing) -> Iterator[Buyer]:
    """The councils that join, by name."""
    found = {one.council.pk: one.council for one in briefing.joining}
    for council in sorted(found.values(), key=lambda one: one.name):
        places = {council.name, council.short_name, council.region, council.nation}
        yield Buyer(council.short_name, frozenset(places))
