"""Whether a supplier can join a framework now, or when next: answered in words, with its reasons.

A framework is closed once awarded (Procurement Act 2023 section 45); an open framework is awarded
anew from time to time (section 49), and suppliers apply before each award; a dynamic market admits
whoever meets its conditions while it stands (sections 34 and 36).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from procurement.frameworks.law import DYNAMIC_MARKET, OPEN, Law, Terms, reopens_by
from registry.formats import day as in_words

WHEN: Mapping[str, str] = {
    "framework": "when it is replaced",
    "open framework": "when it reopens",
    "dynamic market": "at any time",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """Where a date is stated, and as of which day."""

    source: str
    as_at: date


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which suppliers can apply for one award, and the award's own day."""

    opens: date | None
    closes: date | None
    awarded: date
    stated: Stated

    def open_on(self, day: date) -> bool:
        """A window whose closing day is not known is not taken for open."""
        return bool(self.opens and self.closes and self.opens <= day <= self.closes)


@dataclass(frozen=True, slots=True)
class Joining:
    """The answer: now or not, the day next time where it is known, and why in words."""

    now: bool
    says: str
    stated: Stated
    next_on: date | None = None
    until: date | None = None
    hint: str = ""  # what is known of when, in a few words

    @property
    def short(self) -> str:
        """For a row of a list."""
        if self.now:
            return f"Now, until {in_words(self.until)}" if self.until else "Now"
        return f"From {in_words(self.next_on)}" if self.next_on else "Not now"


def when(kind: str) -> str:
    return WHEN[kind]


def joining(
    terms: Terms, windows: Sequence[Window], law: Law, *, today: date, stated: Stated
) -> Joining:
    """`stated` is of the framework's own dates, used where no window says more."""
    if open_now := next((one for one in windows if one.open_on(today)), None):
        return in_the_window(open_now)
    ended = terms.scheme_ends if terms.kind == OPEN and terms.scheme_ends else terms.ends
    if ended and ended < today:
        return Joining(False, f"No: it ended on {in_words(ended)}.", stated)
    if terms.kind == DYNAMIC_MARKET:
        return of_market(terms, law, today=today, stated=stated)
    if ahead := next_window(windows, today):
        return before_the_window(ahead)
    if terms.kind == OPEN:
        return of_scheme(terms, windows, law, today=today, stated=stated)
    return Joining(False, until_replaced(terms, law, today=today), stated)


def in_the_window(window: Window) -> Joining:
    closes = window.closes or window.awarded
    says = (
        f"Yes: suppliers can apply until {in_words(closes)}, for the award on "
        f"{in_words(window.awarded)}."
    )
    return Joining(True, says, window.stated, until=closes)


def next_window(windows: Sequence[Window], today: date) -> Window | None:
    ahead = [one for one in windows if one.opens and one.opens > today]
    return min(ahead, key=lambda one: one.opens or date.max, default=None)


def before_the_window(window: Window) -> Joining:
    opens = window.opens or window.awarded
    until = f" until {in_words(window.closes)}" if window.closes else ""
    says = (
        f"Not now: suppliers can apply from {in_words(opens)}{until}, for the award on "
        f"{in_words(window.awarded)}."
    )
    return Joining(False, says, window.stated, next_on=opens)


def of_market(terms: Terms, law: Law, *, today: date, stated: Stated) -> Joining:
    if terms.starts and today < terms.starts:
        says = (
            f"Not yet: it begins on {in_words(terms.starts)}. A dynamic market then admits any "
            "supplier that meets its conditions, at any time."
        )
        return Joining(False, says, stated, next_on=terms.starts)
    to = f", until {in_words(terms.ends)}" if terms.ends else " while it stands"
    says = (
        f"Yes: a dynamic market admits any supplier that meets its conditions, at any time{to}."
        f"{cited(terms, law, 's.36')}"
    )
    return Joining(True, says, stated, until=terms.ends)


def of_scheme(
    terms: Terms, windows: Sequence[Window], law: Law, *, today: date, stated: Stated
) -> Joining:
    """An open framework outside every stated window: by its next award, or by what the law asks."""
    planned = [one for one in windows if one.awarded > today]
    if planned:
        one = min(planned, key=lambda w: w.awarded)
        says = (
            f"Not now, as far as is known: its next framework is to be awarded on "
            f"{in_words(one.awarded)}, and suppliers apply before that. When is not stated yet: "
            "ask its owner."
        )
        hint = f"Next award planned for {in_words(one.awarded)}"
        return Joining(False, says, one.stated, hint=hint)
    ends = f" Its scheme ends on {in_words(terms.scheme_ends)}." if terms.scheme_ends else ""
    if due := reopens_by(terms, law, today=today):
        last, rule = due
        says = (
            f"Not now, as far as is known: it must be awarded anew by {in_words(last)}, and "
            f"suppliers apply before that. When is not stated yet: ask its owner.{ends} "
            f"({rule.source}.)"
        )
        return Joining(False, says, stated, hint=f"Reopens by {in_words(last)}")
    says = (
        "Not now, as far as is known: no further award is stated, and none is due by law before it "
        f"ends.{ends}"
    )
    return Joining(False, says, stated)


def cited(terms: Terms, law: Law, section: str) -> str:
    """The Act's section, of what does not date from before the Act."""
    since = law.first_day("framework_most")
    before = terms.starts and since and terms.starts < since
    return "" if before else f" (Procurement Act 2023 {section}.)"


def until_replaced(terms: Terms, law: Law, *, today: date) -> str:
    if terms.starts and today < terms.starts:
        return (
            f"No, as far as is known: it begins on {in_words(terms.starts)}, and when suppliers "
            "can tender for it is not stated. Ask its owner."
        )
    ends = f" This one ends on {in_words(terms.ends)}." if terms.ends else ""
    return (
        "No: a framework is closed to new suppliers once awarded. Suppliers can tender for what "
        f"replaces it.{ends}{cited(terms, law, 's.45')}"
    )
