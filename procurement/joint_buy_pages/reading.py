"""Joint buys to read: the list, where one stands, its history; and how one is begun."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from procurement.actions import joint_buys as actions
from procurement.actions import pledging
from procurement.advice import first_step, too_late_to_close
from procurement.briefing import begun_of
from procurement.joint_buy_forms import WhoseForm
from procurement.joint_buy_pages.guards import for_those_asked_in, may_run
from procurement.merging import leads_replaced
from procurement.models import Framework, JointBuy, Opportunity, Pledge
from procurement.pictures.funnel import funnel_picture
from procurement.standing import Standing, stand
from procurement.timetable import Step
from registry.models import Council, User
from registry.permissions import Powers, person, powers_of
from registry.today import today

LATEST_MINUTES = 5


@require_safe
@login_required
def joint_buys(request: HttpRequest) -> HttpResponse:
    powers = powers_of(request.user)
    found = JointBuy.objects.seen_by(powers).for_list().order_by("start_date", "pk")
    return render(request, "procurement/joint_buys.html", {"joint_buys": found, "powers": powers})


@require_safe
@for_those_asked_in
def joint_buy(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """What it was and would be now, its ladder, who stands where, what holds, its menu."""
    powers = powers_of(request.user)
    standing = stand(this, today=today(), reader=powers)
    rungs = [line.rung for line in standing.ladder]
    context = {
        "joint_buy": this,
        "standing": standing,
        "warnings": warnings(standing),
        "contracts": [one.contract_id for one in standing.members],
        "wide": funnel_picture(rungs),
        "narrow": funnel_picture(rungs, name="narrow", compact=True),
        "minutes": reversed(this.minutes.order_by("-pk")[:LATEST_MINUTES]),
        "before_closing": before_closing(standing),
        "prices": this.expected_prices.all() if standing.runs else [],
        "next": next_step(standing, powers) if standing.all_signed else None,
    }
    return render(request, "procurement/joint_buy.html", context)


@dataclass(frozen=True, slots=True)
class Next:
    """What is to be done once everybody has signed, and where that is told in full."""

    step: Step | None  # None where its law is not worked out here
    opportunity: Opportunity | None  # where it is found still, and the reader may open it
    frameworks: Sequence[Framework]


def next_step(standing: Standing, reader: Powers) -> Next:
    now = standing.now
    if now and not reader.may_see_opportunity(
        now.grouping_id, frozenset(now.council_codes.split())
    ):
        now = None
    serving = Framework.objects.filter(reference__in=now.routes).order_by("name") if now else ()
    return Next(first_step(standing.joint_buy, today=standing.today), now, list(serving))


def warnings(standing: Standing) -> list[str]:
    """What stands against it as it is settled."""
    this, lead = standing.joint_buy, standing.lead
    late = too_late_to_close(this, today=standing.today)
    replaced = leads_replaced(this, [lead.pk] if lead else [], today=standing.today)
    return [*replaced, *([late] if late else [])]


def before_closing(standing: Standing) -> str:
    """What lacks until its reader could close it."""
    if not standing.runs or standing.joint_buy.closed_at:
        return ""
    return pledging.before_closing(standing.joint_buy, standing.done)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a history."""

    at: datetime
    said: str
    by: User | None
    pledge: Pledge | None = None


@require_safe
@for_those_asked_in
def history(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """All that was said and settled, from its beginning; the words of others only by their step."""
    events = sorted(events_of(this, powers_of(request.user)), key=lambda one: one.at)
    context = {"joint_buy": this, "events": events}
    return render(request, "procurement/joint_buy_history.html", context)


def events_of(this: JointBuy, reader: Powers) -> Iterator[Event]:
    for minute in this.minutes.select_related("written_by"):
        yield Event(minute.written_at, minute.text, minute.written_by)
    runs = may_run(reader, this)
    for said in Pledge.objects.of(this):
        council = said.participant.council
        told = runs or reader.may_act_for(council.pk)
        words = f"{council.name}: {said.get_step_display().lower()}."
        yield Event(said.said_at, words, said.said_by if told else None, said if told else None)


@login_required
def interest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Express interest for a council that could join; the first begins the joint buy."""
    powers = powers_of(request.user)
    opportunity = get_object_or_404(Opportunity.objects.for_list(), pk=pk)
    members = Council.objects.filter(pk__in=opportunity.council_codes.split())
    own = [one for one in members if powers.may_act_for(one.pk)]
    begins = powers.administrator or opportunity.grouping_id in powers.groupings
    if not own and not begins:
        raise PermissionDenied
    form = WhoseForm(request.POST or None, councils=own) if own else None
    if request.method != "POST" or (form and not form.is_valid()):
        context = {
            "opportunity": opportunity,
            "form": form,
            "own": own,
            "joint_buy": begun_of(opportunity, powers),
        }
        return render(request, "procurement/interest.html", context)
    return begin(request, opportunity, form.cleaned_data["council"] if form else None)


def begin(request: HttpRequest, opportunity: Opportunity, council: Council | None) -> HttpResponse:
    """For a council, or for the buyer of a grouping, who asks councils in and is none."""
    by = person(request)
    try:
        if council:
            this = actions.express_interest(opportunity, council.pk, today=today(), by=by)
            messages.success(request, f"{council.name} is recorded on the ladder.")
        else:
            this = actions.begin_joint_buy(opportunity, today=today(), by=by)
            messages.success(request, "The joint buy is open, and its councils are asked in.")
    except actions.NotDoneError as refused:
        messages.error(request, str(refused))
        return redirect(opportunity)
    return redirect(this)
