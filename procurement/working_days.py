"""Working days, as statutory periods count them: no Saturday, Sunday or bank holiday."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

DAY = timedelta(days=1)
SATURDAY = 5
DIVISIONS = {
    "Scotland": BankHolidays.SCOTLAND,
    "Northern Ireland": BankHolidays.NORTHERN_IRELAND,
}


@cache
def holidays(nation: str) -> frozenset[date]:
    """The bank holidays published so far, from the list that comes with the library."""
    published = BankHolidays(use_cached_holidays=True)
    division = DIVISIONS.get(nation, BankHolidays.ENGLAND_AND_WALES)
    return frozenset(one["date"] for one in published.get_holidays(division=division))


def working_days(nation: str) -> Callable[[date], bool]:
    """Whether a day is a working day there."""
    off = holidays(nation)
    return lambda day: day.weekday() < SATURDAY and day not in off


def holidays_known_to(nation: str) -> date:
    """The last day of the last year whose bank holidays are published."""
    return date(max(holidays(nation)).year, 12, 31)


def last_working_day_before(day: date, works: Callable[[date], bool], *, count: int = 1) -> date:
    """The working day so many before: with a count of 1 the one just before."""
    for _ in range(count):
        day -= DAY
        while not works(day):
            day -= DAY
    return day
