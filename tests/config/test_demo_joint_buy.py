"""The demonstration's joint buy stands part of the way up its ladder, and is begun once."""

import pytest
from django.utils import timezone

from config import demo, demo_joint_buy
from procurement.actions import load_reference
from procurement.models import JointBuy, Pledge
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
    codes = [f"X0900010{n}" for n in range(1, 7)]
    contracts = [
        make_contract(council=Council.objects.get(pk=code), category=make_category("LAP"))
        for code in codes
    ]
    grouping = Grouping.objects.get(pk=demo_joint_buy.GROUPING)
    return make_opportunity(*contracts, grouping=grouping)


def test_joint_buy_has_somebody_on_every_step_but_the_last(opportunity):
    this = demo_joint_buy.make_joint_buy()

    steps = set(Pledge.objects.of(this).standing().values_list("step", flat=True))
    assert steps == {"watching", "interested", "intends", "commits"}
    assert this.participants.filter(leads=True).count() == 1
    resolution = this.resolutions.get()
    assert len(resolution.holding) == 2
    assert len(resolution.outcomes) == 3
    this.refresh_from_db()
    assert this.open_on(demo.SAMPLE_DAY)


def test_joint_buy_is_begun_once_and_all_of_it_said_on_the_samples_day(opportunity):
    first = demo_joint_buy.make_joint_buy()

    assert demo_joint_buy.make_joint_buy() == first
    assert JointBuy.objects.count() == 1
    moments = [
        *Pledge.objects.values_list("said_at", flat=True),
        *first.minutes.values_list("written_at", flat=True),
        *first.resolutions.values_list("resolved_at", flat=True),
    ]
    assert {timezone.localdate(moment) for moment in moments} == {demo.SAMPLE_DAY}
    # In the order in which it was said: begun first, resolved last.
    assert first.minutes.first().written_at == min(moments)
    assert first.minutes.last().written_at == max(moments)


def test_without_an_opportunity_there_is_no_joint_buy(opportunity):
    opportunity.delete()

    assert demo_joint_buy.make_joint_buy() is None
