"""How registers write dates: every form that is recognised, and what tells day from month."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from imports.cells import Cell
from imports.normalise.reading import Fault, text_of


class Order(StrEnum):
    """Which number comes first where a date is all numbers."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


@dataclass(frozen=True, slots=True)
class Written:
    """A cell recognised as a date of some form, before the order of day and month is known."""

    day: date | None = None  # where no order is needed
    numbers: tuple[int, int, int] | None = None  # first, second, year: the order decides
    month_only: bool = False  # "Mar-27": `day` is the first of the month
    rest: str = ""  # what else the cell says: "+ 1 + 1", "(extended)"
    until: "Written | None" = None  # "01/04/2024 - 31/03/2027"
    note: str = ""


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]{{0,7}}\.?"
WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
CLOCK = (
    r"(?:[ t,]+(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>z|utc|gmt|bst|[+-]\d\d:?\d\d)?)?"
)
FORMS = tuple(
    re.compile(WEEKDAY + form + CLOCK, re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<d>\d{1,2})(?!\d)",
        r"(?P<a>\d{1,2})\s?[-–/.\\_]{1,2}\s?(?P<b>\d{1,2})\s?[-–/.\\_]{1,2}\s?(?P<year>\d{4}|\d{2})(?!\d)",
        r"(?P<a>\d{1,2}) (?P<b>\d{1,2}) (?P<year>\d{4}|\d{2})(?!\d)",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd"
        rf"|th)?(?:\s+day)?(?:\s+of)?[\s\-/.,]*(?P<name>{MONTH})[\s\-/.,]*'?(?P<y>\d{{4}}|\d{{2}})(?!\d)",
        rf"(?P<name>{MONTH})\s*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d)",
        r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)",
        r"(?P<a>[0-3]\d)(?P<b>[0-3]\d)(?P<year>(?:19|20)\d\d)(?!\d)",
    )
)
MONTH_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<name>{MONTH})[\s\-/.,]*'?(?P<y>\d{{4}}|\d{{2}})(?!\d)",
        r"(?P<m>0?[1-9]|1[0-2])\s?[-/]\s?(?P<y>(?:19|20)\d\d)(?!\d)",
        r"(?P<y>(?:19|20)\d\d)\s?[-/]\s?(?P<m>0[1-9]|1[0-2])(?![\d/-])",
    )
)
LEAD = re.compile(
    r"(?:(?:extended|expire[sd]?|expiry|end(?:s|ed|ing)?|terminate[sd]|completed?|finish(?:es|ed)?"
    r"|contract|of|up|and|including|until|to|by|from|on|starts?|commenc\w+"
    r"|currently|c\.?"
    r"|circa|approx\w*\.?|est\w*\.?|estimated|expected|provisional\w*|date|initial\w*|term|tbc"
    r"|w/?e)\b[\s:.\-]*)+",
    re.IGNORECASE,
)
THROUGH = re.compile(r"\s*(?:-|–|—|to|until|till)\s*", re.IGNORECASE)

# Excel counts days from 30 December 1899; these are 1954 to 2099.
SERIAL_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 20_000, 73_050
WINDOW = 70  # two-digit years below this are of this century
DAY = timedelta(days=1)
CLOCK_CHANGE_HOUR = 23

FIRST_EIGHT = 9_999_999
CLOCK_CHANGE = "Times of 23:00 in summer were read as midnight at the start of the next day."
SERIAL = "Numbers in date columns were read as a spreadsheet's day count."
WHOLE_MONTH = "Months without a day were read as the month's first day, or its last for an end."
DAY_IN_WORDS = "Dates were taken out of longer notes in their cells."


@lru_cache(65_536)
def _written(text: str) -> Written | Fault | None:
    lead = LEAD.match(text)
    start = lead.end() if lead and lead.end() < len(text) else 0
    for form in FORMS:
        found = form.match(text, start)
        if found:
            return _with_rest(found, text)
    for form in MONTH_FORMS:
        found = form.match(text, start)
        if found:
            return _month(found, text)
    return None


def written(cell: Cell) -> Written | Fault | None:
    """The date a cell writes, whatever its form; None when it is no date at all."""
    if isinstance(cell, datetime):
        return _from_moment(cell)
    if isinstance(cell, date):
        return Written(day=cell)
    if isinstance(cell, bool) or cell is None or isinstance(cell, time | timedelta):
        return None
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    text = text_of(cell).lstrip("'")
    if text[:1] in {"(", "["} and text[-1:] in {")", "]"}:
        text = text[1:-1]
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _from_number(float(text))
    return _written(text)


def _from_moment(moment: datetime) -> Written:
    if moment.time() == time(CLOCK_CHANGE_HOUR) and _summer(moment.date()):
        return Written(day=moment.date() + DAY, note=CLOCK_CHANGE)
    return Written(day=moment.date())


def _from_number(number: float) -> Written | Fault | None:
    if FIRST_SERIAL <= number <= LAST_SERIAL + 1:
        whole = int(number)
        at = datetime.combine(SERIAL_ZERO + timedelta(days=whole), time())
        seconds = round((number - whole) * 86_400)
        moment = _from_moment(at + timedelta(seconds=seconds))
        return Written(day=moment.day, note=moment.note or SERIAL)
    return _written(str(int(number))) if number.is_integer() and number > FIRST_EIGHT else None


def _summer(day: date) -> bool:
    """Whether British clocks are an hour ahead of midnight UTC on the night after `day`."""
    return _last_sunday(day.year, 3) <= day < _last_sunday(day.year, 10)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _with_rest(found: re.Match[str], text: str) -> Written | Fault | None:
    day = _one(found)
    rest = text[found.end() :].strip(" .;,")
    if isinstance(day, Fault) or not rest:
        return day
    if rest[0].isdigit():
        return None  # a longer number: a three-digit year, or two dates run together
    until = _until(rest)
    if until:
        return Written(day.day, day.numbers, until=until, note=DAY_IN_WORDS)
    return Written(day.day, day.numbers, rest=rest, note=day.note or DAY_IN_WORDS)


def _until(rest: str) -> Written | None:
    """The second date of "01/04/2024 - 31/03/2027", given what follows the first."""
    through = THROUGH.match(rest)
    until = _written(rest[through.end() :]) if through and through.end() < len(rest) else None
    return until if isinstance(until, Written) else None


def _one(found: re.Match[str]) -> Written | Fault:
    groups = found.groupdict()
    if groups.get("a"):
        year = _century(groups["year"])
        return Written(numbers=(int(groups["a"]), int(groups["b"]), year))
    month = _month_number(groups)
    day = real_day(int(groups["d"]), month, _century(groups["y"]), as_written=found[0].strip())
    if isinstance(day, Fault):
        return day
    return _at_clock(day, groups)


def _at_clock(day: date, groups: dict[str, str | None]) -> Written:
    hour = int(groups.get("hour") or 0)
    exact = not int(groups.get("minute") or 0) and not int(groups.get("second") or 0)
    if (
        hour == CLOCK_CHANGE_HOUR
        and exact
        and not (groups.get("zone") or "").startswith(("+", "-"))
    ):
        return _from_moment(datetime.combine(day, time(hour)))
    return Written(day=day)


def _month_number(groups: dict[str, str | None]) -> int:
    name = groups.get("name")
    return MONTHS.index(name[:3].casefold()) + 1 if name else int(groups["m"] or 0)


def _month(found: re.Match[str], text: str) -> Written | None:
    groups = found.groupdict()
    rest = text[found.end() :].strip(" .;,")
    if rest[:1].isdigit():
        return None
    day = date(_century(groups["y"]), _month_number(groups), 1)
    until = _until(rest)
    if until:
        return Written(day=day, month_only=True, until=until, note=WHOLE_MONTH)
    return Written(day=day, month_only=True, rest=rest, note=WHOLE_MONTH)


def _century(year: str | None) -> int:
    number = int(year or 0)
    if len(year or "") != 2:
        return number
    return number + (2000 if number < WINDOW else 1900)


def real_day(day: int, month: int, year: int, *, as_written: str) -> date | Fault:
    """The date, or the sentence that says why there is none."""
    if not 1 <= month <= 12:
        return Fault(
            f"{as_written} does not exist: there is no month {month}.",
            "Check the day and month.",
        )
    if not 1 <= year <= 9999:
        return Fault(f"{as_written} has no real year.", "Check the year.")
    days = calendar.monthrange(year, month)[1]
    if day < 1:
        return Fault(f"{as_written} does not exist: there is no day 0.", "Check the day.")
    if day > days:
        name = calendar.month_name[month] + (f" {year}" if month == 2 else "")
        return Fault(
            f"{as_written} does not exist: {name} has {days} days.", "Check the day and month."
        )
    return date(year, month, day)


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many distinct dates can only be read one way."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(
            self.day_first + other.day_first,
            self.month_first + other.month_first,
            self.either + other.either,
        )

    @property
    def order(self) -> Order | None:
        """What most of the telling dates say; None when none tells, or as many say each."""
        if self.day_first == self.month_first:
            return None
        return Order.DAY_FIRST if self.day_first > self.month_first else Order.MONTH_FIRST


def evidence(cells: Iterable[Cell]) -> Evidence:
    """What a column's distinct cells tell about the order of day and month."""
    day_first = month_first = either = 0
    for cell in cells:
        found = written(cell)
        for first, second, _ in _numbers(found):
            day_first += first > 12 >= second
            month_first += second > 12 >= first
            either += first <= 12 and second <= 12 and first != second
    return Evidence(day_first, month_first, either)


def _numbers(found: Written | Fault | None) -> Iterable[tuple[int, int, int]]:
    while isinstance(found, Written):
        if found.numbers:
            yield found.numbers
        found = found.until
