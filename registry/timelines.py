"""A contract in time, laid out for wide and for narrow screens; a template draws it as SVG."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from registry.decisions import Decision
from registry.exits import Terms
from registry.pictures import LEAST, NARROW_WIDTH, WIDTH, Box


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on a timeline; `anchor` keeps its words inside the picture."""

    x: float
    words: str
    day: date
    anchor: str = "middle"
    level: int = 0  # rows of words under each other where marks stand close
    decides: bool = False  # it asks for a decision

    @property
    def drop(self) -> int:
        """How far below the first line of words this mark's stand."""
        return WORDS_HEIGHT * (self.level + 1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """A contract in time: its term, its options, the days that matter, and today."""

    term: Box
    options: Box | None
    open_ended: bool
    today: Mark
    years: Sequence[Mark]
    marks: Sequence[Mark]
    width: int

    @property
    def height(self) -> int:
        return YEARS_BOTTOM + WORDS_HEIGHT * max((m.level + 1 for m in self.marks), default=0)


TERM_TOP, TERM_HEIGHT = 44, 30
YEARS_BOTTOM = 118
WORDS_HEIGHT = 22
# Words of two marks nearer than this would touch; half of it does not fit beside an edge.
WORDS_WIDTH = 210
YEAR_WIDTH = 44


def timelines(
    terms: Terms, *, latest: date | None, matters: Sequence[Decision], today: date
) -> list[Timeline]:
    """For wide and for narrow screens; none when it has neither a start nor an end to draw."""
    if not any((terms.start, terms.end, latest)):
        return []
    return [
        timeline(terms, latest=latest, matters=matters, today=today, width=width)
        for width in (WIDTH, NARROW_WIDTH)
    ]


def timeline(
    terms: Terms,
    *,
    latest: date | None,
    matters: Sequence[Decision],
    today: date,
    width: int = WIDTH,
) -> Timeline:
    days = [day for day in (terms.start, terms.end, latest, today) if day]
    scale = Scale.around([*days, *(decision.by for decision in matters)], width)
    begins, ends = terms.start or scale.first, terms.end or scale.last
    options = scale.box(ends, latest) if latest and latest > ends else None
    marks = [scale.mark(decision.by, decision.matter.value, decides=True) for decision in matters]
    marks += [scale.mark(*milestone) for milestone in milestones(terms, latest, matters)]
    return Timeline(
        term=scale.box(min(begins, ends), ends),
        options=options,
        open_ended=terms.end is None,
        today=scale.mark(today, "Today"),
        years=scale.years(),
        marks=spread(marks),
        width=width,
    )


def milestones(
    terms: Terms, latest: date | None, matters: Sequence[Decision]
) -> Iterator[tuple[date, str]]:
    """Start, end and options' end, less the end where a decision says it already."""
    if terms.start:
        yield terms.start, "Start"
    if terms.end and terms.end not in {decision.by for decision in matters}:
        yield terms.end, "End"
    if latest and terms.end and latest > terms.end:
        yield latest, "Options to"


def spread(marks: Sequence[Mark]) -> list[Mark]:
    """Words one under another where they would touch."""
    placed: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.x, mark.day)):
        near = {other.level for other in placed if words_of(mark)[0] < words_of(other)[1]}
        level = next(level for level in range(len(placed) + 1) if level not in near)
        placed.append(replace(mark, level=level))
    return placed


def words_of(mark: Mark) -> tuple[float, float]:
    """From where to where a mark's words reach."""
    before = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * WORDS_WIDTH
    return mark.x - before, mark.x - before + WORDS_WIDTH


@dataclass(frozen=True, slots=True)
class Scale:
    """Days laid out from left to right."""

    first: date
    last: date
    width: int

    @classmethod
    def around(cls, days: Sequence[date], width: int) -> "Scale":
        """A little more than the days need, so that nothing stands on the edge."""
        first, last = min(days), max(days)
        space = max((last - first) / 25, timedelta(days=30))
        return cls(earlier(first, space), later(last, space), width)

    def x(self, day: date) -> float:
        return round((day - self.first) / (self.last - self.first) * self.width, 1)

    def box(self, first: date, last: date) -> Box:
        left = self.x(first)
        return Box(left, TERM_TOP, max(round(self.x(last) - left, 1), LEAST), TERM_HEIGHT)

    def mark(self, day: date, words: str, *, decides: bool = False) -> Mark:
        x = self.x(day)
        room = WORDS_WIDTH / 2
        anchor = "start" if x < room else "end" if x > self.width - room else "middle"
        return Mark(x, words, day, anchor, decides=decides)

    def years(self) -> list[Mark]:
        """New Year's Days whose names fit; every second, fifth or tenth where there are many."""
        number = self.last.year - self.first.year
        room = self.width / YEAR_WIDTH
        step = next((step for step in (1, 2, 5, 10) if number / step <= room), 50)
        days = [date(year, 1, 1) for year in range(self.first.year + 1, self.last.year + 1, step)]
        half = YEAR_WIDTH / 2
        return [
            Mark(self.x(day), str(day.year), day)
            for day in days
            if half <= self.x(day) <= self.width - half
        ]


def earlier(day: date, space: timedelta) -> date:
    return day - space if day - date.min > space else day


def later(day: date, space: timedelta) -> date:
    return day + space if date.max - day > space else day
