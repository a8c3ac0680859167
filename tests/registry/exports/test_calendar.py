"""The calendar feed: one event a decision, whose name lasts when its day moves."""

from datetime import date

from icalendar import Calendar

from registry.decisions import Decision, Matter
from registry.exports.calendar import Entry, feed
from tests.registry.exports.test_ocds import LAPTOPS


def entry(by=date(2027, 1, 31), title="Laptops; \r\nBEGIN:VEVENT"):
    decision = Decision(by, Matter.EXTEND, "It can be extended.")
    url = "http://example.org/contracts/1/"
    return Entry(LAPTOPS.id, title, "Supplier: Acme", decision, LAPTOPS.changed_at, url)


def events(*entries):
    return Calendar.from_ical(feed("Boston", entries)).walk("VEVENT")


def test_event_is_a_whole_day_with_what_to_decide():
    [event] = events(entry())

    assert event.decoded("dtstart") == date(2027, 1, 31)
    assert event.decoded("dtend") == date(2027, 2, 1)
    assert "It can be extended." in event["description"]
    assert "http://example.org/contracts/1/" in event["description"]


def test_name_of_an_event_lasts_when_its_day_moves():
    [before], [after] = events(entry()), events(entry(by=date(2028, 1, 31)))

    assert before["uid"] == after["uid"]


def test_a_title_cannot_add_an_event():
    assert len(events(entry())) == 1


def test_calendar_says_what_is_in_it():
    assert "What is withheld" in Calendar.from_ical(feed("Boston", []))["x-wr-caldesc"]
