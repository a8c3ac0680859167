"""The numbers by which prices are compared and shown, as `reference/assumptions.csv` has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PriceRules:
    """What the codes `price_…` of the assumptions say, and the rate of VAT."""

    councils_least: int
    lowest_least: int
    lowest_share: Decimal
    outlier_ratio: Decimal
    floor_percent: Decimal
    floor_pounds: Decimal
    most_percent: Decimal
    largest_share: Decimal
    two_largest_share: Decimal
    steps: int
    benchmark_steps: int
    release_changes: int
    age_months: int
    vat_percent: Decimal


def price_rules(assumed: Mapping[str, Decimal]) -> PriceRules:
    return PriceRules(
        councils_least=int(assumed["price_councils_least"]),
        lowest_least=int(assumed["price_lowest_least"]),
        lowest_share=assumed["price_lowest_share"],
        outlier_ratio=assumed["price_outlier_ratio"],
        floor_percent=assumed["price_floor_percent"],
        floor_pounds=assumed["price_floor_pounds"],
        most_percent=assumed["price_most_percent"],
        largest_share=assumed["price_largest_share"],
        two_largest_share=assumed["price_two_largest_share"],
        steps=int(assumed["price_steps"]),
        benchmark_steps=int(assumed["price_benchmark_steps"]),
        release_changes=int(assumed["price_release_changes"]),
        age_months=int(assumed["price_age_months"]),
        vat_percent=assumed["vat_percent"],
    )
