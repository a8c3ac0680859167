"""Notice periods and break clauses: how a contract can be left early."""

import re
from dataclasses import dataclass
from datetime import date

from registry.terms.lengths import ONE, Length, find_dates, folded, in_days, length_of, lengths_in


@dataclass(frozen=True, slots=True)
class Break:
    """A right to leave early: on a date, or so long after the start; with this notice."""

    first: date | None = None
    after: Length | None = None
    notice: Length | None = None


def read_notice(text: str) -> Length | None:
    """
    How much notice ends a contract: "3 months' written notice", "90 days".

    A bare number is months up to 12 and days from 28: nobody gives notice of 90 months.
    """
    plain = folded(text)
    if re.search(r"\bimmediate(ly)?\b", plain):
        return Length()
    if BARE.fullmatch(plain):
        return _bare_notice(int(plain))
    lengths = [piece.length for piece in lengths_in(plain)]
    return max(lengths, key=in_days) if lengths else None


def _bare_notice(number: int) -> Length | None:
    if 0 < number <= MONTHS_OF_NOTICE:
        return Length(months=number)
    return Length(days=number) if FEWEST_BARE_DAYS <= number <= MOST_BARE_DAYS else None


def read_break(text: str) -> Break:
    """When and how a contract can be left early; nothing set when the words do not say."""
    notice, rest = take_notice(folded(text))
    dates = find_dates(rest)
    if dates:
        return Break(first=dates[0], notice=notice)
    after = _leave_after(rest)
    if after is not None:
        return Break(after=after, notice=notice)
    lengths = lengths_in(rest)
    if not lengths:
        return Break(notice=notice)
    if notice is None and lengths[0].whole(rest):
        return Break(notice=lengths[0].length)
    return Break(after=lengths[0].length, notice=notice)


def _leave_after(plain: str) -> Length | None:
    """Reads "at any time", "after year 2", "annually": how long after the start one may leave."""
    if re.search(r"\b(any|all) times?\b|\banytime\b", plain):
        return Length()
    numbered = re.search(r"\b(year|month)\s*(\d{1,3})\b", plain)
    if numbered:
        return length_of(numbered[2], numbered[1])
    annual = re.search(r"\bannual(ly)?\b|\b(each|every) year\b", plain)
    return Length(months=12) if annual else None


def take_notice(plain: str) -> tuple[Length | None, str]:
    """The notice a clause asks for, and the clause without it."""
    found = NOTICE.search(plain)
    if not found:
        return None, plain
    pieces = lengths_in(found[0])
    notice = pieces[0].length if pieces else None
    return notice, f"{plain[: found.start()]} {plain[found.end() :]}".strip()


MONTHS_OF_NOTICE, FEWEST_BARE_DAYS, MOST_BARE_DAYS = 12, 28, 365
BARE = re.compile(r"\d{1,3}(?:\.0)?")
NOTICE = re.compile(
    rf"(?:{ONE})\s*(?:of\s*)?(?:prior|written|in writing|advance|'|\s)*\s*notice"
    rf"|notice(?:\s*(?:period|of|is|required|:|-))*\s*(?:{ONE})"
)
