"""The pages of an upload, as an officer goes through them, and for nobody else."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from imports.actions.correcting import correct
from imports.models import Correction, NilReturn, Upload
from imports.settled import Correction as Said
from registry.actions import withhold
from registry.models import Contract, Job
from tests.factories import (
    NOW,
    make_administrator,
    make_buyer,
    make_council,
    make_job,
    make_officer,
    make_upload,
)
from tests.imports.registers import ROWS, register

pytestmark = pytest.mark.django_db

BAD_ROW = "C-4,Printers,Birch Ltd,01/04/2026,31/11/2026,9000"
FIVE_BAD = register(
    *ROWS, *(BAD_ROW.replace("C-4", f"C-1{n}").replace("9000", f"9{n}00") for n in range(5))
).encode()
PAGES = ("", "progress/", "changes/", "problems/", "file/", "undo/")


def page(client, upload, part=""):
    response = client.get(f"{upload.get_absolute_url()}{part}")
    assert response.status_code == 200
    return response.content.decode()


def test_new_asks_for_a_file(client, officer):
    assert "The register" in client.get("/uploads/new/").content.decode()


@pytest.mark.parametrize(
    ("file", "words"),
    [(None, "Choose the file of the register."), (b"", "This file is empty.")],
)
def test_new_says_what_is_missing(client, council, officer, file, words):
    data = {"council": council.pk}
    if file is not None:
        data["file"] = SimpleUploadedFile("register.csv", file)

    response = client.post("/uploads/new/", data)

    assert words in response.content.decode()
    assert not Upload.objects.exists()


def test_new_refuses_a_file_that_is_too_large(client, council, officer, settings):
    settings.UPLOAD_MAX_BYTES = 10

    file = SimpleUploadedFile("register.csv", b"x" * 11)
    response = client.post("/uploads/new/", {"council": council.pk, "file": file})

    assert "larger than" in response.content.decode()
    assert not Upload.objects.exists()


def test_new_takes_no_file_for_another_council(client, officer):
    file = SimpleUploadedFile("register.csv", register(*ROWS).encode())

    response = client.post("/uploads/new/", {"council": make_council().pk, "file": file})

    assert response.status_code == 200
    assert not Upload.objects.exists()


def test_upload_shows_that_it_is_being_worked_on(client, send):
    upload = send(register(*ROWS).encode(), read=False)

    assert f"{upload.get_absolute_url()}progress/" in page(client, upload)


def test_upload_shows_what_was_read(client, send):
    upload = send(register(*ROWS, BAD_ROW).encode())

    shown = page(client, upload)
    assert "Laptops for staff" in shown
    assert "End date" in shown
    assert f"{upload.get_absolute_url()}changes/" in shown


def test_changes_shows_what_would_be_recorded(client, send):
    upload = send(register(*ROWS).encode())

    assert "Laptops for staff" in page(client, upload, "changes/")
    assert not Contract.objects.exists()


def test_apply_records_the_good_rows_once(client, send, press):
    upload = send(register(*ROWS, BAD_ROW).encode())

    press(upload, "apply")
    press(upload, "apply")

    upload.refresh_from_db()
    assert upload.state == "applied"
    assert Contract.objects.count() == upload.report["rows"]["added"]
    assert Job.objects.count() == 2


def test_a_file_of_another_council_alone_is_not_offered_to_be_applied(client, send, press):
    other = make_council(name="Otherford Borough Council")
    headings, *rows = register(*ROWS).splitlines()
    content = "\n".join([f"Council,{headings}", *(f"{other.name},{row}" for row in rows)])
    upload = send(content.encode())

    shown = page(client, upload, "changes/")
    press(upload, "apply")

    assert "Nothing of this file can be recorded yet" in shown
    assert "Otherford" in shown
    assert ">Apply</button>" not in shown
    upload.refresh_from_db()
    assert (upload.state, Contract.objects.count()) == (Upload.State.READ, 0)


def test_apply_asks_once_however_often_it_is_pressed(
    client, send, worker, django_capture_on_commit_callbacks
):
    upload = send(register(*ROWS).encode())

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{upload.get_absolute_url()}apply/")
        client.post(f"{upload.get_absolute_url()}apply/")

    assert len(worker) == 1


def test_changes_can_be_seen_once_applied(client, send, press):
    upload = send(register(*ROWS).encode())
    press(upload, "apply")

    assert "Added: 3" in page(client, upload, "changes/?show=added")
    assert "Apply" not in page(client, upload, "changes/")


def test_changes_are_paged_and_not_cut(client, send):
    rows = [f"C-{n},Contract {n},Acme Ltd,01/04/2024,31/03/2027,{n}000" for n in range(1, 252)]
    upload = send(register(*rows).encode())

    assert "Contract 251" in page(client, upload, "changes/?show=added&page=3")
    assert "Contract 251" not in page(client, upload, "changes/?show=added&page=1")


BY_NUMBER = "Reference,Title,Supplier,Company number,Start date,End date,Total value"
NAMELESS = ("C-1,Laptops,,1234566,01/04/2024,31/03/2027,100", "C-2,Phones,Acme Ltd,,,,200")


def test_a_supplier_without_a_name_is_shown_by_its_number(client, send, press):
    upload = send(register(*NAMELESS, headings=BY_NUMBER).encode())
    assert "Company 01234566" in page(client, upload, "changes/")

    press(upload, "apply")

    contract = Contract.objects.get(title="Laptops")
    assert contract.supplier.name == "Company 01234566"
    shown = client.get(contract.get_absolute_url()).text
    assert f'href="{contract.supplier.get_absolute_url()}">Company 01234566</a>' in shown
    assert "Company 01234566" in client.get("/contracts/").text


UNTITLED = "Reference,Description,Supplier,Start date,End date,Estimated value,Annual value"
TOLD_BESIDE = (
    "C-1,Laptops for staff,Acme Ltd,01/04/2024,31/03/2027,120000,",
    "C-2,Phones,Acme Ltd,01/04/2024,31/03/2027,,est. £500",
)


def test_facts_told_by_other_columns_open_to_their_cells_and_rules(client, send, press):
    press(send(register(*TOLD_BESIDE, headings=UNTITLED).encode()), "apply")

    first, second = Contract.objects.order_by("reference")
    shown = [client.get(one.get_absolute_url()).text for one in (first, second)]

    assert "Cell B2 " in where_from(shown[0], "Title")
    assert "a row without a title goes by its description" in where_from(shown[0], "Title")
    estimate = where_from(shown[0], "Value is an estimate")
    assert "Cell F2 " in estimate
    assert "the heading says that its amounts are estimates" in estimate
    estimate = where_from(shown[1], "Value is an estimate")
    assert "Cell G3 " in estimate
    assert "the words of the cell say so" in estimate


def where_from(html, label):
    """What a contract's page tells of the source of one fact."""
    _, said = html.split(f'Where from<span class="govuk-visually-hidden">: {label}</span>')
    return said.partition("</details>")[0]


def people(*names):
    rows = (f"T-{n},Translation {n},{name},,31/03/2027,900" for n, name in enumerate(names))
    return register(*rows).encode()


def test_names_of_people_are_told_before_applying(client, send, press):
    upload = send(people("Amy Jones", "Acme IT Ltd", "Dr B Patel", "Amy Jones", "Adam Ltd"))

    shown = page(client, upload, "changes/")
    assert "2 suppliers read as people" in shown
    assert "Amy Jones: row 2, Translation 0" in shown
    assert "and 1 more row" in shown
    assert "Dr B Patel: row 4, Translation 2" in shown
    assert "Shown are the first" not in shown

    press(upload, "apply")
    assert "read as people" not in page(client, upload, "changes/")


def test_of_many_names_of_people_it_is_said_how_many_more(client, send, press, council):
    surnames = [f"{one}{two}son" for one in "abcdefgh" for two in "abcdefgh"]
    upload = send(people(*(f"Amy {name.title()}" for name in surnames)))

    shown = page(client, upload, "changes/")
    assert "64 suppliers read as people" in shown
    assert "Shown are the first 50 of 64" in shown
    assert "Amy Aason: row 2" in shown
    assert "Amy Hhson: row" not in shown

    press(upload, "apply")
    address = f"{council.get_absolute_url()}publication/"
    first = client.get(address).text
    assert "Shown are the first 50 of 64" in first
    assert first.count("reads as a person") == 50
    assert client.get(f"{address}?notices=all").text.count("reads as a person") == 64


def test_names_of_people_known_or_withheld_already_are_no_news(client, send, press, officer):
    press(send(people("Amy Jones", "Beth Smith")), "apply")
    withheld = Contract.objects.get(supplier_name="Beth Smith")
    withhold(withheld, what="supplier", reason="sole trader", by=officer)

    known = send(people("Amy Jones", "Beth Smyth"))
    assert "reads as a person" not in page(client, known, "changes/")
    upload = send(people("Amy Brown", "Beth Smyth"))

    assert "1 supplier reads as a person" in page(client, upload, "changes/")
    assert "Amy Brown" in page(client, upload, "changes/")


def test_undo_asks_first_and_then_withdraws(client, send, press):
    upload = send(register(*ROWS).encode())
    press(upload, "apply")
    assert "Undo" in page(client, upload, "undo/")
    assert Contract.objects.standing().count() == 3

    press(upload, "undo")

    upload.refresh_from_db()
    assert upload.state == "undone"
    assert not Contract.objects.standing().exists()
    page(client, upload)


def test_an_upload_undone_is_read_again_and_looked_at_before_it_is_applied(client, send, press):
    upload = send(register(*ROWS).encode())
    press(upload, "apply")
    before = set(Contract.objects.values_list("pk", flat=True))
    press(upload, "undo")
    assert "Read it again" in page(client, upload)
    press(upload, "apply")
    assert not Contract.objects.standing().exists()

    press(upload, "again")
    assert "3</span><a" in page(client, upload, "changes/")
    press(upload, "apply")

    assert set(Contract.objects.standing().values_list("pk", flat=True)) == before


def test_the_page_of_a_file_applied_asks_what_was_left_to_be_said(client, send, press):
    press(send(register(*ROWS).encode()), "apply")
    later = send(register(*ROWS[:2]).encode())
    press(later, "apply")

    assert "1 contract no longer listed waits for your word" in page(client, later)


OF_ANOTHER = "Buyer,Title,Supplier,Start date,End date,Total value\n" + "".join(
    f"Otherham Borough Council,Laptops {n},Acme{n},01/04/2024,31/03/2027,{n}000\n"
    for n in range(1, 31)
)


def test_a_file_of_another_council_says_so_first_and_asks_once(client, council, send, press):
    make_council(name="Otherham Borough Council")
    found = send(OF_ANOTHER.encode())
    said = page(client, found)

    assert "30 of 30 rows name Otherham Borough Council (invented), for which you do not" in said
    assert said.index("for which you do not act") < said.index("rows read")
    assert "Yes, see what changes" not in said
    problems = page(client, found, "problems/")
    assert f"These are {council.short_name}’s" in problems
    assert problems.count("This row belongs to Otherham Borough Council") == 1
    assert 'name="of_councils"' in said

    press(found, "ours", of_councils="1")

    said = page(client, found)
    assert "for which you do not act" not in said
    assert "Yes, see what changes" in said
    found.refresh_from_db()
    assert (found.report["rows"]["added"], found.report["rows"]["problem"]) == (30, 0)


def test_rows_of_another_body_wait_for_a_word_though_others_name_a_council(client, send, press):
    make_council(name="Otherham Borough Council")
    found = send(OF_ANOTHER.replace("Otherham Borough Council", "Anytown University", 29).encode())

    press(found, "apply")

    assert "It names “Anytown University”" in page(client, found)
    found.refresh_from_db()
    assert (found.state, Contract.objects.count()) == (Upload.State.READ, 0)

    press(found, "ours")

    assert "1 of 30 rows names Otherham Borough Council" in page(client, found)
    found.refresh_from_db()
    assert (found.report["rows"]["added"], found.report["rows"]["problem"]) == (29, 1)


def test_few_rows_of_another_council_do_not_keep_the_others_waiting(client, council, send):
    make_council(name="Otherham Borough Council")
    ours = OF_ANOTHER.replace("Otherham Borough Council", council.name, 29)
    said = page(client, send(ours.encode()))

    assert "1 of 30 rows names Otherham Borough Council" in said
    assert "Yes, see what changes" in said


def test_values_left_out_are_told_before_they_go_into_the_registry(client, send):
    found = send(register(*ROWS, "C-4,Printers,Acme,01/04/2024,31/02/2027,9000").encode())
    said = page(client, found, "changes/")

    assert "No row waits with a problem. 1 value that could not be read is left out" in said
    assert f'href="/uploads/{found.pk}/problems/">see and put right</a>' in said
    sound = page(client, send(register(*ROWS).encode()), "changes/")
    assert "No row waits with a problem. Applying can be undone." in sound


def test_a_file_in_which_hardly_a_contract_is_found_again_is_doubted(client, send, press):
    many = [f"C-{n},Laptops {n},Acme{n},01/04/2024,31/03/2027,{n}000" for n in range(1, 31)]
    others = [f"Z-{n},Playground {n},Birch{n},01/05/2021,30/06/2029,{n}77" for n in range(1, 31)]
    press(send(register(*many).encode()), "apply")
    doubt = "Of the contracts held for this council, none was found in the file; 30 were not"

    usual = send(register(*many[:15]).encode())
    assert doubt not in page(client, usual, "changes/")
    assert "All 15 have ended" in page(client, usual, "changes/")

    odd = send(register(*others).encode())
    for part in ("", "changes/", "changes/?show=no_longer_listed"):
        assert doubt in page(client, odd, part)
    gone = page(client, odd, "changes/?show=no_longer_listed")
    assert "All 30 have ended" not in gone
    assert "All 30 were left out by mistake" in gone
    odd.refresh_from_db()
    assert odd.report["judgements"][0].startswith(doubt)


def test_problems_lists_cells_and_narrows_by_heading(client, send):
    upload = send(register(*ROWS, BAD_ROW).encode())

    assert "31/11/2026" in page(client, upload, "problems/")
    assert "31/11/2026" in page(client, upload, "problems/?heading=End+date")
    assert "31/11/2026" not in page(client, upload, "problems/?heading=Title")


def test_upload_says_why_it_was_refused(client, send):
    upload = send(b"Dear all,\nplease find enclosed nothing at all.\n")

    upload.refresh_from_db()
    assert upload.state == "refused"
    assert upload.refused_because in page(client, upload).replace("&#x27;", "'")


@pytest.mark.parametrize("content", [register(*ROWS).encode(), b"\x00\xff\r\n odd \xfe"])
def test_original_gives_back_every_byte_as_a_download(client, send, content):
    upload = send(content, name="Our register – Q2.csv")

    response = client.get(f"{upload.get_absolute_url()}file/")

    assert response.getvalue() == content
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"


def test_progress_moves_on_once_the_work_is_done(client, send, work):
    upload = send(register(*ROWS).encode(), read=False)
    waiting = client.get(f"{upload.get_absolute_url()}progress/")
    assert "HX-Redirect" not in waiting

    work()

    done = client.get(f"{upload.get_absolute_url()}progress/")
    assert done["HX-Redirect"] == upload.get_absolute_url()


def test_upload_says_when_something_went_wrong_on_our_side(client, council, officer):
    job = make_job(state="failed", finished_at=NOW, message="Something went wrong on our side.")

    assert "Something went wrong on our side." in page(
        client, make_upload(council=council, job=job)
    )


def test_uploads_lists_those_of_own_councils_only(
    client, council, officer, django_assert_num_queries
):
    make_upload(council=council, name="ours.xlsx")
    make_upload(name="theirs.xlsx")

    shown = client.get("/uploads/").content.decode()

    assert "ours.xlsx" in shown
    assert "theirs.xlsx" not in shown


def test_uploads_costs_the_same_for_many(client, council, officer, django_assert_max_num_queries):
    for _ in range(20):
        make_upload(council=council)

    with django_assert_max_num_queries(8):
        client.get("/uploads/")


def visitors():
    return {
        "stranger": (None, 302),
        "officer of another council": (make_officer(), 403),
        "regional buyer": (make_buyer(), 403),
        "administrator": (make_administrator(), 200),
    }


@pytest.mark.parametrize("who", ["stranger", "officer of another council", "regional buyer"])
@pytest.mark.parametrize("part", [*PAGES, "apply/"])
def test_pages_of_an_upload_are_closed_to(who, part, client, council):
    user, status = visitors()[who]
    upload = make_upload(council=council, file=ContentFile(b"x", name="r.csv"), state="read")
    if user:
        client.force_login(user)

    shown = client.get(f"{upload.get_absolute_url()}{part}")
    pressed = client.post(f"{upload.get_absolute_url()}{part}")

    assert (shown.status_code, pressed.status_code) == (status, status)
    assert not Job.objects.exists()


@pytest.mark.parametrize("who", ["regional buyer", "stranger"])
def test_new_is_closed_to(who, client):
    user, status = visitors()[who]
    if user:
        client.force_login(user)

    assert client.get("/uploads/new/").status_code == status


def test_pages_of_an_upload_are_open_to_administrators(client, send):
    upload = send(register(*ROWS).encode())
    client.force_login(make_administrator())

    for part in PAGES:
        response = client.get(f"{upload.get_absolute_url()}{part}")
        if response.streaming:
            response.getvalue()  # which closes the file
        assert response.status_code == 200, part


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_apply_takes_a_pressed_button_only(method, client, send):
    upload = send(register(*ROWS).encode())

    response = getattr(client, method)(f"{upload.get_absolute_url()}apply/")

    assert response.status_code == 405
    assert not Contract.objects.exists()


# Problems put right


def test_problems_are_put_right_on_the_page_and_remembered(client, send, work):
    upload = applied(client, send, work, BAD_ROW)
    problem = upload.problems.get()

    page = client.post(f"/uploads/{upload.pk}/problems/", {f"say-{problem.pk}": "31/11/2026"})
    assert "November has 30 days" in page.text
    assert not Correction.objects.exists()

    client.post(f"/uploads/{upload.pk}/problems/", {f"say-{problem.pk}": "30/11/2026"})
    assert Correction.objects.get().value == "2026-11-30"


def applied(client, send, work, *rows):
    upload = send(register(*ROWS, *rows).encode())
    Upload.objects.filter(pk=upload.pk).update(state="applied", applied_at=NOW)
    return Upload.objects.get(pk=upload.pk)


def test_problems_of_a_file_with_a_later_one_are_put_right_there(client, send, work, council):
    upload = applied(client, send, work, BAD_ROW)
    make_upload(council=council, state="applied", applied_at=NOW + timedelta(days=1))

    page = client.get(f"/uploads/{upload.pk}/problems/")

    assert "A later file is recorded" in page.text
    assert "Save what I typed" not in page.text


def test_problems_page_costs_the_same_however_many(client, send, work):
    few = applied(client, send, work, BAD_ROW)
    many = applied(client, send, work, *[BAD_ROW.replace("C-4", f"C-{n}") for n in range(4, 30)])

    costs = []
    for upload in (few, many):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/uploads/{upload.pk}/problems/")
        costs.append(len(asked))

    assert costs[1] <= costs[0] <= 10


def test_a_nil_return_said_twice_stands_once(client, officer, council):
    for _ in range(2):
        client.post(f"/uploads/nothing-new/{council.pk}/")

    [said] = NilReturn.objects.all()
    assert (said.quarter.isoformat(), said.said_by) == ("2026-10-01", officer)

    client.post(f"/uploads/nothing-new/{council.pk}/undo/")
    assert not NilReturn.objects.exists()


def test_problems_left_are_counted_on_the_councils_page(client, send, work, council):
    applied(client, send, work, BAD_ROW)

    assert "1 problem to put right" in client.get(council.get_absolute_url()).text


def test_the_same_file_again_says_that_it_is_recorded_and_when(client, send, press):
    first = send(register(*ROWS).encode(), "one.csv")
    assert "recorded already" not in page(client, first)
    press(first, "apply")

    again = send(register(*ROWS).encode(), "the same.csv")

    for part in ("", "changes/"):
        shown = page(client, again, part)
        assert "This file is recorded already" in shown
        assert f'href="{first.get_absolute_url()}">one.csv</a>' in shown
        assert "Applying it again changes nothing." in shown
    press(first, "undo")
    assert "recorded already" not in page(client, again)


def test_problems_say_how_many_there_are_and_that_the_workbook_has_them_all(
    client, send, monkeypatch
):
    monkeypatch.setattr("imports.views.problems.MOST_SHOWN", 2)
    upload = send(FIVE_BAD)

    shown = page(client, upload, "problems/")

    assert "the first 2 of 5 problems" in shown
    assert "5 rows: every one with a problem" in shown
    book = load_workbook(
        BytesIO(client.get(f"{upload.get_absolute_url()}problems/workbook/").content)
    )
    assert book.worksheets[0].max_row == 1 + 5


def test_problems_say_when_the_workbook_has_not_all_rows(client, send, monkeypatch):
    monkeypatch.setattr("imports.actions.problem_rows.MOST_ROWS", 3)
    upload = send(FIVE_BAD)

    assert "the first 3 rows with a problem; 2 more follow" in page(client, upload, "problems/")


def test_corrections_taken_over_are_told_with_their_rows_before_the_next_file_is_applied(
    client, send, council, officer
):
    first = send(FIVE_BAD)
    ends = Said("end_date", "31/11/2026", "2026-11-30")
    correct(first, [ends], by=officer)

    again = send(FIVE_BAD)

    for part in ("", "changes/"):
        shown = page(client, again, part)
        assert "31/11/2026, read as 2026-11-30" in shown
        assert 'data-label="Rows" class="govuk-table__cell govuk-table__cell--numeric">5<' in shown


def test_refusal_that_advises_a_nil_return_lets_one_be_made(client, council, send):
    upload = send(register().encode())

    advised = page(client, upload)
    assert "record a nil return" in advised
    address = f"/uploads/nothing-new/{council.pk}/"
    assert f'action="{address}"' in advised
    client.post(address)
    assert NilReturn.objects.of_council(council.pk).count() == 1
    assert "Nothing has changed from" in page(client, upload)


def test_refusal_that_advises_something_else_has_no_nil_return(client, send):
    upload = send(b"Name,Address\nAmy,1 High Street\nBea,2 High Street\n")

    told = page(client, upload)
    assert "not read as a contract register" in told
    assert "nothing-new" not in told
