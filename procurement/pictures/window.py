"""The window picture: who can start together on one day, and what that asks of each."""

from collections.abc import Iterator
from decimal import Decimal

from procurement.pictures.bars import patterns, tick
from procurement.pictures.contracts import LOOKS, WindowPicture
from procurement.pictures.layout import TOP, Canvas, Layout, layout_for, scale_for
from procurement.pictures.rows import placed, rows_of
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


def window_picture(
    drawn: WindowPicture, *, name: str = "window", compact: bool = False, opened: str = ""
) -> Markup:
    """The picture; `compact` for narrow screens, `opened` the council to show contract by contract.

    `name` begins the ids in it, so it must differ between pictures of a page.
    """
    layout = layout_for(drawn, compact=compact)
    rows = rows_of(drawn, opened=opened)
    scale = scale_for(drawn, layout)
    top = TOP + layout.curve + layout.axis
    body = placed(rows, Canvas(layout, scale, drawn, name), top)
    bottom = body.bottom
    inside = [
        tag("defs", *patterns(name)),
        grid(scale, TOP, bottom),
        curve(drawn, scale, layout),
        today_line(scale, drawn.today, top=TOP, bottom=bottom),
        *body.under,
        chosen_line(scale, drawn.chosen, top=TOP - 10, bottom=bottom),
        group(axis(scale, top - 10), *body.words, **HALO),
        chosen_words(drawn, scale, layout),
        key(layout, bottom + 46, name),
    ]
    size = (layout.width, bottom + (60 if layout.beside else 104))
    return picture(inside, name=name, titles=(drawn.title, drawn.description()), size=size)


def curve(drawn: WindowPicture, scale: Scale, layout: Layout) -> Markup:
    """The value that could join at each start date, as steps, with its highest value named."""
    base, steps = TOP + layout.curve, drawn.joinable
    most = max((value for _, value in steps), default=Decimal(0))
    if not most:
        return group()
    per_pound = (layout.curve - 26) / float(most)
    path = step_path(drawn, scale, base, per_pound)
    return group(
        tag("path", d=f"{path}V{base:.1f}H{scale.left:.1f}Z", fill=TINT),
        tag("path", d=path, fill="none", stroke=ACCENT, stroke_width=2),
        *(
            spike(x, *(base - float(value) * per_pound for value in values))
            for x, values in spikes(drawn, scale)
        ),
        line(scale.left, base, scale.right, base, stroke=QUIET),
        *curve_words(layout, base, most),
    )


def spikes(
    drawn: WindowPicture, scale: Scale
) -> Iterator[tuple[float, tuple[Decimal, Decimal, Decimal]]]:
    """Highs of too few days to be seen: their place; the value before, theirs, the one after."""
    steps = [(scale.first, Decimal(0)), *drawn.joinable, (scale.last, Decimal(0))]
    for (_, before), (day, value), (following, after) in zip(
        steps, steps[1:], steps[2:], strict=False
    ):
        x, ends = scale.x(day), scale.x(following)
        if value > max(before, after) and day <= scale.last and ends - x < LEAST_SPIKE:
            yield (x + ends) / 2, (before, value, after)


def spike(x: float, before: float, top: float, after: float) -> Markup:
    """Wide enough to stand out on both sides of a line that goes through it."""
    left, right = x - LEAST_SPIKE / 2, x + LEAST_SPIKE / 2
    outline = f"M{left:.1f} {before:.1f}V{top:.1f}H{right:.1f}V{after:.1f}"
    return group(
        box(left, top, LEAST_SPIKE, max(before, after) - top + 1, fill=TINT),
        tag("path", d=outline, fill="none", stroke=ACCENT, stroke_width=2),
    )


def curve_words(layout: Layout, base: float, most: Decimal) -> list[Markup]:
    said, named = "Value that could join", f"{pounds(most)} a year"
    if not layout.beside:
        return [words(4.0, TOP + 12, f"{said}: up to {named}", font_size=12, **HALO)]
    at: dict[str, str | int | float] = {"text_anchor": "end", "font_size": 12, "fill": QUIET}
    top = base - layout.curve + 30
    return [
        words(layout.left - 8, base, f"{said}, by start date", **at),
        words(layout.left - 8, top, named, **at),
    ]


def step_path(drawn: WindowPicture, scale: Scale, base: float, per_pound: float) -> str:
    parts = [f"M{scale.left:.1f} {base:.1f}"]
    for day, value in drawn.joinable:
        if day <= scale.last:
            parts.append(f"H{scale.x(day):.1f}V{base - float(value) * per_pound:.1f}")
    return "".join(parts) + f"H{scale.right:.1f}"


def chosen_words(drawn: WindowPicture, scale: Scale, layout: Layout) -> Markup:
    """The date and what joins, on a flag at the top of its line; a dot where it meets the curve."""
    said = f"Start {briefly(drawn.chosen)}: {pounds(drawn.value())} a year"
    width = 8.0 * len(said) + 16
    x = scale.x(drawn.chosen)
    left = min(max(x - width / 2, layout.left), layout.right - width)
    return group(
        box(left, 4.0, width, 26, rx=3, fill=INK),
        words(left + width / 2, 22.0, said, text_anchor="middle", fill=PAPER, font_weight="bold"),
        peak(drawn, x, layout),
    )


def peak(drawn: WindowPicture, x: float, layout: Layout) -> Markup:
    most = max((value for _, value in drawn.joinable), default=Decimal(0))
    if not most:
        return group()
    reached = [value for day, value in drawn.joinable if day <= drawn.chosen]
    height = (layout.curve - 26) * float((reached[-1] if reached else 0) / most)
    y = TOP + layout.curve - height
    return tag("circle", cx=x, cy=y, r=6, fill=ACCENT, stroke=PAPER, stroke_width=2.5)


def key(layout: Layout, y: float, name: str) -> Markup:
    """What the marks mean."""
    step = (0.0, 0.0) if layout.beside else (0.0, 22.0)
    across = (4.0, 150.0, 400.0) if layout.beside else (4.0, 4.0, 4.0)
    ink = LOOKS[Action.NOTHING]
    items = (
        (box(across[0], y - 12, 26, 14, fill=ink.colour), "in contract"),
        (
            box(across[1], y - 12 + step[1], 26, 14, fill=f"url(#{name}-N)", stroke=ink.colour),
            "options it may still use",
        ),
        (tick(across[2] + 12, y - 10 + 2 * step[1], 10), "decide or give notice by this day"),
    )
    return group(
        *(
            group(
                mark,
                words(across[n] + 34, y + n * step[1], said, font_size=13, fill=QUIET),
            )
            for n, (mark, said) in enumerate(items)
        )
    )
