"""A register of thirty rows with five kinds of problems, put right to the last one."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect

from imports import tasks
from imports.models import NilReturn, Upload
from registry.models import Contract
from tests import factories as make
from tests.journeys.conftest import check, follow, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

HEADINGS = ["Reference", "Contract title", "Supplier", "Start date", "End date", "Total value"]


@pytest.fixture
def council():
    council = make.make_council(name="Borough of Testham")
    make.make_officer(council, username="olive")
    return council


# What is wrong by number of the contract, and in which of its cells.
WRONG = {
    **{n: {4: "31/11/2026"} for n in range(1, 9)},
    **{n: {5: "S2,035"} for n in range(9, 15)},
    15: {3: "01/04/2027", 4: "31/03/2026"},
    16: {1: None},
    17: {1: None},
    18: {0: None, 1: "Grounds", 2: None, 3: None, 4: None, 5: None},
    19: {5: "10,000 - 20,000"},
}


def rows():
    """Thirty contracts with five kinds of problems in nineteen of them."""
    for n in range(1, 31):
        row = [f"C-{n:03}", f"Service number {n}", f"Firm {n} Ltd"]
        row += ["01/04/2025", "31/03/2028", f"{n * 1000}"]
        for at, text in WRONG.get(n, {}).items():
            row[at] = text
        yield row


def register(path, *more):
    book = Workbook()
    book.active.title = "Contracts"
    for row in (HEADINGS, *rows(), *more):
        book.active.append(row)
    book.save(path)
    return path


def work():
    """What a worker does when the bell rings."""
    job = Upload.objects.first().job
    getattr(tasks, job.task.rpartition(".")[2])(job.pk)


def send(tab, path):
    tab.goto("/uploads/new/")
    tab.get_by_label("The register").set_input_files(path)
    tab.get_by_role("button", name="Upload").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Reading")
    work()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Did we")
    tab.get_by_role("link", name="Yes, see what changes").click()
    tab.get_by_role("button", name="Apply").click()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Recording")
    work()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("is recorded")
    return Upload.objects.first()


def save(tab, name="Save what I typed"):
    tab.get_by_role("button", name=name).click()
    expect(tab.get_by_text("kept, for this file and the next")).to_be_visible()
    work()
    expect(tab.locator("progress")).to_have_count(0)


def test_an_officer_gets_to_no_problems_and_the_next_file_has_none(tab, council, tmp_path):
    sign_in(tab, "olive", make.PASSWORD)
    upload = send(tab, register(tmp_path / "q1.xlsx"))
    assert Contract.objects.standing().count() == 27
    address = reverse("imports:problems", args=[upload.pk])

    # In bulk; what is no better is said at once, and nothing is kept until it is.
    tab.goto(address)
    check(tab)
    tab.get_by_label("All 8 should say").fill("31/11/2026")
    tab.get_by_label("All 6 should say").fill("2,035")
    tab.get_by_role("button", name="Save what I typed").click()
    expect(tab.get_by_role("link", name="November has 30 days")).to_be_visible()
    check(tab)
    tab.get_by_label("All 8 should say").fill("30/11/2026")
    save(tab)
    assert Contract.objects.filter(end_date="2026-11-30", total_value__gt=0).count() == 8
    assert Contract.objects.filter(total_value=2035).count() == 6

    # One cell, and one row that is no contract.
    tab.goto(address)
    tab.get_by_label("F20 should say").fill("15,000")
    tab.get_by_label("Not a contract: leave the row out: B19").check()
    save(tab)

    # The rest in the workbook.
    tab.goto(address)
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="Download the problem rows as a workbook").click()
    book = load_workbook(BytesIO(coming.value.path().read_bytes()))
    page = book.worksheets[0]
    assert [cell.value for cell in page[1]][3:] == HEADINGS
    for line in page.iter_rows(min_row=2):
        if line[7].comment:
            line[7].value = "31/03/2029"
        if line[4].comment:
            line[4].value = f"Put right {line[1].value}"
    book.save(tmp_path / "mended.xlsx")
    tab.get_by_label("Your corrected workbook").set_input_files(tmp_path / "mended.xlsx")
    tab.get_by_role("button", name="Send it back").click()
    expect(tab.locator("progress")).to_be_visible()
    work()
    expect(tab.get_by_text("3 corrections taken from your workbook.")).to_be_visible()
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Nothing is left to put right")
    check(tab)
    assert Contract.objects.standing().count() == 29

    # Next quarter the same cells are wrong, and nobody is asked again.
    later = send(tab, register(tmp_path / "q2.xlsx", ["C-31", "New", "Oak Ltd", None, None, "5"]))
    assert later.report["problems"] == 0
    counts = {name: later.report["rows"][name] for name in ("added", "changed", "unchanged")}
    assert counts == {"added": 1, "changed": 0, "unchanged": 29}
    tab.goto(reverse("imports:problems", args=[later.pk]))
    expect(tab.get_by_role("button", name="Undo")).to_have_count(7)
    check(tab)

    contract = Contract.objects.get(reference="C-001")
    tab.goto(contract.get_absolute_url())
    expect(tab.get_by_text("corrected by olive")).to_have_count(1)


def test_a_row_is_put_right_as_a_whole(tab, council, tmp_path):
    sign_in(tab, "olive", make.PASSWORD)
    upload = send(tab, register(tmp_path / "q1.xlsx"))
    tab.goto(reverse("imports:problems", args=[upload.pk]))
    follow(tab.get_by_role("link", name="See the whole row of B19"))
    check(tab)
    tab.get_by_label("Supplier").fill("Green Ltd")
    save(tab, "Save this row")

    assert Contract.objects.standing().filter(title="Grounds", supplier_name="Green Ltd").exists()


def test_a_file_that_is_not_the_workbook_is_refused_in_a_sentence(tab, council, tmp_path):
    sign_in(tab, "olive", make.PASSWORD)
    path = register(tmp_path / "q1.xlsx")
    upload = send(tab, path)
    tab.goto(reverse("imports:problems", args=[upload.pk]))
    tab.get_by_label("Your corrected workbook").set_input_files(path)
    tab.get_by_role("button", name="Send it back").click()
    expect(tab.locator("progress")).to_be_visible()
    work()

    expect(tab.get_by_text("This is not the workbook of this upload")).to_be_visible()


def test_a_nil_return_is_one_click_and_one_to_undo(tab, council):
    sign_in(tab, "olive", make.PASSWORD)
    tab.goto(council.get_absolute_url())
    check(tab)
    tab.get_by_role("button", name="Nothing has changed this quarter").click()
    expect(
        tab.get_by_text("Noted: nothing has changed from October to December 2026")
    ).to_be_visible()
    check(tab)
    assert NilReturn.objects.count() == 1
    tab.goto("/uploads/")
    check(tab)
    tab.get_by_role("button", name="Undo").click()

    expect(tab.get_by_role("button", name="Nothing has changed this quarter")).to_be_visible()
    assert not NilReturn.objects.exists()
