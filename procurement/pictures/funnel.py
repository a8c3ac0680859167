"""The ladder of a joint buy as a funnel: how many councils have come at least so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.pictures.svg import (
    ACCENT,
    HALO,
    INK,
    PAPER,
    QUIET,
    TINT,
    Markup,
    box,
    group,
    picture,
    tag,
    words,
)
from registry.formats import count

WIDE, NARROW = 1120.0, 358.0
LABEL_WIDTH = 250.0
BAR, GAP = 40.0, 14.0


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder: how many came at least so far, and how many stand there now."""

    name: str
    reached: int
    here: int

    def told(self) -> str:
        return f"{self.name}: {count(self.reached, 'council')} so far, {self.here} there now."


def funnel_picture(rungs: Sequence[Rung], *, name: str = "funnel", compact: bool = False) -> Markup:
    """Bars in the middle, each as long as councils came to it; between them how it narrows."""
    width = NARROW if compact else WIDE
    left = 4.0 if compact else LABEL_WIDTH
    height = BAR + (22.0 if compact else 0.0)
    step = height + GAP
    marks = []
    for n, rung in enumerate(rungs):
        y = 4.0 + n * step + (height - BAR)
        across = Across(left, width - 4.0, max((r.reached for r in rungs), default=0))
        following = rungs[n + 1] if n + 1 < len(rungs) else None
        marks.append(bar(rung, following, across, y, label_above=compact))
    described = " ".join(rung.told() for rung in rungs)
    titles = ("How far councils have come", f"{described} The table below says the same.")
    return picture(marks, name=name, titles=titles, size=(width, len(rungs) * step + 4))


@dataclass(frozen=True, slots=True)
class Across:
    """The room for bars, and how many councils fill it."""

    left: float
    right: float
    most: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def half(self, councils: int) -> float:
        share = councils / self.most if self.most else 0.0
        return (self.right - self.left) * share / 2


def bar(
    rung: Rung, following: Rung | None, across: Across, y: float, *, label_above: bool
) -> Markup:
    half, middle = across.half(rung.reached), across.middle
    said = f"{rung.reached}" + (f", {rung.here} there now" if rung.here else "")
    wide_enough = half * 2 > 9.0 * len(said)
    in_the_middle = wide_enough or not half  # where nobody came no bar is in the way
    marks = [
        narrowing(half, across.half(following.reached), middle, y) if following else group(),
        box(middle - half, y, half * 2, BAR, fill=ACCENT),
        words(
            middle if in_the_middle else middle + half + 8, y + BAR / 2 + 5, said,
            text_anchor="middle" if in_the_middle else "start",
            fill=PAPER if wide_enough else INK, font_weight="bold",
        ),
    ]  # fmt: skip
    return group(label(rung, y, above=label_above), *marks)


def label(rung: Rung, y: float, *, above: bool) -> Markup:
    if above:
        return words(4.0, y - 6, rung.name, font_size=13, fill=QUIET, **HALO)
    return words(4.0, y + BAR / 2 + 5, rung.name, font_weight="bold")


def narrowing(half: float, next_half: float, middle: float, y: float) -> Markup:
    """From one bar's ends to the next one's."""
    top, foot = y + BAR, y + BAR + GAP
    path = (
        f"M{middle - half:.1f} {top:.1f}H{middle + half:.1f}"
        f"L{middle + next_half:.1f} {foot:.1f}H{middle - next_half:.1f}Z"
    )
    return tag("path", d=path, fill=TINT)
