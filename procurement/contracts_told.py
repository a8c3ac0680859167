"""Contracts as the API writes them: straight from rows, since objects would cost more than SQL."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, QuerySet
from rest_framework.request import Request
from rest_framework.reverse import reverse

from procurement.kept_sql import Row, Statement, stand_in, statement_of
from procurement.serializers import CONTRACT_COLUMNS
from registry.models import Contract
from registry.models.publishing import shown
from registry.permissions import EVERYBODY

PATHS = {name: shown(path) for name, path in CONTRACT_COLUMNS.items()}
FIELDS = ["url", *CONTRACT_COLUMNS]
# Choices of fields seen of late whose statement is kept.
KEPT = 256

Json = dict[str, Any]


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
    named = ["url", *names]
    return [dict(zip(named, (f"{here}{row[-1]}/", *row), strict=False)) for row in found]


def of_keys(keys: Sequence[Any], fields: Sequence[str], *, then: str) -> list[Row]:
    """Rows as `rows` has them, of contracts that were found before, in that order."""
    if connection.vendor == "postgresql":
        told = statement(tuple(fields), then).rows([[str(key) for key in keys]])
    else:
        told = list(rows(told_of(keys), fields, then=then))
    by_key = {str(row[-1]): row for row in told}
    return [by_key[key] for key in map(str, keys) if key in by_key]


def told_of(keys: Sequence[UUID]) -> QuerySet[Contract]:
    return Contract.objects.standing().as_published_to(EVERYBODY).filter(pk__in=keys)


@lru_cache(maxsize=KEPT)
def statement(fields: tuple[str, ...], then: str) -> Statement:
    """For any number of keys, given as one value."""
    key = stand_in(UUID(int=0), 0)
    made = statement_of(rows(told_of([key]), fields, then=then), [key])
    return replace(made, sql=made.sql.replace(b"IN ($1)", b"= ANY($1::uuid[])"))
