"""From a contract's stated unit price to one that can be put beside another council's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procurement.prices.rules import PriceRules
from procurement.prices.units import Unit, unit_of
from registry.records import Vat
from registry.values import MONTHS_IN_A_YEAR, months_on, term_in_months

CENT = Decimal(100)
# Quantity times price is the contract's value when they differ by no more than this share:
# registers round both.
AGREES = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Priced:
    """What a contract says of its price."""

    council: str
    unit: str
    unit_price: Decimal
    quantity: Decimal
    vat: Vat
    start: date | None
    end: date | None
    total_value: Decimal | None
    yearly_value: Decimal | None


@dataclass(frozen=True, slots=True)
class Quote:
    """What a council pays for one unit, in pounds without VAT, and for how many."""

    council: str
    price: Decimal
    quantity: Decimal

    @property
    def spend(self) -> Decimal:
        return self.price * self.quantity


def quote(one: Priced, *, today: date, rules: PriceRules) -> tuple[str, Quote] | None:
    """The unit's label and the quote; None where it is not known what the price is for.

    Prices of agreements begun too long ago are left out. VAT that is not stated counts as left
    out, as the Transparency Code asks for values.
    """
    unit = unit_of(one.unit)
    begun = one.start or today
    if unit is None or min(one.unit_price, one.quantity) <= 0:
        return None
    if begun < months_on(today, -rules.age_months):
        return None
    times = times_a_year(one, unit)
    if times is None:
        return None
    gross = CENT + rules.vat_percent if one.vat == Vat.GROSS else CENT
    return unit.label, Quote(one.council, one.unit_price * times * CENT / gross, one.quantity)


def times_a_year(one: Priced, unit: Unit) -> Decimal | None:
    """What makes the price one for a year, or 1 for a thing bought once.

    Where a licence's price does not say for how long it is, the contract's value does: it is
    quantity times price, for a month, for a year or for the whole term.
    """
    if unit.times_a_year is not None:
        return unit.times_a_year
    if not unit.lasting:
        return Decimal(1)
    spent = one.unit_price * one.quantity
    return next((times for value, times in readings(one) if agrees(spent, value)), None)


def readings(one: Priced) -> Iterator[tuple[Decimal | None, Decimal]]:
    """Values a price may make up, with how often a year it would be paid then."""
    yearly = one.yearly_value
    yield yearly, Decimal(1)
    if one.start and one.end and one.end > one.start:
        months = term_in_months(one.start, one.end)
        yield one.total_value, Decimal(MONTHS_IN_A_YEAR) * months.denominator / months.numerator
    yield yearly / MONTHS_IN_A_YEAR if yearly else None, Decimal(MONTHS_IN_A_YEAR)


def agrees(spent: Decimal, value: Decimal | None) -> bool:
    return bool(value) and abs(spent - value) <= AGREES * value  # type: ignore[operator]


def one_each(quotes: Iterable[Quote]) -> list[Quote]:
    """A council counts once however many contracts it has: at its average price."""
    by_council: dict[str, list[Quote]] = defaultdict(list)
    for one in quotes:
        by_council[one.council].append(one)
    return [averaged(council, by_council[council]) for council in sorted(by_council)]


def averaged(council: str, quotes: list[Quote]) -> Quote:
    quantity = sum((one.quantity for one in quotes), Decimal(0))
    spend = sum((one.spend for one in quotes), Decimal(0))
    return Quote(council, spend / quantity, quantity)
