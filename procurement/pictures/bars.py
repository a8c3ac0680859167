"""Bars of contracts: solid, hatched over options, flagged where something must be decided."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto

from procurement.pictures.contracts import LOOKS, NOT_COUNTED, Bar, Look
from procurement.pictures.layout import Canvas
from procurement.pictures.svg import (
    INK,
    PAPER,
    QUIET,
    Attribute,
    Markup,
    group,
    hatch,
    line,
    tag,
    words,
)
from registry.exits import Action

# What a bar needs for its letter, and how far in that stands where there is room.
LEAST_FOR_A_LETTER, LETTER_WIDTH, LETTER_IN = 13, 9.0, 5.0


class Part(Enum):
    """What a bar is made of, in the order in which it is drawn."""

    FIRM = auto()  # to its end
    OPTIONS = auto()  # what it may yet use
    USED = auto()  # of those, what the chosen date uses
    BETWEEN = auto()  # where one option ends and the next begins
    GIVEN_UP = auto()  # what a break gives up
    GAP = auto()  # what would have to be bridged


class Bars:
    """Bars put together: a path for each part of those of one action, however many they are."""

    def __init__(self, on: Canvas) -> None:
        self.name, self.scale = on.name, on.scale
        self.chosen, self.today = on.scale.x(on.drawn.chosen), on.scale.x(on.drawn.today)
        self.paths: dict[tuple[Action, Part], list[str]] = defaultdict(list)
        self.letters: list[Markup] = []
        self.flags: list[Markup] = []

    def add_row(self, found: Sequence[Bar], top: float, room: float) -> None:
        """Each in a lane of its own, and a flag on the first day on which one must be decided."""
        thick = room / len(found)
        height = thick if len(found) == 1 else max(thick - 1, 1.5)
        for n, bar in enumerate(found):
            self.add(bar, top + n * thick, height)
        decisions = [bar.decide_by for bar in found if bar.decide_by]
        if decisions:
            self.flags.append(tick(self.scale.x(min(decisions)), top, room))

    def add(self, bar: Bar, top: float, height: float) -> None:
        """Solid to its end; of a rolling contract, and without a known end, to today."""
        left = self.scale.x(bar.start or self.scale.first)
        firm = self.scale.x(bar.end) if bar.end else self.today
        for part, path in self.parts(bar, (left, firm), (top, top + height)):
            self.paths[bar.action, part].append(path)
        if height >= LEAST_FOR_A_LETTER and firm - left > LETTER_WIDTH:
            inwards = min(LETTER_IN, (firm - left - LETTER_WIDTH) / 2)
            self.letters.append(letter(LOOKS[bar.action], left + inwards, top + height))

    def parts(
        self, bar: Bar, across: tuple[float, float], down: tuple[float, float]
    ) -> Iterator[tuple[Part, str]]:
        (left, firm), (top, foot) = across, down
        far = self.far_end(bar, firm)
        yield Part.FIRM, oblong(left, top, firm, foot)
        if far > firm:
            yield from self.optional_parts(bar, (firm, far), down)
        if bar.action == Action.BREAK:
            yield Part.GIVEN_UP, oblong(self.chosen, top + 1, firm - 1, foot - 1)
        if bar.action in NOT_COUNTED and max(firm, far) < self.chosen:
            ends, middle = max(firm, far) + 4, (top + foot) / 2
            yield Part.GAP, f"M{ends:.1f} {middle:.1f}H{self.chosen - 4:.1f}"

    def far_end(self, bar: Bar, firm: float) -> float:
        """Where its last option ends; the edge where nothing limits it."""
        if bar.latest:
            return self.scale.x(bar.latest)
        return firm if bar.end or bar.action == Action.UNKNOWN else self.scale.right

    def optional_parts(
        self, bar: Bar, across: tuple[float, float], down: tuple[float, float]
    ) -> Iterator[tuple[Part, str]]:
        """Options: hatched, denser over those the chosen date uses, with a line between options."""
        (firm, far), (top, foot) = across, down
        yield Part.OPTIONS, oblong(firm, top, far, foot)
        used = min(self.chosen, far)
        if bar.action in {Action.EXTEND, Action.NOTICE} and used > firm:
            yield Part.USED, oblong(firm, top, used, foot)
        for x in map(self.scale.x, bar.options):
            if firm < x < far:
                yield Part.BETWEEN, f"M{x:.1f} {top:.1f}V{foot:.1f}"

    def marks(self) -> Iterator[Markup]:
        for action, look in LOOKS.items():
            for part in Part:
                if paths := self.paths.get((action, part)):
                    yield tag("path", d="".join(paths), **style(part, look, self.name))
        yield from self.letters

    def drawn(self) -> set[Part]:
        return {part for _, part in self.paths}


def style(part: Part, look: Look, name: str) -> Mapping[str, Attribute]:
    styles: Mapping[Part, Mapping[str, Attribute]] = {
        Part.FIRM: {"fill": look.colour},
        Part.OPTIONS: {"fill": f"url(#{name}-{look.letter})", "stroke": look.colour},
        Part.USED: {"fill": look.colour, "fill_opacity": "0.55"},
        Part.BETWEEN: {"stroke": INK, "stroke_width": 1.5},
        Part.GIVEN_UP: {"fill": PAPER, "fill_opacity": "0.7"},
        Part.GAP: {"stroke": QUIET, "stroke_width": 2, "stroke_dasharray": "2 5"},
    }
    return styles[part]


def oblong(left: float, top: float, right: float, foot: float) -> str:
    """Nothing where it would end before it begins."""
    return f"M{left:.1f} {top:.1f}H{max(left, right):.1f}V{foot:.1f}H{left:.1f}Z"


def letter(look: Look, x: float, foot: float) -> Markup:
    return words(x, foot - 4, look.letter, font_size=11, font_weight="bold", fill=look.ink)


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
