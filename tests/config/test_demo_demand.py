"""The demonstration's intentions show in a snapshot that is released, and are made once."""

import pytest

from config import demo, demo_demand
from procurement.actions import load_reference
from procurement.models import Engagement, IntendedDemand, JointBuy
from registry.actions import load_reference as load_registry
from registry.models import Council, Grouping
from tests.factories import make_category, make_contract, make_opportunity

pytestmark = pytest.mark.django_db


@pytest.fixture
def opportunity(settings):
    settings.TODAY = demo.SAMPLE_DAY
    load_registry()
    load_reference()
    demo.load_councils()
    contracts = [
        make_contract(
            council=Council.objects.get(pk=f"X0900010{n}"),
            category=make_category(demo_demand.CATEGORY),
        )
        for n in range(1, 6)
    ]
    return make_opportunity(*contracts, grouping=Grouping.objects.get(pk=demo_demand.GROUPING))


def test_demand_is_shown_on_the_samples_day_and_made_once(opportunity):
    demo_demand.make_demand()
    demo_demand.make_demand()

    [shown] = IntendedDemand.objects.released_by(demo.SAMPLE_DAY)
    assert (shown.low, shown.below) == (2000, 5000)
    assert JointBuy.objects.count() == Engagement.objects.count() == 1


def test_without_an_opportunity_there_is_nothing_to_show(opportunity):
    opportunity.delete()

    demo_demand.make_demand()

    assert not IntendedDemand.objects.exists()
