"""The law on an opportunity's page: from the tables of the day, as its reader is told."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from procurement.actions.joint_buys import begin_joint_buy, set_lead, set_terms
from procurement.actions.pledging import close, sign
from procurement.advice import advise, first_step
from procurement.briefing import brief
from procurement.models import Assumption, Pledge
from procurement.timetable import Way
from registry.formats import day as in_words
from registry.models import Contract
from registry.permissions import EVERYBODY
from tests.factories import (
    add_to_opportunity,
    make_administrator,
    make_buyer,
    make_category,
    make_contract,
    make_council,
    make_framework,
    make_grouping,
    make_opportunity,
    make_pledge,
    make_supplier,
    make_withholding,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture
def laptops():
    return make_category("LAP", name="Laptops and desktops")


@pytest.fixture
def opportunity(laptops, assumed):
    return opportunity_in(laptops, make_grouping())


def opportunity_in(category, grouping, regime="above threshold"):
    contracts = [
        make_contract(
            council=make_council(grouping, name=name),
            category=category,
            supplier=make_supplier(f"Seller to {name}"),
            yearly_value=Decimal(size),
            title=f"Dell laptops for {name}",
            sme=name == "Marshland",
        )
        for name, size in (("Fenwick", 60_000), ("Marshland", 20_000))
    ]
    return make_opportunity(*contracts, grouping=grouping, regime_pooled=regime)


def advice_on(opportunity, reader=EVERYBODY):
    return advise(brief(opportunity, today=TODAY, reader=reader), reader=reader)


def test_advice_has_no_dates_and_no_guesses_without_reference_data(laptops):
    assert advice_on(opportunity_in(laptops, make_grouping())) is None


def test_advice_plans_a_tender_above_the_threshold(opportunity):
    [plan] = advice_on(opportunity).plans

    assert plan.way == Way.TENDER
    assert plan.in_time
    assert {step.notice for step, _past in plan.steps} >= {"UK2", "UK3", "UK4", "UK6", "UK7"}


def test_advice_plans_a_call_off_where_a_framework_serves(opportunity, laptops):
    make_framework(laptops, starts=date(2026, 1, 1), ends=date(2029, 1, 1))

    assert [plan.way for plan in advice_on(opportunity).plans] == [Way.TENDER, Way.CALL_OFF]


@pytest.mark.usefixtures("assumed")
def test_advice_below_the_threshold_is_quotes_that_may_be_reserved(laptops):
    this = opportunity_in(laptops, make_grouping(), regime="below threshold")

    found = advice_on(this)

    assert [plan.way for plan in found.plans] == [Way.QUOTES]
    assert [one.heading for one in found.cautions] == [
        "It may be reserved",
        "Brands are named: Dell",
        "No suitability stage",
    ]


@pytest.mark.usefixtures("assumed")
def test_advice_gives_no_english_dates_in_scotland(laptops):
    this = opportunity_in(laptops, make_grouping(nation="Scotland"), regime="Scotland")

    assert advice_on(this).plans == []


def test_advice_counts_suppliers_that_could_serve_each_lot(opportunity):
    whole, by_area = advice_on(opportunity).lottings

    assert (whole.largest, whole.could_serve_largest) == (Decimal(80_000), 1)
    assert (by_area.could_serve_smallest, by_area.small_serve_smallest) == (2, 1)


def test_advice_does_not_count_a_supplier_that_is_withheld(opportunity):
    contract = Contract.objects.get(title__contains="Fenwick")
    make_withholding(contract, "supplier")

    [whole, *_rest] = advice_on(opportunity).lottings

    assert whole.could_serve_largest == 0


def test_advice_says_which_framework_ends_too_soon(opportunity, laptops):
    make_framework(laptops, name="Old Devices", starts=date(2024, 1, 1), ends=date(2026, 12, 31))

    assert "Old Devices ends first" in [one.heading for one in advice_on(opportunity).cautions]


def test_the_page_tells_the_law_at_a_cost_that_does_not_grow(
    client, opportunity, django_assert_num_queries
):
    client.force_login(make_administrator())
    for _ in range(6):
        contract = make_contract(
            council=make_council(opportunity.grouping), category=opportunity.category
        )
        add_to_opportunity(opportunity, contract)

    # As told in test_pages, and the suppliers of the category.
    with django_assert_num_queries(17):
        page = client.get(opportunity.get_absolute_url()).content.decode()

    assert "Publish the tender notice" in page
    assert "It may not be reserved" in page


# Whether the date can still be met


def pressed_on(opportunity):
    return advice_on(opportunity).pressed


def test_a_date_within_the_plans_lead_time_is_not_pressed(opportunity):
    assert pressed_on(opportunity) is None


def test_a_date_whose_notice_was_due_before_today_says_so_and_what_to_do(opportunity, laptops):
    opportunity.start_date = date(2027, 3, 1)
    opportunity.save()
    make_framework(laptops, name="Devices", starts=date(2026, 1, 1), ends=date(2029, 1, 1))
    reached = make_opportunity(
        grouping=opportunity.grouping, category=laptops, start_date=date(2027, 9, 1)
    )
    make_opportunity(grouping=opportunity.grouping, category=laptops, start_date=date(2027, 3, 10))

    found = pressed_on(opportunity)

    assert found.late
    assert found.plan.first.by < TODAY
    assert found.later == reached
    assert (found.instead.way, found.frameworks) == (Way.CALL_OFF, ["Devices"])


def test_a_date_that_leaves_no_other_way_offers_none(opportunity):
    opportunity.start_date = date(2027, 2, 1)
    opportunity.save()

    found = pressed_on(opportunity)

    assert (found.later, found.instead) == (None, None)


def test_a_law_that_takes_longer_than_the_plan_is_said_while_there_is_time(opportunity):
    Assumption.objects.filter(pk="lead_months").update(value=3)

    found = pressed_on(opportunity)

    assert not found.late
    assert found.plan.months_needed > 3


def test_the_page_warns_of_a_date_too_near(client, opportunity):
    opportunity.start_date = date(2027, 2, 1)
    opportunity.save()
    client.force_login(make_administrator())

    page = client.get(opportunity.get_absolute_url()).content.decode()

    assert "comes too late for 1 February 2027" in page
    assert "No other date of this plan can be met." in page


# A joint buy's closing date beside the law's days


@pytest.fixture
def begun(opportunity):
    return begin_joint_buy(opportunity, today=TODAY, by=None)


def test_the_first_step_of_a_joint_buy_is_that_of_its_opportunity(opportunity, begun):
    step = first_step(begun, today=TODAY)

    assert step == advice_on(opportunity).plans[0].first
    assert (step.notice, step.by < opportunity.start_date) == ("UK4", True)
    opportunity.delete()
    assert first_step(begun, today=TODAY) == step


def test_a_closing_date_after_the_last_day_for_the_tender_notice_is_warned_of(client, begun):
    last = first_step(begun, today=TODAY).by
    after = last + timedelta(days=1)
    client.force_login(make_buyer(begun.grouping))

    def told(closing):
        set_terms(begun.pk, today=TODAY, by=None, closing_date=closing)
        return " ".join(client.get(begun.get_absolute_url()).content.decode().split())

    assert (
        f"Councils can commit until {in_words(after)}, but the last day for the tender notice is "
        f"{in_words(last)} if it is to start on 1 October 2027."
    ) in told(after)
    assert "the last day for the tender notice" not in told(last)
    asked = client.get(reverse("procurement:terms", args=[begun.pk])).content.decode()
    assert f"The tender notice is due by {in_words(last)} at the latest." in asked


@pytest.mark.usefixtures("assumed")
def test_no_day_is_told_where_the_law_is_not_worked_out_here(laptops):
    scottish = opportunity_in(laptops, make_grouping(), regime="Scotland")
    this = begin_joint_buy(scottish, today=TODAY, by=None)

    assert first_step(this, today=TODAY) is None


def signed_by_all(this):
    for one in this.participants.all():
        make_pledge(this, one.council, "commits", would_lead=True)
    lead = this.participants.get(council__name="Marshland")
    set_lead(this.pk, lead.council, by=None)
    close(this.pk, by=None)
    for one in this.participants.all():
        sign(one, by=None)


def test_once_everybody_has_signed_the_next_step_is_told(client, opportunity, begun, laptops):
    make_framework(laptops, name="Great Devices", reference="GD1")
    opportunity.served_by = "GD1"
    opportunity.save()
    by = in_words(first_step(begun, today=TODAY).by)
    client.force_login(make_buyer(begun.grouping))

    def told():
        return " ".join(client.get(begun.get_absolute_url()).content.decode().split())

    assert "What comes next?" not in told()
    signed_by_all(begun)
    text = told()
    assert f"Publish the tender notice by <strong>{by}</strong>" in text
    assert "Marshland (invented) does, as the lead authority" in text
    assert ">Great Devices</a>, if every council may use it." in text
    assert f"{opportunity.get_absolute_url()}#law" in text
    assert reverse("procurement:case", args=[opportunity.pk]) in text
    opened = client.get(opportunity.get_absolute_url()).content.decode()
    assert 'id="law"' in opened
    assert 'id="routes"' in opened

    opportunity.delete()
    assert f"<strong>{by}</strong>" in told()
    assert "business-case" not in told()


def test_no_next_step_while_somebody_has_still_to_sign(client, begun):
    signed_by_all(begun)
    Pledge.objects.filter(step="signed").first().delete()
    client.force_login(make_buyer(begun.grouping))

    assert "What comes next?" not in client.get(begun.get_absolute_url()).content.decode()
