"""Contracts of a page of the API, as `contracts_told` has their rows.

On PostgreSQL one statement answers a page. It is put together and planned once for each form of
question: for the same parameters, whatever days, codes and amounts are given with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from procurement import contracts_told
from procurement.contracts_searched import keys_with_words, position_in
from procurement.filters import ContractFilter
from procurement.kept_sql import Given, Row, Statement, statement_of
from procurement.pagination import Order, Position, parts_after, rows_after
from procurement.parameters import Amount, Codes, Day, Moment
from registry.models import Contract
from registry.permissions import EVERYBODY
from registry.today import today

# Made once: saying how each column is published costs more than asking for a page of them.
EVERYTHING: QuerySet[Contract] = Contract.objects.standing().as_published_to(EVERYBODY)
FILTERS = ContractFilter.base_filters
# Where these compare a column, what they compare it with changes no more of the SQL than itself.
COMPARED = (Amount, Codes, Day, Moment)
# Forms of question seen of late whose SQL is kept.
KEPT = 256


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, with stand-ins for what is compared: the same for all of one form."""

    asked: tuple[tuple[str, Any], ...]
    fields: tuple[str, ...]
    order: Order
    after: Position | None
    size: int
    stand_ins: tuple[Any, ...]
    on: date  # members of groupings are those of the day


def page(
    values: Mapping[str, Any],
    fields: Sequence[str],
    order: Order,
    *,
    after: Position | None,
    size: int,
) -> list[Row]:
    """Those that follow a position in the list of what is asked."""
    if connection.vendor != "postgresql":
        rows = contracts_told.rows(asked_for(values.items()), fields, then=order.field)
        return rows_after(rows, order, after=after, size=size)
    if "q" in values:
        others = asked_for((name, value) for name, value in values.items() if name != "q")
        keys = keys_with_words(others, values["q"], order, after=after, size=size)
        return contracts_told.of_keys(keys, fields, then=order.field)
    given = Given()
    asked = tuple((name, formed(name, value, given)) for name, value in values.items())
    then = position_in(given, after)
    form = Question(asked, tuple(fields), order, then, size, tuple(given.stand_ins), today())
    found: list[Row] = []
    for statement in statements(form):
        if len(found) < size:
            found += statement.rows(given.values)[: size - len(found)]
    return found


def formed(name: str, value: Any, given: Given) -> Any:
    if FILTERS[name].by or not isinstance(FILTERS[name], COMPARED):
        return value
    return tuple(map(given.put, value)) if isinstance(value, list) else given.put(value)


@lru_cache(maxsize=KEPT)
def statements(question: Question) -> tuple[Statement, ...]:
    """One for each part of the list."""
    contracts = asked_for(question.asked)
    rows = contracts_told.rows(contracts, question.fields, then=question.order.field)
    return tuple(
        statement_of(part.in_order(rows)[: question.size], question.stand_ins)
        for part in parts_after(question.order, question.after)
    )


def asked_for(asked: Iterable[tuple[str, Any]]) -> QuerySet[Contract]:
    contracts = EVERYTHING.all()
    for name, value in asked:
        contracts = FILTERS[name].filter(contracts, value)
    return contracts
