"""Each thing that can lack, in the order in which it is looked for."""

import pytest

from procurement.why_none import Where, why_none
from tests.factories import (
    TODAY,
    make_assumption,
    make_category,
    make_contract,
    make_council,
    make_grouping,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def grouping():
    return make_grouping()


@pytest.fixture
def councils(grouping):
    return [make_council(grouping), make_council(grouping)]


@pytest.fixture
def laptops():
    make_assumption("lead_months", 6)
    return make_category("LAP")


def why(**where):
    return why_none(Where(**where), today=TODAY)


def test_without_reference_data():
    assert why().startswith("Reference data is not loaded")


def test_without_two_councils_in_a_grouping(laptops, grouping):
    make_council(grouping)

    assert why().startswith("No grouping has two councils today")


def test_without_contracts(laptops, councils):
    make_contract(council=make_council(), category=laptops)

    assert why().startswith("None of these councils has shared its contract register")


def test_without_a_category_that_is_bought_together(laptops, councils):
    make_contract(council=councils[0], category=make_category(kind="non"))

    assert why().startswith("Of 1 contract none is of a category that is bought together")


def test_without_a_category_in_common(laptops, councils):
    make_contract(council=councils[0], category=laptops)
    make_contract(council=councils[1], category=make_category())

    assert why().startswith("No two councils of a grouping have shared contracts of the same")


def test_without_known_ends(laptops, councils):
    for council in councils:
        make_contract(council=council, category=laptops, end_date=None)

    assert "whose ends are known" in why()


def test_without_a_date_that_suits(laptops, councils):
    for council in councils:
        make_contract(council=council, category=laptops)

    assert "less time is left than the 6 months" in why()


def test_of_a_council_only_its_own_groupings_count(laptops, councils, grouping):
    alone = make_council(make_grouping())

    assert why(councils=[alone.pk]).startswith("No grouping has two councils")
    assert why(groupings=[grouping.pk]).startswith("None of these councils has shared")


def test_of_a_council_others_that_could_join_one_another_do_not_count(laptops, councils, grouping):
    lonely = make_council(grouping)
    for council in councils:
        make_contract(council=council, category=laptops)

    assert why(councils=[lonely.pk]).startswith("None of these councils has shared")
    make_contract(council=lonely, category=make_category())
    assert why(councils=[lonely.pk]).startswith("No two councils of a grouping have shared")
