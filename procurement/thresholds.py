"""Which law a purchase falls under: values against the thresholds of a day, from dated data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from registry.formats import day as in_words
from registry.records import Vat
from registry.values import months_on, pence, with_vat

GOODS_AND_SERVICES = "goods_services_sub_central"
NOTIFIABLE = "notifiable_below_threshold"
PIPELINE = "pipeline_contract"
SCOTLAND_REGULATED = "scotland_regulated"
SCOTLAND = "Scotland"
MONTHS_IN_A_YEAR = 12


class Regime(StrEnum):
    """The words of the command line's JSON."""

    BELOW = "below threshold"
    ABOVE = "above threshold"
    SCOTLAND = "Scotland"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Limit:
    """A legal amount that applies from one day to another, with VAT unless it says otherwise."""

    code: str
    amount: Decimal
    applies_from: date
    applies_to: date | None
    source: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A regime, the limit it was judged by, and what to tell the reader.

    `assumed` when no limit is known for the day, so the nearest known was used.
    """

    regime: Regime
    limit: Limit | None
    assumed: bool
    note: str


@dataclass(frozen=True)
class Yardstick:
    """The limit by which purchases of one planned day of notice are judged."""

    limit: Limit | None
    assumed: bool
    notice_day: date
    scottish: bool

    def judge(self, value: Decimal) -> Judgement:
        """Of a purchase worth so much."""
        return Judgement(self.regime(value), self.limit, self.assumed, self.note(value))

    def regime(self, value: Decimal) -> Regime:
        if self.scottish:
            return Regime.SCOTLAND
        if self.limit is None:
            return Regime.UNKNOWN
        return Regime.ABOVE if value >= self.limit.amount else Regime.BELOW

    def note(self, value: Decimal) -> str:
        if self.scottish:
            return "Scottish procurement law applies."
        if self.limit is None:
            return "No threshold is held."
        return f"£{value:,.0f} with VAT against the {self.words}"

    @cached_property
    def words(self) -> str:
        """Of the limit, and why it is this one."""
        if self.limit is None:
            return ""
        words = (
            f"£{self.limit.amount:,.0f} of {in_words(self.notice_day)}, the planning day (the "
            "start less the usual lead time; the law’s last day for the tender notice is another). "
            "The threshold of the day it is advertised decides"
        )
        if self.assumed:
            return f"{words}. The latest is assumed, as that day’s is not known."
        return f"{words}."


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is judged: pounds with VAT over the whole term with options, and the day of notice."""

    value: Decimal
    notice_day: date
    nation: str = "England"


def total_value(annual_value: Decimal, *, term_months: int) -> Decimal:
    """What the replacement comes to over its term with its options."""
    return pence(annual_value * term_months / MONTHS_IN_A_YEAR)


def legal_value(annual_value: Decimal, *, term_months: int, vat_percent: Decimal) -> Decimal:
    """A replacement as the law values it. Registers' values are taken as without VAT."""
    total = total_value(annual_value, term_months=term_months)
    return with_vat(total, vat=Vat.NET, rate_percent=vat_percent)


def notice_day(start: date, *, lead_months: int) -> date:
    """The planning day, on which it is taken as advertised: the start less the usual lead time.

    The timetable's day of the notice is the latest that the law leaves, and so another.
    """
    return months_on(start, -lead_months)


def judge(
    bought: Purchase, limits: Iterable[Limit], *, code: str = GOODS_AND_SERVICES
) -> Judgement:
    """At or above the limit is above: a public contract is one of not less than the threshold."""
    return yardstick(bought.notice_day, bought.nation, limits, code=code).judge(bought.value)


def yardstick(
    day: date, nation: str, limits: Iterable[Limit], *, code: str = GOODS_AND_SERVICES
) -> Yardstick:
    """What purchases of a nation are judged by whose planned day of notice this is.

    Scottish law differs, so it is named and never pooled with the others.
    """
    scottish = nation == SCOTLAND
    limit, assumed = limit_on(limits, SCOTLAND_REGULATED if scottish else code, day)
    return Yardstick(limit, assumed, day, scottish)


def limit_on(limits: Iterable[Limit], code: str, day: date) -> tuple[Limit | None, bool]:
    """The limit of that day; else the latest before it, or the first of all, as assumed."""
    known = sorted((t for t in limits if t.code == code), key=lambda t: t.applies_from)
    begun = [limit for limit in known if limit.applies_from <= day]
    if not begun:
        return (known[0], True) if known else (None, True)
    latest = begun[-1]
    return latest, latest.applies_to is not None and latest.applies_to < day
