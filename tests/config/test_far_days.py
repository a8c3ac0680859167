"""Pages of contracts whose days stand at the edges of the calendar.

The importer reads such days as none, but other ways lead into a database.
"""

from datetime import date

import pytest

from procurement.actions import load_reference as load_procurement
from procurement.actions import rebuild_opportunities
from registry.actions import load_reference as load_registry
from registry.models import CalendarFeed, Contract, Grouping
from social_value.actions import load_reference as load_social_value
from social_value.actions import read_all, rebuild_pools
from tests.factories import (
    TODAY,
    make_administrator,
    make_category,
    make_contract,
    make_council,
    make_opportunity,
)

pytestmark = pytest.mark.django_db

FIRST, LAST = date.min, date.max
TERMS = {
    "ends on the last day": {"end_date": LAST},
    "begins on it": {"start_date": LAST, "end_date": LAST},
    "whole options after it": {"end_date": LAST, "extension": "2 x 12 months"},
    "options up to a length after it": {"end_date": LAST, "extension": "up to 24 months"},
    "latest end on it": {"end_date": date(2030, 3, 31), "latest_end_date": LAST},
    "a break on it": {"end_date": LAST, "break_clause": "6 months notice after 99 years"},
    "rolls from it": {"start_date": LAST, "end_date": None, "rolling": True},
    "all of time": {"start_date": FIRST, "end_date": LAST, "notice_period": "6 months"},
    "ended on the first day": {"start_date": FIRST, "end_date": FIRST, "notice_period": "6 months"},
    "to be looked at on the last": {"review_date": LAST},
}
OF_A_CONTRACT = ("", "history/", "record/", "social-value/", "withhold/")
OF_A_COUNCIL = (
    *("", "transparency.csv", "ocds.json", "workbook.xlsx", "handover.xlsx", "calendar/"),
    *("together/", "social-value/", "social-value/progress/", "social-value/reminders/"),
)
OF_AN_OPPORTUNITY = ("", "asks.csv", "business-case/", "lines.xlsx", "social-value/")
LISTS = ("", "opportunities/", "coming/", "demand/", "pools/", "api/v1/contracts/")


@pytest.fixture
def region():
    load_registry()
    load_procurement()
    load_social_value()
    return Grouping.objects.get(pk="E12000009")


@pytest.mark.parametrize("terms", TERMS.values(), ids=TERMS.keys())
def test_days_at_the_edges_of_the_calendar_have_their_pages(terms, region, client):
    admin = make_administrator()
    client.force_login(admin)
    laptops = make_category("LAP")
    one, other = (
        make_contract(
            council=make_council(region),
            category=laptops,
            social_value="13 apprenticeship weeks a year",
        )
        for _ in range(2)
    )
    opportunity = make_opportunity(one, other, grouping=region)
    until = terms.get("end_date", one.end_date)
    last = terms.get("latest_end_date", until)
    worked_out = {"earliest_exit": until, "latest_permitted_end": last}
    Contract.objects.filter(pk=one.pk).update(**terms, **worked_out)
    feed = CalendarFeed.objects.create(council=one.council, made_by=admin)
    read_all()
    rebuild_pools(today=TODAY)

    for address in (
        *(f"/{rest}" for rest in LISTS),
        *(f"/contracts/{one.pk}/{rest}" for rest in OF_A_CONTRACT),
        *(f"/councils/{one.council_id}/{rest}" for rest in OF_A_COUNCIL),
        *(f"/opportunities/{opportunity.pk}/{rest}" for rest in OF_AN_OPPORTUNITY),
        f"/suppliers/{one.supplier_id}/",
        f"/categories/{laptops.pk}/",
        f"/api/v1/opportunities/{opportunity.pk}/",
        f"/api/v1/contracts/{one.pk}/",
        feed.get_absolute_url(),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.getvalue(), address
    rebuild_opportunities(today=TODAY)


def test_a_contract_that_never_ends_joins_nothing(client):
    client.force_login(make_administrator())
    opportunity = make_opportunity()
    never, joins = opportunity.contract_ids
    Contract.objects.filter(pk=never).update(end_date=LAST, latest_permitted_end=LAST)

    answer = client.get(f"/api/v1/opportunities/{opportunity.pk}/").json()

    assert [one["contract"] for one in answer["members"]] == [str(joins)]
