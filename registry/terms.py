"""Lengths, extensions, notice and break clauses: from a register's words to dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Length:
    """A calendar length: 12 months, 90 days. Years are 12 months; weeks are 7 days."""

    months: int = 0
    days: int = 0


class ExtensionKind(StrEnum):
    NONE = "none"  # the register says there is none
    PERIODS = "periods"  # whole options, each taken or not, in order: "2 x 12 months", "3+1+1"
    UP_TO = "up_to"  # any length up to this: "up to 24 months"
    UNTIL = "until"  # any day up to a date: a "last extension date" column
    UNKNOWN = "unknown"  # there is one, its length is not said: "Yes"; or nothing is said


@dataclass(frozen=True, slots=True)
class Extension:
    """What a contract permits after its end date."""

    kind: ExtensionKind = ExtensionKind.UNKNOWN
    periods: tuple[Length, ...] = ()  # PERIODS: each option; UP_TO: one length
    until: date | None = None  # UNTIL
    # Some cells repeat the term or the end before the options ("3+1+1", "31/03/2025 + 1 + 1"):
    initial: Length | None = None
    initial_end: date | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """A right to leave early: on a date, or so long after the start; with this notice."""

    first: date | None = None
    after: Length | None = None
    notice: Length | None = None
