"""What joint buys saved, as finance verified it: recorded beside the forecast, shown together."""

from decimal import Decimal

import pytest
from django.urls import reverse

from procurement.models import JointBuyMember, RealisedSaving
from tests.factories import (
    TODAY,
    make_category,
    make_contract,
    make_council,
    make_grouping,
    make_joint_buy,
    make_officer,
    make_pledge,
)

pytestmark = pytest.mark.django_db
SAVINGS = reverse("procurement:savings")


@pytest.fixture
def category():
    return make_category("LAP", name="Laptops of all kinds")


@pytest.fixture
def councils():
    grouping = make_grouping()
    return [make_council(grouping) for _ in range(6)]


@pytest.fixture
def signed(category, councils):
    """Six councils with a sixth each, which is £800 of the most likely £4,800."""
    joint_buy = make_joint_buy(*councils, category=category, annual_value=Decimal(240_000))
    for council in councils:
        contract = make_contract(council=council, category=category)
        JointBuyMember.objects.create(
            joint_buy=joint_buy, contract=contract, council=council, action="nothing",
            annual_value=Decimal(40_000),
        )  # fmt: skip
        make_pledge(joint_buy, council, "signed")
    return joint_buy


def page_of(joint_buy):
    return reverse("procurement:realised", args=[joint_buy.pk])


def tell(client, joint_buy, council, amount="900", day=TODAY, **fields):
    client.force_login(make_officer(council))
    facts = {
        "council": council.pk,
        "amount": amount,
        "verified_by": "Chief accountant",
        "verified_on_0": day.day,
        "verified_on_1": day.month,
        "verified_on_2": day.year,
    } | fields
    return client.post(page_of(joint_buy), facts)


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_officer_records_a_saving_beside_its_forecast(client, signed, councils):
    before = tell(client, signed, councils[0], "£12,500.50", note="Fewer bought than before")

    assert before.status_code == 302
    text = read(client, page_of(signed))
    assert "£300 to £1,600, most likely £800" in text
    assert "£12,500.50" in text
    assert "Verified by Chief accountant on 20 November 2026" in text
    kept = RealisedSaving.objects.get()
    assert (kept.council, kept.note) == (councils[0], "Fewer bought than before")
    assert kept.recorded_by is not None


def test_recording_again_stands_in_place_of_what_was_told(client, signed, councils):
    tell(client, signed, councils[0], "900")
    tell(client, signed, councils[0], "-150")

    assert RealisedSaving.objects.count() == 2
    assert RealisedSaving.objects.standing().get().amount == Decimal(-150)
    assert "−£150" in read(client, page_of(signed))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"amount": ""}, "Give the amount."),
        ({"amount": "lots"}, "Give an amount in pounds"),
        ({"verified_by": ""}, "Give the post of who verified it."),
        ({"verified_on_2": 2027}, "Give a day from 20 November 2026"),
        ({"verified_on_0": ""}, "This is not a date."),
    ],
)
def test_slips_are_said_and_nothing_is_recorded(client, signed, councils, fields, said):
    response = tell(client, signed, councils[0], **fields)

    assert said in response.content.decode()
    assert not RealisedSaving.objects.exists()


def test_officer_of_several_councils_says_for_which(client, signed, councils):
    client.force_login(make_officer(*councils[:2]))
    facts = {"amount": "900", "verified_by": "Chief accountant"}
    facts |= {"verified_on_0": "20", "verified_on_1": "11", "verified_on_2": "2026"}

    without = client.post(page_of(signed), facts).content.decode()
    client.post(page_of(signed), facts | {"council": councils[5].pk})
    client.post(page_of(signed), facts | {"council": councils[1].pk})

    assert "Choose the council." in without
    assert RealisedSaving.objects.get().council == councils[1]


def test_council_that_did_not_sign_tells_nothing(client, signed, category, councils):
    make_pledge(signed, councils[0], "withdrawn")

    assert tell(client, signed, councils[0]).status_code == 403


def test_officer_sees_no_other_councils_saving(client, signed, councils):
    tell(client, signed, councils[0], "98765")
    client.force_login(make_officer(councils[1]))

    text = read(client, page_of(signed))

    assert "98,765" not in text
    assert "Not recorded yet" in text


def test_savings_page_leads_officers_to_what_they_signed(client, signed, councils):
    client.force_login(make_officer(councils[0]))

    assert page_of(signed) in read(client, SAVINGS)
    client.logout()
    assert page_of(signed) not in read(client, SAVINGS)


def test_joint_buy_leads_those_who_signed_to_what_it_saves(client, signed, councils):
    make_pledge(signed, councils[1], "withdrawn")

    for council, leads in ((councils[0], True), (councils[1], False)):
        client.force_login(make_officer(council))
        assert (page_of(signed) in read(client, signed.get_absolute_url())) is leads


def test_track_record_is_shown_from_five_councils_on_and_counts_in_fives(client, signed, councils):
    for council in councils[:4]:
        tell(client, signed, council, "800")
    client.logout()
    assert "No category has been told of by 5 councils yet." in read(client, SAVINGS)

    tell(client, signed, councils[4], "1700")
    client.logout()
    of_five = read(client, SAVINGS)
    tell(client, signed, councils[5], "99000")
    client.logout()

    assert "4 of 5 councils" in of_five
    assert "about 125 per cent" in of_five
    assert read(client, SAVINGS) == of_five


def test_track_record_takes_the_same_queries_however_many(
    client, signed, councils, django_assert_num_queries
):
    for council in councils:
        tell(client, signed, council)
    client.logout()

    # Assumptions, priors, what was told, the councils' parts.
    with django_assert_num_queries(4):
        read(client, SAVINGS)
