"""An officer's upload in a real browser, from the file to the joint buy it opened, and back."""

from datetime import date

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from imports.models import Upload
from imports.tasks import apply_upload, read_upload, undo_upload
from procurement.actions import load_reference as load_procurement
from procurement.tasks import rebuild_changed
from registry.actions import load_reference
from registry.models import Contract, Council
from tests import factories as make
from tests.journeys.conftest import check, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

BOSTON, LINCOLN = "E07000136", "E07000138"
HEADINGS = ["Ref", "Contract title", "Contractor", "Starts", "Ends", "Annual value (£)"]


@pytest.fixture
def officer():
    load_reference()
    load_procurement()
    make.make_contract(
        council=Council.objects.get(pk=LINCOLN),
        title="Laptop refresh",
        category_id="LAP",
        start_date=date(2025, 10, 1),
        end_date=date(2027, 9, 30),
        yearly_value=200_000,
    )
    return make.make_officer(Council.objects.get(pk=BOSTON), username="olive")


@pytest.fixture
def register(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.title = "Contracts"
    sheet.append(["Boston contract register, September 2026"])
    sheet.append([])
    sheet.append(HEADINGS)
    sheet.append(["B-1", "Supply of laptops", "Acme IT", "01/10/2025", "30/09/2027", "£90,000"])
    sheet.append(["B-2", "Grass cutting", "Green Ltd", "01/04/2024", "31/11/2026", "£12,000"])
    sheet.append(["B-3", "Office cleaning", "Shine Ltd", "01/04/2024", "31/03/2028", "£8,500"])
    path = tmp_path / "register.xlsx"
    book.save(path)
    return path


def work(task):
    """What a worker does when the bell rings: the broker is not part of this journey."""
    task(Upload.objects.get().job_id)


@pytest.mark.each_database
def test_an_upload_is_read_checked_applied_and_undone(tab, officer, register):
    sign_in(tab, "olive", make.PASSWORD)
    tab.goto("/uploads/new/")
    check(tab)
    tab.get_by_label("The register").set_input_files(register)
    tab.get_by_role("button", name="Upload").click()

    expect(tab.get_by_role("heading", level=1)).to_contain_text("Reading register.xlsx")
    check(tab)
    work(read_upload)  # the page asks how far it is, and moves on by itself

    expect(tab.get_by_role("heading", level=1)).to_contain_text("Did we understand")
    expect(tab.get_by_text("the heading says contractor")).to_be_visible()
    expect(tab.get_by_text("in row 3; contracts from row 4 to 6")).to_be_visible()
    check(tab)
    tab.get_by_role("link", name="Yes, see what changes").click()

    expect(tab.get_by_role("heading", level=1)).to_contain_text("May this go into the registry?")
    check(tab)
    tab.get_by_role("button", name="Apply").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Recording register.xlsx")
    work(apply_upload)
    rebuild_changed()

    expect(tab.get_by_role("heading", level=1)).to_contain_text("is recorded")
    tab.reload()
    expect(
        tab.get_by_role("heading", name="Joint buys the contracts of this file could join")
    ).to_be_visible()
    expect(tab.get_by_role("link", name="Laptops").first).to_be_visible()
    check(tab)
    tab.get_by_role("link", name="Ends").click()
    expect(tab.get_by_text("November has 30 days")).to_be_visible()
    check(tab)

    upload = Upload.objects.get()
    tab.goto(f"/uploads/{upload.pk}/undo/")
    check(tab)
    tab.get_by_role("button", name="Undo this upload").click()
    work(undo_upload)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("was undone")
    check(tab)
    tab.goto("/uploads/")
    check(tab)

    assert Contract.objects.filter(council=BOSTON, withdrawn=False).count() == 0


def test_a_file_that_is_no_register_is_refused_in_a_sentence(tab, officer, tmp_path):
    spend = tmp_path / "spend.csv"
    spend.write_text(
        "Payment date,Supplier,Expense type,Transaction number,Amount\n"
        + "03/04/2026,Acme,Stationery,1234,50.00\n" * 5
    )
    sign_in(tab, "olive", make.PASSWORD)
    tab.goto("/uploads/new/")
    tab.get_by_label("The register").set_input_files(spend)
    tab.get_by_role("button", name="Upload").click()
    work(read_upload)

    expect(tab.get_by_role("heading", level=1)).to_contain_text("was not read")
    expect(tab.get_by_text("list of payments")).to_be_visible()
    check(tab)


def test_a_form_without_a_file_says_what_is_missing(tab, officer):
    sign_in(tab, "olive", make.PASSWORD)
    tab.goto("/uploads/new/")
    tab.get_by_role("button", name="Upload").click()

    expect(tab.get_by_role("link", name="Choose the file of the register.")).to_be_visible()
    check(tab)


def test_a_changed_web_address_of_any_length_fits_the_page(tab, officer, tmp_path):
    path = tmp_path / "register.csv"
    columns = "Ref,Contract title,Contractor,Starts,Ends,Contract document URL"
    row = "B-1,Supply of laptops,Acme IT,01/10/2025,30/09/2027"
    path.write_text(f"{columns}\n{row},\n")
    sign_in(tab, "olive", make.PASSWORD)
    upload(tab, path)
    tab.get_by_role("link", name="Yes, see what changes").click()
    tab.get_by_role("button", name="Apply").click()
    work_on_the_last(apply_upload)
    path.write_text(f"{columns}\n{row},https://example.org/{'a' * 170}\n")

    upload(tab, path)
    tab.get_by_role("link", name="Yes, see what changes").click()

    expect(tab.get_by_role("heading", name="Changed: 1", exact=True)).to_be_visible()
    check(tab)


def upload(tab, path):
    tab.goto("/uploads/new/")
    tab.get_by_label("The register").set_input_files(path)
    tab.get_by_role("button", name="Upload").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Reading")
    work_on_the_last(read_upload)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Did we understand")


def work_on_the_last(task):
    task(Upload.objects.latest("pk").job_id)
