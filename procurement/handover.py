"""The handover schedule of a council: the registry's contracts beside the law's thresholds."""

from typing import IO

from django.db.models import Q

from procurement.models import Threshold
from registry.downloads import schedule
from registry.exports.handover import Consent
from registry.models import Council
from registry.today import today

CONSENT = "reorganisation_consent_revenue"


def write_schedule(file: IO[bytes], council: Council) -> None:
    schedule(file, council, consent_asked())


def consent_asked() -> Consent | None:
    """Above which a dissolving council asks for consent, where reference data says."""
    day = today()
    found = Threshold.objects.filter(
        Q(applies_to__isnull=True) | Q(applies_to__gte=day), code=CONSENT, applies_from__lte=day
    )
    one = found.order_by("-applies_from").first()
    return Consent(one.amount, one.source) if one else None
