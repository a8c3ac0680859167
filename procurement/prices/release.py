"""When figures may change, and what is said of them: differences in time must tell no price.

Only councils whose prices stand behind figures count as changed. Others, set aside as different,
could make a release out of one council's change.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum

from procurement import disclosure
from procurement.prices.quotes import Quote
from procurement.prices.rules import PriceRules

# How many councils stand behind a figure is said in these steps alone.
COUNTED = (50, 20, 10)


class Position(StrEnum):
    """Where a council's own price lies beside the band."""

    BELOW = "at or below the lower end"
    WITHIN = "within the band"
    ABOVE = "above the upper end"


def position(price: Decimal, low: Decimal, high: Decimal) -> Position:
    if price <= low:
        return Position.BELOW
    return Position.WITHIN if price <= high else Position.ABOVE


def quarter_of(day: date) -> date:
    """The first day of its calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def changed(before: Mapping[str, Decimal], now: Iterable[Quote]) -> int:
    """Councils that joined, left, or pay another price."""
    return disclosure.changed(before, {one.council: one.price for one in now})


def may_change(
    shown: Mapping[str, Decimal], now: Iterable[Quote], *, looked: date, quarter: date,
    rules: PriceRules,
) -> bool:  # fmt: skip
    """Looked at once a quarter; enough councils must differ from those the figures show."""
    return quarter > looked and changed(shown, now) >= rules.release_changes


def how_many(councils: int, least: int) -> str:
    """`10 or more councils`: the exact number would say when somebody joined or left."""
    at_least = next((step for step in COUNTED if councils >= step), least)
    return f"{at_least} or more councils"
