"""The days on which a council's contracts ask for a decision, as a calendar to subscribe to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event

from registry.decisions import Decision, Matter
from registry.digests import Dated
from registry.terms import days_after

PRODUCT = "-//Buying Commons//Decisions on contracts//EN"
# Programs ask again after this long: registers change by the quarter.
FRESH_FOR = timedelta(hours=12)
REMIND_BEFORE = timedelta(days=14)
WHAT_IS_IN_IT = (
    "Days by which to decide on extensions and notice, review dates and ends of contracts that may "
    "still run, from the council’s register as published. What is withheld from the public is not "
    "in it."
)
# Names events for ever: a day that moves moves the event instead of making another.
NAMES: Mapping[Matter, str] = {
    Matter.EXTEND: "extension",
    Matter.BREAK: "break",
    Matter.REVIEW: "review",
    Matter.END: "end",
}
ASKS: Mapping[Matter, str] = {
    Matter.EXTEND: "Extend or not",
    Matter.BREAK: "Last day for notice under the break",
    Matter.REVIEW: "Review",
    Matter.END: "Ends",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision on one contract, as published."""

    contract: str  # its identifier
    title: str
    supplier: str
    decision: Decision
    changed_at: datetime
    url: str


def feed(name: str, entries: Iterable[Entry], days: Iterable[Dated] = ()) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-caldesc", WHAT_IS_IN_IT)
    calendar.add("x-published-ttl", "PT12H")
    calendar.add("refresh-interval", FRESH_FOR, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(event(entry))
    for one in days:
        calendar.add_component(event_of_day(one))
    return bytes(calendar.to_ical())


def event(entry: Entry) -> Event:
    decision = entry.decision
    words = "\n".join(filter(None, (decision.words, entry.supplier, entry.url)))
    summary = f"{ASKS[decision.matter]}: {entry.title}"
    day = Dated(
        uid=f"{entry.contract}-{NAMES[decision.matter]}",
        day=decision.by,
        summary=summary,
        words=words,
        url=entry.url,
        changed_at=entry.changed_at,
    )
    return event_of_day(day, remind=entry.title)


def event_of_day(one: Dated, *, remind: str = "") -> Event:
    made = Event()
    made.add("uid", f"{one.uid}@buying-commons")
    made.add("dtstamp", one.changed_at)
    made.add("dtstart", one.day)
    made.add("dtend", days_after(one.day, 1))
    made.add("summary", one.summary)
    made.add("description", one.words)
    made.add("url", one.url)
    made.add("transp", "TRANSPARENT")
    made.add_component(reminder(remind or one.summary))
    return made


def reminder(title: str) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", title)
    made.add("trigger", -REMIND_BEFORE)
    return made
