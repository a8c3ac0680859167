"""What is coming: by category and quarter, of one category by council, and public values alone."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from registry.models import Category, Membership
from registry.periods import quarters
from tests.factories import (
    make_administrator,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_officer,
    make_withholding,
)


def test_quarters_begin_with_that_of_the_day():
    [first, second] = quarters(date(2026, 11, 2), 2)

    assert (first.first, first.last) == (date(2026, 10, 1), date(2026, 12, 31))
    assert second.short == "Jan–Mar 2027"


@pytest.fixture
def laptops(db):
    return make_category("LAP", name="Laptops", kind=Category.Kind.COMMODITY)


@pytest.fixture
def grouping(db):
    return make_grouping(name="East of England")


@pytest.fixture
def contract(laptops, grouping):
    return make_contract(
        council=make_council(grouping, name="Ash Council"),
        category=laptops,
        end_date=date(2027, 9, 30),
        yearly_value=Decimal(71_000),
    )


@pytest.fixture
def signed_in(client, contract):
    client.force_login(make_officer(contract.council))
    return client


def page(client, **asked):
    response = client.get(reverse("procurement:coming"), asked)
    assert response.status_code == 200
    return response.text


def test_values_stand_by_category_and_quarter_in_a_picture_and_a_table(signed_in, laptops):
    text = page(signed_in)

    assert text.count("<svg") == 2
    assert "Jul–Sep 2027" in text
    assert "£71,000" in text
    assert f"{reverse('procurement:coming')}?category=LAP" in text.replace("&amp;", "&")


def test_a_category_opens_to_the_councils_whose_contracts_end(signed_in, contract):
    text = page(signed_in, category="LAP")

    assert "Ash Council" in text
    assert contract.council.get_absolute_url() in text


def test_a_grouping_leaves_out_what_ends_elsewhere(signed_in, grouping):
    phones = make_category("MOBA", kind=Category.Kind.COMMODITY)
    make_contract(category=phones, end_date=date(2027, 12, 31), yearly_value=Decimal(1_234))

    assert "£1,234" in page(signed_in)
    assert "£1,234" not in page(signed_in, grouping=grouping.pk)
    assert "£71,000" in page(signed_in, grouping=grouping.pk)


def test_what_is_withheld_is_in_no_sum_whoever_looks(client, signed_in, contract):
    make_withholding(contract, what="value")

    assert "£71,000" not in page(signed_in)
    client.force_login(make_administrator())
    assert "No contract with a public value" in page(client)


def test_what_is_no_commodity_or_ends_later_is_not_coming(signed_in, laptops):
    other = make_category("CARE", kind=Category.Kind.NON)
    make_contract(category=other, end_date=date(2027, 9, 30), yearly_value=Decimal(999))
    make_contract(category=laptops, end_date=date(2031, 10, 1), yearly_value=Decimal(998))

    text = page(signed_in)

    assert "£999" not in text
    assert "£998" not in text


def test_a_slip_in_the_filters_says_what_is_wrong(signed_in):
    assert "There is a problem" in page(signed_in, category="nothing")


def test_it_takes_the_same_queries_however_much_is_coming(
    signed_in, laptops, grouping, django_assert_num_queries
):
    for _ in range(5):
        category = make_category(kind=Category.Kind.COMMODITY)
        make_contract(category=category, end_date=date(2028, 3, 31), yearly_value=Decimal(5))

    # Session, user, both filters' choices, the sums.
    with django_assert_num_queries(5):
        page(signed_in)


def options(text):
    """Names offered of where, under the name of their kind."""
    where = text[text.index('name="grouping"') : text.index('name="category"')]
    found = re.findall(r'<optgroup label="([^"]+)">|<option [^>]*>\s*([^<]+?)\s*</option>', where)
    return [kind or f"- {name}" for kind, name in found]


def test_only_places_in_which_anything_ends_are_offered_by_kind(signed_in, contract, laptops):
    council, empty = contract.council, make_grouping(name="Empty region")
    make_contract(council=make_council(empty), category=laptops, end_date=None)
    county = make_grouping(name="Ashshire", kind="county")
    Membership.objects.create(grouping=county, council=council)

    assert options(page(signed_in)) == [
        *("- Everywhere", "Region", "- East of England", "County family", "- Ashshire"),
    ]
    assert '<option value="LAP"' in page(signed_in)


def test_a_place_that_an_address_asks_for_is_answered_though_nothing_ends_in_it(signed_in):
    empty = make_grouping(name="Empty region")
    make_council(empty)

    text = page(signed_in, grouping=empty.pk)

    assert "There is a problem" not in text
    assert "No contract with a public value that fits this ends" in text
    assert "- Empty region" in options(text)


def test_only_categories_of_which_anything_ends_are_offered(signed_in):
    make_category("MOBA", name="Mobile phones", kind=Category.Kind.COMMODITY)

    assert "Mobile phones" not in page(signed_in)


def test_a_grouping_that_a_joint_buy_keeps_is_not_told_of(signed_in):
    kept = make_grouping(name="councils like Ash", kind="neighbours")

    assert "This is not in the list" in page(signed_in, grouping=kept.pk)
