"""What becomes of a contract when its council is replaced: decided, changed, taken back, told."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from registry.actions.handing import decide_handover, take_back_handover
from registry.extracts import published, with_handovers
from registry.models import HandoverDecision
from tests.factories import make_contract, make_council, make_officer, make_succession

pytestmark = pytest.mark.django_db


@pytest.fixture
def successor():
    return make_council(name="East Fenshire")


@pytest.fixture
def contract(successor):
    contract = make_contract()
    make_succession(contract.council, successor)
    return contract


@pytest.fixture
def officer(client, contract):
    user = make_officer(contract.council)
    client.force_login(user)
    return user


def test_one_decision_stands_and_the_earlier_stays_on_record(contract, successor):
    for outcome in ("transfer", "host", "host"):
        decide_handover(contract, outcome=outcome, successor=successor, by=None)

    assert [one.outcome for one in HandoverDecision.objects.standing()] == ["host"]
    assert HandoverDecision.objects.count() == 2


def test_two_decisions_cannot_stand(contract, successor):
    HandoverDecision.objects.create(contract=contract, outcome="host", successor=successor)

    with pytest.raises(IntegrityError):
        HandoverDecision.objects.create(contract=contract, outcome="novate", successor=successor)


def test_taken_back_nothing_stands(contract, successor):
    decide_handover(contract, outcome="host", successor=successor, by=None)

    take_back_handover(contract)

    assert not HandoverDecision.objects.standing()
    assert HandoverDecision.objects.count() == 1


def test_the_schedule_tells_it_and_what_is_published_does_not(contract, successor):
    decide_handover(contract, outcome="host", successor=successor, by=None)

    [own] = with_handovers(contract.council)
    [public] = published(contract.council)

    assert (own.handover.outcome, own.handover.successor) == ("host", "East Fenshire")
    assert public.handover is None


def test_an_officer_says_what_becomes_of_it(client, officer, contract, successor):
    address = reverse("registry:handing", args=[contract.pk])

    response = client.post(address, {"outcome": "transfer", "successor": successor.pk}, follow=True)

    assert "Successor: East Fenshire" in response.content.decode()
    assert HandoverDecision.objects.standing().get().decided_by == officer


@pytest.mark.usefixtures("officer")
def test_a_council_that_does_not_take_over_is_refused(client, contract):
    stranger = make_council()

    response = client.post(
        reverse("registry:handing", args=[contract.pk]),
        {"outcome": "transfer", "successor": stranger.pk},
    )

    assert response.context["form"].errors.keys() == {"successor"}
    assert not HandoverDecision.objects.exists()


def test_a_council_that_nobody_replaces_has_no_such_page(client):
    contract = make_contract()
    client.force_login(make_officer(contract.council))

    assert client.get(reverse("registry:handing", args=[contract.pk])).status_code == 404
    assert "On vesting day" not in client.get(contract.get_absolute_url()).content.decode()
