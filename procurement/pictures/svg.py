"""SVG as text: elements with attributes only, every word escaped, nothing a strict policy bars."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from html import escape

from registry.formats import money_short

INK, QUIET, RULE, PAPER = "#0b0c0c", "#505a5f", "#d3d7d9", "#ffffff"
ACCENT, TINT = "#00594f", "#d7e8e5"
FONT = "Arial, sans-serif"


class Markup(str):
    """Text that is SVG already; Django's templates know it by `__html__`."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


Attribute = str | int | float


# Words over lines stay readable: a white edge round each letter.
# Its corners are round: pointed ones stand out of letters such as A.
HALO: Mapping[str, Attribute] = {
    "stroke": PAPER,
    "stroke_width": 4,
    "stroke_linejoin": "round",
    "paint_order": "stroke",
}


def tag(name: str, *inside: str, **attributes: Attribute) -> Markup:
    """An element. Plain text inside is escaped; `_` in a name stands for `-`."""
    written = "".join(
        [
            f'{opened(key)}{escape(value) if isinstance(value, str) else number(value)}"'
            for key, value in attributes.items()
        ]
    )
    body = "".join([i if isinstance(i, Markup) else escape(i) for i in inside])
    return Markup(f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>")


@cache
def opened(name: str) -> str:
    """An attribute as far as its value; there are few names."""
    return f' {name.rstrip("_").replace("_", "-")}="'


def number(value: float) -> str:
    """As short as it can be: a tenth of a pixel is enough."""
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)


def group(*inside: Markup, **attributes: Attribute) -> Markup:
    return tag("g", *inside, **attributes)


def words(x: float, y: float, said: str, **attributes: Attribute) -> Markup:
    return tag("text", said, x=x, y=y, **attributes)


def line(x1: float, y1: float, x2: float, y2: float, **attributes: Attribute) -> Markup:
    return tag("line", x1=x1, y1=y1, x2=x2, y2=y2, **attributes)


def box(x: float, y: float, width: float, height: float, **attributes: Attribute) -> Markup:
    return tag("rect", x=x, y=y, width=max(width, 0.0), height=height, **attributes)


def picture(
    inside: Iterable[Markup], *, name: str, titles: tuple[str, str], size: tuple[float, float]
) -> Markup:
    """A whole picture, named and described for those who do not see it."""
    width, height = size
    return tag(
        "svg",
        tag("title", titles[0], id=f"{name}-title"),
        tag("desc", titles[1], id=f"{name}-desc"),
        *inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width="100%",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
        font_family=FONT,
        font_size=14,
        fill=INK,
    )


def hatch(name: str, colour: str, *, gap: int = 6) -> Markup:
    """Slanted lines, so that what is optional reads as such in grey too."""
    return tag(
        "pattern",
        line(0.0, 0.0, 0.0, float(gap), stroke=colour, stroke_width=3),
        id=name,
        width=gap,
        height=gap,
        patternUnits="userSpaceOnUse",
        patternTransform="rotate(45)",
    )


def pounds(amount: Decimal | None) -> str:
    """£71,600 or £1.2 million; a dash where no value is known."""
    return "–" if amount is None else money_short(amount)


def briefly(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def shortened(said: str, room: int) -> str:
    """So many characters at most; the whole is in the table beside the picture."""
    return said if len(said) <= room else said[: room - 1].rstrip(" ,-") + "…"
