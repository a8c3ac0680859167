"""A council's promises come as a workbook, are filled in, and are put in place row by row."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from imports.actions.promise_books import NOT_IT, take_promises
from registry.models import Job
from social_value import actions
from social_value.book import (
    DELIVERED,
    DONE_ON,
    EVIDENCE,
    HEADINGS,
    IN_FIGURES,
    MEASURE,
    NAME,
    RIGHT,
    WORDS,
)
from social_value.models import Commitment, CommitmentDecision, Delivery, PromiseBook
from tests.factories import NOW, make_contract, make_council, make_job, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def council():
    """With a contract that promises two things, one of them not understood, and one without."""
    actions.load_reference()
    council = make_council()
    for text in ("2 apprentices; Three placements", ""):
        make_contract(
            council=council,
            social_value=text,
            start_date=date(2026, 4, 1),
            end_date=date(2029, 3, 31),
        )
    make_contract(social_value="40 volunteer hours")
    actions.read_all()
    return council


@pytest.fixture
def officer(client, council):
    user = make_officer(council)
    client.force_login(user)
    return user


def downloaded(client, council):
    answer = client.get(reverse("imports:promise_book", args=[council.pk]))
    return load_workbook(BytesIO(answer.getvalue()))


def rows(book):
    """The rows below the headings, each as cells by heading."""
    page = list(book[NAME].iter_rows())
    first = next(n for n, cells in enumerate(page) if cells[1].value == HEADINGS[1])
    return [dict(zip(HEADINGS, cells, strict=True)) for cells in page[first + 1 :]]


def take(council, officer, content):
    book = PromiseBook(council=council, sent_by=officer, job=make_job(asked_by=officer))
    book.file.save("", ContentFile(content), save=False)
    book.save()
    take_promises(book, book.job)
    return book


def saved(book):
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def fill(row, **said):
    for heading, value in said.items():
        row[heading.replace("_", " ")].value = value


def test_a_workbook_filled_in_is_put_in_place_once(client, council, officer):
    book = downloaded(client, council)
    first, unread, empty = rows(book)
    assert (first[MEASURE].value, first[WORDS].value) == ("Apprenticeships", "2 apprentices")
    assert (unread[MEASURE].value, unread[WORDS].value) == (None, "Three placements")
    fill(first, How_much=90, By=date(2028, 3, 31), For_whom="care leavers")
    fill(first, Delivered=13, Delivered_on=date(2026, 10, 1), Evidence="https://example.org/1")
    fill(unread, Measure="Work placements", How_much="many")
    fill(empty, Measure="Volunteering", How_much=12.5, Every_year="Yes")

    sent = take(council, officer, saved(book))

    assert sent.job.message == "2 promises changed, 1 delivery recorded, 1 problem to put right."
    assert sent.problems == [
        {
            "row": str(unread[WORDS].row),
            "heading": "How much",
            "value": "many",
            "problem": f"{IN_FIGURES}.",
        }
    ]
    apprentices, hours = Commitment.objects.filter(council=council).order_by("measure_id")
    assert (apprentices.quantity, apprentices.ends) == (90, date(2028, 3, 31))
    assert apprentices.group == "care leavers"
    assert apprentices.decision.decided_by == officer
    assert (hours.measure_id, hours.yearly, hours.quantity) == (
        *("volunteer_hours", Decimal("12.5"), Decimal("37.5")),
    )
    delivery = Delivery.objects.standing().get()
    assert (delivery.amount, delivery.recorded_by) == (13, officer)

    again = downloaded(client, council)
    fill(rows(again)[0], Delivered=13, Delivered_on=date(2026, 10, 1))
    fill(rows(again)[0], Evidence="https://example.org/1")
    sent = take(council, officer, saved(again))

    assert "Nothing changed, 1 delivery recorded before" in sent.job.message
    assert CommitmentDecision.objects.standing().count() == 2


def test_a_promise_entered_by_hand_is_changed_in_place(client, council, officer):
    book = downloaded(client, council)
    fill(rows(book)[2], Measure="Volunteering", How_much=12)
    take(council, officer, saved(book))

    book = downloaded(client, council)
    [by_hand] = [row for row in rows(book) if row[MEASURE].value == "Volunteering"]
    fill(by_hand, How_much=20)
    take(council, officer, saved(book))

    assert Commitment.objects.get(council=council, measure="volunteer_hours").quantity == 20


def changed_by_hand(client, council, officer):
    """The workbook of a council that entered a promise by hand, with the row of that."""
    book = downloaded(client, council)
    fill(rows(book)[2], Measure="Volunteering", How_much=12)
    take(council, officer, saved(book))
    book = downloaded(client, council)
    [by_hand] = [row for row in rows(book) if row[MEASURE].value == "Volunteering"]
    return book, by_hand


IN_PLACE = "Nothing changed."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (2, {"Measure": "Volunteering", "How_much": 12}),
        (2, {"Measure": "volunteering", "How_much": "1,200.0", "By": "31/03/2028"}),
        (1, {"Measure": "Nothing"}),
        (1, {"Measure": "Work placements", "How_much": 3}),
    ],
)
def test_a_workbook_sent_twice_changes_nothing_more(client, council, officer, number, said):
    book = downloaded(client, council)
    fill(rows(book)[number], **said)
    take(council, officer, saved(book))
    before = list(CommitmentDecision.objects.values())

    sent = take(council, officer, saved(book))

    assert (sent.problems, sent.job.message) == ([], IN_PLACE)
    assert list(CommitmentDecision.objects.values()) == before


@pytest.mark.parametrize("said", [{"How_much": 20}, {"Measure": "Nothing"}])
def test_a_change_by_hand_sent_twice_changes_nothing_more(client, council, officer, said):
    book, by_hand = changed_by_hand(client, council, officer)
    fill(by_hand, **said)
    take(council, officer, saved(book))
    before = list(CommitmentDecision.objects.values())

    sent = take(council, officer, saved(book))

    assert (sent.problems, sent.job.message) == ([], IN_PLACE)
    assert list(CommitmentDecision.objects.values()) == before


def test_a_delivery_of_a_row_that_is_in_place_is_recorded_once(client, council, officer):
    book = downloaded(client, council)
    row = rows(book)[2]
    fill(row, Measure="Volunteering", How_much=12)
    take(council, officer, saved(book))
    fill(row, Delivered=3, Delivered_on=date(2026, 10, 1), Evidence="https://example.org/1")

    first, second = (take(council, officer, saved(book)) for _ in range(2))

    assert first.job.message.startswith("1 delivery recorded")
    assert "1 delivery recorded before" in second.job.message
    assert (second.problems, Delivery.objects.count()) == ([], 1)


@pytest.mark.parametrize("key", ["{}", "{}/9", "{}/x", "{}/" + "9" * 30])
def test_a_row_that_is_gone_and_says_something_else_is_told(client, council, officer, key):
    book = downloaded(client, council)
    row = rows(book)[2]
    fill(row, Measure="Volunteering", How_much=12)
    take(council, officer, saved(book))
    fill(row, How_much=13, Leave_this_as_it_is=key.format(row["Leave this as it is"].value))

    sent = take(council, officer, saved(book))

    assert "has changed since. Download again" in sent.problems[0]["problem"]
    assert Commitment.objects.get(council=council, measure="volunteer_hours").quantity == 12


def test_days_an_officer_gave_stay_where_something_else_is_changed(client, council, officer):
    for said in ({"How_much": 90, "By": date(2028, 3, 31)}, {"How_much": 80}):
        book = downloaded(client, council)
        fill(rows(book)[0], **said)
        take(council, officer, saved(book))

    promise = Commitment.objects.get(council=council)
    assert (promise.quantity, promise.ends) == (80, date(2028, 3, 31))
    assert (promise.decision.starts, promise.decision.ends) == (None, date(2028, 3, 31))


def test_rows_of_another_council_are_told_and_left_alone(client, council, officer):
    other = make_contract(social_value="40 volunteer hours")
    actions.read_all()
    book = downloaded(client, council)
    fill(rows(book)[0], Leave_this_as_it_is=str(other.pk), How_much=1)

    sent = take(council, officer, saved(book))

    assert "not one of those downloaded" in sent.problems[0]["problem"]
    assert Commitment.objects.get(contract=other).quantity == 40


def test_a_row_whose_delivery_cannot_be_is_left_whole(client, council, officer):
    book = downloaded(client, council)
    fill(rows(book)[0], How_much=90, **{DELIVERED: 1, EVIDENCE: "https://example.org/1"})
    fill(rows(book)[0], **{DONE_ON: date(2099, 1, 1)})

    sent = take(council, officer, saved(book))

    assert "still to come" in sent.problems[0]["problem"]
    assert sent.problems[0]["value"] == "1"
    assert Commitment.objects.filter(quantity=104).exists()


@pytest.mark.parametrize("content", [b"not a workbook", b"Leave this as it is,Contract\n"])
def test_any_other_file_is_refused_in_a_sentence(council, officer, content):
    sent = take(council, officer, content)

    assert sent.job.message.endswith(".")
    assert not sent.problems


def test_a_workbook_with_other_headings_is_refused(client, council, officer):
    book = downloaded(client, council)
    rows(book)  # where the headings are is known by now
    book[NAME].delete_cols(5)

    assert take(council, officer, saved(book)).job.message == NOT_IT


def test_a_workbook_sent_on_the_page_is_kept_for_a_worker(client, council, officer):
    url = reverse("imports:promises", args=[council.pk])
    assert "Choose the workbook" in client.post(url).content.decode()

    file = SimpleUploadedFile("promises.xlsx", saved(downloaded(client, council)))
    text = client.post(url, {"file": file}, follow=True).content.decode()

    book = PromiseBook.objects.get()
    assert "progress" in text
    assert book.job.state == Job.State.QUEUED
    with book.file.open() as kept:
        assert kept.read(2) == b"PK"


def test_the_page_tells_what_to_put_right(client, council, officer):
    problem = {"row": "7", "heading": "By", "value": "soon", "problem": "This is not a date."}
    done = make_job(state=Job.State.DONE, finished_at=NOW, message="1 problem.")
    PromiseBook.objects.create(council=council, problems=[problem], job=done)

    text = client.get(reverse("imports:promises", args=[council.pk])).content.decode()

    assert "Row 7" in text
    assert "This is not a date." in text


def delivered_with(client, council, officer, **said):
    """What came of a workbook whose promise of 104 weeks has this delivery."""
    book = downloaded(client, council)
    row = next(row for row in rows(book) if row[WORDS].value == "2 apprentices")
    named = {"amount": DELIVERED, "day": DONE_ON, "link": EVIDENCE, "right": RIGHT}
    for heading, value in said.items():
        row[named[heading]].value = value
    return take(council, officer, saved(book))


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ({"amount": 105, "day": "01/11/2026"}, "105 weeks recorded, of 104 weeks promised"),
        ({"amount": 13, "day": "01/03/2026"}, "before the contract begins, on 1 April 2026"),
    ],
)
def test_a_delivery_the_page_would_ask_about_is_asked_about_and_taken_once_said_to_be_right(
    client, council, officer, said, asks
):
    said = said | {"link": "https://example.org/report"}

    book = delivered_with(client, council, officer, **said)

    [problem] = book.problems
    assert asks in problem["problem"]
    assert "If it is meant, write Yes under It is right" in problem["problem"]
    assert not Delivery.objects.exists()
    assert delivered_with(client, council, officer, **said, right="Yes").problems == []
    assert Delivery.objects.get().amount == said["amount"]


def test_a_delivery_like_one_recorded_is_asked_about_and_the_same_is_told_to_be_recorded(
    client, council, officer
):
    said = {"amount": 60, "day": "01/11/2026", "link": "https://example.org/report"}
    delivered_with(client, council, officer, **said)

    same = delivered_with(client, council, officer, **said)
    alike = delivered_with(client, council, officer, **said | {"link": "https://example.org/2"})

    assert same.problems == []
    assert "1 delivery recorded before" in same.job.message
    assert "it may be the same act" in alike.problems[0]["problem"]
    assert Delivery.objects.count() == 1


def test_a_delivery_is_asked_about_beside_what_its_row_now_promises(client, council, officer):
    book = downloaded(client, council)
    row = next(row for row in rows(book) if row[WORDS].value == "2 apprentices")
    fill(row, **{"How much": 200})
    row[DELIVERED].value, row[DONE_ON].value = 150, "01/11/2026"
    row[EVIDENCE].value = "https://example.org/report"

    assert take(council, officer, saved(book)).problems == []
    assert Delivery.objects.get().amount == 150


def test_a_promise_the_contract_could_not_pay_for_is_asked_about(client, council, officer):
    book = downloaded(client, council)
    row = next(row for row in rows(book) if row[WORDS].value == "2 apprentices")
    fill(row, **{"How much": 260_000})

    [problem] = take(council, officer, saved(book)).problems

    assert (problem["heading"], problem["value"]) == ("How much", "260000")
    assert "more than the whole contract could pay for" in problem["problem"]
    assert not CommitmentDecision.objects.exists()
    row[RIGHT].value = "Yes"
    assert take(council, officer, saved(book)).problems == []
    assert Commitment.objects.filter(quantity=260_000).exists()
