"""The sharing grid's page: evidence as it is published, joint buys as their reader may see them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from procurement.models import PriceRelease
from procurement.sharing import sharing_grid
from registry.models import Contract
from registry.permissions import EVERYBODY
from registry.today import today
from registry.values import months_on
from tests.factories import (
    make_administrator,
    make_category,
    make_contract,
    make_council,
    make_opportunity,
    make_supplier,
    make_withholding,
)

Q3, Q4 = date(2026, 7, 1), date(2026, 10, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def laptops():
    return make_category("LAP", name="Laptops", evolution=0.92, visibility=0.35)


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
def test_the_grid_counts_nothing_that_has_ended(laptops):
    over = today() - timedelta(days=1)
    make_contract(category=laptops, yearly_value=1000, end_date=over, latest_permitted_end=over)
    make_contract(category=laptops, yearly_value=70, end_date=None, latest_permitted_end=None)

    [one] = sharing_grid(reader=EVERYBODY).categories

    assert (one.evidence.councils, one.evidence.councils_in_all) == (1, 1)
    assert (one.evidence.suppliers, one.evidence.pounds) == (1, 70)


@pytest.mark.usefixtures("assumed")
def test_the_grid_says_that_contracts_not_yet_begun_count(client, laptops):
    make_contract(category=laptops, yearly_value=30, start_date=today() - timedelta(days=1))
    make_contract(category=laptops, yearly_value=4, start_date=today() + timedelta(days=1))

    text = page(client)

    assert "£34" in text
    assert "may still run, begun or not yet begun" in text
    assert "pend a year" not in text


@pytest.mark.usefixtures("assumed")
def test_the_grid_counts_no_contract_without_a_known_end_that_began_long_ago(laptops):
    unknown = {"category": laptops, "end_date": None, "latest_permitted_end": None}
    began = {"long ago": months_on(today(), -61), "lately": months_on(today(), -59), "unsaid": None}
    for number, start in enumerate(began.values()):
        make_contract(start_date=start, yearly_value=10**number, **unknown)
    make_contract(start_date=began["long ago"], yearly_value=1000, rolling=True, **unknown)

    [one] = sharing_grid(reader=EVERYBODY).categories

    # All but the pound a year of the one that began long ago.
    assert (one.evidence.councils, one.evidence.pounds) == (3, Decimal(1110))


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


def release(category, *, unit="laptop", quarter=Q4, low=500, high=500, councils=5):
    PriceRelease.objects.create(
        category=category,
        unit=unit,
        quarter=quarter,
        looked=quarter,
        low=low,
        high=high,
        councils=councils,
    )


def bought_by(category, *, councils=5, **fields):
    for n in range(councils):
        make_contract(category=category, supplier=make_supplier(), yearly_value=1000 + n, **fields)


def spread_of(category):
    [one] = [
        one for one in sharing_grid(reader=EVERYBODY).categories if one.category.pk == category.pk
    ]
    return one.evidence.price_spread, [move.because for move in one.placement.moves]


@pytest.mark.usefixtures("assumed")
def test_a_released_band_moves_a_category(laptops):
    bought_by(laptops)
    assert spread_of(laptops)[0] is None

    release(laptops, low=400, high=1200)

    spread, because = spread_of(laptops)
    assert spread == 1
    assert "what councils pay for one lies far apart" in because


@pytest.mark.usefixtures("assumed")
def test_the_newest_band_of_the_most_compared_unit_counts(laptops):
    bought_by(laptops)
    release(laptops, quarter=Q3, low=400, high=1200, councils=90)
    release(laptops, low=500, high=500, councils=9)
    release(laptops, unit="licence", low=400, high=1200, councils=8)

    spread, because = spread_of(laptops)

    assert spread == 0
    assert "what councils pay for one lies close together" in because


@pytest.mark.usefixtures("assumed")
def test_a_band_that_was_taken_back_says_nothing(laptops):
    bought_by(laptops)
    release(laptops, quarter=Q3, low=400, high=1200)
    release(laptops, low=None, high=None)

    assert spread_of(laptops)[0] is None


@pytest.mark.usefixtures("assumed")
def test_a_price_moves_nothing_before_it_is_released(laptops):
    """Whoever looks daily would else learn what one council pays when its register comes in."""
    bought_by(laptops, unit="laptop", unit_price=Decimal(500), quantity=10)
    release(laptops)
    before = spread_of(laptops)

    Contract.objects.update(unit_price=Decimal(900))

    assert before[0] == 0
    assert spread_of(laptops) == before


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

    # Assumptions, thresholds, councils, units, prices, evidence and categories; nobody sees joint
    # buys.
    with django_assert_num_queries(7):
        page(client)


@pytest.mark.usefixtures("assumed")
def test_the_grid_is_downloaded_as_map_text(client, laptops):
    response = client.get(reverse("procurement:sharing_map"))

    assert "component Laptops [0.35, 0.92]" in response.content.decode()
