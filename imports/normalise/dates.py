"""What one cell of a date column says: a day, a span, that it goes on, or what is wrong."""

import calendar
import re
from datetime import date
from typing import cast

from imports.cells import Cell
from imports.normalise.reading import BLANK, Fault, Reading, says_nothing, text_of
from imports.normalise.written_dates import Order, Written, real_day, written
from registry.terms import ExtensionKind, find_dates, latest_end, read_extension, read_length
from registry.terms.lengths import EARLIEST_YEAR, LATEST_YEAR, means_none

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
YEAR_IN_TEXT = re.compile(
    r"(?<!\d)\d{1,2}[-/. ][\da-z]{1,9}[-/. ](?P<last>\d+)"
    r"|(?P<first>\d{5,})[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)",
    re.IGNORECASE,
)
NINES = re.compile(r"^31\s?[-/. ]\s?(?:12|dec)\s?[-/. ]\s?99$", re.IGNORECASE)
BESIDE = re.compile(r"ext|option|\+|review|break|renew|start|signed|was|orig", re.IGNORECASE)

# What programs write where there is no date: nought days, nought everywhere, nines everywhere.
NO_DATES = frozenset({"0", "0.0", "00:00:00", "00/00/0000", "0000-00-00", "99/99/9999"})
NO_DATES |= {"00/01/1900", "0/1/1900", "00/01/00", "1900-01-00"}
SLIPS_INTO = range(2000, 2061)  # years that a mistyped one is likely to be

WRITE_A_DATE = "Give one date as day/month/year, such as 31/03/2027, or leave the cell blank."
NO_DAY = "Dates that stand for “none”, such as 31/12/2099 or 01/01/1900, were read as not known."
OPTIONS_ADDED = "Extension options written after a date were added to it."


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
    if means_none(day) or (is_end and NINES.search(text)):
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


def _odd_year(text: str, year: int) -> Fault:
    """A year no contract has, and the one its digits are near to: 1027 and 0227 are 2027."""
    digits = f"{year:04}"
    swapped = (digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :] for n in range(3))
    changed = (digits[:n] + other + digits[n + 1 :] for n in range(4) for other in "20")
    meant = next((each for each in (*swapped, *changed) if int(each) in SLIPS_INTO), "")
    what_to_do = f"Check the year: {meant} may be meant." if meant else "Check the year."
    return Fault(f"{text} is in the year {digits}.", what_to_do)


def _not_a_date(text: str) -> Fault:
    digits = YEAR_IN_TEXT.search(text)
    year = (digits["last"] or digits["first"]) if digits else ""
    if year and len(year) not in {2, 4}:
        count = {1: "one digit", 3: "three digits"}.get(len(year), f"{len(year)} digits")
        return Fault(f"The year {year} has {count}.", "Write the year in full, such as 2027.")
    if re.fullmatch(r"(?:19|20)\d\d", text):
        return Fault("This is a year, not a date.", WRITE_A_DATE)
    if re.search(r"\b(?:fy\s*)?(?:19|20)?\d\d\s*[/-]\s*\d\d\b|\bq[1-4]\b", text, re.IGNORECASE):
        return Fault("This is a period, not one date.", WRITE_A_DATE)
    return Fault("This is not a date.", WRITE_A_DATE)
