"""The sharing grid: novel to commodity across, far from to close to residents upwards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import floor, sqrt

from procurement.pictures.codes import (
    Area,
    Circle,
    Place,
    holds,
    leader,
    place,
    place_beside,
    raised,
)
from procurement.pictures.svg import (
    ACCENT,
    HALO,
    INK,
    PAPER,
    QUIET,
    RULE,
    TINT,
    Attribute,
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


# Where the axis begins, and where it does on a narrow screen; further left where places are.
LEAST, NARROW_LEAST = 0.3, 0.4


@dataclass(frozen=True, slots=True)
class Frame:
    """The picture's size, and the part of the axis it shows."""

    width: float
    height: float
    left: float = 34
    top: float = 14
    foot: float = 46
    largest: float = 26
    least: float = LEAST

    def x(self, evolution: float) -> float:
        shown = (max(evolution, self.least) - self.least) / (1 - self.least)
        # The largest circle may stand at the very end.
        return self.left + shown * (self.width - self.left - self.largest - 1)

    def y(self, visibility: float) -> float:
        return self.height - self.foot - visibility * (self.height - self.foot - self.top)

    @property
    def area(self) -> Area:
        """What codes stay within."""
        return Area(self.left + 2, 0.0, self.width, self.y(0.0) - 3)


WIDE = Frame(1120, 620)
NARROW = Frame(358, 600, left=22, largest=12.5, least=NARROW_LEAST)
DAY_ONE = "Share on day one"
WORDS = 7.3  # of a letter of it, on average


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
    heading = heading_of_box(frame, box_to, circles_of(spots, frame))
    inside = [
        day_one_box(frame, box_from, box_to, heading),
        *axes(frame),
        *(joined(spot, spot.own, frame) for spot in spots if spot.own),
        *(mark(spot, frame, most) for spot in sorted(spots, key=lambda s: -s.pounds)),
        *(own_mark(spot, spot.own, frame) for spot in spots if spot.own),
        *labels(spots, frame, heading),
    ]
    said = (
        f"{len(spots)} categories: from novel to commodity across, from far from residents to "
        f"close to them upwards, sized by spend. {own_said(spots)}The table below says the same."
    )
    return picture(
        inside, name=name, titles=("What to share first", said), size=(frame.width, frame.height)
    )


def reaching(spots: Sequence[Spot], frame: Frame) -> Frame:
    """More of the axis, in tenths, where something is placed below where it else begins."""
    lowest = min((place for spot in spots for place in evolutions(spot)), default=1.0)
    return replace(frame, least=floor(lowest * 10) / 10) if lowest < frame.least else frame


def evolutions(spot: Spot) -> Sequence[float]:
    return (spot.evolution, spot.own[0]) if spot.own else (spot.evolution,)


def own_said(spots: Sequence[Spot]) -> str:
    number = sum(1 for spot in spots if spot.own)
    return f"A diamond is a council’s own place, given for {number}. " if number else ""


def heading_of_box(frame: Frame, box_to: float, circles: Sequence[Circle]) -> Place:
    """Over the box, and over circles that reach out of it."""
    width = WORDS * len(DAY_ONE)
    # It ends where the box ends: on a narrow screen it is longer than the box.
    return raised(Place(frame.x(1.0) - width / 2, frame.y(box_to) - 7, width), circles)


def day_one_box(frame: Frame, box_from: float, box_to: float, heading: Place) -> Markup:
    x, y = frame.x(box_from), frame.y(box_to)
    right, bottom = frame.x(1.0), frame.y(0.0)
    looks: Mapping[str, Attribute] = {"font_size": 13, "fill": ACCENT, "font_weight": "bold"}
    return group(
        box(x, y, right - x, bottom - y, fill=TINT),
        words(right, heading.y, DAY_ONE, text_anchor="end", **looks),
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


def labels(spots: Sequence[Spot], frame: Frame, heading: Place) -> Iterator[Markup]:
    """Codes in their circles, first, or beside those too small to hold one; of diamonds if free."""
    circles = circles_of(spots, frame)
    diamonds = [own_circle(spot.own, frame) for spot in spots if spot.own]
    taken = [heading]
    for spot, circle in sorted(zip(spots, circles, strict=True), key=smaller_later):
        others = [one for one in circles if one is not circle] + diamonds
        at = place(spot.code, circle, others=others, taken=taken, area=frame.area)
        taken.append(at)
        if at.led:
            yield line(*leader(circle, at), stroke=INK, stroke_width=1)
        yield code(at, spot, font_weight="bold")
    for spot in spots:
        if spot.own:
            mark = own_circle(spot.own, frame)
            others = [*circles, *(one for one in diamonds if one != mark)]
            if beside := place_beside(spot.code, mark, others=others, taken=taken, area=frame.area):
                taken.append(beside)
                yield code(beside, spot, fill=QUIET)


def smaller_later(drawn: tuple[Spot, Circle]) -> tuple[bool, float, float]:
    """Those that hold their code have one place, the others have several."""
    spot, circle = drawn
    return not holds(spot.code, circle), -spot.visibility, spot.evolution


def code(at: Place, spot: Spot, **looks: Attribute) -> Markup:
    return words(at.x, at.y, spot.code, font_size=11, text_anchor="middle", **looks, **HALO)


def circles_of(spots: Sequence[Spot], frame: Frame) -> list[Circle]:
    most = most_spent(spots)
    return [
        Circle(frame.x(one.evolution), frame.y(one.visibility), radius(one.pounds, most, frame))
        for one in spots
    ]


def own_circle(own: tuple[float, float], frame: Frame) -> Circle:
    return Circle(frame.x(own[0]), frame.y(own[1]), OWN)
