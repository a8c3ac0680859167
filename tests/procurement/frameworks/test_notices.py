"""Notices of frameworks: OCDS release packages with the United Kingdom's fields."""

import copy
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from procurement.frameworks.notices import NotANoticeError, read_notices
from procurement.models import Framework, FrameworkFile, FrameworkRule, LotSupplier
from procurement.tasks import link_frameworks
from tests.factories import (
    FROM,
    make_administrator,
    make_category,
    make_framework,
    make_grouping,
    make_supplier,
)

OCID = "ocds-h6vhtk-0abc12"
TENDER = {
    "ocid": OCID,
    "id": "001234-2026",
    "date": "2026-10-01T09:00:00+01:00",
    "tag": ["tender"],
    "language": "en",
    "buyer": {"id": "GB-PPON-PABC-1234-DEFG", "name": "Test Buying Organisation"},
    "parties": [
        {"id": "GB-PPON-PABC-1234-DEFG", "name": "Test Buying Organisation", "roles": ["buyer"]}
    ],
    "tender": {
        "id": "T-77",
        "title": "Devices and Peripherals 3 (RM 9999.2)",
        "classification": {"scheme": "CPV", "id": "30213000"},
        "value": {"amount": 90_000_000, "amountGross": 108_000_000, "currency": "GBP"},
        "tenderPeriod": {"endDate": "2026-12-15T12:00:00Z"},
        "awardPeriod": {"startDate": "2027-03-01T00:00:00Z"},
        "participationFees": [{"id": "1", "type": ["win"], "relativeValueProportion": 0.0075}],
        "techniques": {
            "hasFrameworkAgreement": True,
            "frameworkAgreement": {
                "isOpenFrameworkScheme": True,
                "openFrameworkSchemeEndDate": "2033-12-31T23:59:59Z",
                "method": "withAndWithoutReopeningCompetition",
                "buyerCategories": "Local authorities in the North West",
                "buyerLocationRestrictions": [
                    {"gazetteer": {"scheme": "NUTS", "identifiers": ["UKD"]}}
                ],
            },
        },
        "lots": [
            {
                "id": "1",
                "title": "Laptops",
                "value": {"amount": 50_000_000, "currency": "GBP"},
                "contractPeriod": {
                    "startDate": "2027-03-01T00:00:00Z",
                    "endDate": "2029-02-28T23:59:59Z",
                },
            },
            {"id": "2", "title": "Screens"},
        ],
        "items": [
            {
                "id": "1",
                "relatedLot": "1",
                "additionalClassifications": [{"scheme": "CPV", "id": "30213100"}],
            }
        ],
    },
}
AWARD = {
    "ocid": OCID,
    "id": "004321-2027",
    "date": "2027-03-02T09:00:00Z",
    "tag": ["award"],
    "buyer": TENDER["buyer"],
    "parties": [
        {
            "id": "S1",
            "name": "Acme IT Limited",
            "roles": ["supplier"],
            "identifier": {"scheme": "GB-COH", "id": "01234567"},
            "additionalIdentifiers": [{"scheme": "GB-PPON", "id": "PAAA-1111-BBBB"}],
        }
    ],
    "tender": TENDER["tender"],
    "awards": [
        {
            "id": "1",
            "date": "2027-03-01T10:00:00Z",
            "relatedLots": ["1"],
            "suppliers": [{"id": "S1", "name": "Acme IT Limited"}],
        }
    ],
}


def package(*releases):
    return json.dumps({"version": "1.1", "releases": list(releases)}).encode()


def test_a_tender_notice_says_what_it_is_when_suppliers_apply_and_who_may_use_it():
    [notice] = read_notices(package(TENDER))

    assert notice.framework == {
        "reference": "RM9999.2",
        "name": "Devices and Peripherals 3 (RM 9999.2)",
        "ocid": OCID,
        "owner": "Test Buying Organisation",
        "kind": "open framework",
        "call_off_by": "either",
        "starts": "2027-03-01",
        "ends": "2029-02-28",
        "scheme_ends": "2033-12-31",
        "fee_percent": "0.75",
        "maximum_value": "108000000.00",
        "maximum_value_vat": "gross",
        "users": "Local authorities in the North West",
        "source": "Notice 001234-2026",
        "as_at": "2026-10-01",
    }
    [award] = notice.awards
    assert award["awarded_on"] == "2027-03-01"
    assert (award["apply_from"], award["apply_to"]) == ("2026-10-01", "2026-12-15")
    assert [lot["name"] for lot in notice.lots] == ["Laptops", "Screens"]
    assert notice.areas == ("UKD",)
    assert (notice.cpv, notice.lot_cpv[1]) == (("30213000", "30213100"), ("30213100",))


def test_an_award_notice_says_who_is_on_which_lot_with_their_numbers():
    [notice] = read_notices(package(AWARD))

    assert notice.suppliers == [
        {
            "framework": "RM9999.2",
            "lot": "1",
            "name": "Acme IT Limited",
            "company_number": "01234567",
            "charity_number": "",
            "other_id": "GB-PPON-PAAA-1111-BBBB",
        }
    ]


@pytest.mark.parametrize(
    ("techniques", "kind"),
    [
        ({"hasFrameworkAgreement": True}, "framework"),
        ({"hasDynamicPurchasingSystem": True}, "dynamic market"),
        ({"frameworkAgreement": {"isOpenFrameworkScheme": True}}, "open framework"),
    ],
)
def test_a_notice_says_of_what_kind_it_is_also_by_its_lots(techniques, kind):
    tender = {"id": "T-1", "title": "Kit", "lots": [{"id": "1", "techniques": techniques}]}

    [notice] = read_notices(package({**TENDER, "tender": tender}))

    assert notice.framework["kind"] == kind
    assert notice.framework["reference"] == "T-1"


def test_one_that_is_closed_to_others_is_for_the_bodies_it_names():
    agreement = {"type": "closed"}
    tender = {"id": "T-1", "title": "Kit", "techniques": {"frameworkAgreement": agreement}}

    [notice] = read_notices(package({**TENDER, "tender": tender}))

    assert notice.framework["open_to"] == "named bodies"


def test_no_limit_of_suppliers_is_infinity():
    content = (
        package(TENDER)
        .decode()
        .replace(
            '"isOpenFrameworkScheme"', '"maximumParticipants": 1e9999, "isOpenFrameworkScheme"'
        )
    )

    [notice] = read_notices(content.encode())

    assert notice.framework["suppliers"] == "no limit"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no releases"),
        (b'{"releases": "x"}', "no releases"),
        (b'{"records": 5}', "no releases"),
        (b'{"releases": [{"tender": 1e99999999999999999999}]}', "A number in this file"),
        (package({**TENDER, "tender": {"id": "1"}}), "None of this file’s notices"),
        (package({**TENDER, "tender": {**TENDER["tender"], "status": "cancelled"}}), "cancelled"),
    ],
)
def test_what_is_no_notice_of_a_framework_is_refused_with_what_to_do(content, words):
    with pytest.raises(NotANoticeError, match=words):
        read_notices(content)


def test_suppliers_times_lots_times_notices_are_not_looked_at_without_end():
    """A file of a few kilobytes can say more than anybody can wait for."""
    lots = [{"id": str(n)} for n in range(1, 1_000)]
    one = {**AWARD, "tender": {**AWARD["tender"], "lots": lots}}
    many = {**one, "awards": [{"suppliers": [{"name": "Acme"}] * 1_000}]}
    some = {**one, "awards": [{"suppliers": [{"name": f"Firm {n}"} for n in range(15)]}]}

    with pytest.raises(NotANoticeError, match="more than 20,000 suppliers on its lots"):
        read_notices(package(many))
    with pytest.raises(NotANoticeError, match="Send fewer notices at a time"):
        read_notices(package(some, some))


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "suppliers", "period", "value"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def places(of, path=()):
    """Where something stands in a release."""
    if isinstance(of, dict):
        return [p for key, one in of.items() for p in [(*path, key), *places(one, (*path, key))]]
    if isinstance(of, list):
        return [p for n, one in enumerate(of) for p in [(*path, n), *places(one, (*path, n))]]
    return []


PLACES = places(AWARD)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLACES), JSON)
def test_whatever_stands_in_a_notice_it_is_read_or_refused(place, value):
    release = copy.deepcopy(AWARD)
    here = release
    for step in place[:-1]:
        here = here[step]
    here[place[-1]] = value

    try:
        notices = read_notices(package(release))
    except NotANoticeError:
        return

    assert all(isinstance(cell, str) for one in notices for cell in one.framework.values())


# Through the pages


@pytest.fixture
def administrator(db, client):
    client.force_login(make_administrator())


def applied(client, content):
    file = SimpleUploadedFile("notice.json", content)
    address = client.post("/maintain/frameworks/files/", {"file": file}).url
    text = client.get(address).content.decode()
    seen = text.split('name="seen" value="')[1].split('"')[0]
    client.post(address, {"seen": seen})
    return text


@pytest.mark.usefixtures("administrator")
def test_notices_that_are_applied_become_the_framework_and_are_kept_byte_for_byte(client):
    make_category("LAP", cpv_prefixes="3021 30213")
    region = make_grouping(code="E12000002", kind="region")
    acme = make_supplier("Acme Technology Group", company_number="01234567")

    text = applied(client, package(TENDER))
    assert "Devices and Peripherals 3 (RM 9999.2) (RM9999.2)" in text
    applied(client, package(AWARD))
    link_frameworks()

    held = Framework.objects.get(pk="RM9999.2")
    assert (held.kind, held.fee_percent) == ("open framework", Decimal("0.75"))
    assert held.maximum_value == Decimal(108_000_000)
    assert [one.pk for one in held.categories.all()] == ["LAP"]
    assert list(held.places.all()) == [region]
    [award] = held.awards.all()
    assert (award.number, award.apply_to) == (1, date(2026, 12, 15))
    assert LotSupplier.objects.get().supplier == acme
    assert held.source == "Notice 004321-2027"
    kept = FrameworkFile.objects.filter(frameworks=held).order_by("pk")
    assert [one.content() for one in kept] == [package(TENDER), package(AWARD)]


@pytest.mark.usefixtures("administrator")
def test_a_notice_leaves_what_it_does_not_say_and_finds_its_framework_by_its_ocid(client):
    make_framework(reference="OURS 1", ocid=OCID, note="kept", users="kept too", ends=None)
    tender = {**TENDER["tender"], "techniques": {"hasFrameworkAgreement": True}}

    applied(client, package({**TENDER, "tender": tender}))

    [held] = Framework.objects.all()
    assert (held.pk, held.note, held.users) == ("OURS 1", "kept", "kept too")
    assert held.ends == date(2029, 2, 28)


@pytest.mark.usefixtures("administrator")
def test_half_a_character_in_a_notice_is_a_problem_that_can_be_read(client):
    content = package({**TENDER, "tender": {**TENDER["tender"], "title": "Laptops \ud800"}})
    address = client.post(
        "/maintain/frameworks/files/", {"file": SimpleUploadedFile("notice.json", content)}
    ).url

    assert "name: holds characters that cannot be shown" in client.get(address).content.decode()


@pytest.mark.usefixtures("administrator")
def test_a_notice_of_a_scheme_the_law_refuses_is_not_applied(client):
    make_grouping(code="E12000002", kind="region")
    FrameworkRule.objects.create(
        code="open_most", years=8, meaning="Longest", applies_from=date(2025, 2, 24), **FROM
    )
    content = package(TENDER).replace(b"2033-12-31", b"2036-12-31")
    file = SimpleUploadedFile("notice.json", content)

    address = client.post("/maintain/frameworks/files/", {"file": file}).url

    assert "31 December 2036 is too late" in client.get(address).content.decode()
