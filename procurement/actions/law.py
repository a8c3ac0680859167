"""The law and the market of the day: thresholds, priors, assumptions and frameworks, as read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import NamedTuple

from procurement.models import Framework, PriceRelease, SavingPrior
from procurement.prices import how_many
from procurement.routes import Scheme, routes
from procurement.rules import Rules
from procurement.savings import (
    Basis,
    Damping,
    Fee,
    PriceGap,
    Prior,
    Saving,
    basis,
    dampings,
)
from procurement.thresholds import Yardstick
from procurement.track_record import Forecast
from procurement.windows import WindowSettings, window_settings
from registry.formats import day as in_words
from registry.models import Grouping


class Serving(NamedTuple):
    """References of the frameworks that could serve, and the fee that is taken off."""

    references: list[str]
    fee: Fee


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

    # Thousands of opportunities share a category, a day, a nation: each of these is worked out
    # once for whatever it depends on.

    @cached_property
    def serving(self) -> Callable[[str, date], Serving]:
        """By category and start: frameworks that serve a call-off in time."""
        return cache(self.found_serving)

    @cached_property
    def yardstick(self) -> Callable[[date, str], Yardstick]:
        """By start and nation: what replacements are judged by."""
        return cache(self.rules.yardstick)

    @cached_property
    def basis(self) -> Callable[[str], Basis | None]:
        """By category: unit prices where they are known, else what pooling saved elsewhere."""
        return cache(lambda category: basis(self.priors.get(category), self.gaps.get(category)))

    @cached_property
    def paying_back(self) -> Callable[[Decimal, Decimal, Decimal], str]:
        """By a saving: what is left once the work is paid for; "" where none is claimed."""
        return cache(self.payback_words)

    def found_serving(self, category: str, start: date) -> Serving:
        call_off = self.rules.call_off_day(start)
        serving = {
            r.reference for r in routes(category, self.schemes, call_off=call_off) if r.serves
        }
        schemes = [scheme for scheme in self.schemes if scheme.reference in serving]
        return Serving([scheme.reference for scheme in schemes], self.fee(schemes))

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

    def payback_words(self, *saving: Decimal) -> str:
        payback = self.rules.payback(Forecast(*saving))
        return payback.reason if payback else ""

    def reasons(self, saving: Saving) -> list[str]:
        """Its own, with what is left once the work is paid for next to the method."""
        words = self.paying_back(saving.low, saving.mid, saving.high)
        opening, method, *doubts = saving.reasons
        return [opening, method, words, *doubts] if words else [opening, method, *doubts]


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
