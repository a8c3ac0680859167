"""The day it is: the one place that reads the clock or the day fixed for a demonstration."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    fixed: date | None = settings.TODAY
    return fixed or timezone.localdate()
