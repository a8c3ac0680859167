"""The pages on which an officer says what a contract is, and whose a name is."""

from datetime import timedelta

import pytest
from celery import current_app
from django.utils import timezone

from registry.actions.deciding import category_decision
from registry.jobs import sweep
from registry.models import Job
from registry.tasks import place_again
from tests.factories import (
    make_category,
    make_contract,
    make_officer,
    make_source,
    make_statement,
    make_supplier,
    make_withholding,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(client):
    contract = make_contract(title="Grass cutting")
    client.force_login(make_officer(contract.council))
    return contract


@pytest.fixture
def rung(monkeypatch):
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: sent.append((name, args)))
    return sent


def page(client, contract, part=""):
    return client.get(f"{contract.get_absolute_url()}{part}").content.decode()


def test_a_category_is_chosen_and_taken_back(
    client, contract, rung, django_capture_on_commit_callbacks
):
    make_category("GRS", name="Grass")
    assert "Which category is" in page(client, contract, "category/")

    client.post(f"{contract.get_absolute_url()}category/", {"category": "GRS"})

    shown = page(client, contract)
    decision = category_decision(contract)
    assert "somebody of the council decided so on" in shown
    assert "Take it back" in shown
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{contract.get_absolute_url()}withdraw/", {"what": "category"})
    assert category_decision(contract) is None
    decision.refresh_from_db()
    assert rung == [("registry.tasks.place_again", [decision.job_id])]


def test_judging_again_outlives_a_lost_message(
    client, contract, rung, django_capture_on_commit_callbacks
):
    client.post(
        f"{contract.get_absolute_url()}category/",
        {"category": make_category("GRS", name="Grass").pk},
    )
    first = Job.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{contract.get_absolute_url()}withdraw/", {"what": "category"})
    place_again(first.pk)  # leaves the work to the one that followed
    Job.objects.update(rung_at=timezone.now() - timedelta(hours=1))
    rung.clear()

    sweep()

    [(task, [job])] = rung
    assert task == "registry.tasks.place_again"
    place_again(job)
    place_again(job)  # a message that comes twice does no harm
    contract.refresh_from_db()
    assert "somebody of the council" not in contract.category_because
    assert Job.objects.get(pk=job).state == Job.State.DONE


def test_a_category_is_asked_for_when_none_is_chosen(client, contract):
    response = client.post(f"{contract.get_absolute_url()}category/", {"category": ""})

    assert "Choose a category." in response.content.decode()


def test_a_supplier_is_searched_for_chosen_and_taken_back(client, contract):
    before, right = contract.supplier, make_supplier("Verdant Holdings plc")
    assert "Verdant Holdings plc" in page(client, contract, "supplier/?q=verdant")
    assert "No other supplier is called" in page(client, contract, "supplier/?q=nobody+such")

    client.post(f"{contract.get_absolute_url()}supplier/", {"supplier": right.pk})
    contract.refresh_from_db()
    assert contract.supplier == right

    client.post(f"{contract.get_absolute_url()}withdraw/", {"what": "supplier"})
    contract.refresh_from_db()
    assert contract.supplier.name == before.name


def test_a_supplier_known_from_another_councils_withheld_contract_is_not_offered(client, contract):
    hidden = make_contract(supplier=make_supplier("Verdant Holdings plc")).supplier
    assert "Verdant Holdings plc" in page(client, contract, "supplier/?q=verdant")

    make_withholding(hidden.contracts.get())

    assert "Verdant Holdings plc" not in page(client, contract, "supplier/?q=verdant")
    chosen = client.post(f"{contract.get_absolute_url()}supplier/", {"supplier": hidden.pk})
    assert chosen.status_code == 404


def test_a_supplier_that_was_merged_is_not_offered(client, contract):
    survivor = make_contract(supplier=make_supplier("Verdant Holdings plc")).supplier
    merged = make_supplier("Verdant Ltd", merged_into=survivor)

    assert "Verdant Ltd" not in page(client, contract, "supplier/?q=verdant")
    chosen = client.post(f"{contract.get_absolute_url()}supplier/", {"supplier": merged.pk})
    assert chosen.status_code == 404


@pytest.mark.parametrize("supplier", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_a_supplier_that_does_not_exist_is_not_chosen(client, contract, supplier):
    response = client.post(f"{contract.get_absolute_url()}supplier/", {"supplier": supplier})

    assert response.status_code == 404


def test_columns_nobody_needs_are_shown_to_the_council_alone(client, contract):
    source = make_source(council=contract.council)
    make_statement(contract=contract, source=source, extra={"Colour of folder": "Cerise"})

    assert "Cerise" in page(client, contract)
    client.force_login(make_officer())
    assert "Cerise" not in page(client, contract)
    client.logout()
    assert "Cerise" not in page(client, contract)
