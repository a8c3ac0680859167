"""Pages of contracts found by words, whether three contracts have them or every third.

The index of words knows no order and the index of the order no words: to sort all that a common
word finds takes as long as to read a million contracts for a rare one. So the list is looked
through in spans, in ways that suit how common the words are. PostgreSQL only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from procurement.kept_sql import Given, Statement, statement_of
from procurement.pagination import Order, Part, Position, parts_after
from procurement.searching import rarest_first, read_for_words, with_words
from registry.models import Contract

# Of the rarest of the words. From so many on, reading along the list fills a page sooner than the
# index of words begins.
COMMON, READ = 20_000, 5_000
# So many are soon fetched, and of those the ones that have the other words as well.
RARE = 5_000
# Of more than a few, those of a span of the list are looked at before the others.
FEW, SPAN = 500, 20_000
KEPT = 32


def keys_with_words(
    contracts: QuerySet[Contract],
    asked: Sequence[str],
    order: Order,
    *,
    after: Position | None,
    size: int,
) -> list[UUID]:
    """Of some contracts those that have the words and follow a position."""
    words = rarest_first(Contract, asked)
    found: list[UUID] = []
    for part in parts_after(order, after) if words else ():
        for ordered in spans(part, contracts, words):
            found += ordered.values_list("id", flat=True)[: size - len(found)]
            if len(found) == size:
                return found
    return found


def spans(
    part: Part, contracts: QuerySet[Contract], words: Sequence[tuple[int, str]]
) -> Iterator[QuerySet[Contract]]:
    """What a part of the list has of them, span by span, each in the order of the list."""
    number, rarest = words[0]
    every = [word for _, word in words]
    if number >= FEW:
        last = position_at(part, READ if number >= COMMON else SPAN)
        span = part.of(contracts, last=last)
        if number >= COMMON:
            yield read_for_words(span, every).order_by(part.order.field, "id")
        else:
            yield sorted_out(part, read_for_words(with_words(span, [rarest]), every[1:]))
        if last is None:
            return
        part = replace(part, after=last)
    rest = part.of(contracts)
    if number <= RARE:
        yield sorted_out(part, read_for_words(with_words(rest, [rarest]), every[1:]))
    else:
        yield sorted_out(part, with_words(rest, every))


def position_at(part: Part, number: int) -> Position | None:
    """Of all contracts, whatever is asked for: so the index of the order tells it alone."""
    given = Given()
    formed = replace(part, after=position_in(given, part.after))
    rows = statement_at(formed, number, tuple(given.stand_ins)).rows(given.values)
    return Position(*rows[0]) if rows else None


def position_in(given: Given, of: Position | None) -> Position | None:
    if of is None:
        return None
    value = None if of.value is None else given.put(of.value)
    return Position(value, given.put(of.pk))


@lru_cache(maxsize=KEPT)
def statement_at(part: Part, number: int, stand_ins: tuple[Any, ...]) -> Statement:
    rows = part.in_order(Contract.objects.all()).values_list(part.order.field, "id")
    return statement_of(rows[number - 1 : number], stand_ins)


def sorted_out(part: Part, found: QuerySet[Contract]) -> QuerySet[Contract]:
    """By what no index is in order of, or PostgreSQL would walk along one whatever the words."""
    field = part.order.field
    return found.order_by(Coalesce(field, field), "id")
