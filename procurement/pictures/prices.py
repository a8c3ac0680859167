"""Where a council's own price lies beside the band of many councils': no other price is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from procurement.pictures.svg import (
    ACCENT,
    HALO,
    INK,
    QUIET,
    RULE,
    TINT,
    Markup,
    box,
    group,
    line,
    picture,
    shortened,
    tag,
    words,
)
from registry.formats import money_exact

TOP, FOOT = 34.0, 12.0
ROOM = Decimal("0.15")  # left and right of everything drawn, as a share of it
NEAR_AN_END = 70.0


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """A council the reader acts for, and what it pays for one."""

    council: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class PriceBand:
    """From the mean of the lowest prices to that of the highest."""

    unit: str
    low: Decimal
    high: Decimal
    own: Sequence[OwnPrice] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """Names beside the rows, or above them where the screen is narrow."""

    width: float
    left: float
    right: float
    row: float
    name: float  # of a row, what its name takes above the band
    characters: int


WIDE = Layout(1120, 330, 1010, 40, name=0, characters=40)
NARROW = Layout(358, 8, 350, 66, name=26, characters=44)


@dataclass(frozen=True, slots=True)
class Pounds:
    """Pounds laid over pixels."""

    first: Decimal
    last: Decimal
    layout: Layout

    def x(self, amount: Decimal) -> float:
        share = float((amount - self.first) / (self.last - self.first))
        return self.layout.left + (self.layout.right - self.layout.left) * share


def price_picture(drawn: PriceBand, *, name: str, compact: bool = False) -> Markup:
    """The band across, and a mark in a row for each council of the reader's."""
    layout = NARROW if compact else WIDE
    scale = scale_for(drawn, layout)
    rows: list[OwnPrice | None] = [*drawn.own] or [None]
    inside = [
        ends(drawn, scale),
        *(row(one, drawn, scale, TOP + layout.row * place) for place, one in enumerate(rows)),
    ]
    title = f"Prices for one {drawn.unit}"
    size = (layout.width, TOP + layout.row * len(rows) + FOOT)
    return picture(inside, name=name, titles=(title, described(drawn)), size=size)


def scale_for(drawn: PriceBand, layout: Layout) -> Pounds:
    prices = [drawn.low, drawn.high, *(one.price for one in drawn.own)]
    first, last = min(prices), max(prices)
    room = (last - first or last) * ROOM
    return Pounds(max(first - room, Decimal(0)), last + room, layout)


def described(drawn: PriceBand) -> str:
    """The picture in words, for those who do not see it."""
    own = "".join(f" {one.council} pays {money_exact(one.price)}." for one in drawn.own)
    band = f"The band is from {money_exact(drawn.low)} to {money_exact(drawn.high)}."
    return f"{band}{own} The table below says the same."


def ends(drawn: PriceBand, scale: Pounds) -> Markup:
    """The prices at both ends, apart where the band is thin; named where there is room."""
    left, right = scale.x(drawn.low), scale.x(drawn.high)
    thin = right - left < NEAR_AN_END
    marks = [(left, drawn.low, "end" if thin else "middle")]
    if drawn.high > drawn.low:
        marks.append((right, drawn.high, "start" if thin else "middle"))
    named = [words(4.0, TOP - 10, "The band, from many councils", fill=QUIET)]
    return group(
        *(named if not scale.layout.name else []),
        *(
            words(x, TOP - 10, money_exact(price), text_anchor=anchor, font_weight="bold")
            for x, price, anchor in marks
        ),
    )


def row(one: OwnPrice | None, drawn: PriceBand, scale: Pounds, y: float) -> Markup:
    """The band, and a council's name and mark where the reader has one."""
    layout = scale.layout
    left, right = scale.x(drawn.low), scale.x(drawn.high)
    top, foot = y + layout.name, y + layout.row
    middle = (top + foot) / 2
    return group(
        line(layout.left, middle, layout.right, middle, stroke=RULE, stroke_width=1),
        box(left, top, max(right - left, 3.0), foot - top, fill=TINT, stroke=ACCENT),
        *(own_marks(one, scale, y + layout.name - 8, middle) if one else []),
    )


def own_marks(one: OwnPrice, scale: Pounds, above: float, middle: float) -> list[Markup]:
    layout = scale.layout
    x = scale.x(one.price)
    after = x < layout.right - NEAR_AN_END
    return [
        words(4.0, above if layout.name else middle + 5, shortened(one.council, layout.characters)),
        diamond(x, middle),
        words(
            x + 14 if after else x - 14, middle + 5, money_exact(one.price),
            text_anchor="start" if after else "end", font_weight="bold", **HALO,
        ),
    ]  # fmt: skip


def diamond(x: float, y: float) -> Markup:
    return tag("path", d=f"M{x:.1f} {y - 9:.1f}l9 9l-9 9l-9 -9z", fill=INK)
