"""The shapes of the registry's pictures; templates draw them as SVG, each beside its table.

Each is laid out twice, for wide and for narrow screens: what is scaled down cannot be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from textwrap import wrap

from registry.formats import money_brief, money_short
from registry.periods import Period

WIDTH, NARROW_WIDTH = 960, 358
BAR_HEIGHT = 32  # of the largest amount
# Narrower columns have no room for figures above their bars, or for a heading each.
FIGURE_WIDTH, HEADING_WIDTH = 72, 44
# Where a column has this much beside the names, figures are brief and headings over more lines.
BRIEF_WIDTH = 30
HEADING_HEIGHT = 36
LINE_HEIGHT = 15
# More lines of a name than this run into the row above; the table has it whole.
MOST_LINES = 2
# A bar that stands for anything at all is seen.
LEAST = 2.0
# Of a small figure above a bar: how wide a letter is, how tall, and how far above.
FIGURE_LETTER, FIGURE_HEIGHT, FIGURE_ABOVE = 5.5, 8.0, 3.0
# How far a figure may stand to a side of its bar's middle; it must still be read as that bar's.
ASIDE = (0.0, -3.0, 3.0, -6.0, 6.0)


@dataclass(frozen=True, slots=True)
class GridLayout:
    """Where a grid's names and totals go: beside the bars, or above them."""

    width: int
    beside: int  # for names
    after: int  # for totals
    row: int
    characters: int  # of a name's line
    bar_clear: int  # how far above the baseline a name's last line ends


WIDE = GridLayout(WIDTH, 230, 110, row=50, characters=32, bar_clear=8)
NARROW = GridLayout(NARROW_WIDTH, 0, 0, row=80, characters=38, bar_clear=BAR_HEIGHT + 18)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, and what it says."""

    x: float
    y: float
    width: float
    height: float
    words: str = ""
    figure: str = ""  # stands above it
    figure_at: float = 0.0  # the middle of that

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    def overlaps(self, other: "Box") -> bool:
        beside = self.x < other.x + other.width and other.x < self.x + self.width
        return beside and self.y < other.y + other.height and other.y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Words:
    """One line of words, and where it stands."""

    y: float
    said: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a grid: a name, its bars and their total."""

    name: str
    link: str
    baseline: float
    words: Sequence[Words]
    bars: Sequence[Box]
    amounts: Sequence[Decimal]
    total: Decimal

    @property
    def cells(self) -> Sequence[str]:
        return [money_short(amount) if amount else "" for amount in self.amounts]

    @property
    def foot(self) -> float:
        """Where the last line of its name stands, and its total."""
        return self.words[-1].y


@dataclass(frozen=True, slots=True)
class Heading:
    """A period above its column; unnamed where the columns are too narrow for every name."""

    x: float
    period: Period
    named: bool = True
    anchor: str = "middle"
    split: bool = False  # over three lines: Jan–, Mar, 2027

    @property
    def lines(self) -> Sequence[Words]:
        months, years = self.period.months, self.period.years
        if not self.split:
            return [Words(13, months), Words(28, years)]
        first, dash, last = months.partition("–")
        return [Words(10, first + dash), Words(22, last), Words(34, years)]


@dataclass(frozen=True, slots=True)
class Grid:
    """Small bars on one scale: a row for each name, a column for each period."""

    rows: Sequence[Row]
    headings: Sequence[Heading]
    height: float
    width: int
    largest: Decimal = Decimal(0)  # of its amounts
    narrow: "Grid | None" = None  # the same for narrow screens

    @property
    def scale_words(self) -> str:
        """How bars are to be compared, and what is left out, at either width."""
        amounts = [amount for row in self.rows for amount in row.amounts if amount > 0]
        least = self.largest * Decimal(LEAST / BAR_HEIGHT)
        said = "All bars are on one scale"
        if any(amount < least for amount in amounts):
            said += (
                f", but for those of up to {money_brief(least)}, drawn just high enough to be seen"
            )
        rows = [*self.rows, *(self.narrow.rows if self.narrow else ())]
        unsaid = any(not bar.figure for row in rows for bar in row.bars)
        return f"{said}.{' Figures are left out where there is no room.' if unsaid else ''}"

    @property
    def turned(self) -> Sequence[tuple[Period, Sequence[str]]]:
        """Its table with a line for each period in which anything is."""
        columns = [row.cells for row in self.rows]
        lines = zip((one.period for one in self.headings), zip(*columns, strict=True), strict=True)
        return [(period, cells) for period, cells in lines if any(cells)]


@dataclass(frozen=True, slots=True)
class Line:
    """One row's amounts before they are drawn."""

    name: str
    amounts: Sequence[Decimal]
    link: str = ""


def grid(lines: Sequence[Line], spans: Sequence[Period]) -> Grid:
    """Amounts by name and period; all bars on one scale, so that they can be compared."""
    return replace(laid_out(lines, spans, WIDE), narrow=laid_out(lines, spans, NARROW))


def laid_out(lines: Sequence[Line], spans: Sequence[Period], layout: GridLayout) -> Grid:
    column = (layout.width - layout.beside - layout.after) / max(len(spans), 1)
    largest = max((amount for line in lines for amount in line.amounts), default=Decimal(0))
    rows = list(rows_of(lines, layout, column=column, largest=largest))
    split = splits(spans, layout, column=column)
    every = 1 if split else named_every(column, first=layout.beside + column / 2)
    headings = [
        heading(round(layout.beside + column * (i + 0.5), 1), span, named=i % every == 0)
        for i, span in enumerate(spans)
    ]
    if split:
        headings = [replace(one, split=True) for one in headings]
    height = (rows[-1].baseline if rows else HEADING_HEIGHT) + 6
    return Grid(rows, headings, height, layout.width, largest)


def splits(spans: Sequence[Period], layout: GridLayout, *, column: float) -> bool:
    """Whether headings are over three lines: of quarters, whose whole names have no room."""
    within_years = all("–" not in span.years for span in spans)
    quarterly = within_years and any("–" in span.months for span in spans)
    return quarterly and bool(layout.beside) and BRIEF_WIDTH <= column < HEADING_WIDTH


def with_figures(
    bars: Sequence[tuple[Box, Decimal]], layout: GridLayout, *, column: float
) -> list[Box]:
    """Bars with their amounts above them, as far as there is room."""
    if layout.beside and column >= BRIEF_WIDTH:
        write = money_short if column >= FIGURE_WIDTH else money_brief
        return [replace(box, figure=write(amount), figure_at=box.middle) for box, amount in bars]
    return where_room(bars, layout.width)


def where_room(bars: Sequence[tuple[Box, Decimal]], width: int) -> list[Box]:
    """Figures over the largest amounts first, and over others where they touch no bar or figure."""
    taken: list[Box] = []  # higher bars, which alone reach so far up, and figures
    found = {}
    for box, amount in sorted(bars, key=lambda one: -one[1]):
        said = money_brief(amount)
        rooms = (figure_room(box, said, box.middle + aside, width) for aside in ASIDE)
        free = (one for one in rooms if not any(map(one.overlaps, taken)))
        if room := next(free, None):
            taken.append(room)
            found[box.x] = replace(box, figure=said, figure_at=room.middle)
        taken.append(box)
    return [found.get(box.x, box) for box, _ in bars]


def figure_room(box: Box, said: str, middle: float, width: int) -> Box:
    """What a figure takes above its bar, within the frame, and a pixel at each end."""
    wide = FIGURE_LETTER * len(said) + 2
    left = min(max(middle - wide / 2, 0.0), width - wide)
    return Box(left, box.y - FIGURE_ABOVE - FIGURE_HEIGHT, wide, FIGURE_HEIGHT)


def named_every(column: float, *, first: float) -> int:
    """Of how many columns one is named, so that no name touches the next.

    The first name is moved inwards where it would run out of the frame, and needs more room.
    """
    room = HEADING_WIDTH * 1.5 - first if at_the_edge(first) else HEADING_WIDTH
    return ceil(max(room, HEADING_WIDTH) / column)


def at_the_edge(x: float) -> bool:
    return x < HEADING_WIDTH / 2


def heading(x: float, period: Period, *, named: bool) -> Heading:
    """Words that would run out of the frame begin at its edge."""
    if at_the_edge(x):
        return Heading(0, period, named, anchor="start")
    return Heading(x, period, named)


def rows_of(
    lines: Sequence[Line], layout: GridLayout, *, column: float, largest: Decimal
) -> Iterator[Row]:
    baseline = HEADING_HEIGHT
    for line in lines:
        said = name_lines(line.name, layout.characters)
        # Names beside the bars have two lines' room anyhow.
        baseline += layout.row + (0 if layout.beside else LINE_HEIGHT * (len(said) - 1))
        foot = baseline - layout.bar_clear
        words = [Words(foot - LINE_HEIGHT * i, part) for i, part in enumerate(reversed(said))]
        bars = [
            bar(amount, at=(layout.beside + column * i, baseline), column=column, largest=largest)
            for i, amount in enumerate(line.amounts)
        ]
        some = [pair for pair in zip(bars, line.amounts, strict=True) if pair[0].height]
        drawn = with_figures(some, layout, column=column)
        total = sum(line.amounts, Decimal(0))
        yield Row(line.name, line.link, baseline, words[::-1], drawn, line.amounts, total)


def name_lines(name: str, characters: int) -> list[str]:
    """A name as lines that fit; only what is longer than all its room is cut."""
    lines = wrap(name, characters) or [""]
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1][: characters - 1]}…"]
    return lines


def bar(amount: Decimal, *, at: tuple[float, float], column: float, largest: Decimal) -> Box:
    left, baseline = at
    height = max(float(amount / largest) * BAR_HEIGHT, LEAST) if amount > 0 else 0.0
    return Box(
        round(left + column * 0.12, 1),
        round(baseline - height, 1),
        round(column * 0.76, 1),
        round(height, 1),
        money_short(amount),
    )
