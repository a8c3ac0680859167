"""The database's own note of what each transaction changed of what the feed tells.

Whatever writes (an upload's COPY, a page, an administrator, SQL by hand), a trigger notes the key
in `Touched` in the same transaction. On PostgreSQL a statement notes all its rows at once. The
triggers are made anew after each migration, since SQLite drops them where a table is remade.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

EVENTS = ("INSERT", "UPDATE", "DELETE")
NOTE = "INSERT INTO procurement_touched (kind, key, own)"


@dataclass(frozen=True, slots=True)
class Through:
    """The table in which rows whose `match` is the watched column give the keys of what is told."""

    table: str
    match: str
    key: str


@dataclass(frozen=True, slots=True)
class Watch:
    """A column of a table that leads to something told; an update counts if `when` changed."""

    table: str
    kind: str
    column: str
    own: str = "true"
    when: tuple[str, ...] = ()
    through: Through | None = None

    def key(self, row: str) -> str:
        return f"led.{self.through.key}" if self.through else f"{row}.{self.column}"


# Whether a supplier is told, and by which names, hangs on its contracts.
TELLING = ("supplier_id", "supplier_name", "supplier_withheld", "withdrawn")
LOT = Through("procurement_lot", "id", "framework_id")
OWNED = Through("procurement_framework", "owner", "reference")
WATCHES = (
    Watch("registry_contract", "contract", "id"),
    Watch("registry_contract", "supplier", "supplier_id", own="supplier_withheld", when=TELLING),
    Watch("registry_supplier", "supplier", "id"),
    Watch("registry_supplier", "supplier", "merged_into_id"),
    Watch("registry_suppliername", "supplier", "supplier_id"),
    Watch("registry_supplieridentifier", "supplier", "supplier_id"),
    Watch("procurement_framework", "framework", "reference"),
    Watch("procurement_lot", "framework", "framework_id"),
    Watch("procurement_framework_categories", "framework", "framework_id"),
    Watch("procurement_framework_places", "framework", "framework_id"),
    Watch("procurement_frameworkaward", "framework", "framework_id"),
    Watch("procurement_lot_categories", "framework", "lot_id", through=LOT),
    Watch("procurement_lotsupplier", "framework", "lot_id", through=LOT),
    Watch("procurement_frameworkowner", "framework", "name", through=OWNED),
)


def watch(using: str = "default", **migrated: Any) -> None:
    """Make every trigger; after `migrate`, not after a flush, which leaves them."""
    if "plan" not in migrated:
        return
    connection = connections[using]
    statements = on_postgresql() if connection.vendor == "postgresql" else on_sqlite()
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def on_postgresql() -> Iterator[str]:
    for table in dict.fromkeys(one.table for one in WATCHES):
        for event in EVENTS:
            name = f"touched_{table}_{event.lower()}"
            notes = "; ".join(noted_rows(one, event) for one in WATCHES if one.table == table)
            yield (
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {notes}; RETURN NULL; END $$"
            )
            yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
            yield (
                f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {transition(event)} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            )


def transition(event: str) -> str:
    before, after = "OLD TABLE AS before_rows", "NEW TABLE AS after_rows"
    return {"INSERT": after, "DELETE": before}.get(event, f"{before} {after}")


def noted_rows(one: Watch, event: str) -> str:
    """Once for each key, however many rows lead to it."""
    sources = {"INSERT": ("after_rows",), "DELETE": ("before_rows",)}
    found = " UNION ".join(
        f"SELECT '{one.kind}', {one.key(rows)}::text, {one.own} "  # noqa: S608
        f"FROM {rows}{led_by(one, rows)} "
        f"WHERE {one.key(rows)} IS NOT NULL{changed_rows(one, rows, event)}"
        for rows in sources.get(event, ("before_rows", "after_rows"))
    )
    return f"{NOTE} {found}"


def led_by(one: Watch, rows: str) -> str:
    if one.through is None:
        return ""
    return f" JOIN {one.through.table} led ON led.{one.through.match} = {rows}.{one.column}"


def changed_rows(one: Watch, rows: str, event: str) -> str:
    """Rows that are not the same in all that matters both before and after."""
    if event != "UPDATE" or not one.when:
        return ""
    other = "after_rows" if rows == "before_rows" else "before_rows"
    mine, its = (", ".join(f"{table}.{name}" for name in one.when) for table in (rows, other))
    return (
        f" AND EXISTS (SELECT 1 FROM {other} WHERE {other}.id = {rows}.id "  # noqa: S608
        f"AND ROW({mine}) IS DISTINCT FROM ROW({its}))"
    )


def on_sqlite() -> Iterator[str]:
    for number, one in enumerate(WATCHES):
        for event in EVENTS:
            name = f"touched_{number}_{event.lower()}"
            notes = "; ".join(noted_row(one, row) for row in rows_of(event))
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield (
                f"CREATE TRIGGER {name} AFTER {event} ON {one.table}{changed_row(one, event)} "
                f"BEGIN {notes}; END"
            )


def rows_of(event: str) -> Sequence[str]:
    return {"INSERT": ("NEW",), "DELETE": ("OLD",)}.get(event, ("OLD", "NEW"))


def noted_row(one: Watch, row: str) -> str:
    own = one.own if one.own == "true" else f"{row}.{one.own}"
    key, led = one.key(row), one.through
    found = (
        f"FROM {led.table} led WHERE led.{led.match} = {row}.{one.column} AND" if led else "WHERE"
    )
    return f"{NOTE} SELECT '{one.kind}', {key}, {own} {found} {key} NOT NULL"


def changed_row(one: Watch, event: str) -> str:
    if event != "UPDATE" or not one.when:
        return ""
    return " WHEN " + " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in one.when)
