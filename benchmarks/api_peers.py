"""Services that answer with the same page of contracts: psycopg alone, and DRF as it comes.

`python -m benchmarks.api_peers FILE` copies the table into SQLite for a third, datasette.
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs


def bare() -> Callable[..., Iterable[bytes]]:
    """A function, a connection and one statement: as fast as Python goes."""
    import django
    import orjson
    import psycopg
    from psycopg.rows import dict_row

    django.setup()  # for the names of the columns alone
    from procurement.renderers import as_text

    connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, row_factory=dict_row)
    statement = select()

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        asked = parse_qs(environ["QUERY_STRING"])
        rows = connection.execute(statement, (asked["category"][0], asked["ends_after"][0]))
        body = orjson.dumps({"next": None, "results": rows.fetchall()}, default=as_text)
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response("200 OK", headers)
        return [body]

    return application


def select() -> str:
    """Our columns without what hides withheld facts: no contract of the bench withholds any."""
    from procurement.serializers import CONTRACT_COLUMNS

    joined = {"council__name": "council.name", "category__name": "category.name"}
    computed = {"supplier_withheld": "''", "value_withheld": "''", "supplier": "c.supplier_id"}
    columns = ", ".join(
        f'{computed.get(name) or joined.get(path) or f"c.{path}"} AS "{name}"'
        for name, path in CONTRACT_COLUMNS.items()
    )
    return (
        f"SELECT {columns} FROM registry_contract c "
        "JOIN registry_council council ON council.code = c.council_id "
        "LEFT JOIN registry_category category ON category.code = c.category_id "
        "WHERE NOT c.withdrawn AND c.category_id = %s AND c.end_date > %s "
        "ORDER BY c.end_date, c.id LIMIT 50"
    )


def copy_to(file: Path) -> None:
    """The same table in SQLite, names of councils and categories in it, with the same index."""
    import django
    import psycopg

    django.setup()
    database = os.environ["DATABASE_URL"]
    everything = f"{select().partition(' WHERE ')[0]} WHERE NOT c.withdrawn"
    with psycopg.connect(database) as source, closing(sqlite3.connect(file)) as copy:
        with source.cursor("contracts") as rows:
            rows.itersize = 10_000
            rows.execute(everything)
            names = [f'"{column.name}"' for column in rows.description or ()]
            copy.execute(f"CREATE TABLE contract ({', '.join(names)})")
            marks = ", ".join("?" * len(names))
            plain = ([as_sqlite_has_it(value) for value in row] for row in rows)
            copy.executemany(f"INSERT INTO contract VALUES ({marks})", plain)
        copy.execute("CREATE INDEX by_category_end ON contract (category, end_date, id)")
        copy.execute("ANALYZE")
        copy.commit()


def as_sqlite_has_it(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def plain_drf() -> Callable[..., Iterable[bytes]]:
    """A ModelSerializer, a filter and cursor pages, as its documentation shows them."""
    import django
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "benchmarks.api_plain"
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


if __name__ == "__main__":
    copy_to(Path(sys.argv[1]))
