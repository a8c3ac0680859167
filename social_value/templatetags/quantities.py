"""Amounts of measures in pages: {{ amount|measured:unit }}."""

from decimal import Decimal

from django import template

from social_value.quantities import about, measured

register = template.Library()
register.filter("about", lambda amount, unit: about(Decimal(amount), unit))
register.filter("measured", lambda amount, unit: measured(Decimal(amount), unit))


@register.filter
def sentence(because: list[str]) -> str:
    """Reasons as one sentence; the first begins it."""
    said = "; ".join(because)
    return f"{said[0].upper()}{said[1:]}." if said else ""
