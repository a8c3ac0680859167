"""Stated values in the words of a page."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from django import template

from registry.currencies import POUNDS
from registry.formats import day, money_exact
from registry.records import FIELDS, FieldType

register = template.Library()


@register.filter
def stated(text: str | None, field: str, currency: str = POUNDS) -> str:
    """A value as a report keeps it, written out: a day, an amount, or the text itself."""
    if not text:
        return ""
    kind = FIELDS[field].type if field in FIELDS else FieldType.TEXT
    try:
        if kind is FieldType.DATE:
            return day(date.fromisoformat(text))
        if kind is FieldType.MONEY:
            return money_exact(Decimal(text), currency)
    except (ValueError, InvalidOperation):
        return text
    return text


@register.simple_tag
def amount(row: Mapping[str, str]) -> str:
    """What a row of a report is worth, over its term or else a year, in its currency."""
    name = "total_value" if row.get("total_value") else "annual_value"
    return stated(row.get(name), name, row.get("currency", POUNDS))


@register.simple_tag
def before(change: Mapping[str, str]) -> str:
    """What a changed field said."""
    return stated(change["old"], change["field"], change.get("old_currency", POUNDS)) or "blank"


@register.simple_tag
def after(change: Mapping[str, str]) -> str:
    """What a changed field says now."""
    return stated(change["new"], change["field"], change.get("new_currency", POUNDS)) or "blank"


@register.filter
def field_label(field: str) -> str:
    """What pages call a field."""
    return FIELDS[field].label if field in FIELDS else field.replace("_", " ").capitalize()
