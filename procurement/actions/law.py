"""The law and the market of the day: thresholds, priors, assumptions and frameworks, as read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from procurement.models import Assumption, Framework, SavingPrior, Threshold
from procurement.routes import Scheme, routes
from procurement.savings import Damping, Prior, dampings
from procurement.thresholds import Judgement, Limit, judge, notice_day, purchase, total_value
from procurement.windows import WindowSettings, window_settings
from registry.models import Grouping
from registry.values import months_on


@dataclass(frozen=True)
class Law:
    """Thresholds, priors, assumptions and frameworks, as dated data says today."""

    assumptions: Mapping[str, Decimal]
    limits: Sequence[Limit]
    priors: Mapping[str, Prior]
    schemes: Sequence[Scheme]
    nations: Mapping[str, str]  # of groupings
    settings: WindowSettings
    dampings: Sequence[Damping]

    @classmethod
    def of_the_day(cls, lead_months: int | None) -> "Law":
        """As the tables stand; a lead time given wins over the assumed one."""
        assumptions = dict(Assumption.objects.values_list("code", "value"))
        return cls(
            assumptions=assumptions,
            limits=[
                Limit(t.code, t.amount, t.applies_from, t.applies_to, t.source)
                for t in Threshold.objects.all()
            ],
            priors={p.category_id: prior_of(p) for p in SavingPrior.objects.all()},
            schemes=[scheme_of(f) for f in Framework.objects.prefetch_related("categories")],
            nations=dict(Grouping.objects.values_list("pk", "nation")),
            settings=window_settings(assumptions, lead_months=lead_months),
            dampings=dampings(assumptions),
        )

    def number(self, code: str) -> int:
        return int(self.assumptions[code])

    def routes(self, category: str, start: date) -> list[Scheme]:
        """Frameworks that serve a call-off in time for a start on that day."""
        call_off = months_on(start, -self.number("mobilisation_months"))
        serving = {
            r.reference for r in routes(category, self.schemes, call_off=call_off) if r.serves
        }
        return [scheme for scheme in self.schemes if scheme.reference in serving]

    def fee(self, serving: Sequence[Scheme]) -> Decimal:
        """The highest fee of the frameworks that serve, the usual one where none is stated."""
        usual = self.assumptions["fee_percent"]
        fees = [usual if s.fee_percent is None else s.fee_percent for s in serving]
        return max(fees, default=usual)

    def total_value(self, annual_value: Decimal) -> Decimal:
        return total_value(annual_value, term_months=self.number("replacement_term_months"))

    def judge(self, annual_value: Decimal, start: date, grouping: str) -> Judgement:
        """The regime of a replacement worth so much a year, on its planned day of notice."""
        bought = purchase(
            annual_value,
            term_months=self.number("replacement_term_months"),
            vat_percent=self.assumptions["vat_percent"],
            notice_day=notice_day(start, lead_months=self.settings.lead_months),
        )
        return judge(replace(bought, nation=self.nations[grouping]), self.limits)


def prior_of(p: SavingPrior) -> Prior:
    return Prior(p.low_percent, p.mid_percent, p.high_percent, p.source, p.as_at.isoformat())


def scheme_of(f: Framework) -> Scheme:
    return Scheme(
        reference=f.reference,
        name=f.name,
        owner=f.owner,
        kind=f.kind,
        categories=frozenset(c.pk for c in f.categories.all()),
        starts=f.starts,
        ends=f.ends,
        scheme_ends=f.scheme_ends,
        fee_percent=f.fee_percent,
        users=f.users,
    )
