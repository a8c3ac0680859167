"""A contract typed in: that it is rolling, and what files then say."""

import pytest
from django.urls import reverse

from imports import actions
from registry.models import Contract, Source
from registry.testimony import disputed
from tests.factories import make_job
from tests.imports.registers import ROWS, write_register
from tests.imports.test_actions import receive

pytestmark = pytest.mark.django_db

TICK = "It goes on until somebody ends it (rolling)"
ENDS = {"end_date_0": "31", "end_date_1": "3", "end_date_2": "2027"}


def add(client, council, **typed):
    return client.post(reverse("imports:add_contract", args=[council.pk]), typed)


def edit(client, contract, **typed):
    answer = client.post(reverse("imports:edit_contract", args=[contract.pk]), typed)
    contract.refresh_from_db()
    return answer


@pytest.fixture
def rolling(client, council, officer):
    add(client, council, title="Milk", rolling="on", notice_period="3 months")
    return Contract.objects.get()


def test_a_contract_added_as_rolling_is(client, rolling):
    assert (rolling.rolling, rolling.end_date) == (True, None)
    assert "It runs until one side gives notice" in client.get(rolling.get_absolute_url()).text


def test_the_end_offers_it_and_remembers_it(client, council, officer, rolling):
    assert TICK in client.get(reverse("imports:add_contract", args=[council.pk])).text
    page = client.get(reverse("imports:edit_contract", args=[rolling.pk])).text

    tick = page[: page.index(TICK)].rpartition("<input")[2]
    assert 'type="checkbox"' in tick
    assert "checked" in tick
    assert page.index("End date") < page.index(TICK) < page.index("Extension options")


def test_an_end_and_rolling_are_not_both(client, council, officer):
    answer = add(client, council, title="Milk", rolling="on", **ENDS)

    assert "It cannot both end on a day and be rolling." in answer.text
    assert not Contract.objects.exists()


def test_what_is_neither_rolling_nor_ends_says_nothing_of_either(client, council, officer):
    add(client, council, title="Milk")

    assert not Contract.objects.get().rolling
    assert Source.objects.get().columns.keys() == {"title"}


def test_rolling_is_taken_out_and_an_end_given_by_hand(client, rolling):
    edit(client, rolling, title="Milk", notice_period="3 months", **ENDS)

    assert not rolling.rolling
    assert rolling.end_date.isoformat() == "2027-03-31"


def test_correcting_something_else_leaves_it_rolling(client, rolling):
    edit(client, rolling, title="Milk and eggs", notice_period="3 months", rolling="on")

    assert (rolling.title, rolling.rolling) == ("Milk and eggs", True)
    assert Source.objects.get(event="edited").columns.keys() == {"title"}


def test_a_files_end_does_not_outrank_that_a_person_said_it_is_rolling(
    client, council, officer, tmp_path
):
    path = write_register(tmp_path, *ROWS)
    apply(path, council, officer)
    contract = Contract.objects.get(reference="C-1")
    edit(client, contract, title=contract.title, reference="C-1", rolling="on")
    assert (contract.rolling, contract.end_date) == (True, None)

    apply(path, council, officer)

    contract.refresh_from_db()
    assert (contract.rolling, contract.end_date) == (True, None)
    assert "end_date" in [one.field for one in disputed(council.pk)[contract.pk]]


def apply(path, council, officer):
    upload = receive(path, council)
    actions.read_upload(upload, make_job(asked_by=officer))
    actions.apply_upload(upload, make_job(asked_by=officer))
