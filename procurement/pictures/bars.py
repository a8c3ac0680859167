"""Bars of contracts: solid, hatched over options, flagged where something must be decided."""

from procurement.pictures.contracts import LOOKS, NOT_COUNTED, Bar, Look
from procurement.pictures.layout import Canvas
from procurement.pictures.svg import INK, PAPER, QUIET, Markup, box, group, hatch, line, tag, words
from registry.exits import Action

LEAST_FOR_A_LETTER = 13


def bar_marks(bar: Bar, on: Canvas, y: float, height: float) -> Markup:
    """Solid to its end, hatched over what it may yet use."""
    scale, look = on.scale, LOOKS[bar.action]
    left = scale.x(bar.start or scale.first)
    firm = scale.x(bar.end) if bar.end else scale.x(on.drawn.today)
    limited = bar.end or bar.action == Action.UNKNOWN
    far = scale.x(bar.latest) if bar.latest else (firm if limited else scale.right)
    marks = [box(left, y, firm - left, height, fill=look.colour)]
    if bar.action in NOT_COUNTED:
        marks.append(gap(on, max(firm, far), y + height / 2))
    if far > firm:
        marks += optional_part(on, bar, (firm, far), (y, height))
    if bar.action == Action.BREAK:
        marks.append(given_up(on, firm, y, height))
    if height >= LEAST_FOR_A_LETTER and firm - left > 2 * height:
        marks.append(letter(look, left + 5, y + height))
    return group(*marks)


def letter(look: Look, x: float, foot: float) -> Markup:
    return words(x, foot - 4, look.letter, font_size=11, font_weight="bold", fill=look.ink)


def gap(on: Canvas, ends: float, y: float) -> Markup:
    """Dots from an end to the chosen day: what would have to be bridged."""
    x = on.scale.x(on.drawn.chosen)
    if ends >= x:
        return group()
    return line(ends + 4, y, x - 4, y, stroke=QUIET, stroke_width=2, stroke_dasharray="2 5")


def optional_part(
    on: Canvas, bar: Bar, across: tuple[float, float], down: tuple[float, float]
) -> list[Markup]:
    """Options: hatched, denser over those the chosen date uses, with a line between options."""
    (firm, far), (y, height) = across, down
    look = LOOKS[bar.action]
    marks = [box(firm, y, far - firm, height, fill=f"url(#{on.name}-{look.letter})")]
    used = min(on.scale.x(on.drawn.chosen), far)
    if bar.action in {Action.EXTEND, Action.NOTICE} and used > firm:
        marks.append(box(firm, y, used - firm, height, fill=look.colour, fill_opacity="0.55"))
    marks.append(box(firm, y, far - firm, height, fill="none", stroke=look.colour, stroke_width=1))
    for day in bar.options:
        x = on.scale.x(day)
        if firm < x < far:
            marks.append(line(x, y, x, y + height, stroke=INK, stroke_width=1.5))
    return marks


def given_up(on: Canvas, firm: float, y: float, height: float) -> Markup:
    """What a break gives up: paler, after the chosen date."""
    x = on.scale.x(on.drawn.chosen)
    return box(x, y + 1, max(firm - x - 1, 0), height - 2, fill=PAPER, fill_opacity="0.7")


def tick(x: float, y: float, height: float) -> Markup:
    """A flag on a pole, seen on any bar."""
    pole = line(x, y - 5, x, y + height + 3, stroke=PAPER, stroke_width=4.5)
    return group(
        pole,
        line(x, y - 5, x, y + height + 3, stroke=INK, stroke_width=2),
        tag("path", d=f"M{x:.1f} {y - 6:.1f}l7 3.5l-7 3.5z", fill=INK),
    )


def patterns(name: str) -> list[Markup]:
    return [hatch(f"{name}-{look.letter}", look.colour) for look in LOOKS.values()]


def crossed(on: Canvas, y: float, height: float) -> Markup:
    """The chosen day's line again, over the bar: words lie above the line, bars below it."""
    x = on.scale.x(on.drawn.chosen)
    return line(x, y - 3, x, y + height + 3, stroke=INK, stroke_width=2.5)
