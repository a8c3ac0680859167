"""The numbers by which intentions are shown, as `reference/assumptions.csv` has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DemandRules:
    """What the codes `demand_…` of the assumptions say."""

    councils_least: int
    area_councils_least: int
    largest_share: Decimal
    two_largest_share: Decimal
    release_changes: int
    release_days: int


def demand_rules(assumed: Mapping[str, Decimal]) -> DemandRules:
    return DemandRules(
        councils_least=int(assumed["demand_councils_least"]),
        area_councils_least=int(assumed["demand_area_councils_least"]),
        largest_share=assumed["demand_largest_share"],
        two_largest_share=assumed["demand_two_largest_share"],
        release_changes=int(assumed["demand_release_changes"]),
        release_days=int(assumed["demand_release_days"]),
    )
