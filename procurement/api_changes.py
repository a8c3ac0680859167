"""The change feed: every change of contracts, suppliers and frameworks, in its place for good."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from procurement import contracts_told, filters, serializers
from procurement.api import FrameworkViewSet, PublicViewSet, SupplierViewSet
from procurement.change_serializers import ChangeSerializer
from procurement.contracts_told import Json
from procurement.framework_serializers import FrameworkSerializer
from procurement.models import Change, Kind
from registry.models import Supplier
from registry.permissions import EVERYBODY

Found = dict[str, Mapping[str, Any]]


class ChangeViewSet(PublicViewSet):
    """What changed of contracts, suppliers and frameworks, each with how it stands now.

    In order of `position`, which a change gets once it is there for good, within seconds. Keep the
    last one you read and go on `after` it: nothing is missed, and nothing comes twice unless it
    changed again. A thing stands at its newest change alone.
    """

    queryset = Change.objects.all()
    serializer_class = ChangeSerializer
    filterset_class = filters.ChangeFilter

    def list(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        page = self.page()
        told = [{name: one[name] for name in self.fields} for one in self.told(page, request)]
        return self.get_paginated_response(told)

    def told(self, changes: Collection[Change], request: Request) -> Iterable[Json]:
        now = {
            kind: find([one.key for one in changes if one.kind == kind], request)
            for kind, find in FINDERS.items()
        }
        merged = merged_among(
            one.key
            for one in changes
            if one.kind == Kind.SUPPLIER and one.key not in now[Kind.SUPPLIER]
        )
        for one in changes:
            yield entry(one, now[Kind(one.kind)].get(one.key), one.key in merged, request)


def entry(change: Change, now: Mapping[str, Any] | None, merged: bool, request: Request) -> Json:
    state = "standing" if now else "merged" if merged else "withdrawn"
    return {
        "position": change.pk,
        "placed_at": change.placed_at,
        "list": f"{change.kind}s",
        "key": change.key,
        "url": reverse(f"api:{change.kind}-detail", args=[change.key], request=request),
        "state": state,
        **{kind: now if kind == change.kind else None for kind in Kind.values},
    }


def contracts(keys: Collection[str], request: Request) -> Found:
    if not keys:
        return {}
    fields = contracts_told.FIELDS
    rows = contracts_told.of_keys([UUID(key) for key in keys], fields, then="changed_at")
    return {str(one["id"]): one for one in contracts_told.written(rows, fields, request)}


def suppliers(keys: Collection[str], request: Request) -> Found:
    if not keys:
        return {}
    told = SupplierViewSet.queryset.filter(pk__in=keys)
    found = serializers.SupplierSerializer(told, many=True, context={"request": request})
    return {one["id"]: one for one in found.data}


def frameworks(keys: Collection[str], request: Request) -> Found:
    if not keys:
        return {}
    told = FrameworkViewSet.queryset.filter(pk__in=keys)
    found = FrameworkSerializer(told, many=True, context={"request": request})
    return {one["reference"]: one for one in found.data}


FINDERS = {Kind.CONTRACT: contracts, Kind.SUPPLIER: suppliers, Kind.FRAMEWORK: frameworks}


def merged_among(keys: Iterable[str]) -> set[str]:
    """Suppliers that turned out to be others which the public is told of."""
    if not (gone := list(keys)):
        return set()
    told = Supplier.objects.told_to(EVERYBODY).values("pk")
    found = Supplier.objects.filter(pk__in=gone, merged_into__in=told)
    return {str(key) for key in found.values_list("pk", flat=True)}
