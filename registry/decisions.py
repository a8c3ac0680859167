"""What a contract asks of its council, and by which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.exits import Action, Exit, Terms, permitted
from registry.formats import day as written


class Matter(StrEnum):
    """What there is to decide; the value is the word on pages."""

    EXTEND = "Extend or not"
    BREAK = "Break clause"
    REVIEW = "Review"
    END = "Ends"


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing to decide by one day."""

    by: date
    matter: Matter
    words: str


def decisions(terms: Terms, *, review: date | None, today: date) -> list[Decision]:
    """Those still to come, in order of date. A rolling contract asks nothing by itself."""
    found = [*from_exits(terms, today)]
    if review and review >= today:
        found.append(Decision(review, Matter.REVIEW, "The review date the register gives."))
    return sorted(found, key=lambda decision: decision.by)


def from_exits(terms: Terms, today: date) -> Iterator[Decision]:
    if terms.rolling:
        return
    by_right = permitted(terms, today=today).by_right
    extend = extension(by_right)
    for decision in map(at_end_or_break, by_right):
        # Whoever decides to extend on the last day decides what follows the end as well.
        if decision and not (extend and decision.by == extend.by):
            yield decision
    if extend:
        yield extend


def extension(by_right: tuple[Exit, ...]) -> Decision | None:
    """The one decision on all options, for a later one needs the first."""
    exits = [e for e in by_right if e.action == Action.EXTEND]
    latest = max((e.last for e in exits if e.last), default=None)
    by = min((e.decide_by for e in exits if e.decide_by), default=None)
    if latest is None or by is None:
        return None
    words = f"It can be extended to {written(latest)} at most; else a replacement must be ready."
    return Decision(by, Matter.EXTEND, words)


def at_end_or_break(e: Exit) -> Decision | None:
    if e.action == Action.NOTHING:
        return Decision(e.first, Matter.END, "A replacement must be in place the day after.")
    decide = e.to_decide(e.first) if e.action == Action.BREAK else None
    if decide is None:
        return None
    words = (
        f"Notice given by this day ends it on {written(e.first)}, the first day the clause allows."
    )
    return Decision(decide, Matter.BREAK, words)
