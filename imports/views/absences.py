"""What officers say of contracts that a file no longer lists."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from imports.models import Absence, Upload
from imports.views.uploads import of_own_council
from registry.formats import count
from registry.forms import DayField
from registry.permissions import person
from registry.today import today


@of_own_council
@require_POST
def answer(request: HttpRequest, found: Upload) -> HttpResponse:
    """Take an answer for one contract, or for all that have none."""
    from imports.actions import absences

    asked = list(chosen(request, found))
    said = request.POST.get("answer")
    if said == Absence.Answer.ENDED:
        days = {absence: day_said(request, absence) for absence in asked}
        absences.answer_ended(days, by=person(request))
        messages.success(request, f"{count(len(asked), 'contract')} recorded as ended.")
    elif said == Absence.Answer.LEFT_OUT:
        absences.answer(asked, Absence.Answer.LEFT_OUT, by=person(request))
        messages.success(request, f"{count(len(asked), 'contract')} kept as running.")
    return redirect(f"{reverse('imports:changes', args=[found.pk])}?show=no_longer_listed")


def chosen(request: HttpRequest, found: Upload) -> Any:
    unanswered = found.absences.unanswered().select_related("contract")
    one = request.POST.get("absence", "")
    if one == "all":
        return unanswered
    return unanswered.filter(pk=one if one.isdecimal() else 0)


def day_said(request: HttpRequest, absence: Absence) -> date:
    """The day given where one is and it is possible; else its end, or today."""
    from imports.actions.absences import last_day

    field = DayField(required=False)
    try:
        said = field.clean([request.POST.get(f"day_{n}", "") for n in range(3)])
    except ValueError:
        said = None
    start = absence.contract.start_date
    possible = said and said <= today() and not (start and said < start)
    return said if said and possible else last_day(absence.contract, today())
