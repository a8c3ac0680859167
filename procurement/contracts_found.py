"""Contracts of a page of the API, as `contracts_told` has their rows.

On PostgreSQL one statement answers a page. It is put together and planned once for each form of
question: for the same parameters, whatever days, codes and amounts are given with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from procurement import contracts_told
from procurement.contracts_searched import keys_with_words
from procurement.filters import ContractFilter
from procurement.kept_sql import Row, Statement, stand_in, statement_of
from procurement.pagination import Order, Position, parts_after, rows_after
from procurement.parameters import Amount, Codes, Day, Moment
from registry.models import Contract
from registry.permissions import EVERYBODY
from registry.today import today

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


@dataclass(slots=True)
class Given:
    """The values of one request, and what stands in for each."""

    values: list[Any] = field(default_factory=list)
    stand_ins: list[Any] = field(default_factory=list)

    def put(self, value: Any) -> Any:
        self.values.append(value)
        self.stand_ins.append(stand_in(value, len(self.stand_ins)))
        return self.stand_ins[-1]

    def asked(self, name: str, value: Any) -> Any:
        if FILTERS[name].by or not isinstance(FILTERS[name], COMPARED):
            return value
        return tuple(map(self.put, value)) if isinstance(value, list) else self.put(value)

    def after(self, one: Position | None) -> Position | None:
        if one is None:
            return None
        value = None if one.value is None else self.put(one.value)
        return Position(value, self.put(one.pk))


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
    asked = tuple((name, given.asked(name, value)) for name, value in values.items())
    then = given.after(after)
    form = Question(asked, tuple(fields), order, then, size, tuple(given.stand_ins), today())
    found: list[Row] = []
    for statement in statements(form):
        if len(found) < size:
            found += statement.rows(given.values)[: size - len(found)]
    return found


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
    contracts: QuerySet[Contract] = Contract.objects.standing().as_published_to(EVERYBODY)
    for name, value in asked:
        contracts = FILTERS[name].filter(contracts, value)
    return contracts
