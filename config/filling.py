"""Writing a synthetic registry: councils chosen or invented, then everything by column."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import connection, models, transaction

from config.synthetic import MadeContract, MadeSupplier, Synthesis
from registry import bulk
from registry.actions.marks import mark_changed
from registry.models import (
    Category,
    Contract,
    Council,
    Grouping,
    Membership,
    Source,
    Statement,
    Supplier,
    SupplierIdentifier,
    SupplierName,
)
from registry.names import canonical_name
from registry.statements import STATED, column_of, column_value, encode
from registry.workings import work_out

STATED_HERE = [
    name
    for name in STATED
    if name
    in {
        "reference", "title", "department", "supplier_name", "supplier_company_number",
        "start_date", "end_date", "extension", "notice_period", "break_clause", "annual_value",
        "procedure", "rolling", "kind", "value_basis", "value_vat",
    }
]  # fmt: skip
WORKED_OUT = [
    "supplier", "category", "category_confidence", "category_because", "earliest_exit",
    "latest_permitted_end", "yearly_value", "withdrawn", "changed_at",
]  # fmt: skip
BECAUSE = "Synthetic: its title was made for this category."


class AlreadyMadeError(ValueError):
    """The seed has filled this database before; the message says so."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written."""

    councils: int
    suppliers: int
    contracts: int


@transaction.atomic
def fill_registry(*, councils: int, contracts: int, seed: int, today: date) -> Filled:
    """Add a synthetic registry: all of it or nothing, and always the same for the same seed."""
    made = Synthesis(seed=seed, today=today, categories=category_names())
    chosen = choose_councils(made, councils, today)
    suppliers = made.suppliers(contracts)
    if SupplierIdentifier.objects.filter(value=suppliers[0].company_number).exists():
        raise AlreadyMadeError(
            f"Seed {seed}, or one with the same company numbers, has filled this database already. "
            "Use another seed, or a new database."
        )
    now = datetime.combine(today, time(), UTC)
    write_suppliers(suppliers, now)
    sources = Source.objects.bulk_create(
        Source(
            council_id=code,
            kind=Source.Kind.REFERENCE,
            file_name=f"synthetic registry, seed {seed}",
            columns={name: {} for name in STATED_HERE},
        )
        for code in chosen
    )
    written, touched = 0, set[tuple[str | None, str]]()
    with keys_checked_at_once(Contract, Statement):
        for source, count in zip(sources, made.shares(contracts, len(chosen)), strict=True):
            held = list(made.contracts(count, suppliers, first=written + 1))
            write_contracts(source, held, now)
            written += len(held)
            touched |= {(one.category, source.council_id) for one in held}
    mark_changed(touched)
    return Filled(len(chosen), len(suppliers), written)


@contextmanager
def keys_checked_at_once(*tables: type[models.Model]) -> Iterator[None]:
    """Check that rows point at rows by one join at the end, not one by one with a lock each.

    On PostgreSQL that is most of the time a million rows take; SQLite has nothing to gain.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        # What was written before is checked now: a table with checks to come cannot change.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        keys = [key for table in tables for key in foreign_keys(cursor, table)]
        for table, name, _ in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")


def foreign_keys(cursor: Any, model: type[models.Model]) -> list[tuple[str, str, str]]:
    """Table, name and definition of each, quoted as SQL needs them."""
    cursor.execute(
        "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) "
        "FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass",
        [model._meta.db_table],
    )
    found: list[tuple[str, str, str]] = cursor.fetchall()
    return found


def category_names() -> dict[str, str]:
    """Categories by code; those that are not IT are all under one."""
    return dict(Category.objects.exclude(kind=Category.Kind.NON).values_list("code", "name"))


def choose_councils(made: Synthesis, count: int, today: date) -> list[str]:
    """Real councils in real regions as far as they go, England's first; then invented ones."""
    real = Council.objects.existing_on(today).filter(invented=False)
    english = list(real.filter(nation="England").order_by("code").values_list("code", flat=True))
    others = list(real.exclude(nation="England").order_by("code").values_list("code", flat=True))
    if count <= len(english):
        return sorted(made.random.choice(english, count, replace=False).tolist())
    held = [*english, *others][:count]
    return [*held, *invent_councils(count - len(held), today)]


def invent_councils(count: int, today: date) -> list[str]:
    """Councils that do not exist, marked so, spread over the regions."""
    regions = list(Grouping.objects.filter(kind=Grouping.Kind.REGION).order_by("code"))
    councils = [invented_council(n, regions[n % len(regions)], today) for n in range(count)]
    Council.objects.bulk_create(councils, ignore_conflicts=True)
    Membership.objects.bulk_create(
        (
            Membership(grouping=regions[n % len(regions)], council=council)
            for n, council in enumerate(councils)
        ),
        ignore_conflicts=True,
    )
    return [council.code for council in councils]


def invented_council(n: int, region: Grouping, today: date) -> Council:
    return Council(
        code=f"X08{n:06d}",
        name=f"Made-up District Council {n + 1} (invented)",
        short_name=f"Made-up {n + 1}",
        type="Non-metropolitan district",
        nation=region.nation,
        region=region.name,
        invented=True,
        source="Invented for scale tests; no such council exists",
        as_at=today,
    )


def write_suppliers(suppliers: Sequence[MadeSupplier], now: datetime) -> None:
    bulk.insert(
        Supplier,
        ["id", "name", "created_at", "invented"],
        ((one.key, one.name, now, True) for one in suppliers),
    )
    bulk.insert(
        SupplierName,
        ["supplier", "name", "canonical", "because", "confidence"],
        (
            (one.key, spelling, canonical_name(spelling), "Synthetic.", 1.0)
            for one in suppliers
            for spelling in one.spellings
        ),
    )
    bulk.insert(
        SupplierIdentifier,
        ["supplier", "scheme", "value"],
        ((one.key, "GB-COH", one.company_number) for one in suppliers),
    )


def write_contracts(source: Source, held: Sequence[MadeContract], now: datetime) -> None:
    """A council's contracts, and the statement each of them stands on."""
    columns = ["id", "council", *(column_of(name) for name in STATED_HERE), *WORKED_OUT]
    bulk.insert(Contract, columns, contract_rows(source.council_id, held, now))
    bulk.insert(
        Statement,
        ["contract", "source", "row", "facts", "extra"],
        ((one.key, source.pk, n, encode(one.facts), {}) for n, one in enumerate(held, 2)),
    )


def contract_rows(
    council: str, held: Sequence[MadeContract], now: datetime
) -> Iterator[Sequence[Any]]:
    for one in held:
        workings = work_out(one.facts)
        yield (
            one.key,
            council,
            *(column_value(name, one.facts) for name in STATED_HERE),
            one.supplier,
            one.category,
            1.0,
            BECAUSE,
            workings.earliest_exit,
            workings.latest_permitted_end,
            workings.yearly_value,
            False,
            now,
        )
