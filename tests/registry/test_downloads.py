"""Files, feeds and the preview of a council, from its contracts in the registry."""

import csv
import json
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from registry import downloads
from registry.models import CalendarFeed, Changed, Role
from registry.publication import preview
from tests.factories import (
    make_contract,
    make_council,
    make_officer,
    make_source,
    make_statement,
    make_supplier,
    make_threshold,
    make_withholding,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract():
    council = make_council()
    supplier = make_supplier("Amy Jones")
    contract = make_contract(council=council, supplier=supplier, extension="12 months")
    source = make_source(council=council)
    make_statement(contract=contract, source=source, facts={"title": contract.title})
    return contract


def export(contract, form, path, **options):
    out = StringIO()
    call_command(
        *("export_register", "--council", contract.council_id, "--format", form),
        *("--out", str(path), "--json"),
        stdout=out,
        **options,
    )
    return json.loads(out.getvalue())


@pytest.mark.parametrize("form", ["transparency-csv", "ocds", "handover", "workbook"])
def test_export_register_writes_each_format_whole(form, contract, tmp_path):
    said = export(contract, form, tmp_path / "out")

    assert said["contracts"] == 1
    assert said["bytes"] == (tmp_path / "out").stat().st_size > 0
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("council", "out", "says"),
    [("E99", "out", "not the code"), ("", "out", "no contracts"), ("own", "no/out", "written")],
)
def test_export_register_refuses_in_a_sentence(council, out, says, contract, tmp_path):
    code = {"": make_council().pk, "own": contract.council_id}.get(council, council)

    with pytest.raises(CommandError, match=says):
        call_command(
            *("export_register", "--council", code, "--format", "ocds"),
            *("--out", str(tmp_path / out)),
        )

    assert list(tmp_path.iterdir()) == []


def test_export_register_leaves_the_old_file_when_it_breaks(contract, tmp_path, monkeypatch):
    out = tmp_path / "out"
    out.write_text("old")
    monkeypatch.setattr(downloads, "ocds", lambda *_, **__: iter([b"half", 1]))

    with pytest.raises(TypeError):
        export(contract, "ocds", out)

    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.parametrize("build", [downloads.transparency_csv, downloads.workbook])
def test_files_cost_the_same_queries_however_many_contracts(
    build, contract, django_assert_num_queries
):
    for _ in range(5):
        make_contract(council=contract.council)

    queries, work = (
        (4, lambda: build(BytesIO(), contract.council))
        if build is downloads.workbook
        else (1, lambda: list(build(contract.council)))
    )

    with django_assert_num_queries(queries):
        work()


def test_own_files_tell_what_is_withheld_and_that_it_is(contract):
    make_withholding(contract)
    file = BytesIO()

    downloads.workbook(file, contract.council)

    headings, row = load_workbook(file)["Contracts"].iter_rows(values_only=True)
    told = dict(zip(headings, row, strict=True))
    assert told["Supplier"] == "Amy Jones"
    assert "person trading alone" in told["Withheld from the public"]


def test_handover_takes_its_threshold_from_reference_data(contract, client):
    make_threshold(code="reorganisation_consent_revenue", amount="100000.00", applies_to=None)
    client.force_login(make_officer(contract.council))

    answer = client.get(reverse("procurement:handover", args=[contract.council_id]))

    sheet = load_workbook(BytesIO(answer.getvalue())).active
    notes = [str(row[0]) for row in sheet.iter_rows(values_only=True, max_row=4)]
    assert any("above £100,000" in note for note in notes)


def test_withholding_survives_and_marks_what_is_worked_out_as_stale(contract):
    make_withholding(contract, "value", "commercial")
    again = make_withholding(contract, "value", "security")

    assert contract.value_withheld
    assert [w.reason for w in contract.withholdings.standing()] == ["security"]
    assert contract.withholdings.count() == 2
    assert again.lifted_at is None
    assert Changed.objects.filter(council=contract.council_id).exists()


def test_preview_says_what_is_lacking_and_what_to_look_at(contract):
    found = preview(contract.council)

    assert found.contracts == 1
    assert [notice.contract for notice in found.notices] == [str(contract.pk)]
    assert ("ReviewDate", 1, 100) in found.missing
    assert found.rows[0][2] == "Amy Jones"


def test_preview_shows_what_is_withheld_to_its_officers(contract):
    make_withholding(contract)

    found = preview(contract.council)

    assert found.rows[0][2] == "Withheld: the supplier is a person trading alone"
    assert [one.fact for one in found.withheld] == ["Amy Jones"]


def test_council_without_contracts_has_nothing_to_publish(client):
    council = make_council()

    assert client.get(reverse("registry:ocds", args=[council.pk])).status_code == 404
    client.force_login(make_officer(council))
    page = client.get(reverse("registry:publication", args=[council.pk]))
    assert "nothing to publish yet" in page.content.decode()


@pytest.fixture
def feed(contract):
    return CalendarFeed.objects.create(
        council=contract.council, made_by=make_officer(contract.council)
    )


def test_calendar_feed_tells_decisions_without_signing_in(client, contract, feed):
    contract.review_date = date(2027, 1, 15)
    contract.save()

    text = client.get(feed.get_absolute_url()).content.decode()

    assert f"{contract.pk}-review@buying-commons" in text.replace("\r\n ", "")
    assert "DTSTART;VALUE=DATE:20270115" in text


def test_calendar_feed_ends_with_its_persons_role(client, feed):
    Role.objects.all().delete()

    assert client.get(feed.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("token", ["1", "1.forged", "x.y.z"])
def test_calendar_feed_of_a_forged_token_is_not_found(token, client, feed):
    assert client.get(f"/calendars/{token}.ics").status_code == 404


def test_making_a_new_address_revokes_the_old_one(client, contract, feed):
    client.force_login(feed.made_by)

    client.post(reverse("registry:calendar", args=[contract.council_id]))

    assert client.get(feed.get_absolute_url()).status_code == 404
    assert CalendarFeed.objects.standing().count() == 1


def test_transparency_csv_is_served_with_a_name(client, contract):
    answer = client.get(reverse("registry:transparency", args=[contract.council_id]))

    [row] = csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"), newline=""))
    assert row["SupplierName"] == "Amy Jones"
    assert contract.council_id in answer["Content-Disposition"]
