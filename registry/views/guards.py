"""Who may open pages on which something is decided."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from registry.models import Contract
from registry.permissions import powers_of


def of_own_contract(
    view: Callable[[HttpRequest, Contract], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give the view its contract, if the visitor acts for the contract's council."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, pk: UUID) -> HttpResponse:
        found = get_object_or_404(Contract.objects.standing().for_list(), pk=pk)
        if not powers_of(request.user).may_act_for(found.council_id):
            raise PermissionDenied
        return view(request, found)

    return guarded


def for_supplier_decisions(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for those whose word on suppliers holds for every council."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not powers_of(request.user).may_decide_suppliers:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
