"""A council checks what it signs for, and signs."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from procurement.actions import pledging
from procurement.actions.joint_buys import NotDoneError
from procurement.joint_buy_forms import WhoseForm
from procurement.joint_buy_pages.guards import for_those_who_pledge, own_councils
from procurement.joint_savings import part_of
from procurement.ladder_places import Place
from procurement.merging import consent_reminders
from procurement.models import JointBuy
from procurement.payback import about
from procurement.standing import Standing, stand
from procurement.track_record import Forecast
from registry.models import Council
from registry.permissions import person, powers_of
from registry.today import today


@dataclass(frozen=True, slots=True)
class ToSign:
    """What a council signs for, and what it should know before."""

    place: Place
    yearly: Decimal | None  # pounds, of its contracts on the day it began; None if without any
    saving: Forecast | None  # its part, pounds a year, rounded as estimates are
    reminder: str


def to_sign(standing: Standing, place: Place, reminders: Mapping[str, str]) -> ToSign:
    own = [one for one in standing.counting if one.council_id == place.council.pk]
    told = bool(own) and standing.sums_told
    return ToSign(
        place,
        yearly=sum((one.annual_value for one in own), Decimal(0)) if own else None,
        saving=about(part_of(standing.joint_buy, [place], own)) if told else None,
        reminder=reminders.get(place.council.pk, ""),
    )


@for_those_who_pledge
def sign(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """Check what is signed for, then sign."""
    reader = powers_of(request.user)
    standing = stand(this, today=today(), reader=reader)
    councils = [place.council for place in standing.may_sign]
    reminders = consent_reminders(this, councils, today=today(), reader=reader)
    context = {
        "joint_buy": this,
        "standing": standing,
        "signing": [to_sign(standing, place, reminders) for place in standing.may_sign],
        "priced": this.expected_prices.exists(),
    }
    return render(request, "procurement/joint_buy_sign.html", context)


@require_POST
@for_those_who_pledge
def signed(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """Sign for one council."""
    form = WhoseForm(request.POST, councils=own_councils(request, this))
    if not form.is_valid():
        return redirect("procurement:sign", this.pk)
    put_name_to(request, this, form.cleaned_data["council"])
    return redirect(this)


def put_name_to(request: HttpRequest, this: JointBuy, council: Council) -> None:
    participant = this.participants.select_related("council").get(council=council)
    try:
        pledging.sign(participant, by=person(request))
    except NotDoneError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Signed for {council.name}.")
