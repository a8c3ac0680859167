"""When a contract can be left: its permitted last days, what each asks, and by when to decide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from registry.terms import Break, Extension, ExtensionKind, Length, add, days_after, last_day

AT_ONCE = Length()
# As many as the contracts of the largest pages.
TERMS = 5_000


class Action(StrEnum):
    """What a last day asks of the council."""

    NOTHING = "nothing"  # the contract ends by itself
    EXTEND = "extend"
    NOTICE = "notice"  # end a rolling contract
    BREAK = "break"  # use a break clause
    AGREE = "agree"  # not permitted, but the supplier may agree: shown, never counted on
    BRIDGE = "bridge"  # not permitted: it ends too soon, and something else must cover the gap
    STAY = "stay"  # not permitted: it cannot be left so early
    UNKNOWN = "unknown"  # its end is not known, so nothing is assumed


EFFORT = {action: rank for rank, action in enumerate(Action)}


class Amber(StrEnum):
    """Why a last day is only by agreement, in the words of pages."""

    PART = "part of an option"
    CHANGE = "a small change of the term"


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides when a contract can end; None where the register does not say."""

    start: date | None = None
    end: date | None = None
    latest_end: date | None = None  # as stated
    extension: Extension = field(default_factory=Extension)
    rolling: bool = False
    notice: Length | None = None
    leave: Break | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """Last days from `first` to `last`, each permitted alike.

    To be decided by `decide_by`, or where `notice` is given by each last day less that notice.
    `last` is None when there is no limit. `amber` says why it is not by right.
    """

    first: date
    last: date | None
    action: Action
    decide_by: date | None = None
    notice: Length | None = None
    amber: Amber | None = None

    def on(self, today: date) -> "Exit | None":
        """What is left of it: nothing once the day to decide has passed."""
        if self.decide_by is not None and self.decide_by < today:
            return None
        soonest = today if self.notice is None else add(today, self.notice)
        first = max(self.first, soonest)
        if self.last is not None and first > self.last:
            return None
        return self if first == self.first else replace(self, first=first)

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def to_decide(self, day: date) -> date | None:
        """The last moment to choose that day as the last."""
        return self.decide_by if self.notice is None else before(day, self.notice)


@dataclass(frozen=True, slots=True)
class Permitted:
    """The last days a contract may have, seen from one day."""

    by_right: tuple[Exit, ...]
    amber: tuple[Exit, ...]  # by agreement only: shown, never counted on
    unknown: bool = False  # neither an end nor rolling: nothing is assumed

    def by(self, day: date) -> Exit | None:
        """The exit that allows this last day while asking least."""
        holding = [e for e in self.by_right if e.holds(day)]
        return min(holding, key=lambda e: EFFORT[e.action], default=None)

    def by_agreement(self, day: date) -> Exit | None:
        """What agreement would give where the day is not permitted."""
        if self.by(day) is not None:
            return None
        return next((e for e in self.amber if e.holds(day)), None)


def permitted(terms: Terms, *, today: date, term_change_percent: int = 0) -> Permitted:
    """Every last day still open, split into those by right and those only by agreement.

    `term_change_percent` is how much of the term may change without being substantial, from
    reference data; without it such changes are left out.
    """
    return Permitted(
        by_right(terms, today),
        open_on(today, amber_exits(terms, term_change_percent)),
        unknown=is_unknown(terms),
    )


@lru_cache(TERMS)
def by_right(terms: Terms, today: date) -> tuple[Exit, ...]:
    """Last days by right that are still open; a page asks for those of a contract again."""
    return open_on(today, exits(terms))


def open_on(today: date, found: Iterable[Exit]) -> tuple[Exit, ...]:
    return tuple([left for one in found if (left := one.on(today))])


def exits(terms: Terms) -> tuple[Exit, ...]:
    """Last days by right, whatever the day it is; apart from each other, in order of date."""
    if terms.rolling:
        return (rolling_exit(terms),)
    if terms.end is None:
        return ()
    leave = break_exit(terms, terms.end)
    stay = Exit(terms.end, terms.end, Action.NOTHING)
    return (*([leave] if leave else []), stay, *extension_exits(terms, terms.end))


def first_exit(terms: Terms) -> date | None:
    """The first of those days; None for a rolling contract, whose first waits for a day."""
    if terms.rolling or terms.end is None:
        return None
    leave = break_exit(terms, terms.end)
    return leave.first if leave else terms.end


def rolling_exit(terms: Terms) -> Exit:
    first = terms.end or terms.start or date.min
    return Exit(first, None, Action.NOTICE, notice=terms.notice or AT_ONCE)


def break_exit(terms: Terms, end: date) -> Exit | None:
    """Any day from the first a break clause allows until the end; a clause without one is none."""
    first, last = first_break(terms), days_after(end, -1)
    if terms.leave is None or first is None or first > last:
        return None
    notice = terms.leave.notice or terms.notice or AT_ONCE
    return Exit(first, last, Action.BREAK, notice=notice)


def first_break(terms: Terms) -> date | None:
    """The first last day the break clause allows, before any notice is counted."""
    leave = terms.leave
    if leave is None:
        return None
    if leave.first:
        return leave.first
    if leave.after is not None and terms.start:
        return last_day(terms.start, leave.after)
    if leave.after is not None and leave.after != AT_ONCE:
        return None
    # "Three months' notice at any time": nothing holds it back but the notice.
    at_any_time = leave.notice is not None or leave.after is not None
    return (terms.start or date.min) if at_any_time else None


def extension_exits(terms: Terms, end: date) -> list[Exit]:
    """Later last days. All are decided before the end, since a later option needs the first."""
    decide_by = before(end, terms.notice)
    latest = latest_permitted_end(terms) or end
    if latest <= end:
        return []
    if terms.extension.kind == ExtensionKind.PERIODS:
        days = option_ends(terms, end)
        return [Exit(day, day, Action.EXTEND, decide_by) for day in days]
    return [Exit(days_after(end, 1), latest, Action.EXTEND, decide_by)]


def option_ends(terms: Terms, end: date) -> list[date]:
    """The end of each whole option not yet taken, in order.

    A stated latest end is the last of them: options past it have been used or were never there.
    """
    base = first_end(terms, end)
    ends = [day for day in running_ends(base, terms.extension.periods) if day > end]
    stated = terms.latest_end
    if stated is None or stated < end:
        return ends
    return sorted({day for day in [*ends, stated] if end < day <= stated})


def first_end(terms: Terms, end: date) -> date:
    """Where the options begin: "3 + 1 + 1" counts from its own three years, if the end fits."""
    extension = terms.extension
    if extension.initial_end:
        stated = extension.initial_end
    elif extension.initial and terms.start:
        stated = last_day(terms.start, extension.initial)
    else:
        return end
    steps = [stated, *running_ends(stated, extension.periods)]
    return stated if stated < end and any(is_about(day, end) for day in steps) else end


def is_about(one: date, other: date) -> bool:
    """Within a week: registers write a term's last day and the day after it alike."""
    return abs((one - other).days) <= 7


def running_ends(base: date, periods: tuple[Length, ...]) -> Iterator[date]:
    months = days = 0
    for period in periods:
        months, days = months + period.months, days + period.days
        yield add(base, Length(months, days))


def earliest_exit(terms: Terms, *, today: date) -> date | None:
    """The first last day by right that is still open, or the end itself when none is."""
    return earliest_of(terms, permitted(terms, today=today))


def earliest_of(terms: Terms, found: Permitted) -> date | None:
    """The same, where what is permitted has been worked out."""
    return min((e.first for e in found.by_right), default=terms.end)


def latest_permitted_end(terms: Terms) -> date | None:
    """The last day with every option used; None for a rolling contract or an unknown end."""
    end, kind = terms.end, terms.extension.kind
    if end is None or terms.rolling:
        return None
    if terms.latest_end and terms.latest_end >= end:
        return terms.latest_end
    if kind == ExtensionKind.PERIODS:
        return max([end, *option_ends(terms, end)])
    if kind == ExtensionKind.UP_TO:
        return max([end, *running_ends(first_end(terms, end), terms.extension.periods)])
    until = terms.extension.until if kind == ExtensionKind.UNTIL else None
    return max(end, until or end)


def amber_exits(terms: Terms, term_change_percent: int) -> tuple[Exit, ...]:
    """Last days only agreement gives: part of an option, or a small change of the term.

    The change is a share of the longest term awarded (Procurement Act 2023 section 74), so it
    needs the start; whether that Act governs the contract is for the council to check.
    """
    if terms.rolling or terms.end is None:
        return ()
    parts = part_options(terms, terms.end)
    latest = latest_permitted_end(terms) or terms.end
    if terms.start is None or terms.start > terms.end:
        return tuple(parts)
    days = ((latest - terms.start).days + 1) * term_change_percent // 100
    return (*parts, *term_changes(terms.end, latest, days)) if days else tuple(parts)


def part_options(terms: Terms, end: date) -> list[Exit]:
    if terms.extension.kind != ExtensionKind.PERIODS:
        return []
    ends, by = [end, *option_ends(terms, end)], before(end, terms.notice)
    between = [(days_after(a, 1), days_after(b, -1)) for a, b in pairwise(ends)]
    return [Exit(a, b, Action.EXTEND, by, amber=Amber.PART) for a, b in between if a <= b]


def term_changes(end: date, latest: date, most: int) -> list[Exit]:
    """Up to so many days before the end, after it, and after the last option."""
    spans = [(end, -most, -1, Action.BREAK)]
    spans += [(last, 1, most, Action.EXTEND) for last in sorted({end, latest})]
    return [
        Exit(days_after(last, a), days_after(last, b), action, end, amber=Amber.CHANGE)
        for last, a, b, action in spans
    ]


def without_notice(terms: Terms, action: Action) -> bool:
    """Whether leaving this way asks for notice of which the register states nothing."""
    if action == Action.NOTICE:
        return terms.notice is None
    own = terms.leave.notice if terms.leave else None
    return action == Action.BREAK and own is None and terms.notice is None


def is_unknown(terms: Terms) -> bool:
    return terms.end is None and not terms.rolling


def months_between(first: date, last: date) -> int:
    """Calendar months from one last day to a later one, part months counted whole."""
    months = (last.year - first.year) * 12 + last.month - first.month
    while months > 0 and add(first, Length(months - 1)) >= last:
        months -= 1
    return months if add(first, Length(months)) >= last else months + 1


def before(day: date, notice: Length | None) -> date:
    """The day so long before."""
    if notice is None:
        return day
    return add(day, Length(months=-notice.months, days=-notice.days))
