"""What follows from a contract's facts: its terms, exits and yearly value."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from registry.currencies import POUNDS
from registry.exits import Terms, first_exit, latest_permitted_end
from registry.records import Basis, Facts
from registry.terms import (
    Break,
    Extension,
    Length,
    against_term,
    read_break,
    read_extension,
    read_notice,
)
from registry.values import Amounts, yearly_value

# The facts that say when a contract can be left.
TERM_FIELDS = (
    *("start_date", "end_date", "latest_end_date", "extension"),
    *("rolling", "notice_period", "break_clause"),
)
# Registers repeat the same few phrases on thousands of rows.
PHRASES = 10_000


@dataclass(frozen=True, slots=True)
class Workings:
    """The contract's columns that are worked out; None where the facts do not suffice."""

    earliest_exit: date | None
    latest_permitted_end: date | None
    yearly_value: Decimal | None


def work_out(facts: Facts) -> Workings:
    """Exits whatever the day; a rolling contract has none until a day and its notice are given."""
    first, latest = _first_and_latest(*map(facts.get, TERM_FIELDS))
    amounts = amounts_in_pounds(facts)
    yearly = yearly_value(amounts, start=facts.get("start_date"), end=end_of_total(facts))
    return Workings(first, latest, yearly.amount)


def amounts_in_pounds(facts: Facts) -> Amounts:
    """What it is worth; nothing where that is said in another currency.

    What is worked out of a contract goes into sums, and no rate of exchange is assumed.
    """
    if facts.get("currency", POUNDS) != POUNDS:
        return Amounts()
    return Amounts(
        total=facts.get("total_value"),
        annual=facts.get("annual_value"),
        basis=Basis(facts.get("value_basis", Basis.UNKNOWN)),
    )


def end_of_total(facts: Facts) -> date | None:
    """The last day of the term that the total is for.

    An event that moves the end leaves it; a total that a later file gives is for the term as it
    is then.
    """
    total = facts.get("total_value")
    if total is not None and facts.get("covered_total") == total:
        return facts.get("covered_to")
    return facts.get("end_date")


@lru_cache(PHRASES)
def _first_and_latest(*said: Any) -> tuple[date | None, date | None]:
    """By the values of `TERM_FIELDS`: registers give thousands of contracts the same term."""
    named = zip(TERM_FIELDS, said, strict=True)
    terms = terms_of(cast(Facts, {name: value for name, value in named if value is not None}))
    return first_exit(terms), latest_permitted_end(terms)


def terms_of(facts: Facts) -> Terms:
    """When a contract can be left, read from its facts."""
    start, end = facts.get("start_date"), facts.get("end_date")
    extension = _extension(facts.get("extension", ""))
    if start and end and extension.summed:
        extension, _ = against_term(extension, start=start, end=end)
    return Terms(
        start=start,
        end=end,
        latest_end=facts.get("latest_end_date"),
        extension=extension,
        rolling=facts.get("rolling", False),
        notice=_notice(facts.get("notice_period", "")),
        leave=_break(facts.get("break_clause", "")),
    )


@lru_cache(PHRASES)
def _extension(text: str) -> Extension:
    return read_extension(text) if text else Extension()


@lru_cache(PHRASES)
def _notice(text: str) -> Length | None:
    return read_notice(text) if text else None


@lru_cache(PHRASES)
def _break(text: str) -> Break | None:
    return read_break(text) if text else None
