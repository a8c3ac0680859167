"""The law and the market of the day: thresholds, priors, assumptions and frameworks, as read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from procurement.models import Framework, PriceRelease, SavingPrior
from procurement.payback import Payback
from procurement.prices import how_many
from procurement.routes import Scheme, routes
from procurement.rules import Rules
from procurement.savings import Damping, Fee, Pool, PriceGap, Prior, Saving, dampings, estimate
from procurement.thresholds import Judgement
from procurement.track_record import Forecast
from procurement.windows import WindowSettings, window_settings
from registry.formats import day as in_words
from registry.models import Grouping


@dataclass(frozen=True)
class Law:
    """The rules of the day, and what a rebuild needs beside them."""

    rules: Rules
    priors: Mapping[str, Prior]
    schemes: Sequence[Scheme]
    nations: Mapping[str, str]  # of groupings
    settings: WindowSettings
    dampings: Sequence[Damping]
    gaps: Mapping[str, PriceGap]  # of categories whose unit prices enough councils state

    @classmethod
    def of_the_day(cls, lead_months: int | None) -> "Law":
        """As the tables stand; a lead time given wins over the assumed one."""
        rules = Rules.of_the_day()
        if lead_months is not None:
            rules = rules.with_lead(lead_months)
        return cls(
            rules=rules,
            priors={p.category_id: prior_of(p) for p in SavingPrior.objects.all()},
            schemes=[
                scheme_of(f)
                for f in Framework.objects.prefetch_related("categories", "lots__categories")
            ],
            nations=dict(Grouping.objects.values_list("pk", "nation")),
            settings=window_settings(rules.assumptions),
            dampings=dampings(rules.assumptions),
            gaps=price_gaps(rules.assumptions),
        )

    def routes(self, category: str, start: date) -> list[Scheme]:
        """Frameworks that serve a call-off in time for a start on that day."""
        call_off = self.rules.call_off_day(start)
        serving = {
            r.reference for r in routes(category, self.schemes, call_off=call_off) if r.serves
        }
        return [scheme for scheme in self.schemes if scheme.reference in serving]

    def fee(self, serving: Sequence[Scheme]) -> Fee:
        """The highest of the frameworks that serve, the usual one for those that state none."""
        usual = self.rules.assumptions["fee_percent"]
        fees = [
            Fee(usual, s.name, stated=False)
            if s.fee_percent is None
            else Fee(s.fee_percent, s.name)
            for s in serving
        ]
        return max(fees, key=lambda fee: (fee.percent, fee.stated), default=Fee(usual))

    def saving(self, pool: Pool, category: str) -> Saving:
        """By unit prices where they are known, else by what pooling saved elsewhere."""
        prior, gap = self.priors.get(category), self.gaps.get(category)
        found = estimate(pool, prior, self.dampings, gap)
        return weighed(found, self.rules.payback(Forecast(found.low, found.mid, found.high)))

    def judge(self, annual_value: Decimal, start: date, grouping: str) -> Judgement:
        """The regime of a replacement for a grouping worth so much a year."""
        return self.rules.judged(annual_value, start, self.nations[grouping])


def weighed(saving: Saving, payback: Payback | None) -> Saving:
    """With what is left once the work is paid for among its reasons, next to the method."""
    if payback is None:
        return saving
    opening, method, *doubts = saving.reasons
    return replace(saving, reasons=(opening, method, payback.reason, *doubts))


def prior_of(p: SavingPrior) -> Prior:
    return Prior(p.low_percent, p.mid_percent, p.high_percent, p.source, p.as_at.isoformat())


def price_gaps(assumed: Mapping[str, Decimal]) -> dict[str, PriceGap]:
    """Of each category by the unit that most councils state, as last released."""
    gaps: dict[str, PriceGap] = {}
    for one in PriceRelease.objects.newest().shown().most_compared_first():
        if one.rate_percent is not None:
            gaps.setdefault(one.category_id, price_gap(one, one.rate_percent, assumed))
    return gaps


def price_gap(one: PriceRelease, percent: Decimal, assumed: Mapping[str, Decimal]) -> PriceGap:
    return PriceGap(
        percent=percent,
        low_share=assumed["price_low_share"],
        mid_share=assumed["price_mid_share"],
        unit=one.unit,
        behind=how_many(one.councils, int(assumed["price_councils_least"])),
        as_at=in_words(one.quarter),
    )


def scheme_of(f: Framework) -> Scheme:
    return Scheme(
        reference=f.reference,
        name=f.name,
        owner=f.owner,
        kind=f.kind,
        categories=f.every_category,
        starts=f.starts,
        ends=f.ends,
        scheme_ends=f.scheme_ends,
        fee_percent=f.fee_percent,
        users=f.users,
    )
