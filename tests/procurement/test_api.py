"""The public API: what it tells, what it leaves out, what it costs, and how it refuses."""

import csv
import html
import io
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
from django.db import connection

from procurement import openapi, parameters, problem_details
from procurement.kept_sql import Statement
from procurement.models import Framework, FrameworkOwner
from registry.models import Contract, Supplier
from registry.records import FIELDS
from tests.factories import (
    FROM,
    NOW,
    joining,
    make_award,
    make_category,
    make_contract,
    make_council,
    make_framework,
    make_grouping,
    make_opportunity,
    make_supplier,
    make_withholding,
)
from tests.social_value.factories import (
    make_agreed_pool,
    make_commitment,
    make_delivery,
    make_measure,
    make_need,
    make_pool,
)

pytestmark = pytest.mark.django_db
LISTS = [
    *("councils", "groupings", "categories", "contracts"),
    *("suppliers", "opportunities", "frameworks", "needs", "promises"),
    *("demand", "intentions", "prices", "engagements"),
    "changes",
]


def get(client, path, **parameters):
    response = client.get(f"/api/v1/{path}", parameters)
    assert response.status_code == 200, response.content
    return response.json()


def titles(client, **parameters):
    return [row["title"] for row in get(client, "contracts/", **parameters)["results"]]


@pytest.fixture
def two_regions():
    """Laptops in the east, phones in the west; and the groupings of both."""
    east, west = make_grouping(name="East"), make_grouping(name="West")
    in_east, in_west = make_council(east), make_council(west)
    laptops = make_contract(
        council=in_east,
        category=make_category("LAP"),
        supplier=make_supplier("Acme Devices Ltd", company_number="01234567"),
        title="Laptops for staff",
        start_date=date(2024, 4, 1),
        end_date=date(2027, 3, 31),
        yearly_value=40_000,
    )
    phones = make_contract(
        council=in_west,
        category=make_category("MOBA"),
        title="Mobile phones",
        start_date=date(2025, 1, 1),
        end_date=date(2026, 12, 31),
        yearly_value=10_000,
        changed_at=NOW - timedelta(days=30),
    )
    return {"east": east, "west": west, "laptops": laptops, "phones": phones}


# What lists hold


def test_contracts_come_in_order_of_end(client, two_regions):
    assert titles(client) == ["Mobile phones", "Laptops for staff"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"category": "LAP"}, ["Laptops for staff"]),
        ({"category": "LAP,MOBA"}, ["Mobile phones", "Laptops for staff"]),
        ({"category": "PRN"}, []),
        ({"ends_before": "2027-03-31"}, ["Mobile phones"]),
        ({"ends_after": "2026-12-31"}, ["Laptops for staff"]),
        ({"starts_before": "2024-05-01"}, ["Laptops for staff"]),
        ({"starts_after": "2024-05-01"}, ["Mobile phones"]),
        ({"live_on": "2027-01-01"}, ["Laptops for staff"]),
        ({"changed_since": "2026-11-01T00:00:00Z"}, ["Laptops for staff"]),
        ({"changed_since": "2026-01-01T00:00:00+01:00"}, ["Mobile phones", "Laptops for staff"]),
        ({"min_yearly_value": "40000"}, ["Laptops for staff"]),
        ({"company_number": "1234567"}, ["Laptops for staff"]),
        ({"q": "staff acme"}, ["Laptops for staff"]),
        ({"q": "acme phones"}, []),
        ({"rolling": "true"}, []),
        ({"kind": "grant"}, []),
    ],
)
def test_contracts_are_filtered_as_people_ask(client, two_regions, asked, found):
    assert titles(client, **asked) == found


def test_contracts_of_a_council_a_grouping_and_a_supplier(client, two_regions):
    laptops = two_regions["laptops"]

    assert titles(client, council=laptops.council_id) == ["Laptops for staff"]
    assert titles(client, grouping=two_regions["west"].pk) == ["Mobile phones"]
    assert titles(client, supplier=str(laptops.supplier_id)) == ["Laptops for staff"]


def test_contract_tells_every_public_fact_and_no_private_one(client):
    private = {name for name, field in FIELDS.items() if not field.public}
    contract = make_contract(
        contact_name="A Person", contact_email="a@example.org", quantity=5, unit_price=12
    )

    told = get(client, f"contracts/{contract.pk}/")

    assert not private & set(told)
    assert "A Person" not in json.dumps(told)
    public = set(FIELDS) - private - {"council_code", "category"}
    assert public | {"council", "category", "register_category"} <= set(told)


def test_contract_in_a_list_is_as_it_is_alone(client):
    contract = make_contract()

    [row] = get(client, "contracts/")["results"]

    assert row == get(client, f"contracts/{contract.pk}/")
    assert row["url"] == f"http://testserver/api/v1/contracts/{contract.pk}/"
    assert row["total_value"] == "120000.00"
    assert row["end_date"] == "2027-03-31"
    assert row["council"] == contract.council_id


def test_contract_without_supplier_or_category_says_null(client):
    make_contract(supplier=None, category=None)

    [row] = get(client, "contracts/")["results"]

    assert (row["supplier"], row["category"], row["category_name"]) == (None, None, None)


def test_contract_withdrawn_is_nowhere(client):
    contract = make_contract(withdrawn=True)

    assert get(client, "contracts/")["results"] == []
    assert client.get(f"/api/v1/contracts/{contract.pk}/").status_code == 404
    assert get(client, "suppliers/")["results"] == []
    assert client.get(f"/api/v1/suppliers/{contract.supplier_id}/").status_code == 404


@pytest.mark.parametrize("order", [{}, {"changed_since": "2020-01-01T00:00:00Z"}])
def test_pages_follow_each_other_to_the_end(client, order):
    council, supplier, category = make_council(), make_supplier(), make_category()
    for day in (1, 1, 2, None, None, 3):
        make_contract(
            council=council,
            supplier=supplier,
            category=category,
            end_date=day and date(2028, 1, day),
        )

    page = get(client, "contracts/", page_size=2, **order)
    seen = [row["id"] for row in page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += [row["id"] for row in page["results"]]

    assert len(seen) == len(set(seen)) == 6


def test_councils_say_what_replaced_them(client):
    old, new = make_council(abolished=date(2023, 4, 1)), make_council()
    old.successors.create(successor=new, vesting_date=date(2023, 4, 1), transfer="whole")

    assert get(client, f"councils/{old.pk}/")["replaced_by"] == [new.pk]
    [found] = get(client, "councils/", existing_on="2024-01-01")["results"]
    assert found["code"] == new.pk


def test_councils_with_contracts_and_of_a_grouping(client, two_regions):
    make_council()

    having = get(client, "councils/", with_contracts="true")["results"]
    [east] = get(client, "councils/", grouping=two_regions["east"].pk)["results"]

    assert len(having) == 2
    assert east["code"] == two_regions["laptops"].council_id


def test_grouping_lists_its_councils_and_a_council_its_groupings(client, two_regions):
    code = two_regions["laptops"].council_id

    [found] = get(client, "groupings/", council=code)["results"]

    assert found["name"] == "East"
    assert get(client, f"groupings/{found['code']}/")["councils"] == [code]


def test_supplier_has_names_and_identifiers(client, two_regions):
    [found] = get(client, "suppliers/", company_number="01234567")["results"]

    assert found["identifiers"] == [{"scheme": "GB-COH", "value": "01234567"}]
    assert found["names"][0]["name"] == "Acme Devices Ltd"


def test_supplier_merged_into_another_leads_on_and_still_finds_its_contracts(client, two_regions):
    survivor = Supplier.objects.get(names__name="Acme Devices Ltd")
    merged = make_supplier("Acme Devises", merged_into=survivor)

    told = client.get(f"/api/v1/suppliers/{merged.pk}/")

    assert (told.status_code, told["Cache-Control"]) == (308, "no-cache")
    assert told.json()["merged_into"] == str(survivor.pk)
    assert told["Location"] == told.json()["url"]
    assert client.get(told["Location"]).json()["earlier_ids"] == [str(merged.pk)]
    assert titles(client, supplier=str(merged.pk)) == ["Laptops for staff"]


def test_supplier_merged_into_one_that_is_withheld_is_not_told(client, two_regions):
    contract = Contract.objects.get(title="Laptops for staff")
    merged = make_supplier("Acme Devises", merged_into=contract.supplier)
    make_withholding(contract)

    problem(client, f"suppliers/{merged.pk}/", 404)


def test_opportunity_is_a_summary_of_public_facts(client):
    opportunity = make_opportunity(served_by="TF1")

    [row] = get(client, "opportunities/")["results"]
    told = get(client, f"opportunities/{opportunity.pk}/")

    assert (row["councils"], row["contracts"], row["routes"]) == (2, 2, ["TF1"])
    assert row["annual_value"] == "80000.00"
    assert len(told["members"]) == 2
    # What councils would have to do and hope to save is for councils.
    assert not {"action", "action_by", "months", "saving_mid", "saving"} & (
        set(told) | set(told["members"][0])
    )


def test_opportunities_by_council_and_date(client):
    opportunity = make_opportunity(start_date=date(2027, 10, 1))
    council = joining(opportunity)[0].council_id

    def found(**asked):
        return len(get(client, "opportunities/", **asked)["results"])

    assert found(council=council, starts_after="2027-09-30", alternative="false") == 1
    assert found(council="E00000000") == 0
    assert found(starts_before="2027-10-01") == 0
    assert found(min_annual_value="80001") == 0


def test_frameworks_joinable_on_a_day_are_dynamic_markets_that_run(client):
    category = make_category("LAP")
    make_framework(category, name="Closed", lots=["Laptops", "Tablets"])
    make_framework(category, name="Market", kind=Framework.Kind.DYNAMIC_MARKET)
    make_framework(name="Ended market", kind=Framework.Kind.DYNAMIC_MARKET, ends=date(2026, 1, 1))

    def found(**asked):
        return {row["name"] for row in get(client, "frameworks/", **asked)["results"]}

    assert found(joinable_on="2026-11-20") == {"Market"}
    assert found(live_on="2026-11-20") == {"Closed", "Market"}
    assert found(category="LAP", kind="framework") == {"Closed"}


def test_frameworks_joinable_on_a_day_are_those_whose_window_is_open_then(client):
    opening = make_framework(name="Being tendered")
    make_award(opening, apply_from=date(2026, 11, 1), apply_to=date(2026, 12, 1))

    assert get(client, "frameworks/", joinable_on="2026-10-31")["results"] == []
    [told] = get(client, "frameworks/", joinable_on="2026-11-01")["results"]
    assert told["can_join_now"] is True
    assert told["can_join_because"].startswith("Yes: suppliers can apply until 1 December 2026")


def test_frameworks_are_found_by_any_name_of_their_owner_and_by_who_may_use_them(client):
    FrameworkOwner.objects.create(name="GCA", other_names="Crown Commercial Service|CCS", **FROM)
    make_framework(name="Ours", owner="GCA", other_names="The devices deal")
    make_framework(name="Not for councils", open_to="other bodies")

    def found(**asked):
        return [row["name"] for row in get(client, "frameworks/", **asked)["results"]]

    assert found(q="commercial service") == ["Ours"]
    assert found(q="devices deal") == ["Ours"]
    assert found(usable_by=make_council().pk) == ["Ours"]
    [told] = get(client, "frameworks/", q="CCS")["results"]
    assert told["owner_other_names"] == ["Crown Commercial Service", "CCS"]


def test_framework_with_a_space_in_its_reference_has_an_address(client):
    make_framework(reference="YPO 001236", lots=["Paper"])

    told = get(client, "frameworks/YPO%20001236/")

    assert [lot["name"] for lot in told["lots"]] == ["Paper"]
    assert told["suppliers_may_join"] == "when it is replaced"
    assert client.get(told["url"]).status_code == 200


# What they cost


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("councils/", 2),
        ("groupings/", 1),
        ("categories/", 1),
        ("contracts/?page_size=3", 1),
        ("contracts/", 2),  # once more for those without an end date
        ("suppliers/", 4),
        ("opportunities/", 1),
        ("needs/", 2),
        ("promises/", 3),  # they, what else their contracts promise, what was delivered
        # Frameworks, categories, lots and theirs, awards, places, what the law says.
        ("frameworks/", 7),
    ],
)
def test_list_takes_the_same_queries_however_long(
    client, path, queries, django_assert_num_queries, monkeypatch
):
    for _ in range(4):
        opportunity = make_opportunity()
        make_framework(opportunity.category, lots=["One", "Two"])
        make_pool(make_commitment(), need=make_need())

    # Those that are kept are prepared statements, which Django does not count.
    kept = []
    asked = Statement.asked
    monkeypatch.setattr(Statement, "asked", lambda *given: kept.append(given) or asked(*given))
    is_kept = path.startswith("contracts") and connection.vendor == "postgresql"
    of_django = 0 if is_kept else queries
    with django_assert_num_queries(of_django):
        get(client, path)

    assert len(kept) == queries - of_django


@pytest.mark.parametrize(
    ("many", "queries"), [("opportunities", 4), ("contracts", 1), ("suppliers", 4)]
)
def test_one_takes_the_same_queries_however_large(client, many, queries, django_assert_num_queries):
    opportunity = make_opportunity(*(make_contract(category=make_category("LAP")) for _ in "abcd"))
    contract = joining(opportunity)[0]
    key = {
        "opportunities": opportunity.pk,
        "contracts": contract.pk,
        "suppliers": contract.supplier_id,
    }[many]

    with django_assert_num_queries(queries):
        get(client, f"{many}/{key}/")


def test_needs_are_those_that_can_still_be_met_without_anybodys_address(client):
    shown = make_need(contact_name="Jo Worker", contact_email="jo@example.org", title="Shown")
    make_agreed_pool(need=shown)
    for state in ("unconfirmed", "proposed", "declined", "closed"):
        make_need(state=state, reason="Why")
    make_need(wanted_from=date(2026, 1, 1), wanted_by=date(2026, 11, 19))

    [told] = get(client, "needs/")["results"]

    assert (told["title"], told["amount"], told["standing"]) == ("Shown", "20.0000", "asked")
    assert told == get(client, f"needs/{shown.pk}/")
    assert not {"Jo Worker", "jo@example.org"} & set(map(str, told.values()))
    assert client.get(f"/api/v1/needs/{make_need(state='closed').pk}/").status_code == 404


def test_needs_are_found_by_what_where_and_when(client):
    grouping = make_grouping()
    near = make_need(council=make_council(grouping), title="Near")
    make_need(
        measure=make_measure("volunteer_hours", unit="hour"),
        wanted_by=date(2028, 6, 30),
        title="Far",
    )

    def found(**asked):
        return {row["title"] for row in get(client, "needs/", **asked)["results"]}

    assert found() == {"Near", "Far"}
    assert found(grouping=grouping.pk) == found(council=near.council_id) == {"Near"}
    assert found(measure="volunteer_hours") == found(wanted_after="2028-01-01") == {"Far"}
    assert found(wanted_before="2028-01-01") == found(q="near") == {"Near"}


# What is promised, due, delivered and late


def test_promises_tell_what_of_each_is_due_delivered_and_late(client):
    contract = make_contract(start_date=date(2025, 4, 1), end_date=date(2027, 3, 31))
    past = make_commitment(contract=contract, quantity=Decimal(20), ends=date(2026, 3, 31))
    make_commitment(contract=contract, quantity=Decimal(30))
    make_delivery(contract, amount=Decimal(13), confirmed=True)
    make_delivery(contract, amount=Decimal(5))  # nobody has confirmed it

    told = {row["id"]: row for row in get(client, "promises/")["results"]}

    kept = ("promised", "due", "delivered", "late")
    assert [told[str(past.pk)][name] for name in kept] == [
        *("20.0000", "20.0000", "13.0000", "7.0000")
    ]
    assert get(client, f"promises/{past.pk}/") == told.pop(str(past.pk))
    [other] = told.values()
    assert [other[name] for name in kept] == ["30.0000", "0.0000", "0.0000", "0.0000"]


def test_promises_are_found_by_what_whose_and_when(client):
    grouping = make_grouping()
    near = make_commitment(contract=make_contract(council=make_council(grouping)))
    far = make_commitment(measure=make_measure("volunteer_hours", unit="hour"), ends=None)
    withdrawn = make_contract(withdrawn=True)
    make_commitment(contract=withdrawn)

    def found(**asked):
        return {row["id"] for row in get(client, "promises/", **asked)["results"]}

    near_id, far_id = {str(near.pk)}, {str(far.pk)}
    assert found() == near_id | far_id
    assert found(grouping=grouping.pk) == found(council=near.council_id) == near_id
    assert found(contract=near.contract_id) == near_id
    assert found(supplier=near.contract.supplier_id) == near_id
    assert found(measure="volunteer_hours") == far_id
    assert found(ends_before="2199-01-01") == near_id
    assert found(contract=withdrawn.pk) == set()


def test_promises_withhold_the_supplier_that_a_council_withholds(client):
    contract = make_contract(supplier=make_supplier("Quiet Sole Trader"))
    promise = make_commitment(contract=contract, words="Quiet Sole Trader gives 13 weeks")
    make_withholding(contract, "supplier")
    contract.refresh_from_db()

    [row] = get(client, "promises/")["results"]
    answers = [
        client.get(f"/api/v1/promises/{promise.pk}/").content,
        b"".join(client.get("/api/v1/promises.csv").streaming_content),
    ]

    assert (row["supplier"], row["supplier_name"]) == (None, "")
    assert not any(b"Quiet" in one or str(contract.supplier_id).encode() in one for one in answers)
    assert get(client, "promises/", supplier=contract.supplier_id)["results"] == []


# How they refuse


def problem(client, path, status, **headers):
    response = client.get(f"/api/v1/{path}", headers=headers)
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert {"type", "title", "detail", "instance"} <= set(told)
    return told


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("catgory=LAP", "catgory"),
        ("category=LAP&category=PRN", "category"),
        ("category=", "category"),
        ("category=%00", "category"),
        ("category=LAP,,PRN", "category"),
        ("council=" + ",".join(["E1"] * 51), "council"),
        ("ends_before=31/03/2027", "ends_before"),
        ("ends_before=0000-01-01", "ends_before"),
        ("ends_before=2027-02-30", "ends_before"),
        ("ends_before=%D9%A2%D9%A0%D9%A2%D9%A7-01-01", "ends_before"),
        ("changed_since=2026-11-01", "changed_since"),
        ("changed_since=2026-11-01T25:00:00Z", "changed_since"),
        ("supplier=7", "supplier"),
        ("rolling=yes", "rolling"),
        ("kind=CONTRACT", "kind"),
        ("min_yearly_value=-1", "min_yearly_value"),
        ("min_yearly_value=" + "9" * 30, "min_yearly_value"),
        ("page_size=0", "page_size"),
        ("page_size=201", "page_size"),
        ("page_size=1e2", "page_size"),
        ("q=a", "q"),
        ("q=" + "a" * 101, "q"),
        ("q=ab%00c", "q"),
        ("format=csv", "format"),
    ],
)
def test_parameter_that_cannot_be_used_is_named(client, asked, named):
    told = problem(client, f"contracts/?{asked}", 400)

    assert [fault["name"] for fault in told["errors"]] == [named]
    assert told["type"] == "/api/guide/#bad-parameter"


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-12:00", "2026-11-01t00:00:00z"]
)
def test_moment_at_the_edge_of_time_is_read(client, moment):
    response = client.get(f"/api/v1/contracts/?changed_since={moment}")

    assert response.status_code == 200


def test_index_leads_to_every_list(client):
    told = get(client, "")

    assert list(told) == list(parameters.LISTS)
    for many, address in told.items():
        assert address == f"http://testserver/api/v1/{many}/"
        assert client.get(address).status_code == 200
    assert set(told) == set(LISTS)


def test_index_refuses_what_it_cannot_be_asked(client):
    assert [one["name"] for one in problem(client, "?page=2", 400)["errors"]] == ["page"]
    assert client.post("/api/v1/").status_code == 405
    assert client.head("/api/v1/").content == b""


@pytest.mark.parametrize(
    "path",
    [
        "nowhere/",
        "contracts/7/",
        "contracts/00000000-0000-0000-0000-000000000000/",
        "councils/%00/",
        "councils/E99/",
        "frameworks/%00/",
        "frameworks/none/",
        "frameworks/%15%3F/",
        "a/b/c/",
        "%0A/",
        "councils/%0A/",
        "contracts/?cursor=x",
        "contracts/?cursor=%00",
        "contracts/?cursor=" + "A" * 3000,
    ],
)
def test_address_of_nothing_is_a_problem(client, path):
    assert problem(client, path, 404)["type"] == "/api/guide/#not-found"


@pytest.mark.parametrize("path", ["contracts/?cursor=", "councils.csv?x=", "nowhere/?x="])
def test_address_that_is_too_long_is_a_problem(client, path):
    told = problem(client, path + "A" * 5000, 414)

    assert told["type"] == "/api/guide/#address-too-long"
    assert "at most 4,000 characters" in told["detail"]


def test_address_without_its_last_slash_is_put_right(client):
    response = client.get("/api/v1/contracts")

    assert response.status_code == 301
    assert response["Location"] == "/api/v1/contracts/"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_method_that_writes_is_refused(client, method):
    response = getattr(client, method)("/api/v1/contracts/")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert response["Content-Type"] == "application/problem+json"


def test_head_is_answered_without_a_body(client):
    assert client.head("/api/v1/contracts/").content == b""


def test_only_json_is_served(client):
    assert problem(client, "contracts/", 406, accept="text/csv")["title"].startswith("Only JSON")


def test_caller_who_asks_too_often_is_told_when_to_come_back(client, settings):
    settings.RATES = {**settings.RATES, "address": "2/minute"}
    for _ in range(2):
        get(client, "categories/")

    assert problem(client, "categories/", 429)["type"] == "/api/guide/#too-many-requests"
    response = client.get("/api/v1/categories/")

    assert 0 < int(response["Retry-After"]) <= 60


def test_caller_cannot_dodge_the_limit_with_a_header(client, settings):
    settings.RATES = {**settings.RATES, "address": "1/day"}
    client.get("/api/v1/categories/", headers={"x-forwarded-for": "192.0.2.1"})

    response = client.get("/api/v1/categories/", headers={"x-forwarded-for": "192.0.2.2"})

    assert response.status_code == 429


def test_any_site_may_read(client):
    assert client.get("/api/v1/categories/")["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/v1/nowhere/")["Access-Control-Allow-Origin"] == "*"


# How it is described


@pytest.fixture(scope="module")
def document():
    return json.loads(openapi.description())


def test_description_names_every_list_with_its_problems(document):
    assert document["openapi"] == "3.1.0"
    for name in LISTS:
        responses = document["paths"][f"/api/v1/{name}/"]["get"]["responses"]
        assert set(responses) == {"200", "304", "400", "401", "404", "406", "414", "429"}
    for path, methods in document["paths"].items():
        for parameter in methods["get"].get("parameters", []):
            assert parameter["description"], (path, parameter)


def test_description_examples_fit_their_schemas(document):
    for _, operation in openapi.operations(document):
        for status, response in operation["responses"].items():
            if status == "304":
                continue
            [content] = response["content"].values()
            schema = {**content["schema"], "components": document["components"]}
            jsonschema.Draft202012Validator(
                schema, format_checker=jsonschema.FormatChecker()
            ).validate(content["example"])


def test_description_examples_have_every_field(document):
    examples = json.loads(openapi.EXAMPLES.read_text("utf-8"))

    for name in LISTS:
        path = document["paths"][f"/api/v1/{name}/"]["get"]
        ref = path["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        page = document["components"]["schemas"][Path(ref).name]
        item = document["components"]["schemas"][
            Path(page["properties"]["results"]["items"]["$ref"]).name
        ]
        assert set(examples[f"{name}_list"]["results"][0]) == set(item["properties"])


def test_description_is_served(client):
    response = client.get("/api/v1/openapi.json")

    assert response["Content-Type"] == "application/json"
    assert response.json()["info"]["title"] == "Buying Commons API"


def test_pages_about_the_api_name_every_list_and_every_problem(client):
    page = client.get("/api/").content.decode()
    guide = client.get("/api/guide/").content.decode()

    assert all(f'id="{name}"' in page for name in LISTS)
    assert "changed_since" in page
    assert all(f'id="{kind.name}"' in guide for kind in problem_details.KINDS.values())


def test_page_to_try_the_api_asks_for_nothing_from_elsewhere(client):
    page = client.get("/api/try/").content.decode()

    assert "/api/v1/openapi.json" in page
    assert "<script>" not in page
    assert "<style" not in page


def commands(client, name):
    """The examples of the guide, as somebody would copy them."""
    guide = client.get("/api/guide/").content.decode()
    return [
        html.unescape(text)
        for _, text in re.findall(rf'<(code|span) class="{name}">(.*?)</\1>', guide, re.DOTALL)
    ]


def test_guide_commands_are_answered_as_written(client):
    asked = re.findall(r'"(http://testserver/[^"]+)"', " ".join(commands(client, "curl")))

    assert len(asked) == 10
    assert {client.get(address).status_code for address in asked} == {200}


def test_guide_program_runs_as_written(client, monkeypatch, capsys):
    council = make_council(code="E10000020")
    contracts = [make_contract(council=council) for _ in range(3)]
    answer = lambda address: io.BytesIO(client.get(address).content)  # noqa: E731
    monkeypatch.setattr("urllib.request.urlopen", answer)
    [program] = commands(client, "python")

    exec(compile(program.replace("page_size=200", "page_size=2"), "guide", "exec"), {})

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["id"] for row in rows} == {str(contract.pk) for contract in contracts}


def test_guide_program_can_be_pasted_into_a_shell(client):
    guide = html.unescape(client.get("/api/guide/").content.decode())
    [program] = commands(client, "python")

    pasted = f"""python3 - <<'END'\n<span class="python">{program}</span>\nEND"""
    assert f"<code>{pasted}</code>" in guide


def test_guide_asks_of_a_council_that_has_contracts(client):
    make_council(code="E06000001")
    contract = make_contract(council=make_council(code="E10000020"), title="Licences for all")
    asked = re.findall(r'"(http://testserver/[^"]+)"', " ".join(commands(client, "curl")))

    [narrowed] = [address for address in asked if "q=" in address]

    assert [row["id"] for row in client.get(narrowed).json()["results"]] == [str(contract.pk)]


def test_page_about_the_api_says_how_each_parameter_is_written():
    [contracts] = [one for one in openapi.lists_described() if one.name == "contracts"]
    forms = {one.name: one.form for one in contracts.parameters}

    assert forms["category"] == "codes with commas between"
    assert forms["grouping"] == "a code"
    assert forms["rolling"] == "true or false"
    assert forms["ends_before"] == "2027-03-31"
    assert not any("`" in one.means for one in contracts.parameters)
