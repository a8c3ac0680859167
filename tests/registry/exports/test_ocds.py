"""Open Contracting packages: valid against the published schema, stable, and telling no secrets."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from registry.exports.ocds import Package, chunks, faults
from registry.exports.rows import Agreement, Buyer
from tests.registry.exports import standards

TODAY = date(2026, 11, 20)
BUYER = Buyer("E07000136", "Boston Borough Council", "http://example.org/E07000136")
PACKAGE = Package("http://example.org/ocds.json", BUYER, "ocds-000000", TODAY)
LAPTOPS = Agreement(
    id="11111111-1111-1111-1111-111111111111",
    facts={
        "title": "Laptops",
        "description": "Laptops for staff",
        "supplier_name": "Acme IT Ltd",
        "supplier_company_number": "01234567",
        "supplier_charity_number": "1121596",
        "vcse": True,
        "start_date": date(2025, 4, 1),
        "end_date": date(2027, 3, 31),
        "award_date": date(2025, 3, 1),
        "total_value": Decimal("120000.10"),
        "value_basis": "total",
        "value_vat": "gross",
        "cpv_code": "30213100-6; 30213100, 30200000",
        "procedure": "Open",
        "tender_url": "https://example.org/tender",
        "document_url": "see the file",
    },
    changed_at=datetime(2026, 11, 1, 9, tzinfo=UTC),
    supplier="22222222-2222-2222-2222-222222222222",
    latest_permitted_end=date(2029, 3, 31),
)


def text_of(*agreements):
    return b"".join(chunks(PACKAGE, agreements)).decode()


def package(*agreements):
    return json.loads(text_of(*agreements), parse_float=Decimal)


def but(agreement=LAPTOPS, **facts):
    return replace(agreement, facts={**agreement.facts, **facts})


def valid(made):
    return [*standards.faults(json.loads(json.dumps(made, default=float))), *faults(made)]


def test_package_is_valid_and_knows_every_field():
    assert valid(package(LAPTOPS)) == []


def test_validation_finds_what_is_wrong():
    made = package(LAPTOPS)
    made["releases"][0]["contracts"][0] |= {"status": "running", "colour": "blue"}
    made["releases"][0]["contracts"][0]["awardID"] = "none"

    found = " ".join(valid(made))

    assert "'running' is not one of" in found
    assert "colour is not in the schema" in found
    assert "no award none" in found


def test_amounts_are_exact():
    assert '"amountGross":120000.10,"currency":"GBP"' in text_of(LAPTOPS)


def test_amounts_are_in_their_own_currency():
    assert '"amountGross":120000.10,"currency":"USD"' in text_of(but(currency="USD"))
    yearly = text_of(but(currency="EUR", value_basis="annual"))
    assert '"amountGross":120000.10,"currency":"EUR"' in yearly
    assert "GBP" not in yearly


def test_ocid_is_the_stated_one_or_made_from_the_contracts_identifier():
    stated = package(but(ocid="ocds-h6vhtk-04f2a1"))["releases"][0]["ocid"]

    assert stated == "ocds-h6vhtk-04f2a1"
    assert package(LAPTOPS)["releases"][0]["ocid"] == f"ocds-000000-{LAPTOPS.id}"
    assert package(but(ocid="see FTS"))["releases"][0]["ocid"] == f"ocds-000000-{LAPTOPS.id}"


def test_contracts_of_one_ocid_are_one_release():
    one = but(ocid="ocds-h6vhtk-04f2a1")
    made = package(one, replace(one, id="33333333-3333-3333-3333-333333333333"))

    [release] = made["releases"]
    assert len(release["contracts"]) == len(release["awards"]) == 2
    assert valid(made) == []


def test_a_yearly_amount_is_no_total():
    [release] = package(but(value_basis="annual"))["releases"]

    assert "value" not in release["contracts"][0]
    [year] = [i for i in release["awards"][0]["items"] if i["id"] == "a-year"]
    assert year["unit"]["name"] == "year"


def test_withheld_supplier_is_nowhere_and_says_why():
    made = text_of(replace(LAPTOPS, withheld={"supplier": "sole trader", "value": "security"}))

    for secret in ("Acme", "01234567", "1121596", LAPTOPS.supplier, "120000"):
        assert secret not in made
    assert "Withheld: the supplier is a person trading alone" in made
    assert "Withheld: publishing it would put security at risk" in made
    assert valid(json.loads(made)) == []


WORDS = st.text(max_size=40)
FACTS = st.fixed_dictionaries(
    {"title": WORDS},
    optional={
        "description": WORDS,
        "supplier_name": WORDS,
        "supplier_company_number": WORDS,
        "ocid": WORDS,
        "cpv_code": WORDS,
        "tender_url": WORDS.map(lambda words: f"https://{words}"),
        "procedure": WORDS,
        "start_date": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        "end_date": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
        "total_value": st.decimals(0, 10**12, places=2),
        "annual_value": st.decimals(0, 10**12, places=2),
        "value_basis": st.sampled_from(["total", "annual", "unknown"]),
        "value_vat": st.sampled_from(["net", "gross", "unknown"]),
        "vcse": st.booleans(),
    },
)


@given(FACTS, st.dictionaries(st.sampled_from(["supplier", "value"]), st.just("commercial")))
def test_any_contract_makes_a_valid_package(facts, withheld):
    assert valid(package(replace(LAPTOPS, facts=facts, withheld=withheld))) == []
