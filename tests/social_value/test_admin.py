"""Administrators post needs, and the table keeps who approved each and when."""

import pytest
from django.urls import reverse

from social_value.models import Need
from tests.factories import make_council, make_user
from tests.social_value.factories import make_measure, make_need

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def posted(**fields):
    return {
        "council": make_council().pk,
        "organisation": "Testham Youth Club",
        "title": "An apprentice for the workshop",
        "measure": make_measure().pk,
        "amount": "20",
        "wanted_from": "2027-01-01",
        "wanted_by": "2027-12-31",
        "state": "proposed",
    } | fields


def test_a_need_waits_until_it_is_approved(client, admin):
    client.post(reverse("admin:social_value_need_add"), posted())

    need = Need.objects.get()
    assert (need.state, need.entered_by, need.decided_at) == ("proposed", admin, None)


def test_approving_a_need_keeps_who_and_when(client, admin):
    need = make_need(state="proposed", decided_at=None)

    client.post(
        reverse("admin:social_value_need_change", args=[need.pk]),
        posted(council=need.council_id, state="approved"),
    )

    need.refresh_from_db()
    assert need.state == "approved"
    assert need.decided_by == admin
    assert need.decided_at


@pytest.mark.parametrize("table", ["measure", "need", "pool", "agreedpool"])
def test_tables_open(client, admin, table):
    make_need()

    assert client.get(reverse(f"admin:social_value_{table}_changelist")).status_code == 200
