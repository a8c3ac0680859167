"""Missing facts that would open joint buys, the most valuable first."""

from datetime import date
from decimal import Decimal

import pytest

from procurement.openings import openings
from procurement.wanting import END, NOTICE, VALUE, Held, wants
from registry.permissions import Powers
from tests.factories import (
    TODAY,
    add_to_opportunity,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_officer,
    make_opportunity,
)


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Held(end=True, value=True, notice=False, rolling=False), []),
        (Held(end=False, value=False, notice=False, rolling=False), [END]),
        (Held(end=True, value=False, notice=False, rolling=False), [VALUE]),
        (Held(end=False, value=False, notice=False, rolling=True), [VALUE, NOTICE]),
    ],
)
def test_wants_names_what_would_help(held, wanted):
    assert list(wants(held)) == wanted


@pytest.fixture
def laptops():
    return make_category("LAP")


@pytest.fixture
def grouping():
    return make_grouping()


@pytest.fixture
def council(grouping):
    return make_council(grouping)


@pytest.fixture
def joint_buy(laptops, grouping):
    neighbours = [make_contract(category=laptops, council=make_council(grouping)) for _ in range(2)]
    return make_opportunity(*neighbours, grouping=grouping, start_date=date(2027, 10, 1))


def endless(council, category, **fields):
    fields = {"end_date": None, "latest_permitted_end": None, "earliest_exit": None} | fields
    return make_contract(council=council, category=category, **fields)


def found(council):
    reader = Powers(councils=frozenset({council.pk}))
    return openings(council, today=TODAY, reader=reader)


@pytest.mark.django_db
def test_an_end_date_would_open_a_joint_buy_of_its_category(council, laptops, joint_buy):
    contract = endless(council, laptops)
    endless(council, make_category("MFD"))

    [one] = found(council)

    assert (one.contract, one.opportunity, one.fact) == (contract, joint_buy, "the end date")


@pytest.mark.django_db
def test_a_value_would_count_where_the_contract_joins_already(council, laptops, joint_buy):
    contract = make_contract(council=council, category=laptops, yearly_value=None)
    assert found(council) == []

    add_to_opportunity(joint_buy, contract)

    assert [one.fact for one in found(council)] == ["the value"]


@pytest.mark.django_db
def test_the_most_valuable_comes_first(council, laptops, joint_buy):
    small = endless(council, laptops, yearly_value=Decimal(10))
    large = endless(council, laptops, yearly_value=Decimal(90_000))

    assert [one.contract for one in found(council)] == [large, small]


@pytest.mark.django_db
def test_openings_cost_the_same_queries_however_many(
    council, laptops, joint_buy, django_assert_num_queries
):
    for _ in range(6):
        endless(council, laptops)

    with django_assert_num_queries(3):
        found(council)


@pytest.mark.django_db
def test_the_panel_is_for_its_officers_alone(client, council, laptops, joint_buy):
    contract = endless(council, laptops)
    address = council.get_absolute_url()
    words = "What would open more joint buys"

    assert words not in client.get(address).content.decode()
    client.force_login(make_officer(council))
    page = client.get(address).content.decode()
    assert words in page
    assert contract.title in page


@pytest.mark.django_db
def test_the_panel_says_so_when_nothing_is_missing(client, council, laptops, joint_buy):
    make_contract(council=council, category=laptops)
    client.force_login(make_officer(council))

    page = client.get(council.get_absolute_url()).content.decode()

    assert "No missing fact of its contracts" in page
