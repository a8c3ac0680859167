"""The picture of promises kept: for each measure three bars, promised, due and delivered.

Measures have units of their own, so each has its own scale: its bars can be compared with each
other, not with those of another measure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

WIDE, NARROW = 960, 358
NAME_HEIGHT, BAR, GAP, APART = 22, 16, 4, 18
# Of the words behind the bars: Arial at 14 pixels is narrower on the whole.
CHARACTER = 7.5
# Of a measure's name, which is bold; and how far below each other its lines stand.
BOLD, LINE = 8.0, 17
# A bar that stands for anything at all is seen.
LEAST = 2.0
BEFORE = 6  # between a bar and its words


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is drawn of one measure: (what it is, how much, in words), in order."""

    name: str
    bars: Sequence[tuple[str, Decimal, str]]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, and its words behind it."""

    kind: str
    x: float
    y: float
    width: float
    words: str

    @property
    def after(self) -> float:
        return self.x + self.width + (BEFORE if self.width else 0)

    @property
    def foot(self) -> float:
        return self.y + BAR - 3


@dataclass(frozen=True, slots=True)
class Group:
    """A measure's name, its lines as wide as there is room for with where each stands, its bars."""

    name: str
    lines: Sequence[tuple[str, float]]
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Picture:
    """All of them, one under another."""

    groups: Sequence[Group]
    width: int
    height: float
    bar: int = BAR


def picture(amounts: Sequence[Amounts], *, width: int) -> Picture:
    """Laid out for a page of that width."""
    longest = max((len(words) for one in amounts for *_, words in one.bars), default=0)
    room = int(width - CHARACTER * longest) - BEFORE
    groups = list(placed(amounts, room, int(width / BOLD)))
    last = groups[-1].bars[-1].y + BAR if groups and groups[-1].bars else 0
    return Picture(groups, width, last + GAP)


def placed(amounts: Sequence[Amounts], room: int, characters: int) -> Iterator[Group]:
    """Bars as long as there is room for, under names of so many characters a line."""
    y = 0.0
    for one in amounts:
        most = max((amount for _, amount, _ in one.bars), default=Decimal(0))
        names = [
            (line, y + NAME_HEIGHT - 7 + n * LINE)
            for n, line in enumerate(wrap(one.name, characters))
        ]
        top = y + NAME_HEIGHT + LINE * (len(names) - 1)
        bars = [
            Bar(kind, 0, top + n * (BAR + GAP), long(amount, most, room), words)
            for n, (kind, amount, words) in enumerate(one.bars)
        ]
        yield Group(one.name, names, bars)
        y = top + len(bars) * (BAR + GAP) + APART


def long(amount: Decimal, most: Decimal, room: int) -> float:
    return round(max(float(amount / most) * room, LEAST), 1) if amount > 0 else 0.0
