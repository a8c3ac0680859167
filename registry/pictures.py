"""The shapes of the registry's pictures; templates draw them as SVG, each beside its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from registry.decisions import Decision
from registry.exits import Terms
from registry.formats import money_short
from registry.periods import Period

WIDTH = 960
NAME_WIDTH = 230
TOTAL_WIDTH = 110
ROW_HEIGHT = 50
BAR_HEIGHT = 32  # of the largest amount
# Narrower columns have no room for figures above their bars.
FIGURE_WIDTH = 72
HEADING_HEIGHT = 36
# Names longer than this run into the bars; the table has them whole.
NAME_LENGTH = 32
# A bar that stands for anything at all is seen.
LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, and what it says."""

    x: float
    y: float
    width: float
    height: float
    words: str = ""

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a grid: a name, its bars and their total."""

    name: str
    link: str
    baseline: float
    bars: Sequence[Box]
    amounts: Sequence[Decimal]
    total: Decimal

    @property
    def short_name(self) -> str:
        """The name as far as it fits."""
        return self.name if len(self.name) <= NAME_LENGTH else f"{self.name[: NAME_LENGTH - 1]}…"

    @property
    def cells(self) -> Sequence[str]:
        return [money_short(amount) if amount else "" for amount in self.amounts]


@dataclass(frozen=True, slots=True)
class Heading:
    """A period above its column."""

    x: float
    period: Period


@dataclass(frozen=True, slots=True)
class Grid:
    """Small bars on one scale: a row for each name, a column for each period."""

    rows: Sequence[Row]
    headings: Sequence[Heading]
    height: float
    figures: bool = True  # amounts stand above their bars
    width: float = WIDTH


@dataclass(frozen=True, slots=True)
class Line:
    """One row's amounts before they are drawn."""

    name: str
    amounts: Sequence[Decimal]
    link: str = ""


def grid(lines: Sequence[Line], spans: Sequence[Period]) -> Grid:
    """Amounts by name and period; all bars on one scale, so that they can be compared."""
    column = (WIDTH - NAME_WIDTH - TOTAL_WIDTH) / max(len(spans), 1)
    largest = max((amount for line in lines for amount in line.amounts), default=Decimal(0))
    rows = [
        grid_row(line, place=place, column=column, largest=largest)
        for place, line in enumerate(lines)
    ]
    headings = [
        Heading(round(NAME_WIDTH + column * (i + 0.5), 1), span) for i, span in enumerate(spans)
    ]
    return Grid(
        rows, headings, HEADING_HEIGHT + ROW_HEIGHT * len(lines) + 6, column >= FIGURE_WIDTH
    )


def grid_row(line: Line, *, place: int, column: float, largest: Decimal) -> Row:
    baseline = HEADING_HEIGHT + ROW_HEIGHT * (place + 1)
    bars = [
        bar(
            amount,
            x=NAME_WIDTH + column * i + column * 0.12,
            baseline=baseline,
            width=column * 0.76,
            largest=largest,
        )
        for i, amount in enumerate(line.amounts)
    ]
    drawn = [box for box in bars if box.height]
    total = sum(line.amounts, Decimal(0))
    return Row(line.name, line.link, baseline, drawn, line.amounts, total)


def bar(amount: Decimal, *, x: float, baseline: float, width: float, largest: Decimal) -> Box:
    height = max(float(amount / largest) * BAR_HEIGHT, LEAST) if amount > 0 else 0.0
    words = money_short(amount)
    return Box(round(x, 1), round(baseline - height, 1), round(width, 1), round(height, 1), words)


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on a timeline; `anchor` keeps its words inside the picture."""

    x: float
    words: str
    day: date
    level: int = 0  # rows of words under each other where marks stand close

    @property
    def anchor(self) -> str:
        return anchor(self.x)

    @property
    def drop(self) -> int:
        """How far below the first line of words this mark's stand."""
        return WORDS_HEIGHT * (self.level + 1)


def anchor(x: float) -> str:
    """Which end of the words stands at a place, so that none leave the picture."""
    return "start" if x < WIDTH * 0.12 else "end" if x > WIDTH * 0.88 else "middle"


@dataclass(frozen=True, slots=True)
class Timeline:
    """A contract in time: its term, its options, the days that ask something, and today."""

    term: Box
    options: Box | None
    open_ended: bool
    today: float
    years: Sequence[Mark]
    marks: Sequence[Mark]
    width: float = WIDTH

    @property
    def height(self) -> int:
        return YEARS_BOTTOM + WORDS_HEIGHT * max((m.level + 1 for m in self.marks), default=0)

    @property
    def today_anchor(self) -> str:
        return anchor(self.today)


TERM_TOP, TERM_HEIGHT = 44, 30
YEARS_BOTTOM = 118
WORDS_HEIGHT = 22
# Words of two marks nearer than this would touch.
WORDS_WIDTH = 190


def timeline(
    terms: Terms, *, latest: date | None, matters: Sequence[Decision], today: date
) -> Timeline | None:
    """None when the contract has neither a start nor an end to draw."""
    days = [day for day in (terms.start, terms.end, latest) if day]
    if not days:
        return None
    scale = Scale.around([*days, today, *(decision.by for decision in matters)])
    begins, ends = terms.start or scale.first, terms.end or scale.last
    options = scale.box(ends, latest) if latest and latest > ends else None
    return Timeline(
        term=scale.box(min(begins, ends), ends),
        options=options,
        open_ended=terms.end is None,
        today=scale.x(today),
        years=scale.years(),
        marks=spread([Mark(scale.x(d.by), d.matter.value, d.by) for d in matters]),
    )


def spread(marks: Sequence[Mark]) -> list[Mark]:
    """Words one under another where they would touch."""
    placed: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.x):
        near = {other.level for other in placed if mark.x - other.x < WORDS_WIDTH}
        level = next(level for level in range(len(placed) + 1) if level not in near)
        placed.append(Mark(mark.x, mark.words, mark.day, level))
    return placed


@dataclass(frozen=True, slots=True)
class Scale:
    """Days laid out from left to right."""

    first: date
    last: date

    @classmethod
    def around(cls, days: Sequence[date]) -> "Scale":
        """A little more than the days need, so that nothing stands on the edge."""
        first, last = min(days), max(days)
        space = max((last - first) / 25, timedelta(days=30))
        return cls(earlier(first, space), later(last, space))

    def x(self, day: date) -> float:
        return round((day - self.first) / (self.last - self.first) * WIDTH, 1)

    def box(self, first: date, last: date) -> Box:
        left = self.x(first)
        return Box(left, TERM_TOP, max(round(self.x(last) - left, 1), LEAST), TERM_HEIGHT)

    def years(self) -> list[Mark]:
        """New Year's Days; every second or fifth where there are many."""
        number = self.last.year - self.first.year
        step = 1 if number <= 10 else 2 if number <= 20 else 5
        days = [date(year, 1, 1) for year in range(self.first.year + 1, self.last.year + 1, step)]
        return [Mark(self.x(day), str(day.year), day) for day in days]


def earlier(day: date, space: timedelta) -> date:
    return day - space if day - date.min > space else day


def later(day: date, space: timedelta) -> date:
    return day + space if date.max - day > space else day
