"""Contracts as the API writes them: straight from rows, since objects would cost more than SQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, QuerySet
from rest_framework.request import Request
from rest_framework.reverse import reverse

from procurement.serializers import CONTRACT_COLUMNS
from registry.models import Contract
from registry.models.publishing import shown

PATHS = {name: shown(path) for name, path in CONTRACT_COLUMNS.items()}
FIELDS = ["url", *CONTRACT_COLUMNS]

Json = dict[str, Any]


def rows(
    contracts: QuerySet[Contract], fields: Sequence[str], *, then: str
) -> QuerySet[Contract, Any]:
    """Their columns for these fields; last what they are ordered by, and their id."""
    paths = (PATHS[name] for name in fields if name != "url")
    return contracts.values_list(*paths, F(then), F("id"))


def written(found: Iterable[Sequence[Any]], fields: Sequence[str], request: Request) -> list[Json]:
    names = [name for name in fields if name != "url"]
    if len(names) == len(fields):
        return [dict(zip(names, row, strict=False)) for row in found]
    here = reverse("api:contract-list", request=request)
    return [{"url": f"{here}{row[-1]}/", **dict(zip(names, row, strict=False))} for row in found]
