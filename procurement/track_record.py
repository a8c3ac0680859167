"""How well savings were forecast: what finance verified beside what was expected.

Councils are counted in fives, in the order they told of it, so that no two figures differ by what
one council told; the share is rounded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal(100)
NEAREST = Decimal(5)  # per cent
PENNY = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Forecast:
    """A council's part of a joint buy's saving, in pounds a year."""

    low: Decimal
    mid: Decimal
    high: Decimal

    def share(self, value: Decimal, of: Decimal) -> "Forecast":
        """The part of who buys so much of all that is bought."""
        part = value / of if of else Decimal(0)
        return Forecast(*((pounds * part).quantize(PENNY) for pounds in self.pounds))

    @property
    def pounds(self) -> tuple[Decimal, Decimal, Decimal]:
        return self.low, self.mid, self.high

    def holds(self, amount: Decimal) -> bool:
        return self.low <= amount <= self.high


@dataclass(frozen=True, slots=True)
class Verified:
    """What was expected of a council, and what came."""

    forecast: Forecast
    amount: Decimal


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """Of so many councils: how much of the most likely saving came, and how many in the range."""

    councils: int
    percent: Decimal
    within: int


def track_record(verified: Sequence[Verified], *, at_a_time: int) -> TrackRecord | None:
    """None until enough councils have told."""
    counted = verified[: len(verified) // at_a_time * at_a_time]
    expected = sum((one.forecast.mid for one in counted), Decimal(0))
    if not expected:
        return None
    came = sum((one.amount for one in counted), Decimal(0))
    return TrackRecord(
        councils=len(counted),
        percent=(came * CENT / expected / NEAREST).quantize(Decimal(1), ROUND_HALF_UP) * NEAREST,
        within=sum(1 for one in counted if one.forecast.holds(one.amount)),
    )
