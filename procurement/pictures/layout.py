"""Where the parts of a window picture go, on wide and on narrow screens."""

from dataclasses import dataclass

from procurement.pictures.contracts import WindowPicture
from procurement.pictures.scale import Scale, quarter_of
from registry.values import months_on

MOST_BARS = 40


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things go: names beside the bars, or above them where the screen is narrow."""

    width: float
    left: float
    right: float
    top: float  # of the curve; the flag of the chosen day is over it
    row: float
    bar: float
    curve: float
    axis: float
    beside: bool
    characters: int

    @property
    def bar_top(self) -> float:
        return (self.row - self.bar) / 2 if self.beside else self.row - self.bar - 8


WIDE = Layout(1120, 330, 1010, 40, 38, 18, 106, axis=46, beside=True, characters=42)
DENSE = Layout(1120, 330, 1010, 40, 26, 14, 106, axis=46, beside=True, characters=42)
NARROW = Layout(358, 4, 354, 60, 62, 16, 90, axis=44, beside=False, characters=36)
HEADING = 32.0


def layout_for(drawn: WindowPicture, *, compact: bool) -> Layout:
    if compact:
        return NARROW
    return WIDE if len(drawn.bars) <= MOST_BARS // 2 else DENSE


def scale_for(drawn: WindowPicture, layout: Layout) -> Scale:
    """From the quarter before today to past the last end worth seeing."""
    ends = [day for bar in drawn.bars for day in (bar.end, bar.latest) if day]
    most = months_on(drawn.chosen, 24)
    last = min(max([months_on(drawn.chosen, 9), *ends]), most)
    first = months_on(quarter_of(drawn.today), -3)
    return Scale(first, months_on(quarter_of(last), 3), layout.left, layout.right)


@dataclass(frozen=True, slots=True)
class Canvas:
    """What every row is drawn with."""

    layout: Layout
    scale: Scale
    drawn: WindowPicture
    name: str
