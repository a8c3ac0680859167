"""Pooling field by field: needs first, then what is left among itself, then what is missing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from social_value.pooling.choosing import Chosen, choose
from social_value.pooling.columns import (
    ANYWHERE,
    NO_NEED,
    Bools,
    Ints,
    Made,
    Needs,
    Parcels,
    Pooled,
    Remainder,
    Rules,
)
from social_value.pooling.windows import Calendar, Window, permitted, windows

# The last day of an open end, as an ordinal.
FAR = 3_000_000


def pool(parcels: Parcels, needs: Needs, rules: Rules) -> Pooled:
    """Every pool that can be made, what is left, and how near the best it is.

    No parcel gives more than it holds; what pools hold and what is left is all there was.
    """
    pooled = Pooled()
    calendar = Calendar.after(rules.today)
    of_needs = dict(by_field(needs.field))
    for field, rows in by_field(parcels.field):
        within = Field(field, parcels_of(parcels, rows), rows, calendar, rules)
        if field in of_needs:
            within.meet(needs, of_needs[field], pooled)
        within.make(pooled)
    return pooled


def by_field(field: Ints) -> Iterator[tuple[int, Ints]]:
    """The rows of each field, in order."""
    order = np.argsort(field, kind="stable")
    starts = np.flatnonzero(np.diff(field[order], prepend=-1))
    for rows in np.split(order, starts[1:]) if len(order) else []:
        yield int(field[rows[0]]), rows


def parcels_of(parcels: Parcels, rows: Ints) -> Parcels:
    return Parcels(*(getattr(parcels, one.name)[rows] for one in fields(parcels)))


@dataclass(slots=True)
class Field:
    """One measure in one region: its parcels, and what they still hold."""

    number: int
    parcels: Parcels
    rows: Ints  # the parcels' numbers among all
    calendar: Calendar
    rules: Rules

    @property
    def useful(self) -> int:
        return int(self.rules.useful[self.number])

    def meet(self, needs: Needs, wanted: Ints, pooled: Pooled) -> None:
        """Give parcels to the needs they fit, so that as much of what is asked is met in full."""
        today = self.rules.today.toordinal()
        reaches = np.stack([self.fits(needs, n, today) for n in wanted.tolist()], axis=1)
        given, chosen = self.given(reaches, needs.amount[wanted], covering=False)
        for target in sorted(chosen.targets):
            need = int(wanted[target])
            pooled.pools.append(
                Made(
                    self.number,
                    int(needs.place[need]),
                    int(needs.group[need]),
                    max(int(needs.first[need]), today),
                    int(needs.last[need]),
                    need,
                    self.numbered(given[target]),
                )
            )
        pooled.met += chosen.worth
        pooled.most += chosen.most
        pooled.exact &= chosen.exact

    def fits(self, needs: Needs, need: int, today: int) -> Bools:
        """Parcels a need may have: of its place and group, and open long enough while it is."""
        first = np.maximum(self.parcels.first, max(int(needs.first[need]), today))
        last = np.minimum(self.parcels.last, int(needs.last[need]))
        enough: Bools = last - first + 1 >= self.rules.least_days
        there = permitted(self.parcels, int(needs.place[need]), int(needs.group[need]))
        return enough & there & self.free_for(need)

    def free_for(self, need: int) -> Bools:
        """Parcels that nobody said no to giving to a need, or to any pool without one."""
        barred = self.rules.barred.get(need)
        if not barred:
            return np.ones(len(self.rows), bool)
        return np.isin(self.rows, list(barred), invert=True)

    def make(self, pooled: Pooled) -> None:
        """Pool what is left in the quarters its parcels share, and say what is missing."""
        begins = self.calendar.first_whole(self.parcels.first)
        ends = self.calendar.last_whole(self.parcels.first, self.parcels.last, far=FAR)
        ends = np.minimum(ends, len(self.calendar.starts) - 2)
        found = list(windows(self.parcels, begins, ends))
        reaches = self.open_in(found, begins, ends)
        enough = self.parcels.amount @ reaches >= self.useful
        targets = [window for window, fit in zip(found, enough, strict=True) if fit]
        if targets:
            asked = np.full(len(targets), self.useful)
            given, _ = self.given(reaches[:, enough], asked, covering=True)
            pooled.pools += self.merged(targets, given, begins, ends)
        pooled.left += self.left(found, reaches)

    def open_in(self, found: Sequence[Window], begins: Ints, ends: Ints) -> Bools:
        """Parcels (rows) that may be pooled in each window (columns)."""
        reaches = np.zeros((len(self.parcels), len(found)), bool)
        free = self.free_for(NO_NEED)
        for n, window in enumerate(found):
            then = (begins <= window.quarter) & (window.quarter <= ends) & free
            reaches[:, n] = then & permitted(self.parcels, window.place, window.group)
        return reaches

    def given(
        self, reaches: Bools, asked: Ints, *, covering: bool
    ) -> tuple[dict[int, list[tuple[int, int]]], Chosen]:
        """Choose by classes of like parcels, then take from parcels, those ending soonest first."""
        packed, kind = np.unique(np.packbits(reaches, axis=1), axis=0, return_inverse=True)
        kind = kind.reshape(-1)
        held = np.zeros(len(packed), np.int64)
        np.add.at(held, kind, self.parcels.amount)
        classes = np.unpackbits(packed, axis=1, count=reaches.shape[1]).astype(bool)
        chosen = choose(classes, held, asked, covering=covering)
        shares: dict[int, list[tuple[int, int]]] = defaultdict(list)
        order = np.lexsort((self.rows, self.parcels.last, kind))
        starts = np.searchsorted(kind[order], np.arange(len(packed) + 1))
        for one, gives in enumerate(chosen.given):
            self.take(order[starts[one] : starts[one + 1]].tolist(), gives, shares)
        return shares, chosen

    def take(
        self,
        parcels: Sequence[int],
        gives: dict[int, int],
        shares: dict[int, list[tuple[int, int]]],
    ) -> None:
        """Hand out what a class gives, parcel by parcel."""
        amounts, at = self.parcels.amount, 0
        for target in sorted(gives):
            left = gives[target]
            while left:
                part = min(left, int(amounts[parcels[at]]))
                if part:
                    amounts[parcels[at]] -= part
                    shares[target].append((parcels[at], part))
                    left -= part
                else:
                    at += 1

    def merged(
        self,
        targets: Sequence[Window],
        given: dict[int, list[tuple[int, int]]],
        begins: Ints,
        ends: Ints,
    ) -> list[Made]:
        """A pool for each window used, for all the quarters that its parcels share."""
        together: dict[tuple[int, int, int, int], list[tuple[int, int]]] = defaultdict(list)
        for target, shares in sorted(given.items()):
            mine = [parcel for parcel, _ in shares]
            window = targets[target]
            first, last = int(begins[mine].max()), int(ends[mine].min())
            together[window.place, window.group, first, last] += shares
        starts = self.calendar.starts
        return [
            Made(
                self.number,
                place,
                group,
                int(starts[first]),
                int(starts[last + 1]) - 1,
                NO_NEED,
                self.numbered(shares),
            )
            for (place, group, first, last), shares in sorted(together.items())
        ]

    def numbered(self, shares: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Shares by the parcels' numbers among all, each parcel once."""
        summed: dict[int, int] = defaultdict(int)
        for parcel, amount in shares:
            summed[int(self.rows[parcel])] += amount
        return sorted(summed.items())

    def left(self, found: Sequence[Window], reaches: Bools) -> list[Remainder]:
        """What parcels still hold, by place and group, and what their best quarter lacks."""
        amounts = self.parcels.amount
        best: dict[tuple[int, int], int] = defaultdict(int)
        for window, held in zip(found, (amounts @ reaches).tolist(), strict=True):
            pair = (window.place, window.group)
            best[pair] = max(best[pair], held)
        kept: dict[tuple[int, int], int] = defaultdict(int)
        pairs = zip(self.parcels.place.tolist(), self.parcels.group.tolist(), strict=True)
        for pair, amount in zip(pairs, amounts.tolist(), strict=True):
            kept[pair] += amount
        return [
            Remainder(self.number, *pair, amount, max(self.useful - best[pair], 0))
            for pair, amount in sorted(kept.items())
            if amount
        ]


__all__ = ["ANYWHERE", "FAR", "pool"]
