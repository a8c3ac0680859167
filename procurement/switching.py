"""What councils say switching costs them."""

from dataclasses import dataclass
from decimal import Decimal

NOTHING = Decimal(0)
MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Switching:
    """Pounds that one council states: paid once, and paid in each year."""

    once: Decimal = NOTHING
    yearly: Decimal = NOTHING


def as_stated(once: Decimal | None, yearly: Decimal | None) -> Switching | None:
    """None where a council says nothing of either."""
    if once is None and yearly is None:
        return None
    return Switching(once or NOTHING, yearly or NOTHING)
