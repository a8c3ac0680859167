"""Contracts as the API writes them: straight from rows, since objects would cost more than SQL.

Which contracts a page holds is one narrow query. What is told of them is always the same columns:
on PostgreSQL their statement is put together once and taken out of a drawer after that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import F, QuerySet
from rest_framework.request import Request
from rest_framework.reverse import reverse

from procurement.serializers import CONTRACT_COLUMNS
from registry.models import Contract
from registry.models.publishing import shown
from registry.permissions import EVERYBODY

PATHS = {name: shown(path) for name, path in CONTRACT_COLUMNS.items()}
FIELDS = ["url", *CONTRACT_COLUMNS]
# Forms of request seen of late whose statement is kept.
KEPT = 256
# Stands in a statement where the keys of a page will.
HERE = UUID(int=6)

Json = dict[str, Any]
Row = Sequence[Any]


def rows(
    contracts: QuerySet[Contract], fields: Sequence[str], *, then: str
) -> QuerySet[Contract, Any]:
    """Their columns for these fields; last what they are ordered by, and their id."""
    paths = (PATHS[name] for name in fields if name != "url")
    return contracts.values_list(*paths, F(then), F("id"))


def written(found: Iterable[Row], fields: Sequence[str], request: Request) -> list[Json]:
    names = [name for name in fields if name != "url"]
    if len(names) == len(fields):
        return [dict(zip(names, row, strict=False)) for row in found]
    here = reverse("api:contract-list", request=request)
    return [{"url": f"{here}{row[-1]}/", **dict(zip(names, row, strict=False))} for row in found]


def of_keys(keys: Sequence[UUID], fields: Sequence[str], *, then: str) -> list[Row]:
    """Rows as `rows` has them, of contracts that were found before, in that order."""
    if connection.vendor == "postgresql":
        held = statement(tuple(fields), then).rows(keys)
    else:
        held = list(rows(told_of(keys), fields, then=then))
    by_key = {row[-1]: row for row in held}
    return [by_key[key] for key in keys if key in by_key]


def told_of(keys: Sequence[UUID]) -> QuerySet[Contract]:
    return Contract.objects.standing().as_published_to(EVERYBODY).filter(pk__in=keys)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL for the columns of contracts, whose keys stand at one of its parameters."""

    sql: str
    before: tuple[Any, ...]
    after: tuple[Any, ...]

    def rows(self, keys: Sequence[UUID]) -> list[Row]:
        """Prepared by the server at first use: planning it costs more than running it."""
        connection.ensure_connection()
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(self.sql, (*self.before, list(keys), *self.after), prepare=True)
            return cursor.fetchall()


@lru_cache(maxsize=KEPT)
def statement(fields: tuple[str, ...], then: str) -> Statement:
    sql, parameters = rows(told_of([HERE]), fields, then=then).query.sql_with_params()
    place = parameters.index(HERE)
    head, tail = cut(sql, place)
    return Statement(
        f"{head.removesuffix('IN (')}= ANY(%s{tail}", parameters[:place], parameters[place + 1 :]
    )


def cut(sql: str, place: int) -> tuple[str, str]:
    """What stands before the parameter of this number, and what after."""
    parts = sql.split("%s")
    return "%s".join(parts[: place + 1]), "%s".join(parts[place + 1 :])
