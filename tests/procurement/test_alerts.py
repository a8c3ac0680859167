"""What people are told of joint buys, each by their choice, in digests and calendars."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from procurement.actions import pledging
from procurement.alerts import resolved
from procurement.models import Resolution
from registry.actions.digests import send_digests
from registry.models import CalendarFeed, Digest
from registry.permissions import powers_of
from tests.factories import (
    TODAY,
    make_buyer,
    make_council,
    make_grouping,
    make_joint_buy,
    make_officer,
    make_pledge,
)

pytestmark = pytest.mark.django_db
CLOSES = date(2026, 12, 15)


@pytest.fixture
def grouping():
    return make_grouping(name="East of England")


@pytest.fixture
def councils(grouping):
    return [
        make_council(grouping, name=f"{name} Council", short_name=name) for name in ("Ash", "Elm")
    ]


@pytest.fixture
def joint_buy(councils, grouping):
    """Ash commits on a condition that nothing meets, and Elm has said nothing."""
    this = make_joint_buy(*councils, grouping=grouping, closing_date=CLOSES)
    make_pledge(this, councils[0], "commits", 4321, least_councils=9)
    return this


def letter_to(user, **digest):
    mail.outbox.clear()
    Digest.objects.update_or_create(user=user, defaults={"every": "week", "sent_on": None} | digest)
    user.email = "officer@example.org"
    user.save()
    send_digests(today=TODAY)
    return mail.outbox[0].body if mail.outbox else ""


def test_who_is_asked_in_is_told_until_it_says_something(joint_buy, councils):
    ash, elm = (make_officer(one) for one in councils)

    assert "Elm is asked in and has said nothing yet" in letter_to(elm)
    assert "asked in" not in letter_to(ash)
    make_pledge(joint_buy, councils[1], "watching")
    assert "asked in" not in letter_to(elm)


def test_closing_dates_ahead_are_told_to_those_asked_in_and_their_buyer(
    joint_buy, councils, grouping
):
    words = f"15 December 2026: Last day to commit: {joint_buy.category.name}, East of England"

    assert words in letter_to(make_officer(councils[0]))
    assert words in letter_to(make_buyer(grouping))
    assert letter_to(make_officer(make_council(grouping))) == ""
    joint_buy.closing_date = TODAY - timedelta(days=1)
    joint_buy.save()
    assert "Last day" not in letter_to(make_buyer(grouping))


def test_a_resolution_is_told_once_with_what_became_of_ones_own(joint_buy, councils, grouping):
    pledging.resolve_commitments(joint_buy.pk, by=None)
    noon = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=12)
    Resolution.objects.update(resolved_at=noon)
    ash, buyer = make_officer(councils[0]), make_buyer(grouping)

    told = letter_to(ash, sent_on=TODAY - timedelta(days=7))
    assert "0 of 1 commitment hold together; yours falls out" in told
    assert "4321" not in told.replace(str(joint_buy.pk), "")
    assert "; yours" not in letter_to(buyer)
    Resolution.objects.update(resolved_at=noon - timedelta(days=9))
    assert "hold together" not in letter_to(ash, sent_on=TODAY - timedelta(days=7))


def test_a_resolution_of_a_service_that_stands_on_a_day_is_of_that_day(
    joint_buy, councils, settings
):
    settings.TODAY = TODAY
    pledging.resolve_commitments(joint_buy.pk, by=None)
    later = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(days=25)
    Resolution.objects.update(resolved_at=later)

    [section] = resolved(powers_of(make_officer(councils[0])), TODAY, TODAY)

    assert [entry.day for entry in section.entries] == [TODAY]


def test_each_person_chooses_what_to_be_told(client, joint_buy, councils):
    officer = make_officer(councils[1])
    client.force_login(officer)
    client.post(
        reverse("registry:alerts"),
        {"every": "week", "email": "officer@example.org", "topics": ["closing"]},
    )

    assert set(Digest.objects.get().without) >= {"decisions", "invitations", "resolved"}
    assert "closing" not in Digest.objects.get().without
    page = client.get(reverse("registry:alerts")).text
    assert "Last day to commit" in page
    assert "is asked in" not in page
    send_digests(today=TODAY)
    assert "Last day to commit" in mail.outbox[0].body
    assert "asked in" not in mail.outbox[0].body


def events(client, feed):
    return Calendar.from_ical(client.get(feed.get_absolute_url()).content).walk("VEVENT")


def test_closing_days_are_in_the_calendars_of_those_who_asked_for_them(client, joint_buy, councils):
    officer = make_officer(councils[1])
    client.force_login(officer)
    address = reverse("registry:calendar", args=[councils[1].pk])
    assert "Now 1 day, the first on 15 December 2026" in client.get(address).text

    client.post(address)
    assert events(client, CalendarFeed.objects.standing().get()) == []
    client.post(address, {"joint_buys": "yes"})

    [event] = events(client, CalendarFeed.objects.standing().get())
    assert event.decoded("dtstart") == CLOSES
    assert event["uid"] == f"{joint_buy.pk}-closing@buying-commons"
    assert event["url"].endswith(joint_buy.get_absolute_url())
    assert event["url"].startswith("http")


def test_a_council_that_is_not_asked_in_has_no_such_days(client, joint_buy, grouping):
    other = make_council(grouping)
    feed = CalendarFeed.objects.create(
        council=other, made_by=make_officer(other), with_joint_buys=True
    )

    assert events(client, feed) == []
