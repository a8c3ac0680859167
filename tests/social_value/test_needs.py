"""A need's way: posted without an account, confirmed by mail, decided by its council, let go."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from social_value.actions import needs as actions
from social_value.models import Need
from social_value.need_pictures import Wanted, board
from social_value.tasks import tidy_needs, write_to_poster
from tests.factories import TODAY, make_council, make_grouping, make_officer
from tests.social_value.factories import (
    make_confirmation,
    make_delivery,
    make_measure,
    make_need,
    make_pool,
)

pytestmark = pytest.mark.django_db
EMAIL = "jo@youth.example.org"


@pytest.fixture(autouse=True)
def mail_at_once(monkeypatch, settings):
    """The worker's part done where it is rung for; pools have tests of their own."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr("social_value.need_pages.write_to_poster.delay", write_to_poster)
    monkeypatch.setattr("social_value.need_pages.rebuild_pools.delay", lambda _measures: None)


@pytest.fixture
def council():
    council = make_council(name="Testham Council")
    make_officer(council, username="olive")
    make_measure()
    return council


def days(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def said(at, **fields):
    return {
        "organisation": "Testham Youth Club",
        "title": "An apprentice for the workshop",
        "measure": "apprenticeship_weeks",
        "amount": "30",
        "council": at.pk,
        "contact_name": "Jo Worker",
        "contact_email": EMAIL,
        **days("wanted_from", date(2027, 1, 1)),
        **days("wanted_by", date(2027, 12, 31)),
    } | fields


def post(client, council, django_capture_on_commit_callbacks, **fields):
    with django_capture_on_commit_callbacks(execute=True):
        return client.post(reverse("social_value:post_need"), said(council, **fields))


def link_in(message):
    return re.search(r"/needs/yours/\S+", message.body)[0]


def sign_in(client, council):
    client.force_login(make_officer(council))


def test_a_need_goes_from_its_poster_to_the_board(
    client, council, django_capture_on_commit_callbacks
):
    assert post(client, council, django_capture_on_commit_callbacks).status_code == 302
    assert Need.objects.get().state == "unconfirmed"
    [message] = mail.outbox
    assert message.to == [EMAIL]

    client.get(link_in(message))
    assert Need.objects.get().state == "unconfirmed"  # looking confirms nothing
    client.post(link_in(message), {"confirm": "1"})
    need = Need.objects.get()
    assert need.state == "proposed"
    assert need.title not in client.get(reverse("social_value:needs")).content.decode()
    assert client.get(need.get_absolute_url()).status_code == 404

    sign_in(client, council)
    queue = client.get(reverse("social_value:council_needs", args=[council.pk]))
    assert need.title in queue.content.decode()
    asked = reverse("social_value:decide_need", args=[council.pk, need.pk])
    assert EMAIL in client.get(asked).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(asked, {"decision": "approve", "reason": ""})
    client.logout()

    assert "is on the board" in mail.outbox[-1].body
    assert need.title in client.get(reverse("social_value:needs")).content.decode()
    shown = client.get(need.get_absolute_url()).content.decode()
    assert need.title in shown
    assert EMAIL not in shown
    assert "Jo Worker" not in shown


def test_declining_needs_a_reason_which_its_poster_is_told(
    client, council, django_capture_on_commit_callbacks
):
    need = make_need(council=council, state="proposed", decided_at=None, contact_email=EMAIL)
    sign_in(client, council)
    asked = reverse("social_value:decide_need", args=[council.pk, need.pk])

    without = client.post(asked, {"decision": "decline", "reason": ""})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(asked, {"decision": "decline", "reason": "Not in our area"})

    assert "Say why it is declined" in without.content.decode()
    need.refresh_from_db()
    assert (need.state, need.reason) == ("declined", "Not in our area")
    assert "Not in our area" in mail.outbox[0].body


def test_measures_are_offered_in_units_as_people_write_them(client):
    make_measure(code="tco2e_avoided", name="Carbon saved", unit="tonne CO2e")

    page = client.get(reverse("social_value:post_need")).content.decode()

    assert "Carbon saved, in tonnes CO2e" in page


def test_a_need_is_decided_once(council):
    need = make_need(council=council, state="proposed", decided_at=None)
    by = make_officer(council)

    assert actions.decide(need, approve=True, reason="", by=by)
    assert not actions.decide(need, approve=False, reason="Too late", by=by)


def test_nobody_decides_for_another_council(client, council):
    need = make_need(council=council, state="proposed", decided_at=None)
    own = make_council()
    sign_in(client, own)

    asked = reverse("social_value:decide_need", args=[own.pk, need.pk])

    assert client.post(asked, {"decision": "approve"}).status_code == 404


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"title": "Write to jo@example.org"}, "Leave out addresses"),
        ({"about": "See https://example.org"}, "Leave out addresses"),
        ({"about": "<b>Please</b>"}, "Leave out addresses"),
        ({"place": "Ring 01632 960 123"}, "Leave out addresses"),
        ({"place": "020 7946 0018"}, "Leave out addresses"),
        ({"organisation": "+44 1632 960123"}, "Leave out addresses"),
        ({"about": "Write to jo\uff20example.org"}, "Leave out addresses"),
        ({"title": "Win at example.com/now"}, "Leave out addresses"),
        ({"title": "\u200b\u202e"}, "Say what is needed."),
        ({f"wanted_by_{n}": " " for n in range(3)}, "Give the day by which it is needed"),
        ({f"wanted_from_{n}": " " for n in range(3)}, "Give the day from which it can be used"),
        ({"about": "x" * 601}, "600 characters"),
        ({"amount": "many"}, "Give the amount in figures"),
        ({"amount": "-1"}, "Give an amount above nothing"),
        ({"council": "E99999999"}, "This is not in the list"),
        (days("wanted_by", date(2026, 12, 1)), "needed by a day before it can be used"),
        (days("wanted_by", date(2020, 1, 1)), "Give a day from tomorrow"),
        (days("wanted_by", date(2050, 1, 1)), "Give a day from tomorrow"),
        ({"contact_email": "nobody"}, "Give an e-mail address like"),
    ],
)
def test_what_cannot_be_posted_is_said(client, council, fields, says):
    answer = client.post(reverse("social_value:post_need"), said(council, **fields))

    assert says in answer.content.decode()
    assert not Need.objects.exists()


def test_dates_and_amounts_in_words_are_no_telephone_numbers(
    client, council, django_capture_on_commit_callbacks
):
    about = "From 01 2027 to 12 2027, 100 laptops for 1,000 children aged 05-11"

    post(client, council, django_capture_on_commit_callbacks, about=about)

    assert Need.objects.get().about == about


def test_a_program_that_fills_in_every_field_posts_nothing(client, council):
    answer = client.post(reverse("social_value:post_need"), said(council, website="x"))

    assert answer.status_code == 302
    assert not Need.objects.exists()


def test_one_address_is_not_flooded_with_mail(client, council, django_capture_on_commit_callbacks):
    for _ in range(3):
        post(client, council, django_capture_on_commit_callbacks)

    again = post(client, council, django_capture_on_commit_callbacks, contact_email=EMAIL.upper())

    assert "Try again tomorrow" in again.content.decode()
    assert len(mail.outbox) == 3


def test_strangers_are_asked_so_often_a_day_and_no_more(
    client, council, settings, django_capture_on_commit_callbacks
):
    settings.RATES = {**settings.RATES, "confirmations of all": "1/day"}
    post(client, council, django_capture_on_commit_callbacks)

    again = post(client, council, django_capture_on_commit_callbacks, contact_email="b@example.org")

    assert "Come back tomorrow." in again.content.decode()
    assert len(mail.outbox) == Need.objects.count() == 1


def test_one_computer_posts_so_many_an_hour(client, council, settings):
    settings.RATES = {**settings.RATES, "needs": "1/hour"}
    address = reverse("social_value:post_need")
    client.post(address, said(council, title=""))

    assert client.post(address, said(council)).status_code == 429
    assert client.get(address).status_code == 200


def test_a_link_is_for_its_need_alone_and_ends(client, council):
    need = make_need(council=council, state="unconfirmed", decided_at=None)
    address = reverse("social_value:yours", args=[need.token])
    Need.objects.update(entered_at=timezone.now() - timedelta(days=8))

    client.post(address, {"confirm": "1"})

    assert Need.objects.get().state == "unconfirmed"
    assert "too late" in client.get(address).content.decode()
    assert client.get(address.replace(str(need.pk)[:4], "0000")).status_code == 404


def test_who_posted_it_can_take_it_down(client, council):
    unconfirmed = make_need(council=council, state="unconfirmed", decided_at=None)
    approved = make_need(council=council)
    for need in (unconfirmed, approved):
        client.post(reverse("social_value:yours", args=[need.token]), {"take_down": "1"})

    [left] = Need.objects.all()
    assert (left, left.state) == (approved, "closed")
    assert client.get(left.get_absolute_url()).status_code == 404


def test_what_is_past_or_settled_is_on_no_board(client, council):
    for state in ("declined", "closed"):
        make_need(council=council, state=state, reason="Why", title=f"It is {state}")
    make_need(
        council=council,
        title="It is past",
        wanted_from=date(2026, 1, 1),
        wanted_by=TODAY - timedelta(days=1),
    )

    assert (
        "No need is on the board yet" in client.get(reverse("social_value:needs")).content.decode()
    )


def test_the_board_is_narrowed_by_what_and_where(client, council):
    region = make_grouping(kind="region", name="North")
    region.memberships.create(council=council)
    make_need(council=council, title="In the north")
    other = make_measure("volunteer_hours", name="Volunteering", unit="hour")
    make_need(measure=other, title="Elsewhere")

    def found(**asked):
        text = client.get(reverse("social_value:needs"), asked).content.decode()
        return {name for name in ("In the north", "Elsewhere") if f">{name}</a>" in text}

    assert found() == {"In the north", "Elsewhere"}
    assert found(region=region.pk) == found(council=council.pk) == {"In the north"}
    assert found(measure="volunteer_hours") == {"Elsewhere"}


def test_the_board_costs_the_same_however_long(client, council, django_assert_num_queries):
    for n in range(4):
        make_pool(need=make_need(council=council, title=f"Need {n}"))

    with django_assert_num_queries(6):
        client.get(reverse("social_value:needs"))


def test_contacts_and_what_nobody_confirmed_are_let_go(council):
    long_ago = timezone.now() - timedelta(days=400)
    contact = {"council": council, "contact_name": "Jo", "contact_email": EMAIL}
    make_need(**contact, state="unconfirmed", decided_at=None, title="Unconfirmed")
    make_need(**contact, state="closed", decided_at=long_ago, title="Closed")
    make_need(**contact, title="Open")
    Need.objects.filter(title="Unconfirmed").update(entered_at=long_ago)

    tidy_needs()

    kept = dict(Need.objects.values_list("title", "contact_email"))
    assert kept == {"Closed": "", "Open": EMAIL}


@pytest.mark.parametrize("width", [1120, 358])
def test_bars_of_needs_lie_within_the_picture(width):
    wanted = [
        Wanted("Long ago", date(2025, 1, 1), date(2027, 1, 1), "nothing", "Nothing"),
        Wanted("x" * 200, date(2027, 1, 1), date(2029, 12, 31), "agreed", "Agreed"),
    ]

    drawn = board(wanted, today=TODAY, width=width, name="needs")

    assert all(line.x >= 0 and line.x + line.width <= width for line in drawn.lines)
    assert drawn.lines[1].name.endswith("…")
    assert all(tick.x < width for tick in drawn.ticks)


def meet(need, *amounts, community=True):
    """Acts for a need, each confirmed by its council, and by the community unless told not."""
    for amount in amounts:
        act = make_delivery(measure=need.measure, need=need, amount=Decimal(amount), confirmed=True)
        if community:
            make_confirmation(act)


def test_a_need_that_was_met_is_off_the_board_and_told_so_on_its_page(client, council):
    need = make_need(council=council, title="Met in three parts")

    def on_the_board():
        return need.title in client.get(reverse("social_value:needs")).content.decode()

    meet(need, "6.7", "6.7")
    assert on_the_board()
    assert "13.4 weeks delivered" in client.get(need.get_absolute_url()).content.decode()
    meet(need, "6.6", community=False)
    assert on_the_board()  # the community has not said so yet
    make_confirmation(need.deliveries.get(amount=Decimal("6.6")))

    assert not on_the_board()
    text = client.get(need.get_absolute_url()).content.decode()
    assert "It is met, and off the board" in text
    assert "No promises that may be used here" not in text
    assert client.get(f"/api/v1/needs/{need.pk}/").status_code == 404
    assert Need.objects.for_board().get().standing.value == "delivered"


@pytest.mark.parametrize(
    ("email", "counts"),
    [
        ("jo+2@youth.example.org", True),
        ("JO+club@YOUTH.example.org", True),
        ("jo@youth.example.org", True),
        ("joan@youth.example.org", False),
        ("jo@other.example.org", False),
        ("jo_@youth.example.org", False),
    ],
)
def test_a_tag_makes_no_other_address_of_one(council, email, counts):
    make_need(council=council, contact_email="jo+1@youth.example.org")

    found = Need.objects.posted_since(timezone.now() - timedelta(days=1), email)

    assert found.exists() is counts
