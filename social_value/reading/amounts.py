"""The amounts that stand in a clause: how much, of what kind, and how often."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What an amount counts."""

    MONEY = "money"
    PERCENT = "percent"
    MASS = "mass"
    POSTS = "posts"
    TIME = "time"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount: the lower bound where a range is given, the unit as said, where it stands."""

    kind: Kind
    value: Decimal
    unit: str
    span: tuple[int, int]
    highest: Decimal | None = None


# Longer numbers are codes, and finer ones are not exact.
N = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(?:\.\d{1,4})?(?!\d|[.,]\d)"
BIG = r"(?:\s?(?:k|m|thousand|million|mn)\b)?"
Q = rf"(?P<n>{N})(?P<big>{BIG})(?:\s?(?:-|to|and)\s?£?(?P<high>{N})(?P<highbig>{BIG}))?(?:\s?\+)?"
BEFORE = r"(?<![\w.,£])"
# What may stand between a number and its hours: "40 staff volunteering hours".
MIDDLE = (
    r"(?:volunteer(?:ing|s')?|staff|working|work|apprentice(?:ship)?|placement|experience|training|"
    r"accredited|expert|consultancy|mentoring|business|person|people|man|full|careers?|school|stem|"
    r"pro|bono|support|community|t-level|industry|of|paid|employee|free|professional|advice|"
    r"calendar|x|in-kind|team|internship|teaching|contact)"
)
TIME_UNIT = r"(?P<unit>hours?|hrs?|h|days?|weeks?|wks?|months?|mths?|years?|yrs?|terms?)\b"
LABEL = r"\s?[:=-]\s?"
PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.MONEY, rf"(?<![\w.,])£\s?{Q}"),
    (Kind.MONEY, rf"{BEFORE}{Q}\s?(?P<unit>pounds|gbp)\b"),
    (Kind.PERCENT, rf"{BEFORE}{Q}\s?(?P<unit>%|per\s?cent|percent)"),
    (
        Kind.POSTS,
        rf"{BEFORE}{Q}\s?(?:x\s?)?(?:(?:new|local|additional|permanent|full[\s-]time)\s+)*"
        r"(?P<unit>ftes?|full[\s-]time equivalents?)\b",
    ),
    (Kind.POSTS, rf"\b(?P<unit>ftes?){LABEL}{Q}"),
    (
        Kind.MASS,
        rf"{BEFORE}{Q}\s?(?:metric\s)?(?P<unit>tonnes?|tons?|tco2e?|t(?![-\s]levels?)|kgs?|kilograms?|kilos?)\b",
    ),
    (Kind.TIME, rf"{BEFORE}{Q}[\s-]*(?:{MIDDLE}[\s-]+){{0,3}}{TIME_UNIT}"),
    (Kind.TIME, rf"\b(?P<unit>hours|hrs|days|weeks){LABEL}{Q}(?![\s-]*(?:hour|hr|day|week))"),
    (Kind.COUNT, rf"{BEFORE}{Q}(?P<unit>)(?![\w.]*\d)(?=x?\b|x?\s|\W|$)"),
    (Kind.COUNT, rf"(?<!\w)x\s?{Q}(?P<unit>)(?![\w.])"),
)
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
# One name for each unit.
UNITS = {"h": "hour", "hr": "hour", "wk": "week", "mth": "month", "yr": "year", "t": "tonne"}
UNITS |= {"ton": "tonne", "tco2": "tonne", "tco2e": "tonne", "kilogram": "kg", "kilo": "kg"}
TIMES = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mn": 1_000_000, "million": 1_000_000}


def amounts(text: str) -> list[Amount]:
    """All of them, in order; each sign of the text belongs to one at most."""
    found: list[Amount] = []
    for kind, pattern in COMPILED:
        for match in pattern.finditer(text):
            if not any(overlap(match.span(), one.span) for one in found):
                found.append(amount(kind, match))
    return sorted(found, key=lambda one: one.span)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def amount(kind: Kind, match: re.Match[str]) -> Amount:
    parts = match.groupdict()
    multiple = parts["big"].strip()
    low = times(parts["n"], multiple or scale_of_range(parts))
    high = times(parts["high"], parts["highbig"].strip()) if parts["high"] else None
    unit = (parts.get("unit") or "").removesuffix("s")
    return Amount(kind, low, UNITS.get(unit, unit), match.span(), high)


def scale_of_range(parts: dict[str, str]) -> str:
    """In "£5-10k" both are thousands; in "£500-1k" only the second is."""
    if not parts["high"] or times(parts["n"], "") >= times(parts["high"], ""):
        return ""
    return parts["highbig"].strip()


def times(number: str, multiple: str) -> Decimal:
    return Decimal(number.replace(",", "")) * TIMES.get(multiple, 1)


MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
# Numbers that count nothing: dates, ages, levels, codes, lists.
ASIDE = re.compile(
    rf"""
      ^\W*\(?\d{{1,2}}[.)]\s+
    | \b\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}\b
    | \b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH}\b(?:\s\d{{4}})?
    | \b{MONTH}\s'?\d{{2,4}}\b
    | \b(?:19|20)\d\d\s?[/-]\s?(?:20)?\d\d\b
    | (?<![£,.\d])\b20[1-5]\d\b(?!\s?(?:hour|hrs|day|week|,\d))
    | \bage[ds]?\s(?:between\s)?\d+(?:\s?(?:-|to|and)\s?\d+)?\b
    | \b\d\d(?:\s?(?:-|to)\s?\d\d)?(?:\+|\s?-?\s?years?[\s-]olds?|\s?yrs?[\s-]olds?|\s?yo\b)
    | \b(?:over|under)\s\d\ds\b
    | \b(?:level|key\sstage|ks|lot|phase|stage|tier|schedule|section|appendix|item|kpi|iso|ppn|
        annex|clause|outcome|priority|theme|quarter|question|measure|page|part|covid|microsoft|office|
        step|grade|band|zone|windows|criterion)s?[\s-]\d+(?:[./-]\d+)*[a-z]?
        (?:\s?(?:-|to|or|and|/)\s?\d+)?\b
    | \by(?:ea)?rs?\.?\s\d+(?:\s?(?:-|to|,|and|/)\s?\d+)*\b(?!\s?(?:hour|day|week))
    | \b24/7\b | \b1st\b | \b2nd\b | \b3rd\b | \b\d+th\b
    | \b(?!x\d|k\d|co2|tco2)[a-z]+\d+[a-z]?\b
    """,
    re.VERBOSE,
)


def without_asides(text: str) -> str:
    """The text with numbers that count nothing blanked out; lengths stay."""
    return ASIDE.sub(lambda match: "·" * len(match[0]), text)


# "2 apprentices, including 1 care leaver": the second is among the first.
PART = re.compile(
    r"[\s,(-]*\b(?:including|incl?\.?|of whom|of which)\s"
    rf"(?:at least\s|a minimum of\s)?£?{N}[^)]*\)?"
)


def without_part(text: str) -> tuple[str, tuple[str, ...]]:
    """Without what is among an amount given before, and the reason why."""
    for match in PART.finditer(text):
        if amounts(without_asides(text[: match.start()])):
            said = match[0].strip(" ,()-")
            left = text[: match.start()] + text[match.end() :]
            return left, (f"“{said}” is among it, and adds nothing",)
    return text, ()


class Often(StrEnum):
    """How often a promise comes round."""

    ONCE = "once"
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    OTHER = "other"  # by something whose number nobody knows


IN_A_YEAR = {Often.YEAR: 1, Often.QUARTER: 4, Often.MONTH: 12}
BASE = (
    r"(?:week|day|term|fortnight|employee|device|laptop|unit|user|order|visit|session|£|\d|head|"
    r"person|member|staff|volunteer|colleague|school|placement|apprentice|half[\s-]term|call)"
)
OFTEN: tuple[tuple[Often, re.Pattern[str]], ...] = (
    (
        Often.YEAR,
        re.compile(
            r"\bper annum\b|\bp\.\s?a\b\.?|\bpa\b|\bper (?:contract |calendar |financial )?year\b"
            r"|/\s?(?:yr|year|annum)\b|\b(?:each|every) (?:contract )?year\b|\bannually\b"
            # "The annual festival" names an event.
            r"|(?<!\bthe )(?<!\bour )(?<!\bits )(?<!\btheir )\bannual\b"
            r"|\byearly\b|(?<!\bfor)(?<!\bhalf)(?<!0\.5) a year\b"
        ),
    ),
    (
        Often.QUARTER,
        re.compile(r"(?:\b(?:per|each|every)|/) ?quarter\b|\bquarterly\b| a quarter\b(?! of)"),
    ),
    (
        Often.MONTH,
        re.compile(r"(?:\b(?:per|each|every)|/) ?month\b|\bmonthly\b|\bpcm\b|(?<!\bfor) a month\b"),
    ),
    (
        Often.OTHER,
        re.compile(
            rf"\b(?:per|for each|for every|every)\s{BASE}|\bweekly\b|\bdaily\b|\btermly\b"
            r"|(?<!\bfor) a (?:week|day|term)\b"
        ),
    ),
)
# "over the three years of the contract": the whole of it.
OVER = re.compile(
    r"\b(?:over|during|across|throughout|within|through|in)\s(?:the\s)?"
    r"(?:(?:whole|full|first|initial|entire|next|life|course|term|duration|of|the)\s)*"
    rf"(?P<years>{N})?[\s-]?(?:years?|yrs?|months?|mths?|weeks?|days?)\b"
)
FOR_YEARS = re.compile(
    r"\b(?:for|over|across|x|in each of)\s(?:the\s)?(?P<years>\d{1,2})\s?(?:years?|yrs?)\b"
)


def how_often(text: str) -> Iterator[tuple[Often, re.Match[str]]]:
    for often, pattern in OFTEN:
        if match := pattern.search(text):
            yield often, match
