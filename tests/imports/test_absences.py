"""Contracts a file no longer lists: asked about, answered, remembered."""

from datetime import date

import pytest

from imports import actions
from imports.actions.absences import answer, answer_ended
from imports.models import Absence
from registry.actions import people
from registry.models import Contract, Source
from tests.factories import make_council
from tests.imports.registers import ROWS, write_register
from tests.imports.test_actions import record, rows_of

pytestmark = pytest.mark.django_db
GONE = ROWS[2]


@pytest.fixture
def council():
    return make_council()


@pytest.fixture
def missing(tmp_path, council):
    """A second file without the last row of the first; its upload."""
    record(write_register(tmp_path, *ROWS), council)
    return record(write_register(tmp_path, *ROWS[:2]), council)


def again(tmp_path, council, *rows):
    return record(write_register(tmp_path, *rows), council)


def test_each_contract_no_longer_listed_is_asked_about(missing):
    absence = missing.absences.get()

    assert (absence.answer, absence.contract.reference) == ("", "C-3")


def test_unanswered_is_asked_again_with_the_next_file(tmp_path, council, missing):
    later = again(tmp_path, council, *ROWS[:2])

    assert later.absences.unanswered().count() == 1


def test_left_out_is_not_asked_again_while_it_stays_absent(tmp_path, council, missing):
    answer(missing.absences.all(), Absence.Answer.LEFT_OUT, by=None)

    later = again(tmp_path, council, *ROWS[:2])

    assert not later.absences.unanswered().exists()
    assert later.absences.get().answer == "left out"


def test_left_out_is_asked_again_once_it_was_listed_between(tmp_path, council, missing):
    answer(missing.absences.all(), Absence.Answer.LEFT_OUT, by=None)
    again(tmp_path, council, *ROWS)

    later = again(tmp_path, council, *ROWS[:2])

    assert later.absences.unanswered().count() == 1


def test_ended_is_a_persons_word_and_not_asked_again(tmp_path, council, missing):
    day = date(2026, 1, 31)
    answer_ended(dict.fromkeys(missing.absences.select_related("contract"), day), by=None)

    contract = Contract.objects.get(reference="C-3")
    assert (contract.end_date, contract.latest_permitted_end) == (day, day)
    assert Source.objects.get(event="ended").council == council
    assert not again(tmp_path, council, *ROWS[:2]).absences.unanswered().exists()


def test_next_file_with_the_old_end_is_disputed_and_no_change(tmp_path, council, missing):
    day = date(2026, 1, 31)
    answer_ended(dict.fromkeys(missing.absences.select_related("contract"), day), by=None)

    back = again(tmp_path, council, *ROWS)

    assert rows_of(back) == (0, 0, 3, 0)
    [disputed] = back.report["changes"]["disputed"]
    assert [f["field"] for f in disputed["fields"]] == ["end_date"]
    assert Contract.objects.get(reference="C-3").end_date == day


def test_undone_upload_leaves_peoples_words(tmp_path, council):
    upload = record(write_register(tmp_path, *ROWS), council)
    absent = record(write_register(tmp_path, *ROWS[:2]), council)
    answer_ended({a: date(2026, 1, 31) for a in absent.absences.all()}, by=None)

    undone = actions.undo_upload(absent)

    assert Contract.objects.get(reference="C-3").end_date == date(2026, 1, 31)
    assert undone.later
    upload.refresh_from_db()
    assert upload.state == "applied"


def test_a_contract_added_by_hand_that_no_file_listed_is_not_no_longer_listed(tmp_path, council):
    people.enter(council, {"title": "Added by hand", "supplier_name": "Elm Ltd"}, by=None)

    upload = again(tmp_path, council, *ROWS)

    assert not upload.absences.exists()
    assert Contract.objects.standing().count() == 4
