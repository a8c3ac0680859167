"""Extension options: what a register says a contract may run on for after its end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import reduce

from registry.terms.lengths import (
    DATE_IN_TEXT,
    LENGTH,
    NUMBER,
    ONE,
    UNIT,
    Length,
    Piece,
    add,
    find_dates,
    folded,
    in_days,
    is_known,
    last_day,
    length_of,
    lengths_in,
)
from registry.terms.notice import take_notice


class ExtensionKind(StrEnum):
    NONE = "none"  # the register says there is none
    PERIODS = "periods"  # whole options, each taken or not, in order: "2 x 12 months", "3+1+1"
    UP_TO = "up_to"  # any length up to this: "up to 24 months"
    UNTIL = "until"  # any day up to a date: a "last extension date" column
    UNKNOWN = "unknown"  # there is one, its length is not said: "Yes"; or nothing is said


@dataclass(frozen=True, slots=True)
class Extension:
    """What a contract permits after its end date."""

    kind: ExtensionKind = ExtensionKind.UNKNOWN
    periods: tuple[Length, ...] = ()  # PERIODS: each option; UP_TO: one length
    until: date | None = None  # UNTIL
    # Some cells repeat the term or the end before the options ("3+1+1", "31/03/2025 + 1 + 1"):
    initial: Length | None = None
    initial_end: date | None = None
    summed: bool = False  # written as a sum ("1+1"): only dates tell what its first length is


def latest_end(end: date, extension: Extension) -> date | None:
    """The last day with every option taken; None when that is not said."""
    if extension.kind is ExtensionKind.UNTIL:
        return extension.until
    if extension.kind is ExtensionKind.NONE:
        return end
    if extension.kind is ExtensionKind.UNKNOWN:
        return None
    return reduce(add, extension.periods, end)


def read_extension(text: str) -> Extension:
    """
    What the register says a contract may be extended by; UNKNOWN when it does not say.

    Numbers without a unit are years up to 5 and months from 6, as in "3+1+1" and "12+12"; one
    number alone is months from 6 and otherwise says too little. A first number that differs from
    the rest is the term itself ("3+1+1"); where all are alike ("1+1") `against_term` can tell.
    """
    plain = WHOLE.sub(r"\1", folded(text))
    if NO_EXTENSION.fullmatch(plain):
        return Extension(ExtensionKind.NONE)
    _, plain = take_notice(plain)
    known = sum(map(is_known, find_dates(plain)))
    if ODD_NUMBER.search(plain) or known < len(DATE_IN_TEXT.findall(plain)):
        return Extension()
    plain = NOT_AN_END.sub(" ", plain).strip(" ,;")
    dates = find_dates(plain)
    if dates:
        return _with_dates(plain, dates)
    for read in (_steps, _sums, _multiples, _words):
        found = read(plain)
        if found is not None:
            return found
    return Extension()


class SumReading(StrEnum):
    """What a sum such as "3+1+1" turns out to be, beside the contract's own dates."""

    AS_WRITTEN = "as written"
    FIRST_IS_TERM = "first is term"  # "1+1" for one year: the first is no option
    ONLY_OPTIONS = "only options"  # shorter than the contract: its term is not among them
    PARTLY_TAKEN = "partly taken"  # the end is that of the term with some options, or with all
    MAY_BE_PARTS = "may be parts"  # "1+1" for two years: read as options, could be their parts


def against_term(extension: Extension, *, start: date, end: date) -> tuple[Extension, SumReading]:
    """Reads a sum again, knowing the dates: which of its lengths are still to come."""
    lengths = (*filter(None, [extension.initial]), *extension.periods)
    if not extension.summed or len(lengths) == 1:
        return extension, SumReading.AS_WRITTEN
    alike = extension.initial is None
    ends = [last_day(start, _together(lengths[: n + 1])) for n in range(len(lengths))]
    taken = next((n for n, day in enumerate(ends, 1) if abs((day - end).days) <= 1), 0)
    if taken == 1:
        first = replace(extension, initial=lengths[0], periods=lengths[1:])
        return first, SumReading.FIRST_IS_TERM if alike else SumReading.AS_WRITTEN
    if alike:
        return extension, SumReading.MAY_BE_PARTS if taken else SumReading.AS_WRITTEN
    if taken:
        left = replace(extension, initial=_together(lengths[:taken]), periods=lengths[taken:])
        return left, SumReading.PARTLY_TAKEN
    if ends[-1] < end:
        return replace(extension, initial=None, periods=lengths), SumReading.ONLY_OPTIONS
    return extension, SumReading.AS_WRITTEN


def _with_dates(plain: str, dates: list[date]) -> Extension:
    """Reads "31/03/2025 + 1 + 1" is an end and its options; a date alone is how far it may run."""
    rest = DATE_IN_TEXT.sub(" ", plain).strip()
    if "+" in rest or re.search(r"\bplus\b|\boption|\bfurther\b|\d\s*x\s*\d", rest):
        options = read_extension(rest)
        if options.periods:
            return replace(options, initial_end=dates[0], initial=None, periods=options.periods)
    return Extension(ExtensionKind.UNTIL, until=max(dates))


def _steps(plain: str) -> Extension | None:
    """Reads "up to 3 years in 12 month increments": whole options, as many as fit."""
    found = re.search(rf"(?P<all>{LENGTH}).*?\b(?:in|by|at)\b.*?(?P<step>{STEP})", plain)
    if not found:
        return None
    whole = lengths_in(found["all"])[0].length
    steps = lengths_in(found["step"])
    step = steps[0].length if steps else Length(months=12)
    count = whole.months // step.months if step.months else 0
    if not count or whole.days or step.days:
        return None
    return Extension(ExtensionKind.PERIODS, (step,) * count)


def _sums(plain: str) -> Extension | None:
    """Reads "3+1+1", "+1+1", "2 years + 1 + 1", "3 years (1+1)", "1 year + 2 x 12 months"."""
    plain = re.sub(r"\bplus\b", "+", plain)
    found = SUM.search(plain)
    if not found:
        return None
    terms = [term.strip(" ()") for term in found[0].split("+")]
    lengths = _with_units([term for term in terms if term])
    if not lengths:
        return None
    told_apart = bool(terms[0]) and (len(set(lengths)) > 1 or "x" in found[0])
    before = lengths_in(plain[: found.start()])
    if before and not (told_apart and before[-1].length == _together(lengths)):
        return _periods(tuple(lengths), initial=before[-1].length)
    if told_apart and "x" not in terms[0]:
        return replace(_periods(tuple(lengths[1:]), initial=lengths[0]), summed=True)
    return replace(_periods(tuple(lengths), initial=None), summed=bool(terms[0]))


def _together(lengths: Sequence[Length]) -> Length:
    return Length(sum(each.months for each in lengths), sum(each.days for each in lengths))


def _with_units(terms: list[str]) -> list[Length]:
    """Each term's lengths; a term without a unit takes the next one's, then the one before."""
    multiples = [MULTIPLE.fullmatch(term) for term in terms]
    parts = [
        (int(m["count"]), m["number"], m["unit"]) if m else (1, *_split(term))
        for m, term in zip(multiples, terms, strict=True)
    ]
    units = [unit for _, _, unit in parts]
    lengths: list[Length] = []
    for at, (count, number, _) in enumerate(parts):
        near = [unit for unit in [*units[at:], *reversed(units[:at])] if unit]
        length = length_of(number, near[0] if near else _likely_unit(number))
        if length is None or count > MOST_OPTIONS:
            return []
        lengths += [length] * count
    return lengths


def _split(term: str) -> tuple[str, str | None]:
    found = re.fullmatch(rf"({NUMBER})\s*-?\s*({UNIT})?", term)
    return (found[1], found[2]) if found else ("0", None)


def _likely_unit(number: str) -> str:
    return "year" if float(number) <= MOST_BARE_YEARS else "month"


def _multiples(plain: str) -> Extension | None:
    """Reads "2 x 12 months", "two further periods of one year", "12 months x 2"."""
    for pattern in (MULTIPLE, MULTIPLE_AFTER, COUNTED, TWO_NUMBERS):
        found = list(pattern.finditer(plain))
        if not found:
            continue
        periods: list[Length] = []
        for each in found:
            length = length_of(each["number"], each["unit"] or _likely_unit(each["number"]))
            if length is None or not 0 < int(each["count"]) <= MOST_OPTIONS:
                return Extension()
            periods += [length] * int(each["count"])
        if in_days(_together(periods)) > in_days(MOST_TOGETHER):
            return Extension()
        before = lengths_in(plain[: found[0].start()])
        return _periods(tuple(periods), initial=before[0].length if before else None)
    return Extension() if TIMES.search(plain) else None


def _words(plain: str) -> Extension | None:
    """Reads "up to 24 months", "3 years with the option to extend for a further 2 years"."""
    if BARE.fullmatch(plain):
        months = int(plain) if MOST_BARE_YEARS < int(plain) <= MOST_BARE_MONTHS else 0
        return _periods((Length(months=months),), initial=None) if months else None
    pieces = lengths_in(plain)
    if not pieces:
        return None
    initial, options = _term_and_options(plain, pieces)
    if UP_TO.search(plain):
        whole = max((piece.length for piece in options), key=in_days)
        return Extension(ExtensionKind.UP_TO, (whole,), initial=initial)
    return _periods(tuple(piece.length for piece in options), initial=initial)


def _term_and_options(plain: str, pieces: list["Piece"]) -> tuple[Length | None, list["Piece"]]:
    """Lengths before "with an option", "plus", "further" are the term when others follow."""
    if OF_OPTION.search(plain[: pieces[0].start]) or FOR_OPTION.match(plain[pieces[0].end :]):
        return None, pieces
    for turn in OPTION_WORD.finditer(plain):
        before = [piece for piece in pieces if piece.end <= turn.start()]
        after = [piece for piece in pieces if piece.start >= turn.end()]
        if before and after:
            return before[0].length, after
    return None, pieces


def _periods(periods: tuple[Length, ...], *, initial: Length | None) -> Extension:
    return Extension(ExtensionKind.PERIODS, periods, initial=initial)


MOST_BARE_YEARS = 5
MOST_BARE_MONTHS = 120
# A year of weeks, five years of months; more, or longer together, is a slip.
MOST_OPTIONS = 60
MOST_TOGETHER = Length(months=240)
TIMES = re.compile(r"\d\s*x\s*\d")
# Which number a decimal comma or an exponent makes is anybody's guess.
ODD_NUMBER = re.compile(r"(?<!\d)\d{1,3},\d{1,2}(?!\d)|\b\d+e\d")
# Dates on which an option begins, or by which somebody is to think of it.
NOT_AN_END = re.compile(
    r"\b(?:(?:from|starting|commencing|beginning)(?:\s+on)?"
    r"|(?:notice|notify|notified|review(?:ed)?|decisions?|decided?|exercised?)"
    r"(?:\s+(?:is|must|to|be|due|required|given|served|made|taken|date|by|on|before|in|of|at"
    r"|no|not|later|than))*)"
    rf"\s*[:,(-]?\s*(?:{DATE_IN_TEXT.pattern})"
)
STEP = (
    rf"{ONE}(?=\s*(?:increment|period|step|interval|block|term|extension|tranche))"
    r"|\b(?:annual|yearly)\b"
)
# Spreadsheets write a whole number with a nought after its point.
WHOLE = re.compile(rf"(?<![\d.,])(\d{{1,3}})\.(?:0+(?![\d.])|(?=\s*{UNIT}))")
BARE = re.compile(r"\d{1,3}")
TERM_OF_SUM = rf"\(?\s*(?:\d{{1,4}}\s*x\s*)?{NUMBER}\s*-?\s*(?:{UNIT})?\s*\)?"
SUM = re.compile(rf"(?<![\d/])(?:{TERM_OF_SUM})?(?:\s*\+\s*{TERM_OF_SUM})+(?![\d/])")
MULTIPLE = re.compile(
    rf"(?<![\d.])(?P<count>\d{{1,4}})\s*x\s*(?:up to\s*)?(?P<number>{NUMBER})"
    rf"\s*-?\s*(?P<unit>{UNIT})?"
)
MULTIPLE_AFTER = re.compile(
    rf"(?<![\d.])(?P<number>{NUMBER})\s*-?\s*(?P<unit>{UNIT})[a-z ()]*?\bx\s*(?P<count>\d{{1,4}})\b"
)
COUNTED = re.compile(
    rf"(?<![\d.])(?P<count>\d{{1,2}})\s+(?!{UNIT})(?:(?!and\b|with\b)[a-z]+\s+){{0,6}}?"
    r"(?:periods?|options?|extensions?|terms?|further|additional|optional|more|separate|"
    r"successive|consecutive|times|occasions?|for)\s+(?:[a-z]+\s+){0,6}?"
    rf"(?P<number>{NUMBER})\s*-?\s*(?P<unit>{UNIT})"
)
TWO_NUMBERS = re.compile(
    rf"(?<![\d.])(?P<count>\d{{1,2}})\s+(?P<number>{NUMBER})\s*-?\s*(?P<unit>{UNIT})"
    r"\s*(?:periods|options|extensions|terms|optional|further|additional)"
)
UP_TO = re.compile(
    r"\bup ?to\b|\bmax(?:imum)?\b|\bexceed(?:ing)?\b|\bno more than\b|\btotal\b|<=|\bany\b"
)
OPTION_WORD = re.compile(
    r"\bwith\b|\bplus\b|\+|\boption|\bextend|\bexten[st]ion|\bfurther\b|\badditional\b|\("
)
# Words that make the first length an option itself: "option of 1 year", "1 year extension".
OF_OPTION = re.compile(r"\boption|\bexten|\bfurther\b|\badditional\b")
FOR_OPTION = re.compile(r"\s*(?:optional|options?|extensions?)\b")
NO_EXTENSION = re.compile(
    r"(?:none?|no|n|nil|n/?a|not applicable|not extendable|0|false"
    rf"|0\s*x\s*{NUMBER}\s*-?\s*(?:{UNIT})?|0\s*-?\s*{UNIT}"
    r"|no (?:further |more |remaining )?(?:extensions?|options?)(?: .{0,40})?"
    r"|none (?:available|remaining|left|agreed)|(?:no|none|not) .{0,20}exten.{0,40}"
    r"|(?:fully|already|all) (?:extended|exhausted|used|taken)|.{0,30}\bexhausted"
    r"|(?:all )?(?:extensions?|options?) (?:all )?(?:used|taken|exercised|exhausted)(?: up)?)"
)
