"""From a promise and its contract's term to what it comes to, and when which part of it is due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from typing import TypeVar

from registry.terms import days_after
from registry.values import months_on

FINEST = Decimal("0.0001")
Key = TypeVar("Key")
MONTHS = 12
# Other years are slips of the pen.
YEARS = range(1900, 2200)
CHECK_THE_YEAR = f"Check the year: give one from {YEARS[0]} to {YEARS[-1]}"
ONE_YEAR = "no term is known, so one year of it is counted"


@dataclass(frozen=True, slots=True)
class Part:
    """So much, due between two days; open where a day is not known."""

    amount: Decimal
    first: date | None
    last: date | None


def parts(
    quantity: Decimal, yearly: Decimal | None, starts: date | None, ends: date | None
) -> list[Part]:
    """A promise for the whole is one part; one for each year is a part for each year of the term.

    They come to `quantity`: the last takes what rounding left.
    """
    if yearly is None or starts is None or ends is None:
        return [Part(quantity, starts, ends)]
    found, left = [], quantity
    for first, last in years(starts, ends):
        amount = left if last == ends else min(yearly, left)
        left -= amount
        if amount:
            found.append(Part(amount, first, last))
    return found


def less(parts: Sequence[Part], used: Sequence[Part]) -> list[Part]:
    """What parts hold beside what is used of them: of those open at the time first.

    It comes to the whole less what is used, or to nothing where more is used than there is.
    """
    left = [part.amount for part in parts]
    for use in used:
        amount = use.amount
        then = [n for n, part in enumerate(parts) if overlap(part, use)]
        for n in [*then, *(n for n in range(len(parts)) if n not in then)]:
            taken = min(amount, left[n])
            left[n] -= taken
            amount -= taken
    return [
        Part(amount, part.first, part.last)
        for part, amount in zip(parts, left, strict=True)
        if amount
    ]


def due_first(
    promises: Mapping[Key, Sequence[Part]], amount: Decimal
) -> Iterator[tuple[Key, Part]]:
    """What an amount uses of several promises: of the part that falls due first, then the next.

    Parts whose end is not known come last. What is above all of them uses nothing.
    """
    held = [(key, part) for key, theirs in promises.items() for part in theirs]
    for key, part in sorted(held, key=lambda one: one[1].last or date.max):
        if not amount:
            return
        taken = min(amount, part.amount)
        amount -= taken
        yield key, Part(taken, part.first, part.last)


def overlap(one: Part, other: Part) -> bool:
    """Whether they share a day, as far as their days are known."""
    begins_in_time = other.last is None or one.first is None or one.first <= other.last
    ends_in_time = other.first is None or one.last is None or one.last >= other.first
    return begins_in_time and ends_in_time


def years(starts: date, ends: date) -> Iterator[tuple[date, date]]:
    """The years of a term, the last of which may be shorter."""
    first, n = starts, 1
    while (following := months_on(starts, MONTHS * n)) <= ends and following < date.max:
        yield first, days_after(following, -1)
        first, n = following, n + 1
    if first <= ends:
        yield first, ends


def whole_quantity(
    quantity: Decimal, *, per_year: bool, starts: date | None, ends: date | None
) -> tuple[Decimal, str]:
    """What a promise comes to over its term, and why; yearly ones for the months begun in full."""
    if not per_year:
        return quantity, ""
    if starts is None or ends is None:
        return quantity, ONE_YEAR
    months = whole_months(starts, ends)
    if months == 0:
        return quantity, "the term is shorter than a month, so the year's promise is counted"
    total = max((quantity * months / MONTHS).quantize(FINEST, ROUND_DOWN), FINEST)
    return total, f"it is counted for the term's {months} months"


def whole_months(starts: date, ends: date) -> int:
    """Months between the first day and the day after the last."""
    after = days_after(ends, 1)
    months = (after.year - starts.year) * MONTHS + after.month - starts.month
    return months if months_on(starts, months) <= after else months - 1
