"""Talks with suppliers: written down once, and withdrawn where that was a mistake."""

from typing import Any

from django.utils import timezone

from procurement.models import Engagement
from registry.models import User


def record_engagement(*, by: User | None, **said: Any) -> Engagement:
    return Engagement.objects.create(recorded_by=by, **said)


def withdraw_engagement(this: Engagement) -> None:
    """It is shown no more; the row stays."""
    Engagement.objects.filter(pk=this.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
