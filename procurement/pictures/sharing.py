"""The sharing grid: novel to commodity across, far from to close to residents upwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import floor, sqrt

from procurement.pictures.svg import (
    ACCENT,
    HALO,
    INK,
    PAPER,
    QUIET,
    RULE,
    TINT,
    Markup,
    box,
    group,
    line,
    picture,
    tag,
    words,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """One category: its short code and name, its place from 0 to 1, and pounds a year.

    `own` is the place a council gives it itself, evolution and then visibility.
    """

    code: str
    name: str
    evolution: float
    visibility: float
    pounds: Decimal
    day_one: bool
    own: tuple[float, float] | None = None


# Where the axis begins: no national place lies below a third.
LEAST = 0.3


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture's size, and the part of the axis it shows."""

    width: float
    height: float
    left: float = 34
    top: float = 14
    foot: float = 46
    largest: float = 26
    holds_a_code: float = 13  # a circle of this radius is seen round its code
    least: float = LEAST

    def x(self, evolution: float) -> float:
        shown = (max(evolution, self.least) - self.least) / (1 - self.least)
        # The largest circle may stand at the very end.
        return self.left + shown * (self.width - self.left - self.largest - 1)

    def y(self, visibility: float) -> float:
        return self.height - self.foot - visibility * (self.height - self.foot - self.top)


WIDE = Frame(1120, 620)
NARROW = Frame(358, 480, left=22, largest=15, holds_a_code=7)


def sharing_picture(
    spots: Sequence[Spot],
    *,
    box_from: float,
    box_to: float,
    name: str = "grid",
    compact: bool = False,
) -> Markup:
    """Circles sized by spend, in the box of what sharing can start with or outside it."""
    frame = reaching(spots, NARROW if compact else WIDE)
    most = most_spent(spots)
    inside = [
        day_one_box(frame, box_from, box_to),
        *axes(frame),
        *(joined(spot, spot.own, frame) for spot in spots if spot.own),
        *(mark(spot, frame, most) for spot in sorted(spots, key=lambda s: -s.pounds)),
        *(own_mark(spot, spot.own, frame) for spot in spots if spot.own),
        *labels(spots, frame),
    ]
    said = (
        f"{len(spots)} categories: from novel to commodity across, from far from residents to "
        f"close to them upwards, sized by spend. {own_said(spots)}The table below says the same."
    )
    return picture(
        inside, name=name, titles=("What to share first", said), size=(frame.width, frame.height)
    )


def reaching(spots: Sequence[Spot], frame: Frame) -> Frame:
    """More of the axis, in tenths, where a council places something below where it else begins."""
    lowest = min((spot.own[0] for spot in spots if spot.own), default=1.0)
    return replace(frame, least=floor(lowest * 10) / 10) if lowest < frame.least else frame


def own_said(spots: Sequence[Spot]) -> str:
    number = sum(1 for spot in spots if spot.own)
    return f"A diamond is a council’s own place, given for {number}. " if number else ""


def day_one_box(frame: Frame, box_from: float, box_to: float) -> Markup:
    x, y = frame.x(box_from), frame.y(box_to)
    right, bottom = frame.x(1.0), frame.y(0.0)
    return group(
        box(x, y, right - x, bottom - y, fill=TINT),
        # It ends where the box ends: on a narrow screen it is longer than the box.
        words(
            right,
            y - 7,
            "Share on day one",
            font_size=13,
            fill=ACCENT,
            font_weight="bold",
            text_anchor="end",
        ),
    )


def axes(frame: Frame) -> list[Markup]:
    left, right, bottom = frame.left, frame.x(1.0), frame.y(0.0)
    return [
        line(left, bottom, right, bottom, stroke=QUIET),
        line(left, frame.top, left, bottom, stroke=QUIET),
        line(frame.x(0.5), frame.top, frame.x(0.5), bottom, stroke=RULE, stroke_dasharray="4 4"),
        line(frame.x(0.8), frame.top, frame.x(0.8), bottom, stroke=RULE, stroke_dasharray="4 4"),
        words(left, bottom + 20, "Novel", font_size=13, fill=QUIET),
        words(
            frame.x(0.65), bottom + 20, "Product", font_size=13, fill=QUIET, text_anchor="middle"
        ),
        words(right, bottom + 20, "Commodity", font_size=13, fill=QUIET, text_anchor="end"),
        tag(
            "text",
            "Far from residents → close to them",
            x=0.0,
            y=0.0,
            transform=f"translate({left - 12:.0f} {bottom:.0f}) rotate(-90)",
            font_size=13,
            fill=QUIET,
        ),
    ]


def mark(spot: Spot, frame: Frame, most: Decimal) -> Markup:
    return tag(
        "circle",
        tag("title", spot.name),
        cx=frame.x(spot.evolution),
        cy=frame.y(spot.visibility),
        r=radius(spot.pounds, most, frame),
        fill=ACCENT if spot.day_one else "#ffffff",
        fill_opacity=0.55 if spot.day_one else 0.8,
        stroke=ACCENT if spot.day_one else INK,
        stroke_width=1.5,
    )


def own_mark(spot: Spot, own: tuple[float, float], frame: Frame) -> Markup:
    """A diamond, so that its shape tells it from the national circle."""
    x, y = frame.x(own[0]), frame.y(own[1])
    corners = ((x, y - OWN), (x + OWN, y), (x, y + OWN), (x - OWN, y))
    return tag(
        "polygon",
        tag("title", f"{spot.name}: own place"),
        points=" ".join(f"{across:.1f},{down:.1f}" for across, down in corners),
        fill=PAPER,
        stroke=INK,
        stroke_width=2,
    )


# Half a diamond's width.
OWN = 7
# From a diamond's middle to where its code may stand: right, left, below, above.
BESIDE = ((28, 4), (-28, 4), (0, 22), (0, -13))


def joined(spot: Spot, own: tuple[float, float], frame: Frame) -> Markup:
    """A thin line from the national place to the own one, under the marks of both."""
    x, y = frame.x(spot.evolution), frame.y(spot.visibility)
    return line(x, y, frame.x(own[0]), frame.y(own[1]), stroke=INK, stroke_width=1)


def most_spent(spots: Sequence[Spot]) -> Decimal:
    return max((spot.pounds for spot in spots), default=Decimal(0))


def radius(pounds: Decimal, most: Decimal, frame: Frame) -> float:
    """By area; a category nobody buys here is a small dot."""
    share = sqrt(float(pounds / most)) if most else 0.0
    return 4 + share * (frame.largest - 4)


def labels(spots: Sequence[Spot], frame: Frame) -> list[Markup]:
    """Codes in their circles, above those too small to hold one; else the nearest free place."""
    most = most_spent(spots)
    taken: list[tuple[float, float]] = []
    found = []
    for spot in sorted(spots, key=lambda s: (-s.visibility, s.evolution)):
        size = radius(spot.pounds, most, frame)
        x, y = frame.x(spot.evolution), frame.y(spot.visibility)
        y += 4 if size >= frame.holds_a_code else -size - 3
        y = nearest_free(x, y, taken, lowest=frame.y(0.0) - 3)
        taken.append((x, y))
        found.append(
            words(x, y, spot.code, font_size=11, font_weight="bold", text_anchor="middle", **HALO)
        )
    return [*found, *own_labels(spots, frame, taken)]


def nearest_free(
    x: float, y: float, taken: Sequence[tuple[float, float]], *, lowest: float
) -> float:
    """The height nearest to `y`, above or below it, at which no other code stands."""
    steps = (y + sign * 6 * n for n in range(len(taken) * 4 + 1) for sign in (-1, 1))
    return next(at for at in steps if at <= lowest and not crowded(x, at, taken))


def crowded(x: float, y: float, taken: Sequence[tuple[float, float]]) -> bool:
    return any(abs(x - other) < 34 and abs(y - height) < 12 for other, height in taken)


def own_labels(
    spots: Sequence[Spot], frame: Frame, taken: list[tuple[float, float]]
) -> Iterator[Markup]:
    """Codes of diamonds, where there is room: the line leads to the code of the circle as well."""
    for spot in spots:
        if spot.own and (at := beside(frame.x(spot.own[0]), frame.y(spot.own[1]), frame, taken)):
            taken.append(at)
            x, y = at
            yield words(x, y, spot.code, font_size=11, fill=QUIET, text_anchor="middle", **HALO)


def beside(
    x: float, y: float, frame: Frame, taken: Sequence[tuple[float, float]]
) -> tuple[float, float] | None:
    """The first side of a diamond that is in the picture and free."""
    sides = [(x + across, y + down) for across, down in BESIDE]
    free = (
        (at, height)
        for at, height in sides
        if frame.left <= at <= frame.width - 18
        and frame.top <= height <= frame.y(0.0) + 4
        and not crowded(at, height, taken)
    )
    return next(free, None)
