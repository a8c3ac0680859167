"""What could join at each start date: the curve above the bars of the window picture."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate

from registry.exits import Terms, by_right

DAY = timedelta(days=1)
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Span:
    """Start days from `first` to `last`, both among them."""

    first: date
    last: date


def steps(
    contracts: Iterable[tuple[Terms, Decimal | None]], *, today: date, within: Span
) -> list[tuple[date, Decimal]]:
    """Pounds a year that could join, from each day on which they change, by right alone."""
    change: dict[date, Decimal] = defaultdict(Decimal)
    for terms, value in contracts:
        for span in starts(terms, today=today, within=within):
            change[span.first] += value or NOTHING
            if span.last < within.last:
                change[span.last + DAY] -= value or NOTHING
    days = sorted({within.first, *change})
    return list(zip(days, accumulate(change[day] for day in days), strict=True))


def starts(terms: Terms, *, today: date, within: Span) -> list[Span]:
    """The days a contract's replacement may start on; each day once."""
    spans: list[Span] = []
    for span in sorted(open_spans(terms, today, within), key=lambda span: span.first):
        if spans and span.first <= spans[-1].last + DAY:
            last = max(spans[-1].last, span.last)
            spans[-1] = Span(spans[-1].first, last)
        else:
            spans.append(span)
    return spans


def open_spans(terms: Terms, today: date, within: Span) -> Iterator[Span]:
    for found in by_right(terms, today):
        if found.first >= within.last:  # before a day is added: there may be none after it
            continue
        first = max(found.first + DAY, within.first)
        last = within.last if found.last is None else min(found.last, within.last - DAY) + DAY
        if first <= last:
            yield Span(first, last)
