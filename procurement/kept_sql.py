"""SQL put together and planned once for each form of question: either costs more than running it.

A query is made with stand-ins where a request's own values will be: values of the same types that
nobody asks for, so that Django treats them as it would those. PostgreSQL only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import QuerySet
from psycopg import sql
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.string import TextLoader

Row = Sequence[Any]
# Answers have the first three as PostgreSQL writes them, so nothing is made of them on the way.
# Moments are read by psycopg's compiled loader: Django's own calls Python for each.
LOADERS: Mapping[str, Any] = {
    "date": TextLoader,
    "numeric": TextLoader,
    "uuid": TextLoader,
    "timestamptz": TimestamptzLoader,
}


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with `$1` and so on, and which of a request's values each of these is."""

    sql: bytes
    takes: tuple[int, ...]

    def rows(self, values: Sequence[Any]) -> list[Row]:
        """Days, amounts and keys come as text."""
        given = [values[number] for number in self.takes]
        with connection.wrap_database_errors:
            try:
                return self.asked(given)
            except psycopg.OperationalError:
                if not connection.connection.closed:
                    raise
        # The server went away since: asking anew costs less than asking first whether it is there.
        connection.close()
        with connection.wrap_database_errors:
            return self.asked(given)

    def asked(self, given: Sequence[Any]) -> list[Row]:
        connection.ensure_connection()
        with psycopg.RawCursor(connection.connection) as cursor:
            for kind, loader in LOADERS.items():
                cursor.adapters.register_loader(kind, loader)
            cursor.execute(self.sql, given, prepare=True)
            return cursor.fetchall()


def statement_of(query: QuerySet[Any], stand_ins: Sequence[Any]) -> Statement:
    """The query's SQL with places for the stand-ins; what else it is given stands in it."""
    text, parameters = query.query.sql_with_params()
    numbers = {stand_in: number for number, stand_in in enumerate(stand_ins)}
    takes: list[int] = []
    return Statement("".join(pieces(text, parameters, numbers, takes)).encode(), tuple(takes))


def pieces(
    text: str, parameters: Sequence[Any], numbers: dict[Any, int], takes: list[int]
) -> Iterator[str]:
    first, *others = text.split("%s")
    yield first.replace("%%", "%")
    for parameter, piece in zip(parameters, others, strict=True):
        if parameter in numbers:
            takes.append(numbers[parameter])
            yield f"${len(takes)}"
        else:
            yield sql.Literal(parameter).as_string(None)
        yield piece.replace("%%", "%")


@dataclass(slots=True)
class Given:
    """The values of one request, and what stands in for each."""

    values: list[Any] = field(default_factory=list)
    stand_ins: list[Any] = field(default_factory=list)

    def put(self, value: Any) -> Any:
        self.values.append(value)
        self.stand_ins.append(stand_in(value, len(self.stand_ins)))
        return self.stand_ins[-1]


def stand_in(value: Any, number: int) -> Any:
    """One of the same type, another for each number."""
    match value:
        case datetime():
            return datetime(1, 1, 1, tzinfo=UTC) + timedelta(microseconds=number)
        case date():
            return date.min + timedelta(number)
        case UUID():
            return UUID(int=number)
        case int():
            return -number - 2
        case str():
            return f"stand-in {number}"
    raise TypeError(f"Nothing stands in for {value!r}")
