"""Promised, due, delivered and late, over plain values and a day.

A promise is due when its time ends; one for each year, year by year. What of it should have been
done by a day, had it been done evenly, is shown beside that and makes nothing late. What is
delivered counts for a contract and a measure, for whichever promise falls due first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from social_value.periods import FINEST, Part, due_first, parts

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise of a contract."""

    contract: UUID
    measure: str
    quantity: Decimal
    yearly: Decimal | None
    starts: date | None
    ends: date | None


@dataclass(frozen=True, slots=True)
class Done:
    """What of an act counts for a contract; it counts as delivered once it is confirmed."""

    contract: UUID
    measure: str
    amount: Decimal
    on: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """Amounts in one measure's unit, of one contract or of several together."""

    promised: Decimal = NOTHING
    due: Decimal = NOTHING
    evenly: Decimal = NOTHING  # by today, had it been done evenly
    delivered: Decimal = NOTHING
    waiting: Decimal = NOTHING  # recorded, not yet confirmed
    late: Decimal = NOTHING
    owed: Decimal = NOTHING  # promised and not delivered
    next_due: date | None = None
    next_amount: Decimal = NOTHING  # due by then, beside what is due or delivered already

    def __add__(self, other: "Progress") -> "Progress":
        """Of both together: what one did more does not make up for what another did not."""
        days = [day for day in (self.next_due, other.next_due) if day]
        first = min(days, default=None)
        nexts = (one.next_amount for one in (self, other) if one.next_due == first)
        return Progress(
            self.promised + other.promised,
            self.due + other.due,
            self.evenly + other.evenly,
            self.delivered + other.delivered,
            self.waiting + other.waiting,
            self.late + other.late,
            self.owed + other.owed,
            first,
            sum(nexts, NOTHING),
        )


def progress(
    promises: Sequence[Promised], done: Sequence[Done], *, adds_up: bool, today: date
) -> Progress:
    """Of one contract in one measure. A share of something is not added up: the newest stands."""
    delivered = together((one for one in done if one.confirmed), adds_up=adds_up)
    waiting = sum((one.amount for one in done if not one.confirmed), NOTHING)
    pieces = [p for one in promises for p in parts(one.quantity, one.yearly, one.starts, one.ends)]
    promised = sum((piece.amount for piece in pieces), NOTHING)
    due = sum((piece.amount for piece in pieces if is_due(piece, today)), NOTHING)
    day = next_due(pieces, delivered, today)
    by_then = sum((one.amount for one in pieces if day and one.last and one.last <= day), NOTHING)
    return Progress(
        promised=promised,
        due=due,
        evenly=sum((evenly(piece, today) for piece in pieces), NOTHING),
        delivered=delivered,
        waiting=waiting,
        late=max(due - delivered, NOTHING),
        owed=max(promised - delivered, NOTHING),
        next_due=day,
        next_amount=max(by_then - max(due, delivered), NOTHING),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What of one promise is due, was delivered, and is late, in its measure's unit."""

    due: Decimal
    delivered: Decimal
    late: Decimal


def promise_by_promise(
    promises: Mapping[UUID, Sequence[Part]], done: Sequence[Done], *, adds_up: bool, today: date
) -> dict[UUID, Kept]:
    """Of the promises of one contract in one measure, whose deliveries count as they fall due.

    So what is delivered and late of each comes to what is of all, save what was done above them.
    """
    delivered = together((one for one in done if one.confirmed), adds_up=adds_up)
    taken = dict.fromkeys(promises, NOTHING if adds_up else delivered)
    for key, part in due_first(promises, delivered) if adds_up else ():
        taken[key] += part.amount
    found = {}
    for key, theirs in promises.items():
        due = sum((part.amount for part in theirs if is_due(part, today)), NOTHING)
        found[key] = Kept(due, taken[key], max(due - taken[key], NOTHING))
    return found


def together(done: Iterable[Done], *, adds_up: bool) -> Decimal:
    if adds_up:
        return sum((one.amount for one in done), NOTHING)
    newest = max(done, key=lambda one: one.on, default=None)
    return newest.amount if newest else NOTHING


def is_due(piece: Part, today: date) -> bool:
    """From the day after its last."""
    return piece.last is not None and piece.last < today


def evenly(piece: Part, today: date) -> Decimal:
    """By the end of today; what has no known start or end is not expected before its end."""
    if is_due(piece, today):
        return piece.amount
    if piece.first is None or piece.last is None or piece.first > today:
        return NOTHING
    gone, whole = (today - piece.first).days + 1, (piece.last - piece.first).days + 1
    return (piece.amount * gone / whole).quantize(FINEST, ROUND_DOWN)


def next_due(pieces: Iterable[Part], delivered: Decimal, today: date) -> date | None:
    """The last day of the first part still to come that what was delivered does not cover."""
    left = delivered
    for piece in sorted(pieces, key=lambda one: (one.last is None, one.last or date.max)):
        if left < piece.amount and piece.last is not None and piece.last >= today:
            return piece.last
        left = max(left - piece.amount, NOTHING)
    return None


def by_contract(
    promises: Iterable[Promised],
    done: Iterable[Done],
    adding_up: frozenset[str],
    *,
    today: date,
) -> dict[tuple[UUID, str], Progress]:
    """By contract and measure, those that promise or deliver anything."""
    promised: dict[tuple[UUID, str], list[Promised]] = {}
    given: dict[tuple[UUID, str], list[Done]] = {}
    for one in promises:
        promised.setdefault((one.contract, one.measure), []).append(one)
    for act in done:
        given.setdefault((act.contract, act.measure), []).append(act)
    return {
        key: progress(
            promised.get(key, ()), given.get(key, ()), adds_up=key[1] in adding_up, today=today
        )
        for key in [*promised, *(key for key in given if key not in promised)]
    }
