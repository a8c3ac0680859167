"""Filters that write money, dates and counts; blank stays blank."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template

from registry import formats
from registry.readable import readable_name
from registry.today import day_of, today

register = template.Library()


def or_blank(write: Callable[[Any], str]) -> Callable[[Any], str]:
    """The same filter, leaving what is not known empty."""
    return lambda value: "" if value is None or value == "" else write(value)


def as_day(value: date | datetime | str) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    return day_of(value) if isinstance(value, datetime) else value


register.filter("money", or_blank(lambda value: formats.money_short(Decimal(value))))
register.filter("money_exact", or_blank(lambda value: formats.money_exact(Decimal(value))))
register.filter("number", or_blank(lambda value: f"{value:,}"))
register.filter("percent", or_blank(lambda value: f"{value:.0%}"))
register.filter("day", or_blank(lambda value: formats.day(as_day(value))))
register.filter("month", or_blank(lambda value: formats.month(as_day(value))))
register.filter("quarter", or_blank(lambda value: formats.quarter(as_day(value))))


@register.filter
def count(number: int, words: str) -> str:
    """{{ 3|count:"contract" }} or {{ 3|count:"opportunity,opportunities" }}."""
    one, _, many = words.partition(",")
    return formats.count(number, one, many)


@register.filter
def days_away(value: date | None, today: date) -> str:
    return formats.days_away(value, today) if value else ""


register.filter("readable", or_blank(readable_name))


@register.filter
def sourced(row: Any) -> str:
    """Where a row of reference data is from and as at which day, which no page shows as to come.

    A service that stands on a fixed day may hold what was stated since.
    """
    if row.as_at is None:
        return str(row.source)
    if row.as_at > today():
        return f"{row.source}, stated since {formats.day(today())}"
    return f"{row.source}, as at {formats.day(row.as_at)}"


@register.filter
def named(council: Any) -> str:
    """A council's name; one made up for samples says so."""
    name = str(council.name)
    return f"{name} (invented)" if council.invented and "(invented)" not in name else name
