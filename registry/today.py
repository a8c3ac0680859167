"""The day it is: the one place that reads the clock or the day fixed for a demonstration."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone


def today() -> date:
    fixed: date | None = settings.TODAY
    return fixed or timezone.localdate()


def day_of(moment: datetime) -> date:
    """The day of the service on which something was recorded: never later than one it stands on."""
    day = timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()
    return min(day, settings.TODAY) if settings.TODAY else day


def end_of(day: date) -> datetime:
    """The last moment of a day; of the one the service stands on, what is recorded now is in it."""
    last = timezone.make_aware(datetime.combine(day, time.max))
    return max(last, timezone.now()) if settings.TODAY and day >= settings.TODAY else last
