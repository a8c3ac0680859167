"""Open Contracting packages of the API: valid by the merged schema, paged, and telling no more."""

import json
from datetime import date

import pytest

from procurement.frameworks.releases import Stated, release
from procurement.models import Framework
from registry.exports.ocds import faults
from tests.factories import (
    make_category,
    make_contract,
    make_council,
    make_framework,
    make_withholding,
)
from tests.registry.exports import standards

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def package(client, path):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == 200, response.content
    return response, json.loads(response.content)


def test_contracts_are_a_valid_package_page_by_page(client):
    made = {str(make_contract(cpv_code="30213100").pk) for _ in range(3)}

    answer, first = package(client, "contracts/releases/?page_size=2")
    following = answer["Link"].removeprefix("<").partition(">")[0]
    second = json.loads(client.get(following).content)

    assert standards.faults(first) == standards.faults(second) == []
    assert faults(first) == faults(second) == []
    assert not client.get(following).has_header("Link")
    told = [one["contracts"][0]["id"] for page in (first, second) for one in page["releases"]]
    assert (len(told), set(told)) == (3, made)
    value = first["releases"][0]["contracts"][0]["value"]
    assert value == {"amount": 120000.00, "currency": "GBP"}


def test_process_that_councils_state_is_one_release_wherever_its_contracts_stand(client):
    council = make_council()
    for day in (1, 2):
        make_contract(council=council, ocid="ocds-h6vhtk-04f2a1", end_date=date(2028, 1, day))
    elsewhere = make_contract(ocid="ocds-h6vhtk-04f2a1", end_date=date(2028, 1, 3))

    _, whole = package(client, "contracts/releases/")
    _, narrowed = package(client, "contracts/releases/?ends_before=2028-01-02")

    assert [len(one["contracts"]) for one in whole["releases"]] == [2, 1]
    assert whole["releases"][1]["buyer"]["id"] == elsewhere.council_id
    assert narrowed["releases"] == whole["releases"][:1]


def test_withheld_facts_are_in_no_release(client):
    make_withholding(make_contract(supplier_name="A Person"))

    answer, told = package(client, "contracts/releases/")

    assert b"A Person" not in answer.content
    assert standards.faults(told) == []


def test_frameworks_are_a_valid_package(client):
    make_framework(make_category("LAP"), lots=["One", "Two"], users="Any public body")
    make_framework(
        kind=Framework.Kind.OPEN, reference="A B/1", scheme_ends=date(2032, 1, 1), note="A note"
    )
    make_framework(kind=Framework.Kind.DYNAMIC_MARKET)
    make_framework(name="Unknown", starts=None, ends=None)

    _, told = package(client, "frameworks/releases/")

    assert standards.faults(told) == []
    assert len({one["ocid"] for one in told["releases"]}) == 4
    kinds = [one["tender"]["techniques"] for one in told["releases"]]
    assert sum("hasDynamicPurchasingSystem" in one for one in kinds) == 1
    assert len([lot for one in told["releases"] for lot in one["tender"].get("lots", [])]) == 2


@pytest.mark.parametrize(
    ("starts", "ends", "status", "tender"),
    [
        (date(2027, 1, 1), None, "pending", "complete"),
        (None, date(2026, 11, 20), "active", "active"),
        (None, date(2026, 11, 19), "terminated", "complete"),
    ],
)
def test_dynamic_market_says_whether_it_runs(starts, ends, status, tender):
    stated = Stated("EX1", "A market", "An owner", True, TODAY, starts=starts, ends=ends)

    told = release(stated, prefix="ocds-000000", today=TODAY)["tender"]

    assert told["techniques"]["dynamicPurchasingSystem"]["status"] == status
    assert told["status"] == tender


@pytest.mark.parametrize("path", ["contracts", "frameworks"])
def test_packages_refuse_as_lists_do_and_keep_their_tag(client, path):
    make_framework(make_contract().category)
    answer = client.get(f"/api/v1/{path}/releases/")

    again = client.get(f"/api/v1/{path}/releases/", headers={"if-none-match": answer["ETag"]})

    assert again.status_code == 304
    assert client.get(f"/api/v1/{path}/releases/?fields=id").status_code == 400
    assert client.get(f"/api/v1/{path}/releases/?cursor=x").status_code == 404
