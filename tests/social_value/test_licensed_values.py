"""A value a council holds a licence for is its own: nobody else is given it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from registry.permissions import powers_of
from social_value.models import LicensedValue
from tests.factories import (
    make_administrator,
    make_buyer,
    make_contract,
    make_council,
    make_officer,
)
from tests.social_value.factories import (
    make_commitment,
    make_licensed_value,
    make_measure,
    make_pool,
)


@pytest.mark.django_db
def test_a_licensed_value_is_seen_by_its_council_alone():
    council = make_council()
    value = make_licensed_value(council=council)

    def seen(user):
        return list(LicensedValue.objects.seen_by(powers_of(user)))

    assert seen(make_officer(council)) == [value]
    for other in (make_officer(), make_buyer(), make_administrator()):
        assert seen(other) == []


@pytest.fixture
def council(db):
    make_measure()
    return make_council()


def said(**fields):
    return {
        "measure": "apprenticeship_weeks",
        "pounds": "£1,250.50",
        "source": "Invented values, licence 7",
        "year": "2026",
    } | fields


def address(council):
    return reverse("social_value:licensed_values", args=[council.pk])


def test_an_officer_keys_in_a_value_and_sees_what_its_promises_come_to(client, council):
    make_commitment(contract=make_contract(council=council), quantity=Decimal("2.5"))
    make_commitment(quantity=Decimal(1000))  # of another council
    client.force_login(make_officer(council))

    text = client.post(address(council), said(), follow=True).content.decode()

    assert "£3,126.25" in text
    assert "Invented values, licence 7" in text


def test_a_value_keyed_in_again_is_put_right_and_can_be_taken_off(client, council):
    client.force_login(make_officer(council))
    for pounds in ("10", "20"):
        client.post(address(council), said(pounds=pounds))
    value = LicensedValue.objects.get()
    assert value.pounds == 20

    client.post(address(council), {"remove": value.pk})

    assert not LicensedValue.objects.exists()


def test_nobody_takes_off_another_councils_value(client, council):
    value = make_licensed_value()
    client.force_login(make_officer(council))

    client.post(address(council), {"remove": value.pk})

    assert LicensedValue.objects.exists()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"pounds": "some"}, "Give pounds in figures"),
        ({"pounds": "-1"}, "nothing or more"),
        ({"source": ""}, "Say whose values they are"),
        ({"year": "2027"}, "still to come"),
        ({"year": "1066"}, "from 1990 on"),
        ({"measure": "donation_gbp"}, "This is not in the list"),
    ],
)
def test_what_cannot_be_keyed_in_is_said(client, council, fields, says):
    client.force_login(make_officer(council))

    assert says in client.post(address(council), said(**fields)).content.decode()
    assert not LicensedValue.objects.exists()


def test_a_licensed_value_is_on_no_page_but_its_own(client, council):
    contract = make_contract(council=council)
    commitment = make_commitment(contract=contract)
    make_licensed_value(council=council, source="Quillfeather", pounds=Decimal("98765.43"))
    pages = [
        council.get_absolute_url(),
        contract.get_absolute_url(),
        reverse("social_value:council", args=[council.pk]),
        reverse("social_value:pools"),
        reverse("social_value:pool", args=[make_pool(commitment).pk]),
        reverse("registry:transparency", args=[council.pk]),
        reverse("registry:ocds", args=[council.pk]),
        *(f"/api/v1/{one}/" for one in ("contracts", "councils", "needs", "opportunities")),
    ]
    people = [None, make_officer(council), make_officer(), make_buyer(), make_administrator()]

    told = set()
    for person in people:
        client.logout()
        if person:
            client.force_login(person)
        for page in pages:
            text = client.get(page).getvalue().decode()
            told |= {page for secret in ("Quillfeather", "98,765", "98765") if secret in text}

    assert told == set()
