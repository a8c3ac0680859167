"""What uploads show on other apps' pages."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from imports.models import NilReturn, Upload, quarter_of
from registry.models import Council
from registry.permissions import powers_of
from registry.today import today

SHOWN = 3


def last_uploads(request: HttpRequest, *, council: Council) -> str:
    """A council's latest registers, for those who send them."""
    if not powers_of(request.user).may_act_for(council.pk):
        return ""
    latest = Upload.objects.of_council(council.pk).select_related("council", "job")[:SHOWN]
    context = {
        "uploads": latest,
        "council": council,
        "nil": NilReturn.objects.of_council(council.pk).filter(quarter=quarter_of(today())).first(),
        "to_put_right": to_put_right(council),
    }
    return render_to_string("imports/last_uploads.html", context, request)


def to_put_right(council: Council) -> dict[str, Any] | None:
    """The last recorded file with the problems left in it and the rows that wait, if any."""
    last = Upload.objects.of_council(council.pk).applied().order_by("-applied_at").first()
    left = last.report.get("problems", 0) if last else 0
    if last is None or not left:
        return None
    return {"upload": last, "left": left, "waiting": last.report["rows"]["problem"]}
