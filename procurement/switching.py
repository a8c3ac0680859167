"""What councils say switching costs them, spread over the term, and what a saving is net of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from procurement.savings import rounded
from procurement.track_record import Forecast

PENNY = Decimal("0.01")
NOTHING = Decimal(0)
MONTHS_IN_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Switching:
    """Pounds that one council states: paid once, and paid in each year."""

    once: Decimal = NOTHING
    yearly: Decimal = NOTHING

    def a_year(self, term_months: int) -> Decimal:
        """Exact; what is paid once is spread over the term, which is at least a year."""
        spread = self.once * MONTHS_IN_A_YEAR / max(term_months, MONTHS_IN_A_YEAR)
        return spread + self.yearly


@dataclass(frozen=True, slots=True)
class Net:
    """A part of a saving, what switching costs a year, and what is left: never below nothing."""

    saving: Forecast
    cost: Decimal
    left: Forecast

    @property
    def outweighed(self) -> bool:
        """Whether switching costs more than is most likely saved."""
        return self.cost > self.saving.mid

    @property
    def about(self) -> "Net":
        """As it is shown: a part of an estimate is no more exact than the whole."""
        return Net(about(self.saving), self.cost, about(self.left))


def about(saving: Forecast) -> Forecast:
    """Rounded as a whole estimate is."""
    return Forecast(*map(rounded, saving.pounds))


def net(saving: Forecast, stated: Iterable[Switching], *, term_months: int) -> Net:
    cost = sum((one.a_year(term_months) for one in stated), NOTHING)
    cost = cost.quantize(PENNY, ROUND_HALF_UP)
    return Net(saving, cost, Forecast(*(max(pounds - cost, NOTHING) for pounds in saving.pounds)))
