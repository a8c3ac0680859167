"""Pictures of pools: promises that flow into one amount, and how much of one is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

# More streams than these would be hairs: the smallest are drawn as one.
MOST_STREAMS = 12
GAP, ROW, TOP, BAR = 6, 30, 10, 18


@dataclass(frozen=True, slots=True)
class Giving:
    """What flows in: who promised it, and how much."""

    name: str
    amount: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream: where it begins at the left and ends at the right, and how wide it is."""

    giving: Giving
    left: float
    right: float
    width: float
    path: str

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


@dataclass(frozen=True, slots=True)
class Flows:
    """All streams of a pool, and the bar they fill with its mark of what is useful."""

    streams: Sequence[Stream]
    width: int
    height: float
    begin: int  # where streams begin
    end: int  # where they end
    bar_top: float
    bar_height: float
    useful: float  # from the top
    shows_useful: bool

    @property
    def label(self) -> int:
        """Where names end."""
        return self.begin - 8

    @property
    def after(self) -> int:
        """Where the words for the whole begin."""
        return self.end + BAR + 8

    @property
    def total(self) -> float:
        """The height at which the whole is named: clear of the mark of what is useful."""
        return self.bar_top + self.bar_height / 2 - (12 if self.shows_useful else 0)


def flows(givings: Sequence[Giving], useful: Decimal, *, width: int) -> Flows:
    """Laid out for a page of that width; names stand at the left."""
    shown = together(givings)
    total = sum((one.amount for one in shown), Decimal(0))
    begin, end = int(width * 0.47), int(width * 0.72)
    scale = len(shown) * ROW * 0.6 / float(total)
    rows = [max(float(one.amount) * scale + GAP, ROW) for one in shown]
    top = TOP + (sum(rows) - float(total) * scale) / 2
    streams, right, below = [], top, float(TOP)
    for one, row in zip(shown, rows, strict=True):
        wide = float(one.amount) * scale
        left = below + (row - wide) / 2
        streams.append(Stream(one, left, right, wide, path(begin, end, left, right, wide)))
        right, below = right + wide, below + row
    height = below + TOP
    return Flows(
        streams=streams,
        width=width,
        height=height,
        begin=begin,
        end=end,
        bar_top=top,
        bar_height=float(total) * scale,
        useful=top + float(useful) * scale,
        shows_useful=useful < total,
    )


def together(givings: Sequence[Giving]) -> list[Giving]:
    """The largest first; those past the most that can be drawn as one."""
    ordered = sorted(givings, key=lambda one: (-one.amount, one.name))
    if len(ordered) <= MOST_STREAMS:
        return ordered
    shown, rest = ordered[: MOST_STREAMS - 1], ordered[MOST_STREAMS - 1 :]
    amount = sum((one.amount for one in rest), Decimal(0))
    return [*shown, Giving(f"{len(rest)} others", amount, "")]


def path(begin: int, end: int, left: float, right: float, wide: float) -> str:
    """A band that bends from one height to another."""
    middle = (begin + end) / 2
    there = (
        f"M{begin} {left:.1f} C{middle:.1f} {left:.1f} {middle:.1f} {right:.1f} {end} {right:.1f}"
    )
    back = (
        f"L{end} {right + wide:.1f} C{middle:.1f} {right + wide:.1f} "
        f"{middle:.1f} {left + wide:.1f} {begin} {left + wide:.1f} Z"
    )
    return f"{there} {back}"


# More gaps than these are a list, not a picture.
MOST_GAPS = 12
GAP_ROW, GAP_BAR, LINE = 62, 14, 18


@dataclass(frozen=True, slots=True)
class Gap:
    """What of a measure can be used at a place at one time, and how much would be useful."""

    name: str
    useful: Decimal
    usable: Decimal
    says: str

    @property
    def share(self) -> float:
        return float(self.usable / self.useful)


@dataclass(frozen=True, slots=True)
class GapLine:
    """One gap's name, its words and its bar: solid for what is usable, dashed for the rest."""

    gap: Gap
    y: float
    filled: float

    @property
    def words_at(self) -> float:
        return self.y - 7

    @property
    def name_at(self) -> float:
        return self.words_at - LINE


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps, those nearest to something useful first."""

    name: str
    width: int
    lines: Sequence[GapLine]
    bar: int = GAP_BAR

    @property
    def whole(self) -> int:
        return self.width - 8

    @property
    def height(self) -> int:
        return GAP_ROW * len(self.lines) + 6


def gaps(found: Sequence[Gap], *, width: int, name: str) -> Gaps:
    """Laid out for a page of that width. What misses nothing waits for a time or place alone."""
    short = [one for one in found if one.usable < one.useful]
    nearest = sorted(short, key=lambda one: (-one.share, one.name))
    lines = [
        GapLine(one, GAP_ROW * n + 24 + LINE, round((width - 8) * one.share, 1))
        for n, one in enumerate(nearest[:MOST_GAPS])
    ]
    return Gaps(name, width, lines)
