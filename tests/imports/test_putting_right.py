"""Problems put right after an upload: corrections kept, what they mend recorded, and undone."""

from datetime import date

import pytest
from django.core.files.base import ContentFile

from imports import actions
from imports.actions.correcting import correct, withdraw_correction
from imports.actions.putting_right import put_right
from imports.models import Correction, Upload
from imports.settled import LEFT_OUT
from imports.settled import Correction as Said
from registry.models import Contract, Source, Statement
from tests.factories import make_council, make_job, make_officer
from tests.imports.registers import ROWS, write_register

pytestmark = pytest.mark.django_db

BAD_END = "C-{n},Printers {n},Birch Ltd,01/04/2026,31/11/2026,9000"
BAD = [BAD_END.format(n=n) for n in (11, 12, 13)]
NO_TITLE = "C-20,,Elm Ltd,01/04/2026,31/03/2027,700"


@pytest.fixture
def council():
    return make_council()


@pytest.fixture
def officer(council):
    return make_officer(council)


@pytest.fixture
def upload(tmp_path, council, officer):
    """An applied register of three good rows, three with an impossible end and one untitled."""
    return send(write_register(tmp_path, *ROWS, *BAD, NO_TITLE), council, officer)


def send(path, council, officer, *, apply=True):
    file = ContentFile(path.read_bytes())
    upload = Upload.objects.receive(council=council, file=file, name=path.name, by=officer)
    actions.read_upload(upload, make_job(asked_by=officer))
    if apply:
        actions.apply_upload(upload, make_job(asked_by=officer))
    upload.refresh_from_db()
    return upload


def mend(upload, officer, *said):
    correct(upload, said, by=officer)
    put_right(upload, make_job(asked_by=officer))
    upload.refresh_from_db()


ENDS = Said("end_date", "31/11/2026", "2026-11-30")


def title(upload, text="Cutters"):
    return Said("title", "", text, upload.problem_rows.get(cells__B="").row_key)


def ends():
    rows = Contract.objects.standing().filter(title__startswith="Printers")
    return list(rows.values_list("end_date", flat=True))


def test_good_rows_do_not_wait_for_bad_ones(upload):
    assert Contract.objects.standing().count() == 6
    assert ends() == [None] * 3
    assert upload.problems.count() == 4
    assert upload.problems.waiting().count() == 1


def test_one_correction_mends_every_cell_that_says_the_same(upload, officer):
    mend(upload, officer, ENDS)

    assert ends() == [date(2026, 11, 30)] * 3
    assert upload.problems.count() == 1
    assert upload.report["rows"]["changed"] == 0
    assert upload.report["rows"]["added"] == 6


def test_only_rows_a_correction_touches_are_written_again(upload, officer):
    mend(upload, officer, ENDS)

    again = Source.objects.get(note="Problems put right")
    assert again.upload == upload.pk
    assert sorted(again.statements.values_list("row", flat=True)) == [5, 6, 7]


def test_a_waiting_row_is_recorded_once_it_is_put_right(upload, officer):
    mend(upload, officer, title(upload))

    assert Contract.objects.standing().filter(title="Cutters").exists()
    rows = upload.report["rows"]
    assert (rows["added"], rows["problem"], rows["read"]) == (7, 0, 7)


def test_corrections_made_one_after_another_all_stand(upload, officer):
    mend(upload, officer, title(upload))
    mend(upload, officer, ENDS)

    assert upload.problems.count() == 0
    assert ends() == [date(2026, 11, 30)] * 3
    assert Contract.objects.standing().count() == 7


def test_what_was_corrected_is_noted_with_who_and_what_stood_there(upload, officer):
    mend(upload, officer, ENDS)

    noted = Statement.objects.exclude(corrected=None)
    assert noted.count() == 3
    assert noted[0].corrected["end_date"]["raw"] == "31/11/2026"
    assert noted[0].corrected["end_date"]["by"] == str(officer)


def test_a_correction_taken_back_leaves_nothing(upload, officer):
    mend(upload, officer, ENDS, title(upload))

    for one in Correction.objects.all():
        withdraw_correction(one)
    put_right(upload, make_job(asked_by=officer))

    assert ends() == [None] * 3
    assert Contract.objects.standing().count() == 6
    assert upload.problems.count() == 4


def test_undoing_the_upload_takes_what_was_put_right_as_well(upload, officer):
    mend(upload, officer, ENDS, title(upload))

    actions.undo_upload(upload)

    assert not Contract.objects.standing().exists()


def test_a_row_said_to_be_no_contract_is_counted_so(upload, officer):
    row = upload.problem_rows.get(cells__B="")
    mend(upload, officer, Said(LEFT_OUT, "", "not a contract", row.row_key))

    rows = upload.report["rows"]
    assert (rows["problem"], rows["not_a_contract"], rows["read"]) == (0, 1, 7)


def test_next_quarters_file_with_the_same_cells_has_no_problem(upload, officer, council, tmp_path):
    mend(upload, officer, ENDS, title(upload))

    path = write_register(tmp_path, *ROWS, *BAD, NO_TITLE, "C-30,New,Oak Ltd,,,5", name="q2.csv")
    later = send(path, council, officer)

    assert later.problems.count() == 0
    rows = later.report["rows"]
    assert (rows["added"], rows["changed"], rows["unchanged"]) == (1, 0, 7)
    assert [one["rows"] for one in later.report["corrected"]] == [3, 1]


def test_a_file_that_says_otherwise_is_believed(upload, officer, council, tmp_path):
    mend(upload, officer, ENDS)

    said = [row.replace("31/11/2026", "28/11/2026") for row in BAD]
    send(write_register(tmp_path, *ROWS, *said, NO_TITLE, name="q2.csv"), council, officer)

    assert ends() == [date(2026, 11, 28)] * 3


def test_saying_the_same_twice_keeps_one_correction(upload, officer):
    assert correct(upload, [ENDS], by=officer) == 1
    assert correct(upload, [ENDS], by=officer) == 0
    assert Correction.objects.count() == 1


def test_a_later_word_replaces_the_earlier(upload, officer):
    mend(upload, officer, ENDS)
    mend(upload, officer, Said("end_date", "31/11/2026", "2026-12-01"))

    assert ends() == [date(2026, 12, 1)] * 3
    assert Correction.objects.standing().count() == 1
