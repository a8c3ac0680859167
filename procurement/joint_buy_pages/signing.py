"""A council checks what it signs for, and signs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from procurement.actions import pledging
from procurement.actions.joint_buys import NotDoneError
from procurement.joint_buy_forms import WhoseForm
from procurement.joint_buy_pages.guards import for_those_who_pledge, own_councils
from procurement.merging import consent_reminders
from procurement.models import JointBuy
from procurement.standing import stand
from registry.models import Council
from registry.permissions import person, powers_of
from registry.today import today


@for_those_who_pledge
def sign(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """Check what is signed for, then sign."""
    reader = powers_of(request.user)
    standing = stand(this, today=today(), reader=reader)
    councils = [place.council for place in standing.may_sign]
    reminders = consent_reminders(this, councils, today=today(), reader=reader)
    places = [(place, reminders.get(place.council.pk, "")) for place in standing.may_sign]
    context = {"joint_buy": this, "standing": standing, "places": places}
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
