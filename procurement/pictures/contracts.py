"""What a window picture is drawn from: contracts as bars, in the order they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from procurement.pictures.svg import ACCENT, INK, PAPER, pounds
from registry.exits import Action
from registry.formats import count, day

Steps = Sequence[tuple[date, Decimal]]


@dataclass(frozen=True, slots=True)
class Look:
    """How an action is shown: colour, letter, words; the letter is enough without colour."""

    colour: str
    letter: str
    heading: str
    ink: str = PAPER


LOOKS = {
    Action.NOTHING: Look(ACCENT, "N", "Nothing to do"),
    Action.EXTEND: Look("#2f74b5", "E", "Extend"),
    Action.NOTICE: Look("#b85c00", "G", "Give notice"),
    Action.BREAK: Look("#b85c00", "B", "Use the break clause"),
    Action.AGREE: Look("#f0b323", "A", "Only by agreement", ink=INK),
    Action.BRIDGE: Look("#aeb4b7", "C", "Cannot join", ink=INK),
    Action.STAY: Look("#aeb4b7", "L", "Cannot leave", ink=INK),
    Action.UNKNOWN: Look("#d3d8da", "U", "End not known", ink=INK),
}
# Shown, and left out of every sum.
NOT_COUNTED = frozenset({Action.AGREE, Action.BRIDGE, Action.STAY, Action.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Bar:
    """One contract in the picture. `end` is None when rolling; `latest` when it has no limit.

    `note` is what the chosen date asks, in a few words; `decide_by` has a tick.
    """

    council: str
    note: str
    action: Action
    value: Decimal | None
    start: date | None = None
    end: date | None = None
    latest: date | None = None
    options: tuple[date, ...] = ()
    decide_by: date | None = None


@dataclass(frozen=True, slots=True)
class WindowPicture:
    """What the picture is drawn from; `joinable` gives pounds a year from each day on."""

    title: str
    today: date
    chosen: date
    bars: tuple[Bar, ...]
    joinable: Steps = field(default=())

    def joining(self) -> list[Bar]:
        return [bar for bar in self.bars if bar.action not in NOT_COUNTED]

    def value(self) -> Decimal:
        return sum((bar.value or Decimal(0) for bar in self.joining()), Decimal(0))

    def description(self) -> str:
        """The picture in words, for those who do not see it."""
        joining = self.joining()
        councils = len({bar.council for bar in joining})
        parts = [
            f"{LOOKS[action].heading}: {len(list(bars))}."
            for action, bars in groupby(sorted_bars(self.bars), key=lambda bar: bar.action)
        ]
        whose = f"{count(councils, 'council')} with {count(len(joining), 'contract')}"
        return (
            f"{whose} worth {pounds(self.value())} a "
            f"year can start together on {day(self.chosen)}. {' '.join(parts)} "
            "The table below says the same."
        )


def sorted_bars(bars: Iterable[Bar]) -> list[Bar]:
    order = list(LOOKS)
    return sorted(bars, key=lambda b: (order.index(b.action), -(b.value or 0), b.council))


def total(bars: Iterable[Bar]) -> Decimal:
    return sum((bar.value or Decimal(0) for bar in bars), Decimal(0))
