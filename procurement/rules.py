"""The thresholds and assumptions of the day, as their tables stand, and what they make of a value.

Light enough for pages: what needs arrays is `actions.law`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Self

from procurement.demand import DemandRules, demand_rules
from procurement.frameworks.law import Law, Rule
from procurement.models import Assumption, FrameworkRule, Threshold
from procurement.payback import Payback, Stated, usual
from procurement.thresholds import (
    Limit,
    Yardstick,
    legal_value,
    limit_on,
    notice_day,
    total_value,
    yardstick,
)
from procurement.track_record import Forecast
from registry.values import months_on


@dataclass(frozen=True)
class Rules:
    """Numbers by code, and legal amounts with their days."""

    assumptions: Mapping[str, Decimal]
    limits: Sequence[Limit]

    @classmethod
    def of_the_day(cls) -> Self:
        return cls(
            assumptions=dict(Assumption.objects.values_list("code", "value")),
            limits=[
                Limit(t.code, t.amount, t.applies_from, t.applies_to, t.source)
                for t in Threshold.objects.all()
            ],
        )

    def with_lead(self, months: int) -> "Rules":
        """The same, with another time from the tender notice to the start."""
        return replace(self, assumptions={**self.assumptions, "lead_months": Decimal(months)})

    def number(self, code: str) -> int:
        return int(self.assumptions[code])

    @property
    def lead_months(self) -> int:
        return self.number("lead_months")

    @cached_property
    def term_months(self) -> int:
        """Of a replacement, with its options."""
        return self.number("replacement_term_months")

    def call_off_day(self, start: date) -> date:
        """The planned day of award under a framework for a start on that day."""
        return months_on(start, -self.number("mobilisation_months"))

    def total_value(self, annual_value: Decimal) -> Decimal:
        return total_value(annual_value, term_months=self.term_months)

    def legal_value(self, annual_value: Decimal) -> Decimal:
        """What a replacement worth so much a year is judged at."""
        return legal_value(
            annual_value,
            term_months=self.term_months,
            vat_percent=self.assumptions["vat_percent"],
        )

    def yardstick(self, start: date, nation: str) -> Yardstick:
        """By what a replacement for a start on that day is judged."""
        return yardstick(self.notice_day(start), nation, self.limits)

    def notice_day(self, start: date) -> date:
        return notice_day(start, lead_months=self.lead_months)

    def payback(self, saving: Forecast, stated: Stated | None = None) -> Payback | None:
        """Beside what is stated, else the usual work; None without a saving or reference data."""
        weighed = usual(self.assumptions)
        return weighed.payback(saving, stated) if weighed else None

    def limit(self, code: str, day: date) -> Limit | None:
        """The legal amount of that day, or the nearest known."""
        return limit_on(self.limits, code, day)[0]

    def reaches(self, code: str, annual_value: Decimal, start: date) -> bool:
        """Whether it is worth at least this limit; not where none is held."""
        limit = self.limit(code, self.notice_day(start))
        return limit is not None and self.legal_value(annual_value) >= limit.amount


def framework_law() -> Law:
    """What the law says of frameworks' dates, as its table stands."""
    return Law(
        Rule(one.code, one.years, one.applies_from, one.applies_to, one.source)
        for one in FrameworkRule.objects.all()
    )


def stated_demand_rules() -> DemandRules | None:
    """By what intentions are shown; None where reference data is not loaded."""
    assumed = Assumption.objects.filter(code__startswith="demand_")
    stated = dict(assumed.values_list("code", "value"))
    return demand_rules(stated) if stated else None
