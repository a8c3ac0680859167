"""A nil return: one click to say that nothing changed this quarter, and one to take it back."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from imports.models import NilReturn, quarter_of
from registry.models import Council
from registry.permissions import person, powers_of
from registry.today import today


def for_own_council(
    view: Callable[[HttpRequest, Council], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give the view its council, if the visitor acts for it."""

    @login_required
    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest, code: str) -> HttpResponse:
        council = get_object_or_404(Council, pk=code)
        if not powers_of(request.user).may_act_for(council.pk):
            raise PermissionDenied
        return view(request, council)

    return guarded


@for_own_council
def say(request: HttpRequest, council: Council) -> HttpResponse:
    """Nothing has changed in this quarter; said twice it stands once."""
    said = NilReturn.objects.say(council, day=today(), by=person(request))
    messages.success(request, f"Noted: nothing has changed from {said.months}.")
    return redirect(council)


@for_own_council
def undo(request: HttpRequest, council: Council) -> HttpResponse:
    """Take the nil return of this quarter back."""
    NilReturn.objects.of_council(council.pk).filter(quarter=quarter_of(today())).delete()
    messages.success(request, "The nil return was taken back.")
    return redirect(council)
