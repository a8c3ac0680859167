"""`make_registry` fills a database, all of it or nothing."""

import json
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registry.models import Category, Changed, Contract, Council, Statement, Supplier
from tests.factories import make_category, make_council, make_grouping

pytestmark = pytest.mark.django_db


@pytest.fixture
def reference():
    make_category("LAP")
    make_category("NON", kind=Category.Kind.NON, name="Not IT")
    make_grouping(code="E12000004", name="East Midlands")
    for _ in range(3):
        make_council(invented=False)


def make_registry(**options):
    out = StringIO()
    call_command("make_registry", stdout=out, json=True, **options)
    return json.loads(out.getvalue())


def test_make_registry_writes_what_was_asked_for(reference):
    said = make_registry(councils=2, contracts=300, seed=5)

    assert (said["councils"], said["contracts"]) == (2, 300)
    assert Contract.objects.count() == Statement.objects.count() == 300
    assert Contract.objects.values("council").distinct().count() == 2
    assert Contract.objects.filter(supplier=None).count() == 0
    assert not Supplier.objects.filter(invented=False).exists()


def test_make_registry_works_out_exits_and_values(reference):
    make_registry(councils=2, contracts=300, seed=5)

    extended = Contract.objects.filter(extension="2 x 12 months")
    rolling = Contract.objects.filter(rolling=True)

    assert all(c.latest_permitted_end > c.end_date >= c.earliest_exit for c in extended)
    assert extended
    assert {c.latest_permitted_end for c in rolling} == {None}
    assert Contract.objects.filter(yearly_value__gt=Decimal(0)).exists()


def test_make_registry_marks_commodity_categories_as_changed(reference):
    make_registry(councils=2, contracts=300, seed=5)

    assert {mark.category_id for mark in Changed.objects.all()} == {"LAP"}


def test_make_registry_invents_councils_past_those_it_knows(reference):
    make_registry(councils=5, contracts=100, seed=5)

    invented = Council.objects.filter(invented=True)

    assert [council.name for council in invented.order_by("code")] == [
        "Made-up District Council 1 (invented)",
        "Made-up District Council 2 (invented)",
    ]
    assert all(council.groupings.get().pk == "E12000004" for council in invented)


def test_make_registry_refuses_a_seed_it_has_used(reference):
    make_registry(councils=2, contracts=50, seed=5)

    with pytest.raises(CommandError, match="Seed 5"):
        make_registry(councils=2, contracts=50, seed=5)

    assert Contract.objects.count() == 50


def test_make_registry_adds_another_seed_to_what_is_there(reference):
    make_registry(councils=2, contracts=50, seed=5)
    make_registry(councils=2, contracts=50, seed=6)

    assert Contract.objects.count() == 100
