"""Administrators keep frameworks: by hand, by tables, and never against what they said."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from procurement.actions import load_reference
from procurement.models import (
    CallOff,
    Framework,
    FrameworkAward,
    FrameworkFile,
    FrameworkOwner,
    FrameworkRule,
    Lot,
    LotSupplier,
)
from registry.actions import load_reference as load_registry
from tests.factories import (
    FROM,
    make_administrator,
    make_award,
    make_category,
    make_contract,
    make_framework,
    make_grouping,
    make_lot,
)

pytestmark = pytest.mark.django_db
HOME = "/maintain/frameworks/"
RULES = {
    "framework_most": 4,
    "open_second_award": 3,
    "open_further_awards": 5,
    "open_most": 8,
    "open_single_supplier_most": 4,
}


@pytest.fixture(autouse=True)
def law():
    for code, years in RULES.items():
        FrameworkRule.objects.create(
            code=code, years=years, meaning=code, applies_from=date(2025, 2, 24), **FROM
        )


@pytest.fixture(autouse=True)
def administrator(client):
    client.force_login(make_administrator())


@pytest.fixture
def framework():
    return make_framework(reference="RM1", name="One", starts=date(2026, 1, 1), ends=None)


def day(name, value):
    return {f"{name}_{n}": part for n, part in enumerate((value.day, value.month, value.year))}


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def at(framework, *more):
    return f"/maintain/framework/{framework.pk}/" + "".join(f"{one}/" for one in more)


# By hand


def test_a_framework_is_added_with_what_must_be_known_and_is_then_the_administrator_s(client):
    FrameworkOwner.objects.create(name="GCA", other_names="Crown Commercial Service|CCS", **FROM)
    said = {
        "reference": "RM9",
        "name": "Nine",
        "owner": "ccs",
        "kind": "framework",
        "source": "its page",
        **day("as_at", date(2026, 11, 1)),
    }

    response = client.post(f"{HOME}new/", said)

    assert response.url == "/maintain/framework/RM9/"
    added = Framework.objects.get(pk="RM9")
    assert (added.owner, added.edited) == ("GCA", True)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": ""}, "Give the reference."),
        ({"reference": "RM1"}, "RM1 is here already"),
        ({"reference": "A/B"}, "without slashes"),
        ({"reference": ".."}, "cannot stand in an address"),
        ({"reference": "RM\x009"}, "a character that no text has"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence_beside_its_field(client, framework, said, words):
    text = client.post(f"{HOME}new/", said).content.decode()

    assert "There is a problem" in text
    assert words in text


@pytest.mark.parametrize("fee", ["1e400", "1000", "100.01", "-1", "much"])
def test_a_fee_that_is_no_percentage_is_told_which_are(client, framework, fee):
    text = client.post(at(framework, "about"), {"fee_percent": fee}).text

    assert "Give a number from 0 to 100." in text


def test_dates_the_law_refuses_are_refused_with_the_rule(client, framework):
    dates = {**day("starts", date(2026, 1, 1)), **day("ends", date(2030, 1, 1))}

    text = client.post(at(framework, "dates"), dates).content.decode()
    client.post(at(framework, "dates"), dates | day("ends", date(2029, 12, 31)))

    assert "ends by 31 December 2029" in text
    framework.refresh_from_db()
    assert (framework.ends, framework.edited) == (date(2029, 12, 31), True)


def test_a_nine_year_scheme_is_refused(client):
    scheme = make_framework(kind=Framework.Kind.OPEN, starts=date(2026, 1, 1), ends=None)
    dates = {**day("starts", date(2026, 1, 1)), **day("scheme_ends", date(2035, 1, 1))}

    text = client.post(at(scheme, "dates"), dates).content.decode()

    assert "8 years after its first award" in text


def test_awards_are_added_changed_and_held_to_the_law(client):
    scheme = make_framework(kind=Framework.Kind.OPEN, starts=date(2026, 1, 1), ends=None)
    make_award(scheme)
    said = {"number": 2, "source": "a notice", **day("as_at", date(2026, 11, 1))}

    late = client.post(at(scheme, "awards", 0), said | day("awarded_on", date(2029, 1, 1)))
    again = client.post(
        at(scheme, "awards", 0), said | day("awarded_on", date(2028, 1, 1)) | {"number": 1}
    )
    client.post(at(scheme, "awards", 0), said | day("awarded_on", date(2028, 12, 31)))

    assert "by 31 December 2028" in late.content.decode()
    assert "There is an award 1 already" in again.content.decode()
    assert [one.awarded_on for one in scheme.awards.all()][1:] == [date(2028, 12, 31)]
    assert client.get(at(scheme, "awards", 3)).status_code == 404


def test_a_lot_and_who_is_on_it_are_written_one_to_a_line(client, framework):
    category = make_category()
    lot = make_lot(framework, suppliers=["Gone Ltd", "Stays, Inc"])
    lot.suppliers.filter(name="Stays, Inc").update(charity_number="1234567")
    said = {"number": 1, "name": "Laptops", "categories": [category.pk]}

    client.post(
        at(framework, "lots", 1), said | {"on_it": "Stays, Inc\r\n\r\nAcme IT Limited, 1234567"}
    )

    lot.refresh_from_db()
    assert (lot.name, list(lot.categories.all())) == ("Laptops", [category])
    assert list(lot.suppliers.values_list("name", "company_number", "charity_number")) == [
        ("Acme IT Limited", "01234567", ""),
        ("Stays, Inc", "", "1234567"),
    ]
    framework.refresh_from_db()
    assert framework.edited


def test_a_supplier_given_twice_is_said_by_its_line(client, framework):
    said = {"number": 1, "name": "Laptops", "on_it": "Acme\nOther\nAcme"}

    text = client.post(at(framework, "lots", 0), said).content.decode()

    assert "Line 3: Acme is given twice" in text
    assert not framework.lots.exists()


def test_who_may_use_it_and_its_categories_are_ticked(client, framework):
    region = make_grouping(kind="region")
    category = make_category()

    client.post(at(framework, "users"), {"open_to": "local authorities", "places": [region.pk]})
    client.post(at(framework, "categories"), {"categories": [category.pk]})

    framework.refresh_from_db()
    assert framework.open_to == "local authorities"
    assert list(framework.places.all()) == [region]
    assert list(framework.categories.all()) == [category]


def test_deleting_asks_first_and_says_what_goes(client, framework):
    make_lot(framework, suppliers=["Acme"])
    make_award(framework)
    contract = make_contract(framework="RM1")
    CallOff.objects.create(contract=contract, framework=framework, by="reference")

    text = page(client, at(framework, "delete"))
    assert Framework.objects.exists()
    client.post(at(framework, "awards", 1, "delete"))
    assert not FrameworkAward.objects.exists()
    client.post(at(framework, "lots", 1, "delete"))
    assert not LotSupplier.objects.exists()
    client.post(at(framework, "delete"))

    assert "1 lot and who is on them; 1 award; its links to 1 contract" in text
    assert not Framework.objects.exists()
    contract.refresh_from_db()


# The reference


def test_loading_the_reference_leaves_what_was_said_here_and_pages_show_the_difference(client):
    FrameworkRule.objects.all().delete()
    load_registry()
    first = load_reference()
    assert [words for table in first for words in table.kept] == []
    assert not Framework.objects.filter(edited=True).exists()
    edited = Framework.objects.get(pk="RM6190")
    said = {
        "name": "TS4",
        "owner": edited.owner,
        "kind": edited.kind,
        "source": "its page",
        **day("as_at", date(2026, 11, 1)),
    }
    client.post(at(edited, "about"), said)
    client.post(at(edited, "lots", 1), {"number": 1, "name": "Advice"})
    client.post(at(edited, "lots", 2, "delete"))
    client.post("/maintain/framework/YPO 1223/delete/")

    kept = [words for table in load_reference() for words in table.kept]

    edited.refresh_from_db()
    assert edited.name == "TS4"
    assert list(edited.lots.values_list("number", "name"))[:2][0] == (1, "Advice")
    assert not edited.lots.filter(number=2).exists()
    assert not Framework.objects.filter(pk="YPO 1223").exists()
    assert any("name: TS4 here, Technology Services 4 in the reference" in words for words in kept)
    assert any("YPO 1223" in words and "not here" in words for words in kept)
    text = page(client, at(edited))
    assert "The reference data says otherwise" in text
    assert "name: TS4 here, Technology Services 4 in the reference" in text
    assert "RM6190, lot 2: not here, and in the reference" in text
    assert "Differs from the reference data in" in page(client, HOME)
    assert "ICT Managed Services and Digital Transformation (YPO 1223): not here" in page(
        client, HOME
    )


# Tables


def send(client, content, name="table.csv"):
    if isinstance(content, str):
        content = content.encode()
    response = client.post(f"{HOME}files/", {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.content.decode()
    return response.url


def apply(client, address):
    text = page(client, address)
    seen = text.split('name="seen" value="')[1].split('"')[0]
    return client.post(address, {"seen": seen})


def test_a_table_that_was_downloaded_changes_nothing_when_sent_back(client):
    region = make_grouping()
    framework = make_framework(
        make_category("LAP"), reference="RM1", starts=date(2026, 1, 1), note="=1+1"
    )
    framework.places.add(region)
    make_lot(framework, suppliers=["Acme, Inc"], maximum_value=Decimal("5.50"))
    make_award(framework, single_supplier=True)

    for table in ("frameworks", "awards", "lots", "suppliers"):
        content = client.get(f"{HOME}{table}.csv").content
        text = page(client, send(client, content))
        assert "It changes nothing" in text, text
        assert "1 line unchanged" in text


def test_a_table_is_seen_before_it_is_applied_and_good_lines_go_in(client, framework):
    make_category("LAP")
    lines = [
        "reference,name,owner,kind,categories,starts,ends,source,as_at",
        "RM1,One,Test Buying Organisation,framework,LAP,2026-01-01,,made for a test,2026-11-20",
        "RM2,Two,YPO,dynamic market,,2026-01-01,,its page,2026-11-20",
        "RM3,Three,YPO,framework,XXX,2026-01-01,,its page,2026-11-20",
        "RM4,Four,YPO,framework,,2026-01-01,2031-01-01,its page,2026-11-20",
        "RM5,Five,YPO,frame,,,,its page,2026-11-20",
    ]

    address = send(client, "\n".join(lines))
    text = page(client, address)

    assert "1 line added" in text
    assert "1 line changed" in text
    assert "categories: nothing here, LAP in the file" in text
    assert "3 problems" in text
    assert "XXX is no code of a category here" in text
    assert "ends by 31 December 2029" in text
    assert "“frame” is none of" in text
    assert not Framework.objects.filter(pk="RM2").exists()

    apply(client, address)

    assert set(Framework.objects.values_list("pk", flat=True)) == {"RM1", "RM2"}
    assert Framework.objects.get(pk="RM1").categories.get().pk == "LAP"
    assert Framework.objects.filter(edited=True).count() == 2
    assert set(FrameworkFile.objects.get().frameworks.values_list("pk", flat=True)) == {
        "RM1",
        "RM2",
    }


def test_lines_need_what_they_are_of(client, framework):
    text = page(
        client, send(client, "framework,lot,name\nRM1,1,Acme\nRM2,1,Acme\n", "suppliers.csv")
    )

    assert "RM1 has no lot 1. Add the lot first." in text
    assert "No framework here has the reference RM2" in text
    assert "Nothing in it can be used" in text


def test_awards_by_table_are_held_to_the_law_together_with_those_held(client):
    scheme = make_framework(
        reference="RM1", kind=Framework.Kind.OPEN, starts=date(2026, 1, 1), ends=None
    )
    make_award(scheme)
    table = "framework,number,awarded_on,source,as_at\nRM1,2,2029-06-01,a notice,2026-11-20"

    text = page(client, send(client, table))

    assert "Award 2 is on 1 June 2029" in text
    assert "Nothing in it can be used" in text


def test_nothing_but_what_was_seen_is_applied(client, framework):
    address = send(
        client,
        "reference,name,owner,kind,source,as_at\nRM1,New name,YPO,framework,its page,2026-11-20",
    )
    text = page(client, address)
    seen = text.split('name="seen" value="')[1].split('"')[0]
    Framework.objects.update(name="Changed meanwhile")

    answer = client.post(address, {"seen": seen}).content.decode()

    assert "Something was changed meanwhile" in answer
    assert Framework.objects.get().name == "Changed meanwhile"


def test_a_file_that_cannot_be_used_says_why(client):
    assert "not the headings" in page(client, send(client, "a,b\n1,2"))
    assert "This file is not JSON" in page(client, send(client, "{oops", "notice.json"))


def test_applying_twice_changes_nothing_more(client, framework):
    address = send(client, "framework,number,name\nRM1,1,Laptops\nRM1,2,Tablets")
    apply(client, address)

    assert "It changes nothing" in page(client, address)
    assert Lot.objects.count() == 2


def test_a_download_of_no_table_is_nowhere(client):
    assert client.get(f"{HOME}secrets.csv").status_code == 404
    rows = list(csv.reader(io.StringIO(client.get(f"{HOME}lots.csv").content.decode("utf-8-sig"))))
    assert rows == [["framework", "number", "name", "categories", "maximum_value"]]


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="the test database is in memory, where readers wait"
)
@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_applies_a_file_once(client):
    make_framework(reference="RM1")
    client.force_login(make_administrator())
    file = SimpleUploadedFile("lots.csv", b"framework,number,name\nRM1,1,Laptops")
    address = client.post(f"{HOME}files/", {"file": file}).url
    seen = client.get(address).content.decode().split('name="seen" value="')[1].split('"')[0]
    both = Barrier(2)

    def press():
        both.wait(20)
        try:
            return client.post(address, {"seen": seen}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(press) for _ in range(2)]

    assert sorted(one.result() for one in answers) == [200, 302]
    assert Lot.objects.count() == 1
