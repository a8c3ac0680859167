"""Frameworks over time: when each can be used, its scheme, and when suppliers can apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from procurement.pictures.scale import Scale, axis, grid, quarter_of, today_line
from procurement.pictures.svg import (
    ACCENT,
    HALO,
    INK,
    QUIET,
    Markup,
    box,
    briefly,
    group,
    hatch,
    line,
    picture,
    shortened,
    tag,
    words,
)
from registry.values import months_on

TOP, AXIS_Y = 10.0, 36.0
BACK, LEAST_AHEAD, MOST_AHEAD = 12, 24, 72  # months drawn before and after today


@dataclass(frozen=True, slots=True)
class SchemeBar:
    """A framework in the picture; None where a day is not known."""

    name: str
    kind: str
    starts: date | None
    ends: date | None
    scheme_ends: date | None
    awards: Sequence[date] = ()  # the days on which a scheme's frameworks follow each other
    windows: Sequence[tuple[date, date]] = ()  # in which suppliers can apply

    def told(self) -> str:
        """Its dates in a few words."""
        first = briefly(self.starts) if self.starts else "start not known"
        last = briefly(self.ends) if self.ends else "end not known"
        return f"{self.kind}, {first} to {last}"


@dataclass(frozen=True, slots=True)
class Layout:
    """Names beside the bars, or above them where the screen is narrow."""

    width: float
    left: float
    row: float
    beside: bool
    characters: int


WIDE = Layout(1120, 380, 36, beside=True, characters=54)
NARROW = Layout(358, 4, 64, beside=False, characters=50)
HIGH, APPLY_HIGH = 14, 5


def schemes_picture(
    schemes: Sequence[SchemeBar], *, today: date, name: str = "schemes", compact: bool = False
) -> Markup:
    """A bar for each: solid while it can be used, hatched while its scheme goes on after it."""
    layout = NARROW if compact else WIDE
    scale = scale_for(schemes, layout, today)
    top = TOP + AXIS_Y
    bottom = top + layout.row * len(schemes)
    inside = [
        tag("defs", hatch(f"{name}-on", ACCENT)),
        grid(scale, TOP, bottom),
        axis(scale, TOP + 22),
        today_line(scale, today, top=top - 4, bottom=bottom),
        *(
            row(scheme, scale, layout, y=top + layout.row * place, name=name)
            for place, scheme in enumerate(schemes)
        ),
    ]
    said = f"{len(schemes)} frameworks over time. The table below says the same."
    size = (layout.width, bottom + 26)
    return picture(inside, name=name, titles=("When frameworks can be used", said), size=size)


def scale_for(schemes: Sequence[SchemeBar], layout: Layout, today: date) -> Scale:
    ends = [day for s in schemes for day in (s.ends, s.scheme_ends, *s.awards) if day]
    last = max([months_on(today, LEAST_AHEAD), *ends])
    last = months_on(quarter_of(min(last, months_on(today, MOST_AHEAD))), 3)
    return Scale(quarter_of(months_on(today, -BACK)), last, layout.left, layout.width - 4)


def row(scheme: SchemeBar, scale: Scale, layout: Layout, *, y: float, name: str) -> Markup:
    if layout.beside:
        middle = y + layout.row / 2
        label = words(4.0, middle + 5, shortened(scheme.name, layout.characters))
        return group(
            label, *bars(scheme, scale, middle - 7, name), *note(scheme, scale, middle + 4)
        )
    return group(
        words(
            4.0, y + 16, shortened(scheme.name, layout.characters),
            font_size=13, font_weight="bold", **HALO,
        ),
        words(4.0, y + 32, scheme.told(), font_size=12, fill=QUIET, **HALO),
        *bars(scheme, scale, y + 38, name),
    )  # fmt: skip


def bars(scheme: SchemeBar, scale: Scale, y: float, name: str) -> list[Markup]:
    """An outline where its first or last day is not known: on which days it can be used is open."""
    first, last = scheme.starts or scale.first, scheme.ends or scheme.scheme_ends or scale.last
    x, end = scale.x(first), scale.x(last)
    if scheme.starts is None or scheme.ends is None:
        marks = [box(x, y, end - x, HIGH, fill="none", stroke=ACCENT, stroke_dasharray="4 3")]
    else:
        marks = [box(x, y, max(end - x, 2.0), HIGH, fill=ACCENT)]
    if scheme.scheme_ends and scheme.scheme_ends > last:
        further = scale.x(scheme.scheme_ends) - end
        marks.append(box(end, y, further, HIGH, fill=f"url(#{name}-on)", stroke=INK))
    return [*marks, *following(scheme, scale, y), *applying(scheme, scale, y)]


def note(scheme: SchemeBar, scale: Scale, y: float) -> list[Markup]:
    """What an outline lacks, in it; the narrow picture says it above its bar."""
    lacking = [name for name, day in (("start", scheme.starts), ("end", scheme.ends)) if not day]
    if not lacking:
        return []
    x = scale.x(scheme.starts or scale.first) + 4
    return [words(x, y, f"{' and '.join(lacking)} not known", font_size=12, fill=INK, **HALO)]


def following(scheme: SchemeBar, scale: Scale, y: float) -> list[Markup]:
    """A mark where one framework of a scheme follows the other."""
    return [
        line(scale.x(day), y - 4, scale.x(day), y + HIGH + 4, stroke=INK, stroke_width=2)
        for day in scheme.awards[1:]
        if scale.first < day < scale.last
    ]


def applying(scheme: SchemeBar, scale: Scale, y: float) -> list[Markup]:
    """A thin bar beneath while suppliers can apply."""
    return [
        box(scale.x(opens), y + HIGH + 2, max(scale.x(closes) - scale.x(opens), 3.0), APPLY_HIGH,
            fill=INK)
        for opens, closes in scheme.windows
        if scale.first < closes and opens < scale.last
    ]  # fmt: skip
