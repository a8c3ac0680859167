"""Suppliers are shown under the name most councils use, whoever wrote which first."""

from datetime import date

import pytest

from registry.actions.contracts import Row, record_contracts, withdraw_sources
from registry.actions.rulings import split_off
from registry.actions.withholding import withhold
from registry.models import Contract, Supplier
from registry.records import ContractRecord
from registry.statements import known_fields
from tests.factories import make_council, make_source, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.each_database]

RIGHT, SLIP = "Larkfield Systems Ltd", "Larkfeild Systems Ltd"


def upload(name):
    """A register of one contract under this name, by a council of its own."""
    council = make_council()
    facts = {"title": "Laptops", "supplier_name": name, "end_date": date(2028, 3, 31)}
    columns = {field: {"column": "A", "heading": field, "rule": ""} for field in facts}
    source = make_source(council=council, columns=columns)
    row = Row(ContractRecord("Contracts", 5, facts, {}), source.pk)
    record_contracts(
        council=council.pk, rows=[row], knows={source.pk: known_fields(source.columns)}
    )
    return source


def shown():
    return Supplier.objects.get(merged_into=None).name


def test_the_name_most_councils_use_is_shown_though_a_slip_came_first():
    upload(SLIP)
    sources = [upload(RIGHT), upload(RIGHT)]
    assert shown() == RIGHT

    withdraw_sources(sources)

    assert shown() == SLIP


def test_a_name_told_in_withheld_contracts_alone_is_not_shown():
    upload(SLIP)
    upload(RIGHT)
    upload(RIGHT)

    for contract in Contract.objects.filter(supplier_name=RIGHT):
        withhold(contract, what="supplier", reason="security", by=make_user())

    assert shown() == SLIP


def test_an_identifier_stays_with_the_name_it_was_met_under_whichever_is_shown():
    upload(SLIP)
    first = Supplier.objects.get()
    upload(RIGHT)
    upload(RIGHT)

    assert (first.pk, shown()) == (Supplier.objects.get(merged_into=None).pk, RIGHT)
    assert Supplier.objects.get().own_name == SLIP


def test_a_slip_split_off_leaves_the_identifier_to_the_name_that_is_shown():
    upload(SLIP)
    upload(RIGHT)
    upload(RIGHT)
    supplier = Supplier.objects.get()

    split_off(supplier, [SLIP], by=make_user())

    assert set(
        Contract.objects.filter(supplier=supplier).values_list("supplier_name", flat=True)
    ) == {RIGHT}
    supplier.refresh_from_db()
    assert supplier.name == RIGHT
