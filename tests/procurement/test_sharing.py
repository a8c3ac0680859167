"""The sharing grid's page: evidence as it is published, joint buys as their reader may see them."""

import csv
from decimal import Decimal

import pytest
from django.urls import reverse

from procurement.actions.reference import TABLES
from procurement.sharing import sharing_grid
from registry.permissions import EVERYBODY
from tests.factories import (
    make_administrator,
    make_assumption,
    make_category,
    make_contract,
    make_council,
    make_opportunity,
    make_supplier,
    make_withholding,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def laptops():
    return make_category("LAP", name="Laptops", evolution=0.92, visibility=0.35)


@pytest.fixture
def assumed():
    """The assumptions as they are shipped."""
    with (TABLES / "assumptions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            make_assumption(row["code"], row["value"])


def page(client):
    return client.get(reverse("procurement:sharing")).content.decode()


def test_the_grid_says_how_it_fills(client):
    assert "once reference data is loaded" in page(client)


@pytest.mark.usefixtures("assumed")
def test_the_grid_shows_evidence_and_moves_places_by_it(laptops):
    supplier = make_supplier()
    for _ in range(5):
        make_contract(category=laptops, supplier=supplier, yearly_value=Decimal(1000))

    [one] = sharing_grid(reader=EVERYBODY).categories

    assert (one.evidence.councils, one.evidence.suppliers) == (5, 1)
    assert one.evidence.pounds == Decimal(5000)
    assert [move.by for move in one.placement.moves] == [Decimal("-0.03"), Decimal("0.03")]


@pytest.mark.usefixtures("assumed")
def test_the_grid_counts_nothing_that_is_withheld(laptops):
    contract = make_contract(category=laptops, yearly_value=Decimal(1000))
    make_withholding(contract, "supplier")
    make_withholding(contract, "value")

    [one] = sharing_grid(reader=EVERYBODY).categories

    assert (one.evidence.suppliers, one.evidence.pounds) == (0, 0)


@pytest.mark.usefixtures("assumed")
def test_units_count_once_enough_councils_state_them(laptops):
    for n in range(5):
        assert sharing_grid(reader=EVERYBODY).categories[0].evidence.alike_units is None
        make_contract(category=laptops, unit="Device" if n else "device ")

    assert sharing_grid(reader=EVERYBODY).categories[0].evidence.alike_units == 1


@pytest.mark.usefixtures("assumed")
def test_joint_buys_are_linked_for_those_who_may_see_them(client, laptops):
    opportunity = make_opportunity(category=laptops, saving_mid=5000, saving_high=9000)

    assert opportunity.get_absolute_url() not in page(client)
    client.force_login(make_administrator())
    assert opportunity.get_absolute_url() in page(client)


@pytest.mark.usefixtures("assumed")
def test_the_grid_costs_the_same_however_many_contracts(client, laptops, django_assert_num_queries):
    for _ in range(6):
        make_contract(category=laptops, council=make_council())

    # Assumptions, thresholds, councils, units, evidence and categories; nobody sees joint buys.
    with django_assert_num_queries(6):
        page(client)


@pytest.mark.usefixtures("assumed")
def test_the_grid_is_downloaded_as_map_text(client, laptops):
    response = client.get(reverse("procurement:sharing_map"))

    assert "component Laptops [0.35, 0.92]" in response.content.decode()
