"""The story of an upload: studied, recorded, sent again, undone."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from imports import actions
from imports.models import Upload
from registry.models import Contract, Source, Statement, Supplier
from tests.factories import make_council, make_job, make_officer, make_upload
from tests.imports.registers import ROWS, write_register

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return make_council()


def receive(path, council):
    file = ContentFile(path.read_bytes())
    return Upload.objects.receive(council=council, file=file, name=path.name, by=None)


def study(path, council, *others):
    codes = [council.pk, *(other.pk for other in others)]
    return actions.study(path, name=path.name, council=council.pk, acting_for=codes)


def record(path, council, *others):
    """Study and record a file; the upload."""
    upload = receive(path, council)
    actions.record_study(upload, study(path, council, *others), by=None)
    upload.refresh_from_db()
    return upload


def rows_of(upload):
    names = ("added", "changed", "unchanged", "no_longer_listed")
    return tuple(upload.report["rows"][name] for name in names)


def shown():
    rows = Contract.objects.standing().order_by("reference")
    return list(rows.values_list("pk", "reference", "title", "end_date", "total_value"))


def test_study_writes_nothing(tmp_path, council):
    found = study(write_register(tmp_path, *ROWS), council)

    assert len(found.differences[council.pk].added) == 3
    assert not Contract.objects.exists()
    assert not Source.objects.exists()


def test_record_study_records_rows_with_their_source_and_row(tmp_path, council):
    upload = record(write_register(tmp_path, *ROWS), council)

    assert (upload.state, rows_of(upload)) == ("applied", (3, 0, 0, 0))
    assert list(Statement.objects.order_by("row").values_list("row", flat=True)) == [2, 3, 4]
    source = Source.objects.get()
    assert (source.upload, source.council) == (upload.pk, council)
    assert source.columns["end_date"]["column"] == "E"
    assert Supplier.objects.count() == 2


def test_record_study_of_the_same_file_changes_nothing(tmp_path, council):
    path = write_register(tmp_path, *ROWS)
    record(path, council)
    before = list(Contract.objects.order_by("pk").values())

    again = record(path, council)

    assert rows_of(again) == (0, 0, 3, 0)
    assert list(Contract.objects.order_by("pk").values()) == before


def test_record_study_twice_of_one_upload_records_once(tmp_path, council):
    path = write_register(tmp_path, *ROWS)
    upload = receive(path, council)
    found = study(path, council)

    actions.record_study(upload, found, by=None)
    actions.record_study(upload, found, by=None)

    assert (Contract.objects.count(), Statement.objects.count()) == (3, 3)


def test_record_study_compares_again_when_another_upload_came_between(tmp_path, council):
    path = write_register(tmp_path, *ROWS)
    early, late = receive(path, council), receive(path, council)
    stale = study(path, council)
    actions.record_study(early, study(path, council), by=None)

    actions.record_study(late, stale, by=None)

    late.refresh_from_db()
    assert Contract.objects.count() == 3
    assert rows_of(late) == (0, 0, 3, 0)


def test_record_study_shows_the_next_quarter_as_a_difference(tmp_path, council):
    record(write_register(tmp_path, *ROWS), council)
    dearer = ROWS[0].replace("120000", "130000")
    new = "C-4,Printers,Birch Ltd,01/04/2026,31/03/2029,9000"

    upload = record(write_register(tmp_path, new, ROWS[1], dearer), council)

    assert rows_of(upload) == (1, 1, 1, 1)
    [change] = upload.report["changes"]["changed"]
    assert change["fields"] == [{"field": "total_value", "old": "120000.00", "new": "130000.00"}]
    assert Contract.objects.standing().count() == 4


def test_record_study_keeps_every_problem_however_many_are_written_at_a_time(
    tmp_path, council, monkeypatch
):
    monkeypatch.setattr("imports.actions.problem_rows.BATCH", 2)
    monkeypatch.setattr("registry.bulk.ASKED_AT_ONCE", 2)
    wrong = [f"C-{n},Printers {n},Birch Ltd,01/04/2026,31/11/2026,9000" for n in range(5)]

    upload = record(write_register(tmp_path, *wrong), council)

    kept = upload.problems.order_by("row").values_list("row", "line__row")
    assert list(kept) == [(row, row) for row in range(2, 7)]


def test_record_study_keeps_problems_beside_the_upload(tmp_path, council):
    bad = "C-4,Printers,Birch Ltd,01/04/2026,31/11/2026,9000"

    upload = record(write_register(tmp_path, *ROWS, bad), council)

    problem = upload.problems.get()
    assert (problem.cell, problem.value) == ("E5", "31/11/2026")
    assert upload.report["problems"] == 1


def test_record_study_gives_rows_to_the_council_they_name(tmp_path, council):
    other, stranger = make_council(), make_council()
    rows = [f"{row},{who.name}" for row, who in zip(ROWS, (council, other, stranger), strict=True)]
    path = write_register(tmp_path, *rows, headings=f"{HEADINGS_AND_COUNCIL}")

    upload = record(path, council, other)

    held = dict(Contract.objects.values_list("reference", "council"))
    assert held == {"C-1": council.pk, "C-2": other.pk}
    assert upload.report["rows"]["problem"] == 1
    assert stranger.name in upload.problems.get().problem


HEADINGS_AND_COUNCIL = "Reference,Title,Supplier,Start date,End date,Total value,Council"


def test_a_stray_row_of_another_council_takes_none_of_its_contracts_for_gone(tmp_path, council):
    other = make_council(name="Otherford Borough Council")
    record(write_register(tmp_path, *ROWS), other)
    stray, mine = f"{ROWS[0]},{other.name}", f"{ROWS[1]},{council.name}"
    path = write_register(tmp_path, mine, stray, headings=HEADINGS_AND_COUNCIL)

    upload = record(path, council, other)

    assert rows_of(upload) == (1, 1, 0, 0)  # changed: it names its council now
    assert [said for said in upload.report["judgements"] if "Otherford" in said] == [
        *upload.report["elsewhere"],
        "Few rows are of Otherford Borough Council, so the 2 other contracts it has were not taken "
        "as no longer listed.",
    ]
    assert upload.report["elsewhere"] == [
        "Otherford Borough Council, for which you act too, is named by 1 row, which goes into its "
        "register."
    ]
    assert not upload.absences.exists()


def test_a_register_of_two_councils_says_what_either_no_longer_lists(tmp_path, council):
    other = make_council(name="Otherford Borough Council")
    record(write_register(tmp_path, *ROWS), other)
    rows = [f"{row},{other.name}" for row in ROWS[:2]]
    path = write_register(tmp_path, *rows, headings=HEADINGS_AND_COUNCIL)

    upload = record(path, council, other)

    assert rows_of(upload) == (0, 2, 0, 1)


def test_undo_upload_restores_the_upload_before(tmp_path, council):
    record(write_register(tmp_path, *ROWS), council)
    before = shown()
    dearer = ROWS[0].replace("120000", "130000")
    second = record(write_register(tmp_path, dearer, *ROWS[1:], "C-4,Printers,Birch,,,"), council)

    undone = actions.undo_upload(second)

    assert shown() == before
    assert (undone.contracts, undone.later) == (2, [])
    second.refresh_from_db()
    assert second.state == "undone"


def test_undo_upload_lets_later_uploads_stand_and_lists_them(tmp_path, council):
    first = record(write_register(tmp_path, *ROWS), council)
    record(write_register(tmp_path, ROWS[0], name="second.csv"), council)

    undone = actions.undo_upload(first)

    assert [row[1] for row in shown()] == ["C-1"]
    [later] = undone.later
    assert later.file_name == "second.csv"


def test_undo_upload_of_another_council_is_untouched(tmp_path, council):
    path = write_register(tmp_path, *ROWS)
    upload = record(path, council)
    record(path, make_council())

    undone = actions.undo_upload(upload)

    assert (undone.contracts, undone.later) == (3, [])
    assert Contract.objects.standing().count() == 3


def test_contracts_come_back_under_their_ids_when_applied_again(tmp_path, council):
    path = write_register(tmp_path, *ROWS)
    upload = record(path, council)
    before = shown()
    actions.undo_upload(upload)

    again = record(path, council)

    assert shown() == before
    assert rows_of(again) == (3, 0, 0, 0)


def test_facts_of_an_undone_upload_do_not_come_back(tmp_path, council):
    actions.undo_upload(record(write_register(tmp_path, *ROWS), council))
    headings = HEADINGS_AND_COUNCIL.removesuffix(",Total value,Council")

    record(
        write_register(tmp_path, *(r.rpartition(",")[0] for r in ROWS), headings=headings), council
    )

    assert set(Contract.objects.values_list("total_value", flat=True)) == {None}


@pytest.mark.parametrize("state", ["received", "read", "undone"])
def test_undo_upload_refuses_what_is_not_applied(state, council):
    upload = make_upload(council=council, state=state, applied_at="2026-11-20T09:00Z")

    with pytest.raises(actions.NotAppliedError, match="not applied"):
        actions.undo_upload(upload)


def test_a_partial_file_that_contradicts_held_dates_is_recorded(tmp_path, council):
    record(write_register(tmp_path, *ROWS), council)
    ended = write_register(
        tmp_path,
        "C-1,Laptops for staff,Acme IT Ltd,31/03/2023,1",
        headings="Reference,Title,Supplier,End date,Total value",
    )

    record(ended, council)

    held = Contract.objects.get(reference="C-1")
    assert (held.start_date, held.end_date.isoformat()) == (None, "2023-03-31")
    assert held.total_value == Decimal("1.00")


ODD_ROWS = {
    "a NUL byte": "C-9,Lap\x00tops,Acme,01/04/2024,31/03/2027,5",
    "a lone surrogate": "C-9,Laptops \ufffd\U0001f4bb,Acme,01/04/2024,31/03/2027,5",
    "a very long title": f"C-9,{'Laptops ' * 500},{'Acme ' * 200},01/04/2024,31/03/2027,5",
    "a sum beyond all money": "C-9,Laptops,Acme,01/04/2024,31/03/2027,99999999999999999999",
    "an end before its start": "C-9,Laptops,Acme,01/04/2027,31/03/2024,5",
    "a negative amount": "C-9,Laptops,Acme,01/04/2024,31/03/2027,-500",
    "the last of all days": "C-9,Laptops,Acme,01/04/2024,31/12/9999,5",
    "a rolling end": "C-9,Laptops,Acme,01/04/2024,Rolling,5",
    "an ancient start": "C-9,Laptops,Acme,01/04/0024,31/03/2027,5",
}


@pytest.mark.parametrize("what", ODD_ROWS)
def test_record_study_takes_odd_rows_or_says_what_is_wrong(what, tmp_path, council):
    upload = record(write_register(tmp_path, *ROWS, ODD_ROWS[what]), council)

    rows = upload.report["rows"]
    sorts = ("added", "problem", "duplicate", "not_a_contract", "total_line")
    assert rows["read"] == 4 == sum(rows[sort] for sort in sorts)
    assert Contract.objects.count() == rows["added"] >= 3


def test_read_upload_keeps_what_was_understood(tmp_path, council):
    officer = make_officer(council)
    upload = receive(write_register(tmp_path, *ROWS), council)

    actions.read_upload(upload, make_job(asked_by=officer))

    upload.refresh_from_db()
    assert (upload.state, rows_of(upload)) == ("read", (3, 0, 0, 0))
    assert upload.sample[0]["rows"][0]["cells"][0] == "C-1"
    assert not Contract.objects.exists()


def test_read_upload_says_why_a_file_is_refused(tmp_path, council):
    path = tmp_path / "letter.csv"
    path.write_text("Dear all,\nplease find enclosed nothing at all.\n")
    upload = receive(path, council)

    actions.read_upload(upload, make_job())

    upload.refresh_from_db()
    assert upload.state == "refused"
    assert upload.refused_because


def test_apply_upload_records_what_its_officer_may_write(tmp_path, council):
    officer = make_officer(council)
    upload = receive(write_register(tmp_path, *ROWS), council)

    actions.apply_upload(upload, make_job(asked_by=officer))

    upload.refresh_from_db()
    assert (upload.state, upload.applied_by) == ("applied", officer)
    assert Contract.objects.count() == 3


@pytest.mark.parametrize("stage", [actions.read_upload, actions.apply_upload])
def test_an_upload_whose_file_is_gone_is_refused_in_a_sentence(tmp_path, council, stage):
    upload = make_upload(council=council, state=Upload.State.READ, file="uploads/gone.csv")

    stage(upload, make_job())

    upload.refresh_from_db()
    assert upload.state == Upload.State.REFUSED
    assert "is no longer kept here. Send it again." in upload.refused_because
