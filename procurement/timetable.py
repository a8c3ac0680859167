"""What must be published when, counted backwards from a start date: notices UK1 to UK7.

The latest days the law allows; more time is wise. Periods come from `reference/assumptions.csv`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from procurement.thresholds import Regime
from procurement.working_days import last_working_day_before
from registry.formats import count
from registry.formats import day as in_words
from registry.values import months_on

DAY = timedelta(days=1)


class Way(StrEnum):
    """How the replacement is bought."""

    TENDER = "A joint tender of the councils’ own"
    FLEXIBLE = "A competitive flexible procedure of the councils’ own"
    MARKET = "A purchase from a dynamic market"
    CALL_OFF = "A call-off from a framework"
    QUOTES = "Quotes, below the threshold"


@dataclass(frozen=True, slots=True)
class Periods:
    """Named as in `reference/assumptions.csv`: the law's, and this service's own."""

    mobilisation_months: int
    engagement_days: int
    planned_notice_least_days: int
    tendering_days: int
    tendering_days_after_planned_notice: int
    participation_days: int
    market_tendering_days: int
    assessing_days: int
    standstill_working_days: int
    contract_details_days: int
    pipeline_due_days: int  # from 1 April, which is the first

    @classmethod
    def codes(cls) -> frozenset[str]:
        return frozenset(field.name for field in fields(cls))

    @classmethod
    def assumed(cls, numbers: Mapping[str, Decimal]) -> "Periods":
        return cls(**{code: int(numbers[code]) for code in cls.codes()})


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought: its start, its regime, and which lesser duties its value brings."""

    start: date
    regime: Regime
    way: Way
    notifiable: bool = True  # a below-threshold notice is due
    in_pipeline: bool = False  # large enough for an authority's pipeline notice


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do by a day. `notice` is its number on the central platform, or empty.

    `duty` is False where the law leaves a choice: `what` then says what choosing it brings.
    """

    by: date
    what: str
    source: str
    notice: str = ""
    duty: bool = True


@dataclass(frozen=True, slots=True)
class Timetable:
    """Steps in order of their day, and whether they can still be taken."""

    steps: tuple[Step, ...]
    earliest_start: date

    @property
    def first(self) -> Step:
        """The first thing the law asks, or that cannot be left out."""
        return next(step for step in self.steps if step.duty)

    def possible(self, start: date) -> bool:
        return self.earliest_start <= start


def timetable(
    bought: Purchase, periods: Periods, works: Callable[[date], bool], *, today: date
) -> Timetable:
    """Every step back from the start, and the earliest start if the first were taken today.

    `works` says whether a day is a working day.
    """
    steps = sorted(steps_of(bought, periods, works), key=lambda step: (step.by, step.notice))
    return Timetable(tuple(steps), earliest_start(bought, periods, works, today))


def steps_of(bought: Purchase, periods: Periods, works: Callable[[date], bool]) -> Iterator[Step]:
    entered = entry_day(bought.start, periods, works)
    yield Step(
        entered,
        f"Sign: {count(periods.mobilisation_months, 'month')} are left to mobilise.",
        "Assumption of this service",
    )
    yield contract_details(bought, entered, periods)
    if bought.way == Way.QUOTES:
        yield from below_threshold(bought, entered, periods)
        return
    award = award_notice_day(bought.way, entered, periods, works)
    if bought.regime == Regime.ABOVE:
        yield award_notice(bought.way, award, periods)
    yield from WAYS_TO_TENDER[bought.way](bought, award, periods)


def invitation(_bought: Purchase, award: date, periods: Periods) -> Iterator[Step]:
    yield Step(
        award - timedelta(days=periods.assessing_days),
        "Invite the framework’s suppliers to compete, unless it allows an award without.",
        "Procurement Act 2023 s.45",
    )


def entry_day(start: date, periods: Periods, works: Callable[[date], bool]) -> date:
    """The last working day that leaves the whole of the mobilisation before the start."""
    day = months_on(start, -periods.mobilisation_months)
    return last_working_day_before(day + DAY, works)


def contract_details(bought: Purchase, entered: date, periods: Periods) -> Step:
    by = entered + timedelta(days=periods.contract_details_days)
    if bought.regime == Regime.ABOVE:
        return Step(by, "Publish the contract details notice.", "Procurement Act 2023 s.53", "UK7")
    return Step(
        by,
        "Publish the contract details notice as soon as can be.",
        "Procurement Act 2023 s.87",
        "UK7",
        duty=bought.notifiable,
    )


def award_notice_day(
    way: Way, entered: date, periods: Periods, works: Callable[[date], bool]
) -> date:
    """A standstill begins with the day of its notice, and all its days pass before signing."""
    days = periods.standstill_working_days if way in STANDS_STILL else 1
    return last_working_day_before(entered, works, count=days)


def award_notice(way: Way, day: date, periods: Periods) -> Step:
    if way not in STANDS_STILL:
        return Step(
            day,
            "Publish the contract award notice. A standstill is not required this way; "
            f"{periods.standstill_working_days} working days are wise.",
            "Procurement Act 2023 s.50 and s.51",
            "UK6",
        )
    return Step(
        day,
        "Publish the contract award notice: the standstill is "
        f"{periods.standstill_working_days} working days, this one counted.",
        "Procurement Act 2023 s.50 and s.51",
        "UK6",
    )


def tender_steps(bought: Purchase, award: date, periods: Periods) -> Iterator[Step]:
    deadline = award - timedelta(days=periods.assessing_days)
    tender = deadline - timedelta(days=periods.tendering_days)
    least = count(periods.tendering_days, "day")
    yield tenders_in(deadline, periods)
    yield tender_notice(tender, f"at least {least} to tender")
    yield planned_notice(deadline, periods)
    yield from before_notice(bought, tender, periods)


def flexible_steps(bought: Purchase, award: date, periods: Periods) -> Iterator[Step]:
    """Suppliers ask to take part first, and those chosen are invited to tender."""
    deadline = award - timedelta(days=periods.assessing_days)
    invited = deadline - timedelta(days=periods.tendering_days)
    notice = invited - timedelta(days=periods.participation_days)
    time = count(periods.participation_days, "day")
    yield tenders_in(deadline, periods)
    yield Step(
        invited,
        "Invite those chosen by the conditions of the tender notice to tender: at least "
        f"{count(periods.tendering_days, 'day')}.",
        "Procurement Act 2023 s.20 and s.54",
    )
    yield tender_notice(notice, f"{time} to ask to take part and be chosen")
    yield from before_notice(bought, notice, periods)


def market_steps(bought: Purchase, award: date, periods: Periods) -> Iterator[Step]:
    """Its members alone tender; others may join it meanwhile."""
    deadline = award - timedelta(days=periods.assessing_days)
    notice = deadline - timedelta(days=periods.market_tendering_days)
    least = count(periods.market_tendering_days, "day")
    yield tenders_in(deadline, periods)
    yield tender_notice(notice, f"at least {least} for the market’s members to tender")
    yield from before_notice(bought, notice, periods)


def tenders_in(deadline: date, periods: Periods) -> Step:
    return Step(
        deadline,
        f"Tenders are in: {count(periods.assessing_days, 'day')} are left to assess them.",
        "Assumption of this service",
    )


def tender_notice(day: date, time: str) -> Step:
    return Step(
        day,
        f"Publish the tender notice: {time}. Say which lots were considered, "
        "and the reasons if there are none.",
        "Procurement Act 2023 s.18, s.21 and s.54",
        "UK4",
    )


def before_notice(bought: Purchase, tender: date, periods: Periods) -> Iterator[Step]:
    yield Step(
        tender - timedelta(days=periods.engagement_days),
        "Publish the preliminary market engagement notice before talking to suppliers, or give "
        "the reasons for none in the tender notice. Whatever one is told, all are told.",
        "Procurement Act 2023 s.16 and s.17",
        "UK2",
        duty=False,
    )
    if bought.in_pipeline:
        yield pipeline(tender, periods)


# Ways whose award a mandatory standstill follows (Procurement Act 2023 s.51).
STANDS_STILL = frozenset({Way.TENDER, Way.FLEXIBLE})
WAYS_TO_TENDER: Mapping[Way, Callable[[Purchase, date, Periods], Iterator[Step]]] = {
    Way.TENDER: tender_steps,
    Way.FLEXIBLE: flexible_steps,
    Way.MARKET: market_steps,
    Way.CALL_OFF: invitation,
}


def planned_notice(deadline: date, periods: Periods) -> Step:
    """A qualifying notice shortens the tendering period, so it goes before a later tender."""
    least = periods.tendering_days_after_planned_notice
    tender = deadline - timedelta(days=least)
    return Step(
        tender - timedelta(days=periods.planned_notice_least_days),
        "A planned procurement notice by then lets the tender notice wait until "
        f"{in_words(tender)}, with {count(least, 'day')} to tender.",
        "Procurement Act 2023 s.15 and s.54",
        "UK3",
        duty=False,
    )


def pipeline(tender: date, periods: Periods) -> Step:
    """The last notice due before the tender; it covers the eighteen months from its 1 April."""
    due = pipeline_due(tender.year, periods)
    return Step(
        due if due <= tender else pipeline_due(tender.year - 1, periods),
        "List it in the pipeline notice of each council that must publish one.",
        "Procurement Act 2023 s.93",
        "UK1",
        duty=False,
    )


def pipeline_due(year: int, periods: Periods) -> date:
    """The last of so many days that begin with 1 April."""
    return date(year, 4, 1) + timedelta(days=periods.pipeline_due_days - 1)


def below_threshold(bought: Purchase, entered: date, periods: Periods) -> Iterator[Step]:
    invited = entered - timedelta(days=periods.assessing_days)
    if bought.notifiable:
        yield Step(
            invited,
            "Publish the below-threshold tender notice before advertising in any other way. It "
            "is not due where only suppliers chosen beforehand are asked. No stage of its own "
            "may test suppliers’ suitability.",
            "Procurement Act 2023 s.85 and s.87",
            "UK4",
        )
    else:
        yield Step(invited, "Ask for quotes.", "Assumption of this service")


def earliest_start(
    bought: Purchase, periods: Periods, works: Callable[[date], bool], today: date
) -> date:
    """The first start whose duties all lie today or later."""
    first = first_duty(bought, periods, works)
    gap = (bought.start - first).days
    day = today + timedelta(days=gap)
    # Working days and months differ in length by a few days either way.
    day -= timedelta(days=20)
    while first_duty(at(bought, day), periods, works) < today:
        day += DAY
    return day


def first_duty(bought: Purchase, periods: Periods, works: Callable[[date], bool]) -> date:
    return min(step.by for step in steps_of(bought, periods, works) if step.duty)


def at(bought: Purchase, start: date) -> Purchase:
    return Purchase(start, bought.regime, bought.way, bought.notifiable, bought.in_pipeline)
