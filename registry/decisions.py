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
    yield from (decision for e in by_right if (decision := at_end_or_break(e)))
    extensions = [e for e in by_right if e.action == Action.EXTEND and e.decide_by and e.last]
    if extensions:
        latest = max(e.last for e in extensions if e.last)
        by = min(e.decide_by for e in extensions if e.decide_by)
        yield Decision(by, Matter.EXTEND, f"It can be extended to {written(latest)} at most.")


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
