"""Writing many rows at once: columns all the way, by COPY on PostgreSQL, in one go on SQLite."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

import orjson
from django.db import connection, models

# Values asked for in one query; SQLite allows some thousands.
ASKED_AT_ONCE = 5_000

T = TypeVar("T")

# One row: values in the order of the columns, as Python has them.
Row = Sequence[Any]


def in_batches(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while batch := list(islice(rest, ASKED_AT_ONCE)):
        yield batch


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows; columns not named take the database's default."""
    table, names = _names(model, columns)
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({', '.join(names)}) FROM STDIN", _prepared(model, columns, rows))
    else:
        marks = ", ".join(["%s"] * len(names))
        _execute_many(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
            _prepared(model, columns, rows),
        )


def update(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Change rows found by their key, which is the first column. Call inside a transaction."""
    table, (key, *others) = _names(model, columns)
    prepared = _prepared(model, columns, rows)
    if connection.vendor == "postgresql":
        _update_from_copy(table, key, others, prepared)
    else:
        assigned = ", ".join(f"{name} = %s" for name in others)
        keys_last = ((*row[1:], row[0]) for row in prepared)
        _execute_many(f"UPDATE {table} SET {assigned} WHERE {key} = %s", keys_last)


def by_key(of: models.QuerySet[Any], columns: Sequence[str]) -> dict[Any, Row]:
    """Rows as they stand, by their key, which is the first of the columns; these are `attname`s."""
    return {row[0]: row for row in of.order_by().values_list(*columns)}


def replace(
    model: type[models.Model],
    columns: Sequence[str],
    standing: Mapping[Any, Row],
    rows: Mapping[Any, Row],
) -> int:
    """Leave what is the same as it stands, and replace the rest: writing takes longest.

    How many were written.
    """
    changed = [key for key in {**standing, **rows} if standing.get(key) != rows.get(key)]
    fresh = [rows[key] for key in changed if key in rows]
    for gone in in_batches(key for key in changed if key in standing):
        model._default_manager.filter(pk__in=gone).delete()
    insert(model, columns, fresh)
    return len(fresh)


def tell_planner(model: type[models.Model]) -> None:
    """Let PostgreSQL count a table that many rows were added to.

    While a table has never been counted its planner may look a key up by reading all of another
    index, so that checking foreign keys on commit grows with the square of the rows.
    """
    if connection.vendor == "postgresql":
        table, [key] = _names(model, [model._meta.pk.name])
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table} ({key})")  # one column: it counts the rows as well


def _update_from_copy(table: str, key: str, others: list[str], rows: Iterable[Row]) -> None:
    names = ", ".join([key, *others])
    assigned = ", ".join(f"{name} = staged.{name}" for name in others)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE staged ON COMMIT DROP AS SELECT {names} FROM {table} LIMIT 0"
        )
        _copy(f"COPY staged ({names}) FROM STDIN", rows)
        cursor.execute(
            f"UPDATE {table} SET {assigned} FROM staged WHERE {table}.{key} = staged.{key}"
        )
        cursor.execute("DROP TABLE staged")


def _copy(statement: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _execute_many(statement: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor:
        for batch in in_batches(rows):
            cursor.executemany(statement, batch)


def _names(model: type[models.Model], columns: Sequence[str]) -> tuple[str, list[str]]:
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    return quote(model._meta.db_table), [quote(field.column) for field in fields]


def _prepared(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]
) -> Iterable[Row]:
    """Rows in the database's own types, converting only the columns that need it."""
    converters = [
        (place, convert)
        for place, name in enumerate(columns)
        if (convert := _converter(model._meta.get_field(name)))
    ]
    return _converted(rows, converters) if converters else rows


def _converted(
    rows: Iterable[Row], converters: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Iterator[Row]:
    for row in rows:
        values = list(row)
        for place, convert in converters:
            if values[place] is not None:
                values[place] = convert(values[place])
        yield values


def _converter(field: Any) -> Callable[[Any], Any] | None:
    """What turns a Python value into the database's; None where it takes it as it is."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.JSONField):
        return _json
    if connection.vendor == "postgresql":
        return None
    # In this order, since a field of days and times is a field of days too.
    for kind, convert in _FOR_SQLITE:
        if isinstance(target, kind):
            return convert
    return None


_FOR_SQLITE: Sequence[tuple[type[models.Field], Callable[[Any], Any]]] = (
    (models.UUIDField, lambda value: value.hex),
    (models.DateTimeField, lambda value: connection.ops.adapt_datetimefield_value(value)),
    (models.DateField, date.isoformat),
    (models.DecimalField, str),
)


def _json(value: Any) -> str:
    return orjson.dumps(value, default=_plain).decode()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
