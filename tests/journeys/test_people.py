"""An officer's word on contracts in a real browser: recorded, disputed, answered."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from imports import actions
from imports.models import Upload
from registry.models import Contract
from tests import factories as make
from tests.journeys.conftest import check, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEADINGS = "Reference,Title,Supplier,Start date,End date,Extension options,Total value"
LAPTOPS = "C-1,Laptops,Acme IT Ltd,01/04/2024,31/03/2027,2 x 12 months,120000"
PHONES = "C-2,Mobile phones,Birch Ltd,01/04/2024,31/03/2026,none,30000"
CHAIRS = "C-3,Office chairs,Cedar Ltd,01/04/2024,31/03/2028,none,9000"


def record(council, tmp_path: Path, *rows: str) -> Upload:
    path = tmp_path / "register.csv"
    path.write_text("\n".join([HEADINGS, *rows]))
    file = ContentFile(path.read_bytes())
    upload = Upload.objects.receive(council=council, file=file, name=path.name, by=None)
    found = actions.study(path, name=path.name, council=council.pk, acting_for=[council.pk])
    actions.record_study(upload, found, by=None)
    return upload


@pytest.fixture
def council():
    make.make_category("LAP")
    return make.make_council(name="Testham Borough Council", short_name="Testham")


@pytest.fixture
def signed_in(tab, council):
    make.make_officer(council, username="officer")
    sign_in(tab, "officer", make.PASSWORD)
    return tab


def test_extension_disputed_by_the_next_file_is_answered(signed_in, council, tmp_path):
    record(council, tmp_path, LAPTOPS)
    contract = Contract.objects.get()
    signed_in.goto(contract.get_absolute_url())
    follow(signed_in.get_by_role("link", name="Record a decision"))
    check(signed_in)
    signed_in.get_by_label("It was extended").check()
    signed_in.get_by_label("31 March 2028").check()
    signed_in.get_by_role("button", name="Record").click()
    expect(signed_in.get_by_text("Recorded: it ends on 31 March 2028.")).to_be_visible()

    upload = record(council, tmp_path, LAPTOPS)
    signed_in.goto(f"{upload.get_absolute_url()}changes/")
    expect(signed_in.get_by_text("This file says otherwise than you did")).to_be_visible()
    check(signed_in)
    signed_in.goto(council.get_absolute_url())
    expect(signed_in.get_by_text("says 31 March 2027")).to_be_visible()
    check(signed_in)
    signed_in.get_by_role("button", name="Ours stands").click()
    expect(signed_in.get_by_text("Ours stands, until a file says")).to_be_visible()

    record(council, tmp_path, LAPTOPS.replace("31/03/2027", "30/09/2027"))
    signed_in.goto(contract.get_absolute_url())
    check(signed_in)
    signed_in.get_by_role("button", name="The file is right").click()
    expect(signed_in.get_by_text("The file’s word stands now.")).to_be_visible()
    contract.refresh_from_db()
    assert contract.end_date.isoformat() == "2027-09-30"


def test_contracts_no_longer_listed_are_answered_both_ways(signed_in, council, tmp_path):
    record(council, tmp_path, LAPTOPS, PHONES, CHAIRS)
    upload = record(council, tmp_path, LAPTOPS.replace("120000", "130000"))
    signed_in.goto(upload.get_absolute_url())
    follow(signed_in.get_by_role("link", name="no longer listed"))
    check(signed_in)

    signed_in.get_by_role("button", name="It has ended").first.click()
    expect(signed_in.get_by_text("1 contract recorded as ended.")).to_be_visible()
    signed_in.get_by_role("button", name="Left out by mistake: it still runs").click()
    expect(signed_in.get_by_text("1 contract kept as running.")).to_be_visible()
    check(signed_in)

    signed_in.get_by_role("link", name="changed", exact=True).click()
    expect(signed_in.get_by_text("£130,000")).to_be_visible()
    check(signed_in)


def test_history_shows_a_contract_as_on_a_day(signed_in, council, tmp_path):
    record(council, tmp_path, LAPTOPS)
    upload = record(council, tmp_path, LAPTOPS.replace("120000", "130000"))
    actions.undo_upload(upload)
    signed_in.goto(Contract.objects.get().get_absolute_url())
    signed_in.get_by_role("link", name="What changed when").click()
    expect(signed_in.get_by_text("Withdrawn: register.csv")).to_be_visible()

    for label, number in (("Day", "1"), ("Month", "1"), ("Year", "2099")):
        signed_in.get_by_label(label, exact=True).fill(number)
    signed_in.get_by_role("button", name="See it").click()
    expect(signed_in.get_by_text("As it was on 1 January 2099")).to_be_visible()
    check(signed_in)


def test_contract_is_added_and_corrected_by_hand(signed_in, council):
    signed_in.goto(council.get_absolute_url())
    signed_in.get_by_role("link", name="Add a contract by hand").click()
    signed_in.get_by_role("button", name="Add contract").click()
    expect(signed_in.get_by_role("alert").get_by_text("Give the contract a title.")).to_be_visible()
    check(signed_in)
    signed_in.get_by_label("Title").fill("Laptops")
    signed_in.get_by_label("Total value").fill("£12k")
    signed_in.get_by_role("button", name="Add contract").click()
    expect(signed_in.get_by_text("Added.")).to_be_visible()

    signed_in.get_by_role("link", name="Correct these facts by hand").click()
    signed_in.get_by_label("Supplier", exact=True).fill("Acme IT Ltd")
    signed_in.get_by_role("button", name="Save").click()
    expect(signed_in.get_by_text("Corrected.")).to_be_visible()
    check(signed_in)
