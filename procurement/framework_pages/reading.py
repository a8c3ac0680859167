"""What anybody reads: the list of frameworks with its picture of time, and one framework."""

from datetime import date

from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from procurement.framework_pages.showing import (
    MOST_CALL_OFFS,
    MOST_SUPPLIERS,
    earlier_names,
    scheme_bar,
    shown_call_offs,
    shown_lots,
    warnings,
)
from procurement.models import Assumption, Framework, FrameworkFile, Opportunity
from procurement.models.frameworks import FrameworkQuerySet
from procurement.page_filters import FrameworkPageFilter
from procurement.pictures.schemes import schemes_picture
from procurement.rules import framework_law
from registry.paging import page_of
from registry.permissions import powers_of
from registry.today import today

# Where reference data is not loaded, a warning comes this early.
LEAD_MONTHS = 6


@require_safe
def frameworks(request: HttpRequest) -> HttpResponse:
    day, law = today(), framework_law()
    narrowed = FrameworkPageFilter(request.GET, Framework.objects.for_list())
    page = page_of(narrowed.qs.soonest_over(), request.GET.get("page"))
    bars = [scheme_bar(one) for one in page]
    context = {
        "filter": narrowed,
        "page": page,
        "now": on_the_day(narrowed.qs, day),
        "frameworks": [(one, one.joining(law, today=day)) for one in page],
        "picture": schemes_picture(bars, today=day) if bars else "",
        "narrow": schemes_picture(bars, today=day, name="narrow", compact=True) if bars else "",
        "windows": any(bar.windows for bar in bars),
        "administrator": powers_of(request.user).administrator,
    }
    return render(request, "procurement/frameworks.html", context)


def on_the_day(listed: FrameworkQuerySet, day: date) -> dict[str, int]:
    """How many suppliers can join and councils can use; `perhaps` where dates are not known."""
    found = Framework.objects.filter(pk__in=listed.order_by().values("pk"))
    live = found.live_on(day)
    # A market has no last day unless one is stated.
    dated = Q(ends__isnull=False) | Q(kind=Framework.Kind.DYNAMIC_MARKET)
    usable = live.filter(dated, starts__isnull=False).count()
    return {
        "joinable": found.joinable_on(day).count(),
        "usable": usable,
        "perhaps": live.count() - usable,
    }


@require_safe
def framework(request: HttpRequest, reference: str) -> HttpResponse:
    found = Framework.objects.for_list().prefetch_related("places", "lots__categories")
    this = get_object_or_404(found, pk=reference)
    day, law, reader = today(), framework_law(), powers_of(request.user)
    call_offs, number = shown_call_offs(this, reader)
    bar = scheme_bar(this)
    context = {
        "framework": this,
        "joining": this.joining(law, today=day),
        "lots": shown_lots(this, reader),
        "most_suppliers": MOST_SUPPLIERS,
        "call_offs": call_offs,
        "call_offs_number": number,
        "most_call_offs": MOST_CALL_OFFS,
        "warnings": list(warnings(this, law, today=day, lead_months=lead_months())),
        "owner_names": earlier_names(this.owner),
        "notices": this.files.filter(kind=FrameworkFile.Kind.NOTICE, applied_at__isnull=False),
        "picture": schemes_picture([bar], today=day),
        "narrow": schemes_picture([bar], today=day, name="narrow", compact=True),
        "windows": bar.windows,
        "serves": joint_buys_served(request, this),
        "administrator": reader.administrator,
    }
    return render(request, "procurement/framework.html", context)


def lead_months() -> int:
    held = Assumption.objects.filter(pk="lead_months").values_list("value", flat=True).first()
    return int(held) if held is not None else LEAD_MONTHS


def joint_buys_served(request: HttpRequest, this: Framework) -> list[Opportunity]:
    seen = Opportunity.objects.seen_by(powers_of(request.user)).planned().for_list()
    serves = seen.filter(category__in=this.every_category).order_by("start_date")
    return [one for one in serves if this.pk in one.routes]


@require_safe
def notice(_request: HttpRequest, pk: int) -> FileResponse:
    """A notice that was read, byte for byte as it came."""
    kept = get_object_or_404(
        FrameworkFile, pk=pk, kind=FrameworkFile.Kind.NOTICE, applied_at__isnull=False
    )
    return FileResponse(
        kept.file.open("rb"),
        as_attachment=True,
        filename=f"notice-{kept.sha256[:12]}.json",
        content_type="application/json",
    )
