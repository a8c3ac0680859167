"""An officer changes how a file is read, in a real browser with and without script."""

import re

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from imports.models import Choice
from imports.tasks import read_upload
from tests import factories as make
from tests.journeys.conftest import check, follow, sign_in
from tests.journeys.test_upload import work

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def register(tmp_path):
    book = Workbook()
    book.active.append(["Ref", "Contract title", "Whom", "Starts", "Ends", "Value"])
    for n in range(1, 8):
        book.active.append(
            [f"B-{n}", f"Laptops {n}", f"Acme{n}", "03/04/2025", "as agreed", f"£{n}00"]
        )
    path = tmp_path / "register.xlsx"
    book.save(path)
    return path


def upload(tab, register):
    send(tab, register)
    tab.get_by_role("link", name="Change columns, dates or amounts").click()


def send(tab, register):
    make.make_officer(make.make_council(), username="olive")
    sign_in(tab, "olive", make.PASSWORD)
    tab.goto("/uploads/new/")
    tab.get_by_label("The register").set_input_files(register)
    tab.get_by_role("button", name="Upload").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Reading")
    work(read_upload)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Did we")


def test_whose_the_rows_are_is_asked_before_anything_can_be_applied(tab, tmp_path):
    path = tmp_path / "register.csv"
    rows = (f"T-{n},Laptops {n},Acme {n} Ltd,2025-04-03,2027-04-02,{n}00,Anytown" for n in range(9))
    headings = "Ref,Contract title,Supplier,Start date,End date,Value,Council name"
    path.write_text("\n".join([headings, *rows]), encoding="utf-8")
    send(tab, path)

    check(tab)
    expect(tab.get_by_role("link", name="Yes, see what changes")).to_have_count(0)
    tab.get_by_role("button", name="Yes, they are").click()
    work(read_upload)

    expect(tab.get_by_role("link", name="Yes, see what changes")).to_be_visible()
    expect(tab.get_by_text("“Anytown” means").first).to_be_visible()
    check(tab)


def test_a_column_is_changed_with_its_effect_at_once_and_undone(tab, register):
    upload(tab, register)
    check(tab)
    tab.get_by_label("C: Whom").select_option("start_date")
    expect(tab.get_by_text("This is not a date.").first).to_be_visible()
    expect(tab.get_by_text("cannot both be the start date")).to_be_visible()
    tab.get_by_label("C: Whom").select_option("supplier_name")
    expect(tab.get_by_text("This is not a date.").first).to_be_hidden()
    tab.get_by_label("The month: 03/04/2027").check()
    expect(tab.get_by_text("4 March 2025").first).to_be_visible()
    check(tab)
    tab.get_by_role("button", name="Save and read again").click()
    work(read_upload)

    expect(tab.get_by_text("“Whom” is Supplier.").first).to_be_visible()
    check(tab)
    tab.get_by_role("button", name=re.compile("Undo.*month first")).click()
    work(read_upload)
    expect(tab.get_by_text("Dates put the month first.")).to_be_hidden()
    follow(tab.get_by_role("link", name="choose another sheet or row of headings"))
    check(tab)

    assert [one.key for one in Choice.objects.standing()] == ["whom"]


def test_the_effect_is_shown_without_script_too(browser, live_server, register, tab):
    upload(tab, register)
    context = browser.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        storage_state=tab.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto(tab.url)

    plain.get_by_label("C: Whom").select_option("award_date")
    plain.get_by_role("button", name="Show the effect").click()

    expect(plain.get_by_text("This is not a date.").first).to_be_visible()
    context.close()
