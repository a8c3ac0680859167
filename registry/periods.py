"""The months and half-years that pages count in. Halves follow councils' financial year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from registry.formats import MONTHS
from registry.terms import days_after, in_month, month_number


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`."""

    first: date
    last: date

    @property
    def months(self) -> str:
        """Apr–Sep, or Apr for a month alone."""
        first, last = (MONTHS[day.month - 1][:3] for day in (self.first, self.last))
        return first if first == last else f"{first}–{last}"

    @property
    def years(self) -> str:
        """2027, or 2026–27 over the New Year."""
        first, last = self.first.year, self.last.year
        return f"{first}" if first == last else f"{first}–{last % 100:02}"

    @property
    def short(self) -> str:
        """Apr–Sep 2027."""
        return f"{self.months} {self.years}"


def months(day: date, number: int) -> list[Period]:
    """The month a day lies in and those after it."""
    return periods(month_start(day, 0), number, months=1)


def quarters(day: date, number: int) -> list[Period]:
    """The calendar quarter a day lies in and those after it."""
    return periods(first_of_quarter(day), number, months=3)


def half_years(day: date, number: int) -> list[Period]:
    """April to September or October to March: the half a day lies in and those after it."""
    first = first_of_quarter(day)
    return periods(first if first.month in {4, 10} else month_start(first, -3), number, months=6)


def from_day(spans: list[Period], day: date) -> list[Period]:
    """The same periods less the days before one in the first: what is over is not ahead."""
    first, *rest = spans
    return [Period(max(first.first, day), first.last), *rest]


def periods(first: date, number: int, *, months: int) -> list[Period]:
    starts = [month_start(first, months * i) for i in range(number + 1)]
    return [Period(a, days_after(b, -1)) for a, b in pairwise(starts)]


def first_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def month_start(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    return in_month(month_number(day) + months, 1)


def sums(amounts: Iterable[tuple[date, Decimal]], spans: Iterable[Period]) -> list[Decimal]:
    """What falls into each of the periods."""
    by_day: Mapping[date, Decimal] = _added(amounts)
    return [
        sum((amount for day, amount in by_day.items() if p.first <= day <= p.last), Decimal(0))
        for p in spans
    ]


def _added(amounts: Iterable[tuple[date, Decimal]]) -> dict[date, Decimal]:
    total: dict[date, Decimal] = {}
    for day, amount in amounts:
        total[day] = total.get(day, Decimal(0)) + amount
    return total
