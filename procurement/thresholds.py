"""Which law a purchase falls under: values against the thresholds of a day, from dated data."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is judged: pounds with VAT over the whole term with options, and the day of notice."""

    value: Decimal
    notice_day: date
    nation: str = "England"


def total_value(annual_value: Decimal, *, term_months: int) -> Decimal:
    """What the replacement comes to over its term with its options."""
    return pence(annual_value * term_months / MONTHS_IN_A_YEAR)


def purchase(
    annual_value: Decimal, *, term_months: int, vat_percent: Decimal, notice_day: date
) -> Purchase:
    """A replacement as the law values it. Registers' values are taken as without VAT."""
    total = total_value(annual_value, term_months=term_months)
    return Purchase(with_vat(total, vat=Vat.NET, rate_percent=vat_percent), notice_day)


def notice_day(start: date, *, lead_months: int) -> date:
    """The planning day, on which it is taken as advertised: the start less the usual lead time.

    The timetable's day of the notice is the latest that the law leaves, and so another.
    """
    return months_on(start, -lead_months)


def judge(
    bought: Purchase, limits: Sequence[Limit], *, code: str = GOODS_AND_SERVICES
) -> Judgement:
    """At or above the limit is above: a public contract is one of not less than the threshold."""
    if bought.nation == SCOTLAND:
        return judge_in_scotland(bought, limits)
    limit, assumed = limit_on(limits, code, bought.notice_day)
    if limit is None:
        return Judgement(Regime.UNKNOWN, None, assumed=True, note="No threshold is held.")
    above = bought.value >= limit.amount
    regime = Regime.ABOVE if above else Regime.BELOW
    return Judgement(regime, limit, assumed, note_on(bought, limit, assumed=assumed))


def judge_in_scotland(bought: Purchase, limits: Sequence[Limit]) -> Judgement:
    """Scottish law differs, so it is named and never pooled with the others."""
    limit, assumed = limit_on(limits, SCOTLAND_REGULATED, bought.notice_day)
    return Judgement(Regime.SCOTLAND, limit, assumed, "Scottish procurement law applies.")


def limit_on(limits: Iterable[Limit], code: str, day: date) -> tuple[Limit | None, bool]:
    """The limit of that day; else the latest before it, or the first of all, as assumed."""
    known = sorted((t for t in limits if t.code == code), key=lambda t: t.applies_from)
    begun = [limit for limit in known if limit.applies_from <= day]
    if not begun:
        return (known[0], True) if known else (None, True)
    latest = begun[-1]
    return latest, latest.applies_to is not None and latest.applies_to < day


def note_on(bought: Purchase, limit: Limit, *, assumed: bool) -> str:
    sums = f"£{bought.value:,.0f} with VAT against the £{limit.amount:,.0f}"
    words = (
        f"{sums} of {in_words(bought.notice_day)}, the planning day (the start less the usual lead "
        "time; the law’s last day for the tender notice is another). The threshold of the day it "
        "is advertised decides"
    )
    if assumed:
        return f"{words}. The latest is assumed, as that day’s is not known."
    return f"{words}."
