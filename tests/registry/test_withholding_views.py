"""Withholding from the public: the supplier's name, the value, or both, each for its reason."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from registry.models import Changed
from tests.factories import make_contract, make_officer, make_withholding

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(client):
    made = make_contract()
    client.force_login(make_officer(made.council))
    return made


def withhold(client, contract, **said):
    return client.post(reverse("registry:withhold", args=[contract.pk]), said)


def standing(contract):
    return dict(contract.withholdings.standing().values_list("what", "reason"))


def test_both_are_withheld_at_once_each_for_its_own_reason(client, contract):
    response = withhold(
        client,
        contract,
        what=["supplier", "value"],
        supplier_reason="sole trader",
        value_reason="commercial",
    )

    assert response.url == contract.get_absolute_url()
    assert standing(contract) == {"supplier": "sole trader", "value": "commercial"}
    contract.refresh_from_db()
    assert contract.supplier_withheld
    assert contract.value_withheld


def test_totals_are_worked_out_again_at_once(
    client, contract, monkeypatch, django_capture_on_commit_callbacks
):
    marked = []
    monkeypatch.setattr(
        "registry.jobs.current_app.send_task",
        lambda task: marked.append(
            (task, Changed.objects.filter(council=contract.council).count())
        ),
    )

    with django_capture_on_commit_callbacks(execute=True):
        withhold(client, contract, what="value", value_reason="commercial")

    assert marked == [("procurement.tasks.rebuild_changed", 1)]
    assert import_string(settings.REBUILD_CHANGED)


def test_one_alone_is_withheld_whatever_stands_under_the_other(client, contract):
    withhold(client, contract, what="value", supplier_reason="security", value_reason="commercial")

    assert standing(contract) == {"value": "commercial"}


def test_what_has_no_reason_is_asked_for_and_nothing_is_withheld(client, contract):
    response = withhold(client, contract, what=["supplier", "value"], supplier_reason="sole trader")

    page = response.content.decode()
    assert '<a href="#id_value_reason_0">Choose why the value is withheld</a>' in page
    assert standing(contract) == {}


def test_a_reason_is_changed_without_touching_the_other(client, contract):
    make_withholding(contract, "supplier", "sole trader")
    make_withholding(contract, "value", "commercial")

    withhold(client, contract, what="value", value_reason="security")

    assert standing(contract) == {"supplier": "sole trader", "value": "security"}
