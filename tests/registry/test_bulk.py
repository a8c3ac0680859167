"""Rows written by column read back as the model has them, on both databases."""

import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from registry import bulk
from registry.models import Category, Contract, Source, Statement
from tests.factories import make_category, make_contract, make_council, make_source

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 1, 12, 30, 15, 123456, tzinfo=UTC)
ODD_TEXTS = ["tab\there", "line\nbreak", "back\\slash", "\\N", "£ – “quoted”", "a,b;c|d", " "]


def insert_contract(council, **fields):
    key = uuid.uuid4()
    named = {"id": key, "council": council.pk, "changed_at": NOW, "title": "Laptops"} | fields
    bulk.insert(Contract, list(named), [list(named.values())])
    return Contract.objects.get(pk=key)


def test_insert_keeps_every_kind_of_value():
    council = make_council()

    held = insert_contract(
        council,
        start_date=date(2025, 4, 1),
        total_value=Decimal("1234567.89"),
        sme=True,
        vcse=None,
        category_confidence=0.75,
    )

    assert held.council == council
    assert (held.start_date, held.total_value) == (date(2025, 4, 1), Decimal("1234567.89"))
    assert (held.sme, held.vcse, held.category_confidence) == (True, None, 0.75)
    assert held.changed_at == NOW


def test_insert_leaves_other_columns_to_the_database():
    held = insert_contract(make_council())

    assert (held.reference, held.kind, held.value_basis) == ("", "contract", "unknown")
    assert (held.rolling, held.withdrawn, held.total_value) == (False, False, None)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_insert_keeps_odd_text(text):
    assert insert_contract(make_council(), title=text).title == text


def test_insert_of_no_rows_does_nothing():
    bulk.insert(Contract, ["id", "title"], [])

    assert not Contract.objects.exists()


def test_insert_writes_json_with_days_and_amounts():
    contract = make_contract()
    source = make_source(council=contract.council)
    facts = {"end_date": date(2027, 3, 31), "total_value": Decimal("10.50"), "sme": True}

    bulk.insert(
        Statement,
        ["contract", "source", "row", "facts", "extra"],
        [[contract.pk, source.pk, 7, facts, {"Ward": "Eden\n\\N"}]],
    )

    held = Statement.objects.get()
    assert held.facts == {"end_date": "2027-03-31", "total_value": "10.50", "sme": True}
    assert (held.row, held.extra) == (7, {"Ward": "Eden\n\\N"})


def test_update_changes_the_named_columns_of_the_named_rows():
    one, two, other = make_contract(), make_contract(), make_contract()
    titles = [(one.pk, "First", date(2028, 1, 1)), (two.pk, "Second", None)]

    with transaction.atomic():
        bulk.update(Contract, ["id", "title", "review_date"], titles)

    held = Contract.objects.in_bulk()
    assert [held[c.pk].title for c in (one, two, other)] == ["First", "Second", other.title]
    assert held[one.pk].review_date == date(2028, 1, 1)
    assert held[one.pk].reference == one.reference


def test_update_can_run_twice_in_one_transaction():
    contract = make_contract()

    with transaction.atomic():
        bulk.update(Contract, ["id", "title"], [(contract.pk, "First")])
        bulk.update(Contract, ["id", "reference"], [(contract.pk, "R2")])

    contract.refresh_from_db()
    assert (contract.title, contract.reference) == ("First", "R2")


def test_update_of_other_models_goes_by_their_key():
    source = make_source()

    with transaction.atomic():
        bulk.update(Source, ["id", "columns"], [(source.pk, {"title": {"column": "B"}})])

    source.refresh_from_db()
    assert source.columns == {"title": {"column": "B"}}


def test_tell_planner_lets_the_database_count_anew():
    make_contract()

    bulk.tell_planner(Contract)

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'registry_contract'")
            assert cursor.fetchone() == (1,)


def test_replace_writes_what_is_not_as_it_stands_and_nothing_else():
    same, changed, gone = (make_category(code) for code in ("SAME", "CHANGED", "GONE"))
    columns = [field.attname for field in Category._meta.concrete_fields]
    name = columns.index("name")
    standing = bulk.by_key(Category.objects.all(), columns)
    rows = {pk: list(row) for pk, row in standing.items() if pk != gone.pk}
    rows[changed.pk][name] = "Otherwise"
    rows["NEW"] = ["NEW", *rows[same.pk][1:]]

    written = bulk.replace(
        Category, columns, standing, {pk: tuple(row) for pk, row in rows.items()}
    )

    assert written == 2
    names = dict(Category.objects.values_list("pk", "name"))
    assert names == {"SAME": same.name, "CHANGED": "Otherwise", "NEW": same.name}
