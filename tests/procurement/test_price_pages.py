"""Where prices lie, and how savings are estimated: who is shown what, and that it is kept."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from procurement.actions import load_reference, rebuild_opportunities
from procurement.models import Opportunity, PriceQuery
from registry.actions import load_reference as load_registry
from registry.models import Council
from tests.factories import (
    TODAY,
    make_administrator,
    make_buyer,
    make_council,
    make_grouping,
    make_officer,
)
from tests.procurement.test_actions_prices import laptops

pytestmark = pytest.mark.django_db

PRICES = ("389.11", "402.22", "417.33", "455.44", "470.55", "512.66", "538.77")


@pytest.fixture
def grouping():
    return make_grouping()


@pytest.fixture
def priced(grouping):
    load_registry()
    load_reference()
    return [laptops(make_council(grouping), price) for price in PRICES]


@pytest.fixture
def opportunity(priced, grouping):
    laptops(make_council(grouping, name="Priceless"), 1, unit_price=None)
    rebuild_opportunities(today=TODAY)
    return Opportunity.objects.get(alternative=False)


def read(client, user, opportunity):
    client.force_login(user)
    response = client.get(opportunity.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def prices_in(text):
    return {price for price in PRICES if price in text}


def test_officer_sees_the_band_and_the_own_price_alone(client, opportunity, priced):
    text = read(client, make_officer(priced[3].council), opportunity)

    assert "£450 to £560" in text
    assert prices_in(text) == {"455.44"}
    assert "Within the band" in text
    assert f'href="{priced[3].get_absolute_url()}"' in text[text.index('id="prices"') :]


@pytest.mark.parametrize("make", [make_administrator, None], ids=["administrator", "buyer"])
def test_buyer_sees_the_band_without_any_price(client, opportunity, grouping, make):
    text = read(client, make() if make else make_buyer(grouping), opportunity)

    assert "£450 to £560" in text
    assert prices_in(text) == set()
    assert "5 or more councils" in text


def test_officer_of_a_council_without_a_price_sees_how_to_get_one(client, opportunity):
    council = Council.objects.get(name="Priceless")

    text = read(client, make_officer(council), opportunity)

    assert "£450" not in text
    assert "Put these three in your register" in text
    assert not PriceQuery.objects.exists()


def test_nothing_is_said_of_prices_where_none_are_released(client, opportunity, grouping):
    opportunity.category.price_releases.all().delete()

    text = read(client, make_buyer(grouping), opportunity)

    assert 'id="prices"' not in text


def test_band_is_told_in_a_picture_with_words_and_in_a_table(client, opportunity, priced):
    text = read(client, make_officer(priced[6].council), opportunity)

    assert "The band is from £450 to £560." in text
    assert f"{priced[6].council.short_name} pays £538.77." in text
    assert 'id="prices-narrow-1-title"' in text
    assert "style=" not in text[text.index('id="prices"') :]


def test_looking_at_prices_is_kept(client, opportunity, priced, grouping):
    officer, buyer = make_officer(priced[0].council), make_buyer(grouping)

    read(client, officer, opportunity)
    read(client, buyer, opportunity)

    kept = PriceQuery.objects.order_by("at").values_list(
        "user", "what", "council", "category", "unit"
    )
    assert list(kept) == [
        (officer.pk, "position", priced[0].council_id, "LAP", "laptop"),
        (buyer.pk, "band", None, "LAP", "laptop"),
    ]


def test_prices_take_the_same_queries_however_many_councils(
    client, opportunity, priced, django_assert_num_queries
):
    client.force_login(make_officer(*(one.council for one in priced)))
    with CaptureQueriesContext(connection) as of_seven:
        text = client.get(opportunity.get_absolute_url()).content.decode()
    client.force_login(make_officer(priced[0].council))

    with django_assert_num_queries(len(of_seven)):
        client.get(opportunity.get_absolute_url())

    assert prices_in(text) == set(PRICES)


def test_opportunity_leads_to_how_its_saving_is_estimated(client, opportunity, grouping):
    text = read(client, make_buyer(grouping), opportunity)

    assert f'href="{reverse("procurement:savings")}"' in text
    assert 'href="#asks"' in text


def test_how_savings_are_estimated_gives_each_number_with_its_source(client, priced):
    text = client.get(reverse("procurement:savings")).content.decode()

    for code in (
        "price_councils_least",
        "price_lowest_least",
        "price_outlier_ratio",
        "fee_percent",
    ):
        assert f'id="{code}"' in text
    assert "28 per cent" in text
    assert "Bandiera" in text
    assert "3 to 18, 8" in text


def test_how_savings_are_estimated_reads_without_reference(client):
    assert client.get(reverse("procurement:savings")).status_code == 200


def test_low_price_is_not_rounded_to_nothing(client, priced, opportunity):
    release = opportunity.category.price_releases.get()
    release.low, release.high = Decimal("0.0112"), Decimal("0.0125")
    release.save()

    assert "about £0.01" in read(client, make_administrator(), opportunity)


# Prices set aside


@pytest.fixture
def odd(priced, grouping):
    """A council that pays five times as much for one laptop, most likely for something else."""
    contract = laptops(make_council(grouping, name="Oddbridge"), "2345.67")
    rebuild_opportunities(today=TODAY)
    return contract


def test_officer_is_told_that_the_own_price_was_set_aside_and_why(client, odd):
    client.force_login(make_officer(odd.council))

    told = client.get(reverse("procurement:savings")).content.decode()
    here = read(client, make_officer(odd.council), Opportunity.objects.get(alternative=False))

    for text in (told, here):
        assert "£2,345.67 for one laptop was set aside" in text
        assert "more than 3 times apart" in text
        assert not prices_in(text)
    assert "Put these three in your register" not in here
    assert {one.council for one in PriceQuery.objects.filter(what="position")} == {odd.council}


def test_nobody_else_is_told_of_a_price_set_aside(client, odd, priced, grouping):
    for user in (None, make_officer(priced[0].council), make_buyer(grouping), make_administrator()):
        if user:
            client.force_login(user)
        assert "set aside when" not in client.get(reverse("procurement:savings")).content.decode()


def test_what_is_set_aside_stays_as_it_was_when_the_register_is_changed_to_probe_it(client, odd):
    client.force_login(make_officer(odd.council))
    odd.unit_price = 500
    odd.save()
    rebuild_opportunities(today=TODAY)

    told = client.get(reverse("procurement:savings")).content.decode()

    assert "£2,345.67 for one laptop was set aside" in told
