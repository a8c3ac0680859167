"""Councils about to be replaced, on an opportunity's page."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from procurement.actions.joint_buys import begin_joint_buy, set_lead
from procurement.actions.pledging import close
from procurement.briefing import brief
from procurement.merging import leads_replaced, replaced_councils
from procurement.models import Opportunity
from registry.actions.handing import decide_handover
from registry.models import Contract, Succession
from registry.permissions import EVERYBODY, Powers
from tests.factories import (
    make_assumption,
    make_buyer,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_officer,
    make_opportunity,
    make_pledge,
    make_succession,
    make_threshold,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture
def rules():
    for code, value in (
        ("lead_months", 6),
        ("mobilisation_months", 2),
        ("replacement_term_months", 48),
        ("vat_percent", 20),
    ):
        make_assumption(code, value)
    for code, amount in (("revenue", 100_000), ("capital", 1_000_000)):
        make_threshold(
            code=f"reorganisation_consent_{code}", amount=Decimal(amount), applies_to=None
        )


@pytest.fixture
def grouping():
    return make_grouping()


@pytest.fixture
def successor():
    return make_council(name="East Fenshire", created=date(2028, 4, 1))


@pytest.fixture
def opportunity(grouping, successor):
    laptops = make_category("LAP")
    contracts = [
        make_contract(
            council=make_council(grouping, name=name), category=laptops, yearly_value=Decimal(size)
        )
        for name, size in (("Fenwick", 10_000), ("Marshland", 50_000))
    ]
    make_succession(contracts[0].council, successor)
    return make_opportunity(*contracts, grouping=grouping)


def replaced(opportunity, reader=EVERYBODY):
    return replaced_councils(brief(opportunity, today=TODAY, reader=reader), reader=reader)


@pytest.mark.usefixtures("rules")
def test_a_council_about_to_be_replaced_is_told_with_its_consent(opportunity):
    [one] = replaced(opportunity)

    assert (one.council.name, one.vesting) == ("Fenwick", date(2028, 4, 1))
    # Four years at £10,000 and the contract of today, whose total is £120,000.
    assert one.consent.added == Decimal(160_000)
    assert one.consent.needed


@pytest.mark.usefixtures("rules")
def test_a_contract_that_states_a_year_alone_counts_for_all_its_years(opportunity):
    Contract.objects.update(
        total_value=None, start_date=date(2024, 4, 1), end_date=date(2027, 3, 31)
    )

    [one] = replaced(opportunity)

    # Four years at £10,000, and three of the contract of today.
    assert one.consent.added == Decimal(70_000)


@pytest.mark.usefixtures("rules")
def test_an_amount_in_another_currency_adds_nothing_to_what_needs_consent(opportunity):
    Contract.objects.update(currency="USD", yearly_value=None)

    [one] = replaced(opportunity)

    assert one.consent.added == 0


@pytest.mark.usefixtures("rules")
def test_councils_that_are_replaced_already_are_not_told(opportunity):
    Succession.objects.update(vesting_date=TODAY)

    assert replaced(opportunity) == []


def test_consent_is_not_judged_without_limits(opportunity):
    [one] = replaced(opportunity)

    assert one.consent is None


@pytest.mark.usefixtures("rules")
def test_what_becomes_of_a_contract_is_told_to_its_officers_alone(opportunity, successor):
    [one] = replaced(opportunity)
    contract = one.joining[0][0].contract
    decide_handover(contract, outcome="novate", successor=successor, by=None)

    [own] = replaced(opportunity, reader=Powers(councils=frozenset({contract.council_id})))
    [public] = replaced(opportunity)

    assert own.joining[0][1].outcome == "novate"
    assert public.joining[0][1] is None


def test_councils_about_to_merge_come_first_in_lists():
    laptops = make_category("LAP")
    large = make_opportunity(category=laptops, saving_mid=Decimal(9000), saving_high=Decimal(9000))
    merging = make_opportunity(category=laptops, grouping=make_grouping(kind="successor"))

    assert list(Opportunity.objects.best_first()) == [merging, large]


# Joint buys


@pytest.fixture
def begun(opportunity):
    return begin_joint_buy(opportunity, today=TODAY, by=None)


def page(client, person, name, this):
    client.force_login(person)
    response = client.get(reverse(f"procurement:{name}", args=[this.pk]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


REPLACED = (
    "Fenwick is replaced by East Fenshire on 1 April 2028. With the usual term this purchase runs "
    "to 1 October 2031, so it cannot lead it to the end"
)


@pytest.mark.usefixtures("rules")
def test_a_lead_that_is_replaced_before_the_term_ends_is_warned_of(client, begun, grouping):
    fenwick, marshland = begun.participants.order_by("council__name")
    buyer = make_buyer(grouping)
    for one in (fenwick, marshland):
        make_pledge(begun, one.council, "commits", would_lead=True)

    chosen_from = page(client, buyer, "lead", begun)
    assert chosen_from.count(REPLACED) == 1
    assert "Marshland is replaced" not in chosen_from
    set_lead(begun.pk, fenwick.council, by=None)
    assert REPLACED in page(client, buyer, "joint_buy", begun)
    set_lead(begun.pk, marshland.council, by=None)
    assert "is replaced by" not in page(client, buyer, "joint_buy", begun)


@pytest.mark.usefixtures("rules")
def test_a_lead_that_is_replaced_after_the_term_is_not_warned_of(begun):
    [fenwick] = begun.participants.filter(council__name="Fenwick")

    def warned():
        return leads_replaced(begun, [fenwick.council_id], today=TODAY)

    Succession.objects.update(vesting_date=date(2031, 10, 1))
    assert len(warned()) == 1
    Succession.objects.update(vesting_date=date(2031, 10, 2))
    assert warned() == []


@pytest.mark.usefixtures("rules")
def test_consent_is_reminded_of_where_a_council_commits_and_signs(client, begun):
    needs = "If a section 24 direction names Fenwick, it needs written consent before it signs."
    fenwick, marshland = [one.council for one in begun.participants.order_by("council__name")]
    asked = {}
    for council in (fenwick, marshland):
        officer = make_officer(council)
        client.force_login(officer)
        client.post(
            reverse("procurement:move", args=[begun.pk]), {"council": council.pk, "step": "commits"}
        )
        asked[council.name] = client.get(
            reverse("procurement:pledge_conditions", args=[begun.pk])
        ).content.decode()
        make_pledge(begun, council, "commits", would_lead=True)
    set_lead(begun.pk, marshland, by=None)
    close(begun.pk, by=None)

    assert needs in asked["Fenwick"]
    assert "section 24" not in asked["Marshland"]
    assert needs in page(client, make_officer(fenwick), "sign", begun)
    assert "section 24" not in page(client, make_officer(marshland), "sign", begun)
