"""Pages of the API by position, not number: as fast at the end of a million rows as at first.

A cursor says after which row a page begins: the value it is ordered by and its key. A page is
asked for by comparing that pair as one (a row value), which an index on the two answers.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import models
from django.db.models import F, Field, Func, Model, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

PAGE_SIZE = 50
LARGEST_PAGE = 200
# Rows read at a time for a list that is asked for whole.
BATCH = 1_000
# Longer than any cursor written here; nothing longer is worth decoding.
LONGEST_CURSOR = 400
WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
BAD_CURSOR = "This cursor leads to no page of this list. Use `next` of a page, as it is given."


@dataclass(frozen=True, slots=True)
class Order:
    """What a list is ordered by before the key; rows that lack it come last."""

    field: str = "pk"
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """The last row of a page: its value of the order's field (None when it lacks one), its key."""

    value: Any
    pk: Any


class Ordered(Protocol):
    """What the paginator needs of a view."""

    def order(self) -> Order: ...

    def position_of(self, row: Any) -> Position: ...

    def rows_after(
        self, queryset: QuerySet[Any], after: Position | None, size: int
    ) -> Sequence[Any]: ...


class Row(Func):
    """Several columns or values as one, so that they are compared in turn."""

    template = "(%(expressions)s)"
    output_field = models.TextField()


class KeysetPagination(BasePagination):
    """`results`, and the address of the `next` page or null. Nothing is counted."""

    def paginate_queryset(
        self, queryset: Any, request: Request, view: APIView | None = None
    ) -> list[Any]:
        ordered: Ordered = view  # type: ignore[assignment]
        order, size = ordered.order(), page_size(request)
        after = read_cursor(request.query_params.get("cursor"), queryset.model, order)
        rows = ordered.rows_after(queryset, after, size + 1)
        self.next_url = None
        if len(rows) > size:
            cursor = write_cursor(order, ordered.position_of(rows[size - 1]))
            url = request.build_absolute_uri()
            self.next_url = replace_query_param(url, "cursor", cursor)
        return list(rows[:size])

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next_url, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "description": "Address of the next page; null on the last.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, _view: APIView) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE}
        return [
            {
                "name": "cursor",
                "in": "query",
                "description": "Where the page begins. Follow `next` rather than writing one.",
                "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_CURSOR},
            },
            {
                "name": "page_size",
                "in": "query",
                "description": f"Rows in a page, at most {LARGEST_PAGE}.",
                "schema": size,
            },
        ]


def page_size(request: Request) -> int:
    text = request.query_params.get("page_size", str(PAGE_SIZE))
    if not WHOLE_NUMBER.fullmatch(text) or int(text) > LARGEST_PAGE:
        raise ValidationError({"page_size": [f"Give a whole number from 1 to {LARGEST_PAGE}."]})
    return int(text)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a list behind a position that one index has in their order."""

    order: Order
    after: Position | None
    lacking: bool = False

    def of(self, queryset: QuerySet[Any], *, last: Position | None = None) -> QuerySet[Any]:
        """Those of its rows that are in a query, up to the last if one is given."""
        if self.order.field != "pk":
            queryset = queryset.filter(**{f"{self.order.field}__isnull": self.lacking})
        if self.after:
            queryset = queryset.filter(GreaterThan(*self.compared(self.after)))
        return queryset.filter(LessThanOrEqual(*self.compared(last))) if last else queryset

    def in_order(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By both columns where the first is the same for all, too: so its index is in order."""
        return self.of(queryset).order_by(*dict.fromkeys((self.order.field, "pk")))

    def compared(self, to: Position) -> tuple[Any, Any]:
        if self.lacking or self.order.field == "pk":
            return F("pk"), Value(to.pk)
        return Row(F(self.order.field), F("pk")), Row(Value(to.value), Value(to.pk))


def parts_after(order: Order, after: Position | None) -> Iterator[Part]:
    """What follows a position, in order.

    Rows lacking the order's field are a list of their own behind the others: asked for in one
    query with them, neither could use its index.
    """
    if order.field == "pk" or after is None or after.value is not None:
        yield Part(order, after)
        after = None
    if order.lacking:
        yield Part(order, after, lacking=True)


def rows_after(
    queryset: QuerySet[Any], order: Order, *, after: Position | None, size: int
) -> list[Any]:
    """The rows that follow a position, in order; from the first without one."""
    rows: list[Any] = []
    for part in parts_after(order, after):
        if len(rows) < size:
            rows += part.in_order(queryset)[: size - len(rows)]
    return rows


def batches(
    queryset: QuerySet[Any], order: Order, position_of: Callable[[Any], Position]
) -> Iterator[list[Any]]:
    """All rows in order, a batch at a time: each asked for by position, so none is kept."""
    after = None
    while rows := rows_after(queryset, order, after=after, size=BATCH):
        yield rows
        if len(rows) < BATCH:
            return
        after = position_of(rows[-1])


def write_cursor(order: Order, position: Position) -> str:
    parts = [order.field, as_text(position.value), as_text(position.pk)]
    text = json.dumps(parts, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def as_text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def read_cursor(text: str | None, model: type[Model], order: Order) -> Position | None:
    """The position a cursor names; refused unless this very service would have written it so."""
    if text is None:
        return None
    try:
        position = decoded(text, model, order)
    except (ValueError, DjangoValidationError, binascii.Error):
        raise NotFound(BAD_CURSOR) from None
    if write_cursor(order, position) != text:
        raise NotFound(BAD_CURSOR)
    return position


def decoded(text: str, model: type[Model], order: Order) -> Position:
    if len(text) > LONGEST_CURSOR:
        raise ValueError
    padded = text + "=" * (-len(text) % 4)
    parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    match parts:
        case [order.field, None | str() as value, str() as pk] if storable(f"{value}{pk}"):
            key = typed(model._meta.pk, pk)
            named = None if order.field == "pk" else typed(field_of(model, order), value)
            return Position(named, key)
    raise ValueError


def storable(text: str) -> bool:
    """Whether a database takes it as text: neither NULs nor halves of characters."""
    return "\0" not in text and not LONE_SURROGATE.search(text)


def typed(field: "Field[Any, Any]", text: str | None) -> Any:
    convert: Callable[[Any], Any] = field.to_python
    value = convert(text)
    # Moments are written in UTC. Others would be read as well, some past the end of time.
    if isinstance(value, datetime) and value.utcoffset() != timedelta(0):
        raise ValueError
    return value


def field_of(model: type[Model], order: Order) -> "Field[Any, Any]":
    field: Field[Any, Any] = model._meta.get_field(order.field)  # type: ignore[assignment]
    return field
