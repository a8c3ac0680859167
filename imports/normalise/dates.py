"""Dates as registers write them: a strict ladder, and the order of day and month by evidence."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import cast

from imports.cells import Cell
from imports.normalise.reading import BLANK, Fault, Reading, says_nothing, text_of
from registry.terms import ExtensionKind, find_dates, latest_end, read_extension, read_length


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


ROLLING = re.compile(
    r"\b(?:rolling|rolls (?:on|over)|on[- ]?going|continuing|continuous(?:ly)?|evergreen"
    r"|perpetual|perpetuity"
    r"|indefinite(?:ly)?"
    r"|permanent|open[- ]?ended|no (?:fixed |set |specified |specific |defined )?(?:end"
    r"|expiry)(?: date)?"
    r"|until (?:further notice|terminated|cancelled|notice)|month(?:ly)? (?:to|by) month"
    r"|auto(?:matic(?:ally)?)?[- ]?renew\w*|in perpetuity|no expiry|does not expire|life of .{1,30}"
    r"|renew(?:s|ed|able) annually|annual(?:ly)? renew\w*)\b",
    re.IGNORECASE,
)
NO_ONE_DAY = re.compile(
    r"one[- ]off.{0,30}|ad[- ]?hoc.{0,30}|as (?:and when )?(?:required|needed)|spot(?: purchase)?",
    re.IGNORECASE,
)
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
NINES = re.compile(r"^31\s?[-/. ]\s?(?:12|dec)\s?[-/. ]\s?99$", re.IGNORECASE)
BESIDE = re.compile(r"ext|option|\+|review|break|renew|start|signed|was|orig", re.IGNORECASE)
THROUGH = re.compile(r"\s*(?:-|–|—|to|until|till)\s*", re.IGNORECASE)

# Excel counts days from 30 December 1899; these are 1954 to 2099.
SERIAL_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 20_000, 73_050
WINDOW = 70  # two-digit years below this are of this century
EARLIEST_YEAR, NO_END_YEAR, LATEST_YEAR = 1902, 2099, 2150
NEVER_YEAR = 9999
DAY = timedelta(days=1)
CLOCK_CHANGE_HOUR = 23

# What programs write where there is no date: nought days, nought everywhere, nines everywhere.
NO_DATES = frozenset({"0", "0.0", "00:00:00", "00/00/0000", "0000-00-00", "99/99/9999"})
NO_DATES |= {"00/01/1900", "0/1/1900", "00/01/00", "1900-01-00"}
# Years in which programs begin to count, and the days around which they do.
FIRST_YEARS = frozenset({1, 100, 1753, 1899, 1900, 1901})
FIRST_DAYS = frozenset({(1, 1), (12, 30), (12, 31)})
SLIPS_INTO = range(2000, 2061)  # years that a mistyped one is likely to be

WRITE_A_DATE = "Give one date as day/month/year, such as 31/03/2027, or leave the cell blank."


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


FIRST_EIGHT = 9_999_999
CLOCK_CHANGE = "Times of 23:00 in summer were read as midnight at the start of the next day."
SERIAL = "Numbers in date columns were read as a spreadsheet's day count."
WHOLE_MONTH = "Months without a day were read as the month's first day, or its last for an end."
NO_DAY = "Dates that stand for “none”, such as 31/12/2099 or 01/01/1900, were read as not known."
OPTIONS_ADDED = "Extension options written after a date were added to it."
DAY_IN_WORDS = "Dates were taken out of longer notes in their cells."


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


def read_date(cell: Cell, *, order: Order, is_end: bool = False) -> Reading:
    """One cell of a date column; ends read "Mar-27" as its last day, starts as its first."""
    text = text_of(cell)
    if says_nothing(text) or text in NO_DATES:
        return BLANK
    found = written(cell)
    rolling = {"rolling": True} if is_end and ROLLING.search(text) else {}
    if isinstance(found, Written):
        read = _span if found.until else _settle
        return read(found, order=order, is_end=is_end, text=text, rolling=rolling)
    if ROLLING.search(text) or NO_ONE_DAY.fullmatch(text):
        return Reading(also=rolling)
    if isinstance(found, Fault):
        return Reading(fault=found)
    length = read_length(text) if is_end else None
    if length:
        return Reading(also={"term": text})
    return Reading(fault=_not_a_date(text))


def read_start(cell: Cell, *, order: Order) -> Reading:
    """A start, and the term that some cells give after it: "01/04/2024 for 3 years"."""
    read = read_date(cell, order=order)
    found = written(cell) if isinstance(cell, str) and read.value is not None else None
    rest = found.rest if isinstance(found, Written) else ""
    if not rest or not (read_length(rest) or read_extension(rest).initial):
        return read
    return read._replace(also={"term": rest, **read.also})


def read_latest(cell: Cell, *, order: Order) -> Reading:
    """The latest end; options after its date ("31/03/2027 + 1 + 1") run on from there."""
    read = read_date(cell, order=order, is_end=True)
    options = read.also.get("extension", "")
    if read.value is None or not options:
        return read
    last = latest_end(read.value, read_extension(options))
    also = {"end_date": read.value, **read.also}
    return read._replace(value=last or read.value, also=also, note=OPTIONS_ADDED)


def _span(
    found: Written, *, order: Order, is_end: bool, text: str, rolling: dict[str, bool]
) -> Reading:
    """Both dates of "01/04/2024 - 31/03/2027": the column's own, and the other besides."""
    last = cast(Written, found.until)
    starts = _settle(found, order=order, is_end=False, text=text, rolling={})
    ends = _settle(last, order=order, is_end=True, text=text, rolling=rolling)
    if starts.fault or ends.fault:
        return starts if starts.fault else ends
    if is_end:
        return ends._replace(also={"start_date": starts.value, **ends.also})
    return starts._replace(also={"end_date": ends.value, **ends.also})


def _settle(
    found: Written, *, order: Order, is_end: bool, text: str, rolling: dict[str, bool]
) -> Reading:
    day = _day_of(found, order=order, text=text)
    if isinstance(day, Fault):
        return Reading(fault=day)
    if found.month_only and is_end:
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    also: dict[str, object] = dict(rolling)
    if is_end and found.rest and read_extension(found.rest).kind is not ExtensionKind.UNKNOWN:
        also["extension"] = found.rest
    if _means_none(day) or (is_end and NINES.search(text)):
        return Reading(also=also, note=NO_DAY)
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        return Reading(fault=_odd_year(text, day.year))
    return Reading(day, also=also, note=found.note)


def _day_of(found: Written, *, order: Order, text: str) -> date | Fault:
    if found.rest and find_dates(found.rest) and not BESIDE.search(found.rest):
        return Fault("Two dates stand in this cell.", WRITE_A_DATE)
    return found.day or _in_order(found.numbers, order=order, text=text)


def _in_order(numbers: tuple[int, int, int] | None, *, order: Order, text: str) -> date | Fault:
    first, second, year = numbers or (0, 0, 0)
    day, month = (first, second) if order is Order.DAY_FIRST else (second, first)
    if not 1 <= month <= 12 and 1 <= day <= 12:
        return Fault(
            f"{text} does not exist in this column, where the dates put the {order}: there is no "
            f"month {month}.",
            "Check the day and month.",
        )
    return real_day(day, month, year, as_written=text)


def _means_none(day: date) -> bool:
    """Dates that stand for "none": 31/12/2099, 01/01/1900 and their like."""
    if day.year in {NO_END_YEAR, NEVER_YEAR}:
        return True
    at_edge = (day.month, day.day) in FIRST_DAYS
    return at_edge and (day.year in FIRST_YEARS or day.year > NO_END_YEAR)


def _odd_year(text: str, year: int) -> Fault:
    """A year no contract has, and the one its digits are near to: 1027 and 0227 are 2027."""
    digits = f"{year:04}"
    swapped = (digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :] for n in range(3))
    changed = (digits[:n] + other + digits[n + 1 :] for n in range(4) for other in "20")
    meant = next((each for each in (*swapped, *changed) if int(each) in SLIPS_INTO), "")
    what_to_do = f"Check the year: {meant} may be meant." if meant else "Check the year."
    return Fault(f"{text} is in the year {digits}.", what_to_do)


def _not_a_date(text: str) -> Fault:
    digits = re.search(r"(?<!\d)\d{1,2}[-/. ][\da-z]{1,9}[-/. ](\d+)", text, re.IGNORECASE)
    if digits and len(digits[1]) not in {2, 4}:
        count = {1: "one digit", 3: "three digits"}.get(len(digits[1]), f"{len(digits[1])} digits")
        return Fault(f"The year {digits[1]} has {count}.", "Write the year in full, such as 2027.")
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return Fault("This is a year, not a date.", WRITE_A_DATE)
    if re.search(r"\b(?:fy\s*)?(?:19|20)?\d\d\s*[/-]\s*\d\d\b|\bq[1-4]\b", text, re.IGNORECASE):
        return Fault("This is a period, not one date.", WRITE_A_DATE)
    return Fault("This is not a date.", WRITE_A_DATE)
