"""A council's decisions as a calendar: its address, and what calendar programs fetch from it."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from registry.digests import days
from registry.exports.calendar import WHAT_IS_IN_IT
from registry.exports.calendar import feed as written
from registry.extracts import calendar_entries
from registry.models import CalendarFeed, Council
from registry.permissions import person, powers_of
from registry.today import today
from registry.views.downloads import for_its_officers

SHOWN = 8


@for_its_officers
def calendar(request: HttpRequest, council: Council) -> HttpResponse:
    """The visitor's own address: made, made anew, or revoked."""
    mine = CalendarFeed.objects.standing().filter(council=council, made_by=person(request))
    if request.method == "POST":
        mine.update(revoked_at=timezone.now())
        if "revoke" in request.POST:
            messages.success(request, "The address is revoked. Calendars that use it get nothing.")
        else:
            CalendarFeed.objects.create(
                council=council,
                made_by=person(request),
                with_joint_buys="joint_buys" in request.POST,
            )
        return redirect("registry:calendar", council.pk)
    entries = calendar_entries(council, today=today(), link=request.build_absolute_uri)
    found = mine.first()
    context = {
        "council": council,
        "address": request.build_absolute_uri(found.get_absolute_url()) if found else "",
        "what": WHAT_IS_IN_IT,
        "entries": entries[:SHOWN],
        "number": len(entries),
        "days": days(council.pk, today())[:SHOWN],
        "with_joint_buys": bool(found and found.with_joint_buys),
    }
    return render(request, "registry/calendar.html", context)


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For calendar programs. The token's person must still act for the council."""
    found = CalendarFeed.objects.at(token)
    if found is None or not powers_of(found.made_by).may_act_for(found.council_id):
        raise Http404
    entries = calendar_entries(found.council, today=today(), link=request.build_absolute_uri)
    closing = days(found.council_id, today()) if found.with_joint_buys else []
    absolute = [replace(one, url=request.build_absolute_uri(one.url)) for one in closing]
    body = written(f"{found.council.short_name}: decisions on contracts", entries, absolute)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=3600"
    response["Referrer-Policy"] = "no-referrer"
    return response
