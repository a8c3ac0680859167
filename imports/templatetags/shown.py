"""Stated values in the words of a page."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django import template

from registry.formats import day, money_exact
from registry.records import FIELDS, FieldType

register = template.Library()


@register.filter
def stated(text: str | None, field: str) -> str:
    """A value as a report keeps it, written out: a day, an amount, or the text itself."""
    if not text:
        return ""
    kind = FIELDS[field].type if field in FIELDS else FieldType.TEXT
    try:
        if kind is FieldType.DATE:
            return day(date.fromisoformat(text))
        if kind is FieldType.MONEY:
            return money_exact(Decimal(text))
    except (ValueError, InvalidOperation):
        return text
    return text


@register.filter
def field_label(field: str) -> str:
    """What pages call a field."""
    return FIELDS[field].label if field in FIELDS else field.replace("_", " ").capitalize()
