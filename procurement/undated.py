"""What contracts whose end is not known could add to an opportunity: told, never counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Undated:
    """Contracts without a known end: how many, of which councils, worth so much a year.

    `annual_value` is of those whose value is known; `without_value` counts the others.
    """

    contracts: int
    councils: tuple[str, ...]
    annual_value: Decimal
    without_value: int

    def up_to(self, annual_value: Decimal) -> Decimal:
        """What the opportunity would be worth a year if all of them could join."""
        return annual_value + self.annual_value


def undated(held: Iterable[tuple[str, Decimal | None]]) -> Undated:
    """From each contract's council and yearly value, None where it is not known."""
    rows = list(held)
    values = [value for _, value in rows if value]
    return Undated(
        contracts=len(rows),
        councils=tuple(sorted({council for council, _ in rows})),
        annual_value=sum(values, Decimal(0)),
        without_value=len(rows) - len(values),
    )
