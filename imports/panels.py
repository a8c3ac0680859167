"""What uploads show on other apps' pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from imports.models import Upload
from registry.models import Council
from registry.permissions import powers_of

SHOWN = 3


def last_uploads(request: HttpRequest, *, council: Council) -> str:
    """A council's latest registers, for those who send them."""
    if not powers_of(request.user).may_act_for(council.pk):
        return ""
    latest = Upload.objects.of_council(council.pk).select_related("council", "job")[:SHOWN]
    return render_to_string(
        "imports/last_uploads.html", {"uploads": latest, "council": council}, request
    )
