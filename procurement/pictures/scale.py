"""Time from left to right, by quarter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from procurement.pictures.svg import INK, QUIET, RULE, Markup, briefly, group, line, words
from registry.values import months_on

QUARTER = 3
LEAST_FOR_A_YEAR = 36.0
YEAR = 33.0  # pixels of its four bold figures
LEAST_FOR_A_MONTH = 30.0  # pixels a quarter needs for its month's name


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from `first` to `last` laid over pixels from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day begins; days outside lie on the edge."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def quarters(self) -> Iterator[date]:
        day = quarter_of(self.first)
        while day <= self.last:
            if day >= self.first:
                yield day
            day = months_on(day, QUARTER)

    @property
    def quarter_width(self) -> float:
        return (self.right - self.left) * 91.3 / max((self.last - self.first).days, 1)


def quarter_of(day: date) -> date:
    """The first day of its calendar quarter."""
    return date(day.year, (day.month - 1) // QUARTER * QUARTER + 1, 1)


def axis(scale: Scale, y: float) -> Markup:
    """Names of years and, where there is room, of the months that quarters begin with."""
    monthly = scale.quarter_width >= LEAST_FOR_A_MONTH
    months = [
        words(scale.x(day) + 3, y, f"{day:%b}", font_size=12, fill=QUIET)
        for day in scale.quarters()
        if monthly and scale.x(day) < scale.right - 24
    ]
    return group(*months, *years(scale, y - (15 if monthly else 0)))


def years(scale: Scale, y: float) -> Iterator[Markup]:
    """Each January's year, and the first's where nothing is in its way.

    The last ends at the edge where it would run over it, unless that is where the year before is.
    """
    free = scale.left
    for day in scale.quarters():
        x, following = scale.x(day), scale.x(date(day.year + 1, 1, 1))
        begins = day.month == 1 or (day == scale.first and following - x > LEAST_FOR_A_YEAR)
        at = min(x + 3, scale.right - YEAR)
        if begins and x < scale.right and at >= free:
            free = at + YEAR + 3
            yield words(at, y, str(day.year), font_weight="bold")


def grid(scale: Scale, top: float, bottom: float) -> Markup:
    """A faint line where each quarter begins, a firmer one for each year."""
    return group(
        *(
            line(
                scale.x(day), top, scale.x(day), bottom,
                stroke="#a9b0b3" if day.month == 1 else RULE, stroke_width=1,
            )
            for day in scale.quarters()
        )
    )  # fmt: skip


def today_line(scale: Scale, today: date, *, top: float, bottom: float) -> Markup:
    x = scale.x(today)
    near_edge = x < scale.left + 60
    return group(
        line(x, top, x, bottom + 4, stroke=QUIET, stroke_width=1.5, stroke_dasharray="4 3"),
        words(
            scale.left if near_edge else x, bottom + 18, f"Today, {briefly(today)}",
            font_size=12, fill=QUIET, text_anchor="start" if near_edge else "middle",
        ),
    )  # fmt: skip


def chosen_line(scale: Scale, day: date, *, top: float, bottom: float) -> Markup:
    x = scale.x(day)
    return line(x, top, x, bottom, stroke=INK, stroke_width=2.5)
