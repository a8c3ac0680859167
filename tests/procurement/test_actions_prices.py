"""Releases of price bands, the savings made of them, and what neither tells to anybody."""

from datetime import date
from decimal import Decimal

import pytest

from procurement.actions import load_reference, rebuild_changed, rebuild_opportunities
from procurement.actions.prices import release_prices
from procurement.models import Opportunity, PriceRelease
from registry.actions import load_reference as load_registry
from registry.models import Category, Changed, Contract
from tests.factories import (
    TODAY,
    make_administrator,
    make_buyer,
    make_contract,
    make_council,
    make_grouping,
    make_officer,
    make_withholding,
)

pytestmark = pytest.mark.django_db

NEXT_QUARTER = date(2027, 1, 4)
PRICES = (389, 402, 417, 455, 470, 512, 538)


@pytest.fixture(autouse=True)
def reference():
    load_registry()
    load_reference()


@pytest.fixture
def groupings():
    return [make_grouping(code="G1"), make_grouping(code="G2")]


@pytest.fixture
def priced(groupings):
    """Seven councils' laptops, the first four in one grouping, all in the other."""
    return [
        laptops(make_council(*groupings[0 if n < 4 else 1 :]), price)
        for n, price in enumerate(PRICES)
    ]


def laptops(council, price, **fields):
    fields = {
        "category": Category.objects.get(pk="LAP"),
        "start_date": date(2025, 4, 1),
        "end_date": date(2027, 9, 30),
        "latest_permitted_end": date(2029, 9, 30),
        "unit": "Laptop",
        "unit_price": Decimal(price),
        "quantity": Decimal(100),
    } | fields
    return make_contract(council=council, **fields)


def change(*contracts, **fields):
    for contract in contracts:
        Contract.objects.filter(pk=contract.pk).update(**fields)
        Changed.objects.get_or_create(category=contract.category, council=contract.council)


def bands():
    return list(PriceRelease.objects.values_list("quarter", "low", "high", "rate_percent"))


def test_release_prices_makes_one_band_for_all_groupings(priced):
    assert release_prices(today=TODAY) == {"LAP"}

    [one] = PriceRelease.objects.all()
    assert (one.category_id, one.unit, one.quarter) == ("LAP", "laptop", date(2026, 10, 1))
    assert (one.low, one.high, one.rate_percent) == (450, 560, 8)
    assert one.prices == {c.council_id: c.unit_price for c in priced}


def test_release_prices_twice_changes_nothing(priced):
    release_prices(today=TODAY)
    before = list(PriceRelease.objects.values())

    assert release_prices(today=TODAY) == set()

    assert list(PriceRelease.objects.values()) == before


def test_release_prices_needs_five_councils(priced):
    Contract.objects.filter(council__in=[c.council_id for c in priced[:3]]).update(withdrawn=True)

    assert release_prices(today=TODAY) == set()

    assert not PriceRelease.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "purchase_order"},
        {"withdrawn": True},
        {"quantity": None},
        {"unit_price": None},
        {"unit": ""},
        {"category_id": "NON"},
        {"end_date": date(2026, 11, 1), "latest_permitted_end": date(2026, 11, 1)},
    ],
)
def test_release_prices_leaves_out_what_cannot_be_compared(priced, fields):
    Contract.objects.filter(pk=priced[0].pk).update(**fields)

    release_prices(today=TODAY)

    assert priced[0].council_id not in PriceRelease.objects.get().prices


def test_release_prices_leaves_out_a_withheld_value(priced):
    make_withholding(priced[0], "value", "commercial")

    release_prices(today=TODAY)

    assert priced[0].council_id not in PriceRelease.objects.get().prices


def test_release_prices_changes_in_another_quarter_when_three_councils_changed(priced):
    release_prices(today=TODAY)
    change(*priced[:3], unit_price=Decimal(360))

    assert release_prices(today=TODAY) == set()
    assert release_prices(today=NEXT_QUARTER) == {"LAP"}

    assert PriceRelease.objects.newest().get().low == 400
    assert PriceRelease.objects.count() == 2


def test_release_prices_looks_once_a_quarter(priced):
    """Else the day of a release would tell that a third council changed on it."""
    release_prices(today=TODAY)
    change(*priced[:2], unit_price=Decimal(360))
    release_prices(today=NEXT_QUARTER)
    change(priced[2], unit_price=Decimal(360))

    assert release_prices(today=date(2027, 3, 31)) == set()
    assert release_prices(today=date(2027, 4, 1)) == {"LAP"}


def test_release_prices_takes_figures_back_when_too_few_are_left(priced):
    release_prices(today=TODAY)
    change(*priced[:3], withdrawn=True)

    release_prices(today=NEXT_QUARTER)

    assert PriceRelease.objects.newest().get().low is None
    assert not PriceRelease.objects.newest().shown().exists()


# The savings made of them


def test_rebuild_estimates_by_unit_prices_where_a_band_is_released(priced):
    rebuild_opportunities(today=TODAY)

    found = Opportunity.objects.get(grouping="G2", alternative=False)
    assert found.saving_method == "unit prices"
    # 8 per cent of £280,000, less a fee of 1 per cent of what is then paid.
    assert (found.saving_mid, found.saving_high) == (Decimal(8500), Decimal(20000))
    assert "unit prices of 5 or more councils for one laptop" in found.reasons[1]


def test_rebuild_estimates_by_the_prior_without_a_band(priced):
    change(*priced[:3], unit_price=None)

    rebuild_opportunities(today=TODAY)

    assert {o.saving_method for o in Opportunity.objects.all()} == {"prior"}


def test_rebuild_changed_brings_a_new_band_to_every_grouping(priced, groupings):
    change(*priced[4:], unit_price=None)
    rebuild_opportunities(today=TODAY)
    change(*priced[4:], unit_price=Decimal(530))

    rebuild_changed(today=TODAY)

    assert {o.saving_method for o in Opportunity.objects.all()} == {"unit prices"}
    assert {o.grouping_id for o in Opportunity.objects.all()} == {"G1", "G2"}


# What neither tells


QUESTIONS = ("", "?grouping=G1", "?grouping=G2", "?category=LAP", "?alternative=true")


def everything_shown(client, people):
    """What the API and the pages of opportunities say to each of these people."""
    said = []
    for person in (None, *people):
        client.logout()
        if person:
            client.force_login(person)
        said += [client.get(f"/api/v1/opportunities/{question}").content for question in QUESTIONS]
        said += [client.get(o.get_absolute_url()).content for o in Opportunity.objects.all()]
    return [text.split(b"csrfmiddlewaretoken")[0] for text in said]


@pytest.fixture
def others(priced, groupings):
    """Everybody but the council of the first contract."""
    officers = [make_officer(c.council) for c in priced[1:4]]
    return [*officers, *(make_buyer(g) for g in groupings)]


@pytest.mark.parametrize(
    "fields",
    [
        {"unit_price": Decimal("1.01")},
        {"unit_price": Decimal(900), "quantity": Decimal(7)},
        {"unit_price": None},
        {"unit": "each"},
    ],
)
def test_one_councils_price_is_told_to_nobody_by_any_difference(client, priced, others, fields):
    """Whatever it says, after a rebuild in this quarter or the next, all else stays the same."""
    rebuild_opportunities(today=TODAY)
    before = everything_shown(client, others)

    change(priced[0], **fields)
    rebuild_changed(today=TODAY)
    rebuild_opportunities(today=TODAY)
    assert everything_shown(client, others) == before
    figures = bands()
    release_prices(today=NEXT_QUARTER)

    assert bands() == figures


def test_no_saving_says_more_than_the_released_rate(priced):
    """It follows from what is public and the rate alone: not from the members' own prices."""
    rebuild_opportunities(today=TODAY)
    before = list(Opportunity.objects.order_by("pk").values())
    for n, contract in enumerate(priced):
        change(contract, unit_price=Decimal(1000 - 50 * n), quantity=Decimal(10 + n))

    rebuild_opportunities(today=TODAY)

    assert list(Opportunity.objects.order_by("pk").values()) == before


def test_prices_are_nowhere_on_pages_and_in_the_api(client, priced, others):
    change(priced[0], unit_price=Decimal("413.37"))
    rebuild_opportunities(today=TODAY)

    for said in everything_shown(client, [*others, make_administrator()]):
        assert b"413.37" not in said
        assert b"413" not in said
