"""Rows of a window picture: a contract or a council each, under what is asked of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from procurement.pictures.bars import Bars, Part
from procurement.pictures.contracts import LOOKS, Bar, Look, WindowPicture, sorted_bars, total
from procurement.pictures.layout import HEADING, MOST_BARS, Canvas, Layout
from procurement.pictures.svg import (
    QUIET,
    RULE,
    Markup,
    box,
    group,
    line,
    pounds,
    shortened,
    words,
)
from registry.exits import Action
from registry.formats import count

EDGE = 4.0


@dataclass(frozen=True, slots=True)
class Heading:
    """Opens the rows of one action."""

    action: Action
    contracts: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the picture: a contract, or all those of a council."""

    name: str
    note: str
    value: Decimal | None
    bars: tuple[Bar, ...]


def rows_of(drawn: WindowPicture, *, opened: str) -> list[Heading | Row]:
    """By action, then value; past forty contracts a council's share a row until it is opened."""
    rows: list[Heading | Row] = []
    together = len(drawn.bars) > MOST_BARS
    for action, found in groupby(sorted_bars(drawn.bars), key=lambda bar: bar.action):
        bars = list(found)
        rows.append(Heading(action, len(bars), total(bars)))
        rows += by_council(bars, opened) if together else [alone(bar) for bar in bars]
    return rows


def alone(bar: Bar) -> Row:
    return Row(bar.council, bar.note, bar.value, (bar,))


def by_council(bars: Sequence[Bar], opened: str) -> list[Row]:
    councils: dict[str, list[Bar]] = {}
    for bar in bars:
        councils.setdefault(bar.council, []).append(bar)
    rows: list[Row] = []
    for council, of_it in sorted(councils.items(), key=lambda item: -total(item[1])):
        if council == opened or len(of_it) == 1:
            rows += [alone(bar) for bar in of_it]
        else:
            name = f"{council} ({len(of_it)} contracts)"
            rows.append(Row(name, "", total(of_it), tuple(of_it)))
    return rows


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows one under another: the chosen day's line lies over their bars and under the rest."""

    under: Sequence[Markup]
    over: Sequence[Markup]
    words: Sequence[Markup]
    parts: set[Part]
    bottom: float


def placed(rows: Sequence[Heading | Row], on: Canvas, y: float) -> Drawn:
    rules: list[Markup] = []
    said: list[Markup] = []
    bars = Bars(on)
    for row in rows:
        if isinstance(row, Heading):
            rules.append(line(EDGE, y + 4, on.layout.width - EDGE, y + 4, stroke=RULE))
            said += heading(row, on.layout, y)
            y += HEADING
        else:
            said += names_beside(row, on, y) if on.layout.beside else names_above(row, on, y)
            bars.add_row(row.bars, y + on.layout.bar_top, on.layout.bar)
            y += on.layout.row
    return Drawn([*rules, *bars.marks()], bars.flags, said, bars.drawn(), y + 6)


def heading(row: Heading, layout: Layout, y: float) -> list[Markup]:
    look, right = LOOKS[row.action], layout.width - EDGE
    return [
        badge(look, EDGE, y + 10),
        words(EDGE + 28, y + 25, look.heading, font_weight="bold"),
        words(
            right, y + 25, f"{count(row.contracts, 'contract')}, {pounds(row.value)} a year",
            text_anchor="end", fill=QUIET, font_size=13,
        ),
    ]  # fmt: skip


def badge(look: Look, x: float, y: float) -> Markup:
    return group(
        box(x, y, 20, 20, rx=3, fill=look.colour),
        words(x + 10, y + 15, look.letter, text_anchor="middle", font_weight="bold", fill=look.ink),
        stroke="none",
    )


def names_beside(row: Row, on: Canvas, y: float) -> list[Markup]:
    layout = on.layout
    two_lines = layout.row >= 36
    base = y + (17 if two_lines else layout.row / 2 + 5)
    name = words(EDGE, base, shortened(row.name, layout.characters))
    value = words(layout.width - EDGE, y + layout.row / 2 + 5, pounds(row.value), text_anchor="end")
    if not two_lines:
        return [name, value]
    note = words(EDGE, y + 32, shortened(row.note, 54), font_size=12, fill=QUIET)
    return [name, note, value]


def names_above(row: Row, on: Canvas, y: float) -> list[Markup]:
    right = on.layout.width - EDGE
    return [
        words(EDGE, y + 16, shortened(row.name, on.layout.characters)),
        words(right, y + 16, pounds(row.value), text_anchor="end"),
        words(EDGE, y + 32, shortened(row.note, 56), font_size=12, fill=QUIET),
    ]
