"""Whether a promise is more than its contract could ever pay for: more often a slip than meant."""

import csv
from datetime import date
from decimal import Decimal
from functools import cache

from social_value.periods import MONTHS, whole_months
from social_value.reading.tables import REFERENCE

# It is read by everybody, so it tells nothing of the value.
TOO_MUCH = (
    "This is more than the whole contract could pay for, so it may be a slip. Put it right, or say "
    "that it is so."
)
WHOLE = Decimal(100)


@cache
def least_pounds() -> dict[str, int]:
    """What one of each unit costs at the least, many times over."""
    with (REFERENCE / "costs.csv").open(encoding="utf-8", newline="") as file:
        return {row["unit"]: int(row["least_pounds"]) for row in csv.DictReader(file)}


def worth(
    total: Decimal | None, yearly: Decimal | None, starts: date | None, ends: date | None
) -> Decimal | None:
    """Pounds of a contract over its term, the more where two figures are known."""
    months = whole_months(starts, ends) if starts and ends else MONTHS
    over_term = yearly * max(months, MONTHS) / MONTHS if yearly else None
    return max((one for one in (total, over_term) if one), default=None)


def too_much(unit: str, quantity: Decimal, pounds: Decimal | None) -> bool:
    """Where the value is not known, or nobody knows what one costs, nothing is too much."""
    if unit == "per cent":
        return quantity > WHOLE
    least = least_pounds().get(unit)
    return pounds is not None and least is not None and quantity * least > pounds
