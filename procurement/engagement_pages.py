"""Early talks with suppliers: for everybody to read, and for officers and buyers to record."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from procurement.actions.engagements import record_engagement, withdraw_engagement
from procurement.demand_forms import EngagementForm
from procurement.models import Engagement, JointBuy
from registry.models import Council, Grouping
from registry.paging import page_of
from registry.permissions import Powers, person, powers_of
from registry.today import today


@require_safe
def engagements(request: HttpRequest) -> HttpResponse:
    """The same for everybody, save what only its own side and joint buy see."""
    powers = powers_of(request.user)
    page = page_of(Engagement.objects.standing().for_list(), request.GET.get("page"))
    about = JointBuy.objects.seen_by(powers).filter(pk__in=[one.joint_buy_id for one in page])
    seen = set(about.values_list("pk", flat=True))
    context = {
        "page": page,
        "rows": [(one, one.of_side(powers), one.joint_buy_id in seen) for one in page],
        "may_record": bool(sides_of(powers)),
    }
    return render(request, "procurement/engagements.html", context)


def sides_of(powers: Powers) -> Mapping[str, Council | Grouping]:
    """The councils and groupings a person talks to suppliers for."""
    councils = Council.objects.filter(pk__in=powers.councils).order_by("name")
    groupings = Grouping.objects.filter(pk__in=powers.groupings).order_by("name")
    return {**{one.pk: one for one in councils}, **{one.pk: one for one in groupings}}


@require_http_methods(["GET", "POST"])
@login_required
def record(request: HttpRequest) -> HttpResponse:
    powers = powers_of(request.user)
    sides = sides_of(powers)
    if not sides:
        raise PermissionDenied
    form = EngagementForm(
        request.POST or None,
        sides=sides,
        joint_buys=JointBuy.objects.seen_by(powers).for_list(),
        today=today(),
    )
    if form.is_valid():
        record_engagement(by=person(request), **form.said())
        messages.success(request, "It is recorded, and everybody can read it.")
        return redirect("procurement:engagements")
    return render(request, "procurement/engagement_record.html", {"form": form})


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    this = get_object_or_404(Engagement.objects.standing(), pk=pk)
    if not this.of_side(powers_of(request.user)):
        raise PermissionDenied
    withdraw_engagement(this)
    messages.success(request, "It is withdrawn. Record it anew as it was.")
    return redirect("procurement:engagements")
