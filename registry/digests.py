"""What a digest is made of, and who offers it: no app imports its neighbour for it.

An app's `alerts.py` has functions that answer for one person; `config` registers them.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from registry.values import months_on

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import QueryDict

    from registry.permissions import Powers

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is, the address of its page, and its day where it has one."""

    words: str
    url: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading; `more` of them are left out, and stand with them at `url`."""

    heading: str
    entries: Sequence[Entry]
    more: int = 0
    url: str = ""
    stop: str = ""  # the page on which this alone is stopped


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a saved search finds; its key tells whether it was found before."""

    key: str
    entry: Entry


# What one person is to be told on a day, and what is new since the day it was last told of:
# (powers, today, since) -> sections.
Source = Callable[["Powers", date, date], Iterable[Section]]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something people choose to be told of, or not."""

    key: str
    words: str
    source: Source


@dataclass(frozen=True, slots=True)
class Dated:
    """A day for a council's calendar that no contract asks for; its name lasts when it moves."""

    uid: str
    day: date
    summary: str
    words: str
    url: str
    changed_at: datetime


# Such days of one council from a day on: (council, today) -> days.
DaySource = Callable[[str, date], Iterable[Dated]]


@dataclass(frozen=True, slots=True)
class Searchable:
    """A list that searches of can be saved: its page's address name, and how it is searched."""

    words: str  # as in "Contracts: laptops"
    address: str
    form: Callable[["QueryDict", "Powers"], "BaseForm"]  # of what it can be narrowed down by
    find: Callable[["QueryDict", "Powers"], Iterable[Hit]]
    hits: tuple[str, str]  # what it finds, one and several, as in "2 contracts"
    open_to_all: bool = False  # whether those without an account can be told of it


_topics: dict[str, Topic] = {}
_days: list[DaySource] = []
_lists: dict[str, Searchable] = {}


def register_topic(key: str, words: str, source: Source) -> None:
    _topics[key] = Topic(key, words, source)


def register_days(source: DaySource) -> None:
    if source not in _days:
        _days.append(source)


def register_list(key: str, searchable: Searchable) -> None:
    _lists[key] = searchable


def topics() -> list[Topic]:
    return list(_topics.values())


def sections(
    powers: "Powers", today: date, *, since: date, without: Collection[str] = ()
) -> list[Section]:
    """Everything there is to tell one person, without what has no lines or is not asked for."""
    asked = (topic for topic in _topics.values() if topic.key not in without)
    found = (section for topic in asked for section in topic.source(powers, today, since))
    return [section for section in found if section.entries]


def days(council: str, today: date) -> list[Dated]:
    found = [one for source in _days for one in source(council, today)]
    return sorted(found, key=lambda one: (one.day, one.summary))


def searchable(key: str) -> Searchable | None:
    return _lists.get(key)


def is_due(every: str, sent_on: date | None, today: date) -> bool:
    """Whether the next is to be sent: at once the first time, then so long after the last.

    Or once there was a Monday since: a run that was missed is made up for.
    """
    if sent_on is None:
        return True
    if every == "monday":
        return sent_on < today - timedelta(days=today.weekday())
    return today >= (months_on(sent_on, 1) if every == "month" else sent_on + WEEK)
