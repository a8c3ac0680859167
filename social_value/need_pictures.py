"""The picture of the needs board: a bar for each need, over the time in which it can be met."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from registry.values import months_on

TOP, AXIS = 8, 30
BAR = 14
# More ticks than these run into one another.
MOST_TICKS_WIDE, MOST_TICKS_NARROW = 8, 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need as it is drawn: `standing` is how far promises have come, `says` that in words."""

    name: str
    first: date
    last: date
    standing: str
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """One need's words and bar."""

    wanted: Wanted
    name: str
    x: float
    y: float
    width: float
    beside: bool  # how it stands is said beside the name, or under it

    @property
    def name_at(self) -> float:
        return self.says_at - (0 if self.beside else 17)

    @property
    def says_at(self) -> float:
        return self.y - 8


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything to be drawn."""

    name: str
    width: int
    height: float
    lines: Sequence[Line]
    ticks: Sequence[Tick]
    today: float

    @property
    def bar(self) -> int:
        return BAR

    @property
    def bottom(self) -> float:
        return self.height - 4


def board(wanted: Sequence[Wanted], *, today: date, width: int, name: str) -> Board:
    """Names above their bars, so that both widths can be read."""
    wide = width > 600
    last = max([months_on(today, 6), *(one.last for one in wanted)])
    row, first_bar = (48, 24) if wide else (66, 41)
    span = (last - today).days

    def x(day: date) -> float:
        return round(4 + (width - 8) * max((day - today).days, 0) / span, 1)

    lines = [
        Line(
            one,
            shortened(one.name, 90 if wide else 44),
            x(one.first),
            TOP + AXIS + row * n + first_bar,
            max(x(one.last) - x(one.first), 3.0),
            wide,
        )
        for n, one in enumerate(wanted)
    ]
    most = MOST_TICKS_WIDE if wide else MOST_TICKS_NARROW
    ticks = [Tick(x(day), f"{day:%b %Y}") for day in months_marked(today, last, most)]
    return Board(name, width, TOP + AXIS + row * len(lines) + 6, lines, ticks, x(today))


def months_marked(first: date, last: date, most: int) -> Iterator[date]:
    """First days of months, evenly apart, no more than can be read."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = max(-(-months // most), 1)
    start = months_on(first.replace(day=1), 1)
    for n in range(0, months, step):
        yield months_on(start, n)


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
