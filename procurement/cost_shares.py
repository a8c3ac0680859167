"""How what the lead authority spends on a joint buy is shared, to the penny."""

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

PENNY = Decimal("0.01")


class Rule(StrEnum):
    """By what the costs are shared."""

    EQUALLY = "equally"
    BY_QUANTITY = "by quantity"
    BY_LEAD = "by the lead"


def cost_shares(
    costs: Decimal, quantities: Mapping[str, int], *, rule: Rule, lead: str
) -> dict[str, Decimal]:
    """Each council's part, in pounds; together they are exactly the costs.

    What rounding down leaves goes, a penny each, to those who lost most by it, then by code.
    """
    weights = weights_of(quantities, rule, lead)
    total = sum(weights.values())
    if not total:
        return {}
    exact = {council: costs * weight / total for council, weight in weights.items()}
    shares = {council: part.quantize(PENNY, ROUND_FLOOR) for council, part in exact.items()}
    left = int((costs - sum(shares.values())) / PENNY)
    for council in sorted(shares, key=lambda c: (shares[c] - exact[c], c))[:left]:
        shares[council] += PENNY
    return shares


def weights_of(quantities: Mapping[str, int], rule: Rule, lead: str) -> dict[str, int]:
    if rule == Rule.BY_LEAD:
        return {lead: 1}
    return {c: 1 if rule == Rule.EQUALLY else n for c, n in sorted(quantities.items())}
