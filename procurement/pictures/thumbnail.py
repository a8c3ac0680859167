"""A window at a glance, for lists."""

from procurement.pictures.contracts import LOOKS, Bar, WindowPicture, sorted_bars
from procurement.pictures.layout import NARROW, scale_for
from procurement.pictures.scale import Scale
from procurement.pictures.svg import INK, Markup, box, group, line, picture

THUMB_WIDTH, THUMB_HEIGHT, MOST_LANES = 200.0, 64.0, 12
LETTER_WIDTH = 6.6  # of 13 pixel Arial, on average
LABEL_ROW = 18.0


def window_thumbnail(drawn: WindowPicture, *, name: str) -> Markup:
    """A window at a glance: its bars by what they ask, and the line they meet at."""
    wide = scale_for(drawn, NARROW)
    scale = Scale(wide.first, wide.last, 0.0, THUMB_WIDTH)
    ordered = sorted_bars(drawn.bars)
    # Of many, every so manieth: the mix of colours is what can be seen at this size.
    bars = ordered[:: -(-len(ordered) // MOST_LANES) or 1]
    lane = min(9.0, (THUMB_HEIGHT - 6) / max(len(bars), 1))
    lanes = [
        lane_marks(bar, scale, drawn, (4 + n * lane, lane - 1.5)) for n, bar in enumerate(bars)
    ]
    x = scale.x(drawn.chosen)
    height = 8 + lane * len(bars)
    inside = [
        box(0, 0, THUMB_WIDTH, height, fill="#f3f5f5"),
        *lanes,
        line(x, 0, x, height, stroke=INK, stroke_width=2),
    ]
    size = (THUMB_WIDTH, height)
    return picture(inside, name=name, titles=(drawn.title, drawn.description()), size=size)


def lane_marks(bar: Bar, scale: Scale, drawn: WindowPicture, down: tuple[float, float]) -> Markup:
    """A firm part and a paler one; no letters at this size, the list says the same in words."""
    (y, height), colour = down, LOOKS[bar.action].colour
    left = scale.x(bar.start or scale.first)
    firm = scale.x(bar.end or drawn.today)
    far = scale.x(bar.latest) if bar.latest else (firm if bar.end else scale.right)
    return group(
        box(left, y, firm - left, height, fill=colour),
        box(firm, y, far - firm, height, fill=colour, fill_opacity="0.35"),
    )
