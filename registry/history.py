"""A contract as it was: what changed when and by whose word, and what stood at any time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from registry.currencies import POUNDS
from registry.records import FIELDS, is_money
from registry.statements import Stated, column_value, fold


@dataclass(frozen=True, slots=True)
class Told:
    """A statement, when it was made, and when it was withdrawn if it was."""

    said: Stated
    at: datetime
    undone: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; None or blank where nothing was said."""

    field: str
    old: Any
    new: Any
    currencies: tuple[str, str] = (POUNDS, POUNDS)  # of amounts before and after


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which a source spoke or was withdrawn, and what that changed."""

    at: datetime
    source: int
    undone: bool
    changes: tuple[Change, ...]


def standing_at(told: Iterable[Told], at: datetime) -> list[Stated]:
    """What stood then, oldest first: said by that time and not withdrawn yet."""
    return [t.said for t in told if t.at <= at and (t.undone is None or t.undone > at)]


def moments(told: Sequence[Told]) -> list[Moment]:
    """Every time something was said or withdrawn, the newest first. `told` is oldest first."""
    times = [(t.at, t.said.source, False) for t in told]
    times += [(t.undone, t.said.source, True) for t in told if t.undone]
    standing: list[Stated] = []
    found = []
    by_source = {t.said.source: t.said for t in told}
    for at, source, undone in sorted(times):
        before = list(standing)
        standing = [s for s in standing if s.source != source]
        standing += [] if undone else [by_source[source]]
        found.append(Moment(at, source, undone, tuple(changes(before, standing))))
    return found[::-1]


def changes(before: Sequence[Stated], after: Sequence[Stated]) -> list[Change]:
    old, new = fold(before), fold(after)
    currencies = (old.get("currency", POUNDS), new.get("currency", POUNDS))
    pairs = ((name, column_value(name, old), column_value(name, new)) for name in FIELDS)
    return [
        Change(name, was, now, currencies)
        for name, was, now in pairs
        if was != now or (now is not None and is_money(name) and len(set(currencies)) > 1)
    ]
