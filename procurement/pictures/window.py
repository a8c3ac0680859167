"""The window picture: who can start together on one day, and what that asks of each."""

from decimal import Decimal
from itertools import pairwise

from procurement.pictures.bars import Part, oblong, patterns, style, tick
from procurement.pictures.contracts import LOOKS, WindowPicture
from procurement.pictures.layout import Canvas, Layout, layout_for, scale_for
from procurement.pictures.rows import EDGE, placed, rows_of
from procurement.pictures.scale import Scale, axis, chosen_line, grid, today_line
from procurement.pictures.svg import (
    ACCENT,
    HALO,
    INK,
    PAPER,
    QUIET,
    TINT,
    Markup,
    box,
    briefly,
    group,
    line,
    picture,
    pounds,
    tag,
    words,
)
from registry.exits import Action

# Narrower than this a high of the curve hides behind the line of its day.
LEAST_SPIKE = 16.0
# Over the highest value, for the dot on it.
HEADROOM = 12.0
MEANINGS = (
    ("in contract", Part.FIRM),
    ("options it may still use", Part.OPTIONS),
    ("options used up to this start", Part.USED),
    ("given up by the break", Part.GIVEN_UP),
    ("gap before this start", Part.GAP),
)
DECIDES = "decide or give notice by this day"
# Of the key: how far in its words begin, a letter of 13 pixels, between two marks, and a row.
KEY_WORDS, KEY_LETTER, KEY_GAP, KEY_ROW = 34.0, 6.3, 26.0, 22.0


def window_picture(
    drawn: WindowPicture, *, name: str = "window", compact: bool = False, opened: str = ""
) -> Markup:
    """The picture; `compact` for narrow screens, `opened` the council to show contract by contract.

    `name` begins the ids in it, so it must differ between pictures of a page.
    """
    layout = layout_for(drawn, compact=compact)
    rows = rows_of(drawn, opened=opened)
    scale = scale_for(drawn, layout)
    top = layout.top + layout.curve + layout.axis
    body = placed(rows, Canvas(layout, scale, drawn, name), top)
    bottom = body.bottom
    meanings, foot = key(layout, body.parts, bool(body.over), bottom + 46, name)
    inside = [
        tag("defs", *patterns(name)),
        grid(scale, layout.top, bottom),
        curve(drawn, scale, layout),
        today_line(scale, drawn.today, top=layout.top, bottom=bottom),
        *body.under,
        chosen_line(scale, drawn.chosen, top=layout.top - 10, bottom=bottom),
        group(axis(scale, top - 10), *body.words, **HALO),
        *body.over,
        chosen_words(drawn, scale, layout),
        meanings,
    ]
    size = (layout.width, foot + 14)
    return picture(inside, name=name, titles=(drawn.title, drawn.description()), size=size)


def curve(drawn: WindowPicture, scale: Scale, layout: Layout) -> Markup:
    """The value that could join at each start date, as steps, with its highest value named."""
    base = layout.top + layout.curve
    most = max((value for _, value in drawn.joinable), default=Decimal(0))
    if not most:
        return group()
    per_pound = (layout.curve - HEADROOM) / float(most)
    path = "".join(
        [
            f"M{scale.left:.1f} {base:.1f}",
            *(f"H{x:.1f}V{base - value * per_pound:.1f}" for x, value in places(drawn, scale)),
            f"H{scale.right:.1f}",
        ]
    )
    return group(
        tag("path", d=f"{path}V{base:.1f}H{scale.left:.1f}Z", fill=TINT),
        tag("path", d=path, fill="none", stroke=ACCENT, stroke_width=2),
        line(scale.left, base, scale.right, base, stroke=QUIET),
        *curve_words(layout, base, most),
    )


def places(drawn: WindowPicture, scale: Scale) -> list[tuple[float, float]]:
    """Where each step begins, and its value; highs of a few days are as wide as need be."""
    values = [float(value) for _, value in drawn.joinable]
    begin = [scale.x(day) for day, _ in drawn.joinable if day <= scale.last]
    beside = [0.0, *values, 0.0]
    free = scale.left  # where the high before ends
    for n, (starts, ends_at) in enumerate(list(pairwise([*begin, scale.right]))):
        begin[n] = max(starts, free)
        is_high = values[n] > max(beside[n], beside[n + 2])
        if is_high and ends_at - starts < LEAST_SPIKE:
            left = max((starts + ends_at - LEAST_SPIKE) / 2, free)
            begin[n] = min(left, scale.right - LEAST_SPIKE)
            free = begin[n] + LEAST_SPIKE
    # What begins before a high does not begin within it.
    for n in reversed(range(len(begin) - 1)):
        begin[n] = min(begin[n], begin[n + 1])
    return list(zip(begin, values, strict=False))


def curve_words(layout: Layout, base: float, most: Decimal) -> list[Markup]:
    """Beside the curve, or over all lines: within it one of them would run through the words."""
    said, named = "Value that could join", f"{pounds(most)} a year"
    if not layout.beside:
        return [words(layout.left, 13.0, f"{said}: up to {named}", font_size=12)]
    at: dict[str, str | int | float] = {"text_anchor": "end", "font_size": 12, "fill": QUIET}
    return [
        words(layout.left - 8, base, f"{said}, by start date", **at),
        words(layout.left - 8, layout.top + HEADROOM + 4, named, **at),
    ]


def chosen_words(drawn: WindowPicture, scale: Scale, layout: Layout) -> Markup:
    """The date and what joins, on a flag at the top of its line; a dot where it meets the curve."""
    said = f"Start {briefly(drawn.chosen)}: {pounds(drawn.value())} a year"
    width = 8.0 * len(said) + 16
    x = scale.x(drawn.chosen)
    left = min(max(x - width / 2, layout.left), layout.right - width)
    return group(
        box(left, layout.top - 36, width, 26, rx=3, fill=INK),
        words(
            left + width / 2,
            layout.top - 18,
            said,
            text_anchor="middle",
            fill=PAPER,
            font_weight="bold",
        ),
        peak(drawn, x, layout),
    )


def peak(drawn: WindowPicture, x: float, layout: Layout) -> Markup:
    most = max((value for _, value in drawn.joinable), default=Decimal(0))
    if not most:
        return group()
    reached = [value for day, value in drawn.joinable if day <= drawn.chosen]
    height = (layout.curve - HEADROOM) * float((reached[-1] if reached else 0) / most)
    y = layout.top + layout.curve - height
    return tag("circle", cx=x, cy=y, r=6, fill=ACCENT, stroke=PAPER, stroke_width=2.5)


def key(
    layout: Layout, parts: set[Part], decides: bool, y: float, name: str
) -> tuple[Markup, float]:
    """What the marks mean, of those that are there, and where it ends."""
    found = [(said, mark) for said, mark in MEANINGS if mark in parts]
    items: list[Markup] = []
    x = EDGE
    for said, mark in [*found, *([(DECIDES, None)] if decides else [])]:
        wide = KEY_WORDS + KEY_LETTER * len(said)
        if x > EDGE and x + wide > layout.width:
            x, y = EDGE, y + KEY_ROW
        items += [
            sample(mark, x, y - 12, name) if mark else tick(x + 12, y - 10, 10),
            words(x + KEY_WORDS, y, said, font_size=13, fill=QUIET),
        ]
        x += wide + KEY_GAP
    return group(*items), y


def sample(part: Part, x: float, y: float, name: str) -> Markup:
    """A short bar of it, over that on which it is drawn."""
    look = LOOKS[Action.NOTHING]
    right, foot = x + 26, y + 14
    whole = oblong(x, y, right, foot)
    paths = {
        Part.USED: {Part.OPTIONS: whole, part: whole},
        Part.GIVEN_UP: {Part.FIRM: whole, part: oblong(x + 1, y + 1, right - 1, foot - 1)},
        Part.GAP: {part: f"M{x:.1f} {y + 7:.1f}H{right:.1f}"},
    }.get(part, {part: whole})
    return group(*(tag("path", d=d, **style(one, look, name)) for one, d in paths.items()))
