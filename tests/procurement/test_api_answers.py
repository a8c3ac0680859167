"""What an answer holds: fields chosen, the whole list as CSV, and nothing where one has it."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils.http import http_date

from procurement import pagination
from procurement.models import Framework
from registry.models import Contract
from tests.factories import (
    NOW,
    make_category,
    make_contract,
    make_council,
    make_framework,
    make_opportunity,
    make_supplier,
    make_withholding,
)

pytestmark = pytest.mark.django_db
LISTS = (
    *("councils", "groupings", "categories", "suppliers"),
    *("contracts", "opportunities", "frameworks"),
)


def get(client, path, status=200, **headers):
    response = client.get(f"/api/v1/{path}", headers=headers)
    assert response.status_code == status, response.content
    return response


# Answers one has already


@pytest.mark.parametrize("many", LISTS)
def test_answer_one_has_is_not_sent_again(client, many):
    make_framework(make_opportunity().category)
    tag = get(client, f"{many}/")["ETag"]
    one = get(client, f"{many}/").json()["results"][0]["url"].partition("/api/v1/")[2]

    again = get(client, f"{many}/", 304, if_none_match=f'"other", {tag}')

    assert (again["ETag"], again.content) == (tag, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    assert get(client, one, 304, if_none_match=f"W/{get(client, one)['ETag']}").content == b""


def test_answer_that_changed_is_sent(client):
    contract = make_contract()
    tag = get(client, "contracts/")["ETag"]

    Contract.objects.update(title="Another title")
    changed = get(client, "contracts/", if_none_match=tag)
    make_withholding(contract)

    assert get(client, "contracts/", if_none_match=changed["ETag"])["ETag"] != tag
    assert get(client, "contracts/?fields=id")["ETag"] != changed["ETag"]


def test_list_is_not_called_unchanged_by_date(client):
    make_contract()

    for address in ("contracts/", "suppliers/", "frameworks/"):
        assert not get(client, address).has_header("Last-Modified")
        get(client, address, if_modified_since=http_date(NOW.timestamp() + 10**6))


@pytest.mark.parametrize(
    ("later", "status"), [(-1, 200), (0, 304), (3600, 304), (None, 200)], ids=str
)
def test_contract_unchanged_since_a_date_is_not_sent(client, later, status):
    contract = make_contract(changed_at=NOW)
    since = "once upon a time" if later is None else http_date(NOW.timestamp() + later)

    told = get(client, f"contracts/{contract.pk}/", status, if_modified_since=since)

    assert told["Last-Modified"] == http_date(NOW.timestamp())


def test_tag_is_asked_before_the_date(client):
    contract = make_contract(changed_at=NOW)

    get(
        client,
        f"contracts/{contract.pk}/",
        if_none_match='"another"',
        if_modified_since=http_date(NOW.timestamp()),
    )


# Fields


def test_fields_asked_for_are_told_alone_and_in_order(client):
    contract = make_contract()

    [row] = get(client, "contracts/?fields=end_date,id").json()["results"]
    one = get(client, f"contracts/{contract.pk}/?fields=url,title").json()

    assert list(row.items()) == [("id", str(contract.pk)), ("end_date", "2027-03-31")]
    assert list(one) == ["url", "title"]
    [supplier] = get(client, "suppliers/?fields=name,names").json()["results"]
    assert list(supplier) == ["name", "names"]


def test_pages_of_few_fields_follow_each_other(client):
    made = {str(make_contract(end_date=day and date(2028, 1, day)).pk) for day in (1, 1, None)}
    page = get(client, "contracts/?fields=id&page_size=1").json()
    seen = page["results"]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += page["results"]

    assert [list(row) for row in seen] == [["id"]] * 3
    assert {row["id"] for row in seen} == made


@pytest.mark.parametrize("asked", ["", "id,", "contact_name", "id,unit_price", "%00"])
def test_field_that_is_not_public_or_not_there_is_refused(client, asked):
    [fault] = get(client, f"contracts/?fields={asked}", 400).json()["errors"]

    assert fault["name"] == "fields"


# As people ask


def test_lists_are_asked_by_region_and_for_what_can_be_joined_now(client):
    make_contract(council=make_council(region="London"), title="In London")
    make_contract(council=make_council(region="Wales"), title="In Wales")
    category = make_category("LAP")
    make_framework(category, name="Closed")
    make_framework(category, name="Market", kind=Framework.Kind.DYNAMIC_MARKET)

    def found(path, name):
        return [row[name] for row in get(client, path).json()["results"]]

    assert found("contracts/?region=London", "title") == ["In London"]
    assert len(found("councils/?region=Wales", "code")) == 1
    assert found("frameworks/?joinable_now=true", "name") == ["Market"]
    assert found("frameworks/?joinable_now=false", "name") == ["Closed"]


# The whole list as CSV


def rows(client, path):
    answer = get(client, path)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("many", LISTS)
def test_list_as_csv_has_the_fields_of_the_list(client, many):
    make_framework(make_opportunity().category, lots=["One", "Two"])

    [told, *_] = get(client, f"{many}/").json()["results"]

    assert list(rows(client, f"{many}.csv")[0]) == list(told)


def test_csv_has_every_row_in_order_however_many(client, monkeypatch):
    monkeypatch.setattr(pagination, "BATCH", 2)
    council = make_council()
    for day in (3, 1, None, 2, None):
        make_contract(council=council, end_date=day and date(2028, 1, day))
    make_contract(title="Elsewhere")

    told = rows(client, f"contracts.csv?council={council.pk}&fields=end_date,id")

    assert [row["end_date"] for row in told] == [
        *("2028-01-01", "2028-01-02", "2028-01-03", "", "")
    ]
    assert len({row["id"] for row in told}) == 5


def test_csv_has_nothing_a_spreadsheet_would_run_and_nothing_withheld(client):
    make_contract(title="=HYPERLINK(1)")
    withheld = make_contract(supplier_name="A Person", end_date=date(2030, 1, 1))
    make_withholding(withheld)

    first, second = rows(client, "contracts.csv")

    assert first["title"] == "'=HYPERLINK(1)"
    assert (second["supplier_name"], second["supplier_withheld"]) == ("", "sole trader")


def test_csv_puts_several_values_in_one_cell(client):
    supplier = make_supplier("Acme Ltd", company_number="01234567")
    make_contract(supplier=supplier)
    make_framework(make_category("LAP"), make_category("MON"), lots=["One", "Two"])

    assert rows(client, "suppliers.csv")[0]["identifiers"] == "GB-COH 01234567"
    [framework] = rows(client, "frameworks.csv")
    assert (framework["lots"], framework["categories"]) == ("1 One|2 Two", "LAP|MON")


def test_csv_refuses_as_lists_do(client):
    told = get(client, "contracts.csv?page_size=5", 400)

    assert told["Content-Type"] == "application/problem+json"
    assert told.json()["errors"][0]["name"] == "page_size"
    for many, asked in (("contracts", "q=a"), ("categories", "kind=AAA"), ("suppliers", "q=%00a")):
        told = get(client, f"{many}.csv?{asked}", 400)
        assert told.json()["errors"][0]["name"] == asked.partition("=")[0]
    assert client.trace("/api/v1/contracts.csv?page_size=5").status_code == 405
    get(client, "contracts.csv", accept="text/csv")
    get(client, "contracts.csv", 406, accept="application/pdf")
    assert client.post("/api/v1/contracts.csv").status_code == 405
    assert client.head("/api/v1/contracts.csv").status_code == 200


def test_csv_of_what_changed_is_in_order_of_change(client):
    for days in (1, 3, 2):
        make_contract(title=str(days), changed_at=NOW - timedelta(days=days))

    told = rows(client, "contracts.csv?changed_since=2020-01-01T00:00:00Z")

    assert [row["title"] for row in told] == ["3", "2", "1"]


# Words


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("lap", ["Laptops/tablets"]),
        ("TABLETS acme", ["Laptops/tablets"]),
        ("ref/2024", ["Laptops/tablets"]),
        ("o'neill", ["Phones"]),
        ("phones acme", []),
        ("--", []),
        ("'x':* | y", []),
        ("zq\\xj & <qz>", []),
    ],
)
def test_words_find_what_they_begin_whatever_signs_stand_between(client, asked, found):
    make_contract(title="Laptops/tablets", supplier_name="Acme-IT Ltd", reference="REF/2024/01")
    make_contract(title="Phones", supplier_name="O'Neill & Sons")
    address = "/api/v1/contracts/"

    told = client.get(address, {"q": asked}).json()["results"]

    assert [row["title"] for row in told] == found


def test_words_do_not_find_a_withheld_supplier(client):
    make_withholding(make_contract(title="Phones", supplier_name="A Person"))

    assert get(client, "contracts/?q=person").json()["results"] == []
    assert len(get(client, "contracts/?q=phones").json()["results"]) == 1
