"""What a rebuild changed in a plan that was there before: dates found, gone or otherwise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from registry.formats import count, money_exact
from registry.formats import day as in_words

# A category, a grouping and a start date.
Key = tuple[str, str, date]


class Figures(NamedTuple):
    """Who could join on a date of a plan, and what they buy in a year."""

    councils: int
    contracts: int
    annual_value: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """One date of a plan before and after; None where it was not, or is no longer, in it."""

    key: Key
    before: Figures | None
    after: Figures | None


def changes(before: Mapping[Key, Figures], after: Mapping[Key, Figures]) -> Iterator[Change]:
    """Only of plans that were there: the first plan of a category and grouping is no change."""
    known = {key[:2] for key in before}
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    for key in sorted(key for key in changed if key[:2] in known):
        yield Change(key, before.get(key), after.get(key))


def one_a_day(earlier: Change | None, later: Change) -> Change | None:
    """Two changes of one day as one; None where the second takes the first back."""
    if earlier is None:
        return later
    both = replace(earlier, after=later.after)
    return None if both.before == both.after else both


def told(change: Change, *, values: bool) -> str:
    """In a sentence; without values where they are kept back."""
    start = in_words(change.key[2])
    if change.before is None:
        return f"{start} came into the plan: {figures(change.after, values=values)}."
    if change.after is None:
        return f"{start} left the plan; it had {figures(change.before, values=values)}."
    was, now = (figures(one, values=values) for one in (change.before, change.after))
    if was == now:
        return f"{start}: its value changed."
    return f"{start}: {now}; before, {was}."


def figures(one: Figures | None, *, values: bool) -> str:
    if one is None:
        return "nothing"
    joining = f"{count(one.councils, 'council')} with {count(one.contracts, 'contract')}"
    return f"{joining}, {money_exact(one.annual_value)} a year" if values else joining
