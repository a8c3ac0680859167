"""Contracts and the days their replacements may start, as parallel arrays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

import numpy as np
import numpy.typing as npt

from registry.exits import Exit, Terms, exits
from registry.terms import Length, add
from registry.values import months_on

type_of = np.int64
Ints = npt.NDArray[np.int64]
FAR = date.max.toordinal()
NO_NOTICE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Contracts:
    """One entry a contract: its council, as any number, and its yearly value, 0 when unknown."""

    council: Ints
    pence: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which contract is in which group, by index; a contract may be in many groups.

    In order of group and contract, which `by_membership` and `in_order` give.
    """

    contract: Ints
    group: Ints

    @property
    def count(self) -> int:
        return int(self.group.max()) + 1 if len(self.group) else 0


@dataclass(frozen=True, slots=True, eq=False)
class Exits:
    """Spans of permitted last days, whatever the day it is: one entry an exit, by contract.

    Days are ordinals. `decide_by` is FAR where nothing is to be decided; `notice` is an index
    into `notices` where the day to decide is each last day less that notice.
    """

    contract: Ints
    first: Ints
    last: Ints
    decide_by: Ints
    notice: Ints
    notices: tuple[Length, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Starts:
    """Spans of permitted start days, apart from each other, in order of contract and day."""

    contract: Ints
    first: Ints
    last: Ints


@dataclass(frozen=True, slots=True)
class Horizon:
    """The start days looked at: those the lead time leaves open, to the end of the plan."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def horizon(today: date, *, lead_months: int, plan_months: int) -> Horizon:
    return Horizon(months_on(today, lead_months), months_on(today, plan_months))


def exit_columns(terms: Iterable[Terms]) -> Exits:
    """The exits of each contract in turn. Contracts share few terms, so each is read once."""
    notices: dict[Length, int] = {}
    # By identity: those who share terms share the object. They are held, so that none goes.
    held = list(terms)
    rows = {
        key: [exit_row(e, notices) for e in exits(term)]
        for key, term in {id(term): term for term in held}.items()
    }
    per_contract = [rows[id(term)] for term in held]
    counts = [len(found) for found in per_contract]
    flat = np.array(list(chain.from_iterable(per_contract)), type_of).reshape(-1, 4)
    contract = np.repeat(np.arange(len(counts), dtype=type_of), counts)
    return Exits(contract, flat[:, 0], flat[:, 1], flat[:, 2], flat[:, 3], tuple(notices))


def exit_row(e: Exit, notices: dict[Length, int]) -> tuple[int, int, int, int]:
    notice = NO_NOTICE if e.notice is None else notices.setdefault(e.notice, len(notices))
    last = e.last.toordinal() if e.last else FAR
    decide_by = e.decide_by.toordinal() if e.decide_by else FAR
    return e.first.toordinal(), last, decide_by, notice


def open_starts(found: Exits, *, today: date, within: Horizon) -> Starts:
    """The start days still open today: undecided, with notice to give, inside the horizon."""
    soonest = np.array([add(today, n).toordinal() for n in found.notices] + [1], type_of)
    first = np.maximum(found.first, soonest[found.notice]) + 1
    first = np.maximum(first, within.first.toordinal())
    last = np.minimum(found.last + 1, within.last.toordinal())
    keep = (first <= last) & (found.decide_by >= today.toordinal())
    return Starts(*joined(found.contract[keep], first[keep], last[keep]))


def joined(key: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
    """Spans of one key that touch or overlap, as one; in order of key and day."""
    if not len(key):
        return key, first, last
    base = int(first.min())
    bits = (int(last.max()) - base + 2).bit_length()
    # One number holds key, first and last: sorting numbers is far quicker than sorting indexes.
    packed = np.sort((((key << bits) + (first - base)) << bits) + (last - base))
    begun, low = packed >> bits, (1 << bits) - 1
    # The key in the high bits keeps one key's ends from reaching into the next.
    reached = np.maximum.accumulate((begun & ~low) | (packed & low))
    fresh = np.ones(len(packed), dtype=bool)
    fresh[1:] = begun[1:] > reached[:-1] + 1
    begins = np.flatnonzero(fresh)
    begun, reached = begun[begins], reached[np.append(begins[1:], len(packed)) - 1]
    return begun >> bits, (begun & low) + base, (reached & low) + base


def by_membership(*, category: Ints, council: Ints, members: Mapping[int, Iterable[int]]) -> Groups:
    """A group for each category and grouping: category times the groupings plus the grouping.

    `category` and `council` are each contract's, as indexes; `members` gives the councils of
    each grouping, which are indexes from 0.
    """
    groupings = max(members, default=-1) + 1
    pairs = [(c, g) for g, councils in members.items() for c in councils]
    table = np.array(sorted(pairs), type_of).reshape(-1, 2)
    begins = np.searchsorted(table[:, 0], council)
    counts = np.searchsorted(table[:, 0], council, "right") - begins
    contract = np.repeat(np.arange(len(council), dtype=type_of), counts)
    offset = np.arange(len(contract)) - np.repeat(np.cumsum(counts) - counts, counts)
    grouping = table[np.repeat(begins, counts) + offset, 1]
    return in_order(contract, category[contract] * groupings + grouping)


def in_order(contract: Ints, group: Ints) -> Groups:
    width = int(contract.max(initial=0)) + 1
    group, contract = np.divmod(np.sort(group * width + contract), width)
    return Groups(contract, group)


def spaced_after(within: Horizon, months: int) -> Ints:
    """For each day of the horizon, the offset of the first day so many months later."""
    days = [within.first + timedelta(days=n) for n in range(within.days)]
    return np.array([(months_on(day, months) - within.first).days for day in days], type_of)
