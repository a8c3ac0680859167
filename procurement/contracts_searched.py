"""Pages of contracts found by words, whether three contracts have them or every third.

The index of words knows no order and the index of the order no words: to sort all that a common
word finds takes as long as to read a million contracts for a rare one. So the list is looked
through in spans, in ways that suit how common the words are. PostgreSQL only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from procurement.kept_sql import Given, Statement, statement_of
from procurement.pagination import Order, Part, Position, parts_after
from procurement.searching import about_how_many, read_for_words, with_words, words_in
from registry.models import Contract

# So many are as soon fetched and sorted as it is found where in the list they are.
FEW = 2_600
# Words as common as this are sooner read for along the list, of which so many are read, than looked
# up; and so is one that is so many times as common as the rarest, in what that finds.
COMMON, READ, COMMONER = 20_000, 5_000, 50
# Where a page of the list is expected thrice, it is seldom missing.
ENOUGH = 3
KEPT = 32


@dataclass(frozen=True, slots=True)
class Sought:
    """Words by how common they are. The numbers are PostgreSQL's guesses."""

    looked_up: Sequence[str]
    read: Sequence[str]
    rarest: int
    number: int  # that have them all
    of: int

    def found_in(self, contracts: QuerySet[Contract]) -> QuerySet[Contract]:
        return read_for_words(with_words(contracts, self.looked_up), self.read)

    def read_in(self, contracts: QuerySet[Contract]) -> QuerySet[Contract]:
        return read_for_words(contracts, [*self.looked_up, *self.read])


def sought(words: Sequence[str]) -> Sought:
    by_number = {word: about_how_many(Contract, [word]) for word in sorted(set(words))}
    rarest = min(by_number.values())
    read = [word for word, number in by_number.items() if number > rarest * COMMONER]
    return Sought(
        looked_up=[word for word in by_number if word not in read],
        read=read,
        rarest=rarest,
        number=about_how_many(Contract, by_number),
        of=about_how_many(Contract, []),
    )


def keys_with_words(
    contracts: QuerySet[Contract],
    asked: Sequence[str],
    order: Order,
    *,
    after: Position | None,
    size: int,
) -> list[UUID]:
    """Of some contracts those that have the words and follow a position."""
    words = words_in(asked)
    found: list[UUID] = []
    for part in parts_after(order, after) if words else ():
        for ordered in spans(part, contracts, sought(words), size):
            found += ordered.values_list("id", flat=True)[: size - len(found)]
            if len(found) == size:
                return found
    return found


def spans(
    part: Part, contracts: QuerySet[Contract], words: Sought, size: int
) -> Iterator[QuerySet[Contract]]:
    """What a part of the list has of them, span by span, each in the order of the list."""
    if words.number >= FEW:
        is_read = words.rarest >= COMMON
        # Guesses of different moments can have more with the words than there are.
        expected = max(size, ENOUGH * size * words.of // words.number)
        last = position_at(part, READ if is_read else expected)
        span = part.of(contracts, last=last)
        if is_read:
            yield words.read_in(span).order_by(part.order.field, "id")
        else:
            yield sorted_out(part, words.found_in(span))
        if last is None:
            return
        part = replace(part, after=last)
    yield sorted_out(part, words.found_in(part.of(contracts)))


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
