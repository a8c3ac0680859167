"""How amounts of measures are written: 13 weeks, 1 person, £5,000, 10%."""

from decimal import ROUND_HALF_UP, Decimal

from registry.formats import money_exact

MANY = {
    "person": "people",
    "per cent": "per cent",
    "FTE-year": "FTE-years",
    "tonne CO2e": "tonnes CO2e",
}


def plain(amount: Decimal) -> str:
    """All of it, without noughts that say nothing: 5.2, 1,040."""
    whole, dot, part = f"{amount:,.4f}".partition(".")
    part = part.rstrip("0")
    return f"{whole}{dot}{part}" if part else whole


def measured(amount: Decimal, unit: str) -> str:
    """An amount with its unit, as people write it."""
    if unit == "pound":
        return money_exact(amount)
    if unit == "per cent":
        return f"{plain(amount)}%"
    return f"{plain(amount)} {unit if amount == 1 else many(unit)}"


def about(amount: Decimal, unit: str) -> str:
    """For what was worked out over days: to a tenth, pounds to the pound."""
    step = Decimal(1) if unit == "pound" else Decimal("0.1")
    return measured(amount.quantize(step, ROUND_HALF_UP), unit)


def many(unit: str) -> str:
    """Several of a unit: weeks, people, tonnes CO2e."""
    return MANY.get(unit, f"{unit}s")
