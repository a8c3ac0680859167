"""What every page knows: the sample day, when the service stands on one."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def everywhere(_request: HttpRequest) -> dict[str, Any]:
    sample_day: date | None = settings.TODAY
    return {"sample_day": sample_day}
