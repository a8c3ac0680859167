"""Lengths of time and dates found in a register's words, and calendar arithmetic on them."""

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from decimal import Decimal
from functools import cache


@dataclass(frozen=True, slots=True)
class Length:
    """A calendar length: 12 months, 90 days. Years are 12 months; weeks are 7 days."""

    months: int = 0
    days: int = 0


def add(day: date, length: Length) -> date:
    """
    `length` later, in calendar months; the last day of a month stays the last day of one.

    So 31/03/2025 and 12 months give 31/03/2026, 28/02/2027 and 12 months give 29/02/2028, and
    30/06/2026 and 1 month give 31/07/2026, as contracts that end "at the end of" a month mean.
    """
    if not length.months:
        return days_after(day, length.days)
    at_month_end = day.day == _days_in(day.year, day.month)
    later = in_month(month_number(day) + length.months, 31 if at_month_end else day.day)
    return days_after(later, length.days)


def days_after(day: date, days: int) -> date:
    """So many days later, or earlier; no further than the calendar goes."""
    return date.fromordinal(min(max(day.toordinal() + days, FIRST), LAST))


def month_number(day: date) -> int:
    """A day's month, counted from the year 0."""
    return day.year * 12 + day.month - 1


def in_month(number: int, day: int) -> date:
    """The day of a month so numbered, or that month's last; no further than the calendar goes."""
    year, month = divmod(number, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return date.min if year < MINYEAR else date.max
    return date(year, month + 1, min(day, _days_in(year, month + 1)))


@cache
def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def last_day(start: date, term: Length) -> date:
    """The last day of a contract that runs for `term`: from 01/04/2025, 3 years: 31/03/2028."""
    return add(days_after(start, -1), term)


def read_length(text: str) -> Length | None:
    """One calendar length: "2 years 6 months", "18-month", "24m"; None for anything else."""
    lengths = [piece.length for piece in lengths_in(folded(text))]
    return lengths[0] if len(lengths) == 1 else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A length and where it stands in the text."""

    length: Length
    start: int
    end: int

    def whole(self, text: str) -> bool:
        """Whether the text is this length and nothing else."""
        return not text[: self.start].strip() and not text[self.end :].strip(" .")


def lengths_in(plain: str) -> list[Piece]:
    """Every length in the text; "2 years and 6 months" is one, "12 months and 12 months" two."""
    pieces: list[Piece] = []
    for found in re.finditer(LENGTH, plain):
        numbers = re.findall(rf"({NUMBER})\s*-?\s*({UNIT})\b", found[0])
        parts = [length_of(number, unit) for number, unit in numbers]
        known = [part for part in parts if part is not None]
        if known and len(known) == len(parts):
            whole = Length(sum(part.months for part in known), sum(part.days for part in known))
            pieces.append(Piece(whole, found.start(), found.end()))
    return pieces


def length_of(number: str, unit: str) -> Length | None:
    """None for what is no whole number of months or days, or longer than any contract."""
    amount = Decimal(number)
    if unit.startswith("y"):
        amount, unit = amount * 12, "month"
    elif unit.startswith("w"):
        amount, unit = amount * 7, "day"
    if amount != int(amount) or amount > MOST_MONTHS:
        return None
    return Length(months=int(amount)) if unit.startswith("m") else Length(days=int(amount))


def in_days(length: Length) -> int:
    """Roughly, to put lengths in order."""
    return length.months * 30 + length.days


def find_dates(text: str) -> list[date]:
    """Real dates standing in a text: 31/03/2027 (day first), 2027-03-31, 31 March 2027."""
    dates = (_date(found) for found in DATE_IN_TEXT.finditer(text.casefold()))
    return [day for day in dates if day is not None]


def means_none(day: date) -> bool:
    """Dates that stand for "none": 31/12/2099, 01/01/1900 and their like."""
    if day.year in {NO_END_YEAR, NEVER_YEAR}:
        return True
    at_edge = (day.month, day.day) in FIRST_DAYS
    return at_edge and (day.year in FIRST_YEARS or day.year > NO_END_YEAR)


def is_known(day: date) -> bool:
    """Whether it stands for itself, in a year that a contract could run in."""
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR and not means_none(day)


def _date(found: re.Match[str]) -> date | None:
    year = int(found["y1"] or found["y2"] or found["y3"])
    month = found["m1"] or found["m2"] or str(MONTHS.index(found["m3"][:3]) + 1)
    day = found["d1"] or found["d2"] or found["d3"]
    try:
        return date(year + CENTURY if year < 100 else year, int(month), int(day))
    except ValueError:
        return None


def folded(text: str) -> str:
    """Lower case, numbers as digits, one spelling for signs: "Two (2) × 12-months" reads alike."""
    plain = " ".join(text.casefold().replace("×", "x").replace("*", "x").split())
    plain = plain.replace("’", "'").replace("–", "-").replace("&", "+")
    plain = NUMBER_WORD.sub(lambda word: str(NUMBERS[word[0]]), plain)
    plain = re.sub(r"\b(\d+)\s*\(\s*\1\s*\)", r"\1", plain)
    plain = ARTICLE.sub("1 ", plain)
    plain = re.sub(r"\b(\d+)\s*no\.?\s+(?=\d)", r"\1 x ", plain)
    plain = re.sub(r"\b(option|extension|period)\s*\d\s*[:=]", r"\1:", plain)
    plain = re.sub(rf"\b(\d+)\s+({QUALIFIER})\s+(?={UNIT})", r"\1 ", plain)
    return re.sub(r"\b(\d+)-(?=\d+\s*-?\s*(?:year|month|week|day))", r"\1 ", plain).strip(" .;,")


EARLIEST_YEAR, NO_END_YEAR, LATEST_YEAR = 1902, 2099, 2150
NEVER_YEAR = 9999
# Years in which programs begin to count, and the days around which they do.
FIRST_YEARS = frozenset({1, 100, 1753, 1899, 1900, 1901})
FIRST_DAYS = frozenset({(1, 1), (12, 30), (12, 31)})
CENTURY = 2000
FIRST, LAST = date.min.toordinal(), date.max.toordinal()
MOST_MONTHS = 1200  # a hundred years, in months or days alike: anything longer is a slip

NUMBERS = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
NUMBERS |= {"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15}
NUMBERS |= {"eighteen": 18, "twenty-four": 24, "twenty four": 24, "thirty": 30, "sixty": 60}
NUMBERS |= {"thirty-six": 36, "thirty six": 36, "forty-eight": 48, "forty eight": 48}
NUMBERS |= {"ninety": 90, "single": 1, "twice": 2}
NUMBER_WORD = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)) + r")\b"
)
NUMBER = r"\d{1,4}(?:\.\d{1,2})?"
UNIT = (
    r"(?:years?|yrs?|y|months?|mths?|mth|mnths?|mos?|m|weeks?|wks?|w|days?|d)(?:'s?|s')?(?![a-z])"
)
# "2 further years" is a length of two years; the words between say nothing about it.
# "A further year" is one year; "5 a year" is a rate.
ARTICLE = re.compile(
    r"(?<!\d )(?<!times )\b(?:a|an|another)\s+"
    r"(?:(?:further|additional|extra|optional)\s+)*(?=(?:year|month)\b)"
)
QUALIFIER = r"further|additional|optional|more|extra|calendar|consecutive|full"
ONE = rf"(?<![\d.]){NUMBER}\s*-?\s*{UNIT}"
# Years with the months that complete them are one length: "2 years and 6 months".
LENGTH = (
    rf"(?<![\d.]){NUMBER}\s*-?\s*(?:years?|yrs?|y)(?![a-z])\s*(?:,|and)?\s*"
    rf"(?:[1-9]|1[01])\s*-?\s*(?:months?|mths?|m)(?![a-z])|{ONE}"
)

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# Not what merely begins like one: "2 separate 12 month options".
MONTH = rf"(?!sep[ae]r|deci)(?:{'|'.join(MONTHS)})[a-z]*"
DATE_IN_TEXT = re.compile(
    r"(?<!\d)(?P<d1>\d{1,2})[/.-](?P<m1>\d{1,2})[/.-](?P<y1>\d{4}|\d{2})(?!\d)"
    r"|(?<!\d)(?P<y2>\d{4})-(?P<m2>\d{1,2})-(?P<d2>\d{1,2})(?!\d)(?:[t ]\d\d:\d\d(?::\d\d)?)?"
    rf"|(?<!\d)(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?[ -]*(?:of )?(?P<m3>{MONTH})"
    r"[ ,-]*'?(?P<y3>\d{4}|\d{2})(?!\d)"
)
