"""What one start date asks of each contract, and why a contract cannot join."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.exits import (
    Action,
    Amber,
    Exit,
    Permitted,
    Terms,
    earliest_of,
    latest_permitted_end,
    months_between,
    permitted,
)
from registry.formats import count
from registry.formats import day as in_words
from registry.terms import days_after

# What a council decides by itself; the others need the supplier, or something in between.
DEEDS = {
    Action.NOTHING: "Nothing to do",
    Action.EXTEND: "Extend",
    Action.NOTICE: "Give notice",
    Action.BREAK: "Use the break",
}
# Why it does not join, where its end is known.
MISSES = {
    Action.AGREE: "Only by agreement",
    Action.BRIDGE: "Bridge needed",
    Action.STAY: "Cannot leave",
}


@dataclass(frozen=True, slots=True)
class Ask:
    """What a start date asks of one contract.

    `months` is how long to extend, or where it is not permitted by how much it misses; part months
    count whole. `because` is a sentence for the council. `amber` says what only agreement would
    give.
    """

    action: Action
    action_by: date | None
    months: int | None
    earliest_exit: date | None
    latest_end: date | None
    because: str
    amber: str = ""

    @property
    def joins(self) -> bool:
        return self.action in DEEDS

    @property
    def unknown(self) -> bool:
        return self.action == Action.UNKNOWN

    @property
    def by_agreement(self) -> bool:
        return self.action == Action.AGREE

    @property
    def miss(self) -> str:
        """Why it does not join, in two or three words."""
        return MISSES.get(self.action, "Its end is not known")


@dataclass(frozen=True, slots=True)
class Seen:
    """A contract's terms as they stand on one day, whatever start date is asked about."""

    terms: Terms
    today: date
    open_now: Permitted
    earliest_exit: date | None
    latest_end: date | None
    term_change_percent: int


def seen(terms: Terms, *, today: date, term_change_percent: int = 0) -> Seen:
    found = permitted(terms, today=today, term_change_percent=term_change_percent)
    return Seen(
        terms,
        today,
        found,
        earliest_of(terms, found),
        latest_permitted_end(terms),
        term_change_percent,
    )


def ask(terms: Terms, *, start: date, today: date, term_change_percent: int = 0) -> Ask:
    """What must be done for the replacement to begin on `start`: the least that suffices."""
    return ask_of(seen(terms, today=today, term_change_percent=term_change_percent), start=start)


def ask_of(contract: Seen, *, start: date) -> Ask:
    """The same, of terms looked at before."""
    last, open_now = days_after(start, -1), contract.open_now
    found, agreed = open_now.by(last), open_now.by_agreement(last)
    action, by, months, because = (
        asked(contract.terms, found, last, contract.today) if found else missed(open_now, last)
    )
    return Ask(
        action=Action.AGREE if agreed else action,
        action_by=by,
        months=months,
        earliest_exit=contract.earliest_exit,
        latest_end=contract.latest_end,
        because=because,
        amber=amber_words(agreed, contract.term_change_percent) if agreed else "",
    )


Asked = tuple[Action, date | None, int | None, str]


def asked(terms: Terms, found: Exit, last: date, today: date) -> Asked:
    by = found.to_decide(last)
    by = max(by, today) if by else None
    end = terms.end or last
    if found.action == Action.NOTHING:
        return found.action, None, None, f"It ends by itself on {in_words(last)}."
    if found.action == Action.EXTEND:
        months = months_between(end, last)
        words = f"Extend by {counted(months, end, last)} to {in_words(last)}"
        return found.action, by, months, f"{words}; decide by {in_words(by or end)}."
    clause = "under the break clause " if found.action == Action.BREAK else ""
    words = f"Give notice {clause}by {in_words(by or today)}, to end on {in_words(last)}."
    if found.action == Action.NOTICE and terms.notice is None:
        words += " The register states no notice, so none is counted: check the contract."
    return found.action, by, None, words


def counted(months: int, end: date, last: date) -> str:
    """The length of an extension in words: whole months, or the days of a part month."""
    if months and months_between(end, days_after(last, 1)) == months:
        return count((last - end).days, "day")
    return count(months, "month")


def missed(open_now: Permitted, last: date) -> Asked:
    """By how much a last day misses those permitted."""
    if open_now.unknown:
        return Action.UNKNOWN, None, None, "Its end is not known, so nothing is assumed."
    before = max(last_days_before(open_now, last), default=None)
    after = min((e.first for e in open_now.by_right if e.first > last), default=None)
    if before is not None:
        months = months_between(before, last)
        words = f"Not permitted: it can end on {in_words(before)} at the latest before then"
        gap = f"a gap of {counted(months, before, last)} to bridge"
        return Action.BRIDGE, None, months, f"{words}, {gap}."
    if after is not None:
        months = months_between(last, after)
        words = f"Not permitted: it cannot be left before {in_words(after)}, which misses by"
        return Action.STAY, None, months, f"{words} {counted(months, last, after)}."
    return Action.BRIDGE, None, None, "No date for leaving it is open any more."


def last_days_before(open_now: Permitted, last: date) -> Iterator[date]:
    """The latest day of each exit that ends before the one asked for."""
    return (e.last for e in open_now.by_right if e.last is not None and e.last < last)


def amber_words(agreed: Exit, term_change_percent: int) -> str:
    by = f" before {in_words(days_after(agreed.decide_by, 1))}" if agreed.decide_by else ""
    if agreed.amber == Amber.PART:
        return f"Could join only by agreement with the supplier{by}: part of an option."
    return (
        f"Could join only by agreement with the supplier{by}: a change of the term of up to "
        f"{term_change_percent}% under section 74 (not substantial)."
    )
