"""What a digest is made of, and who offers it: no app imports its neighbour for it.

An app's `alerts.py` has functions that answer for one person; `config` registers them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from registry.values import months_on

if TYPE_CHECKING:
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
    """Lines under one heading; `more` of them are left out."""

    heading: str
    entries: Sequence[Entry]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a saved search finds; its key tells whether it was found before."""

    key: str
    entry: Entry


# What one person is to be told on a day: (powers, today) -> sections.
Source = Callable[["Powers", date], Iterable[Section]]


@dataclass(frozen=True, slots=True)
class Searchable:
    """A list that searches of can be saved: its page's address name, and how it is searched."""

    words: str  # as in "Contracts: laptops"
    address: str
    find: Callable[["QueryDict", "Powers"], Iterable[Hit]]


_sources: list[Source] = []
_lists: dict[str, Searchable] = {}


def register_source(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def register_list(key: str, searchable: Searchable) -> None:
    _lists[key] = searchable


def sections(powers: "Powers", today: date) -> list[Section]:
    """Everything there is to tell one person, without what has no lines."""
    found = (section for source in _sources for section in source(powers, today))
    return [section for section in found if section.entries]


def searchable(key: str) -> Searchable | None:
    return _lists.get(key)


def is_due(every: str, sent_on: date | None, today: date) -> bool:
    """Whether the next is to be sent: at once the first time, then so long after the last."""
    if sent_on is None:
        return True
    return today >= (months_on(sent_on, 1) if every == "month" else sent_on + WEEK)
