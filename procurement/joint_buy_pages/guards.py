"""Who may open which page of a joint buy."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from procurement.models import JointBuy
from registry.models import Council
from registry.permissions import Powers, powers_of

View = Callable[..., HttpResponse]


def guarded_by(may: Callable[[Powers, JointBuy], bool]) -> Callable[[View], View]:
    """Give the view its joint buy, if the visitor may."""

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, pk: UUID, **words: Any) -> HttpResponse:
            this = get_object_or_404(JointBuy.objects.for_list(), pk=pk)
            if not may(powers_of(request.user), this):
                raise PermissionDenied
            return view(request, this, **words)

        return guarded

    return decorate


def asked_in(this: JointBuy) -> frozenset[str]:
    return frozenset(this.participants.values_list("council", flat=True))


def may_see(powers: Powers, this: JointBuy) -> bool:
    return powers.may_see_opportunity(this.grouping_id, asked_in(this))


def may_run(powers: Powers, this: JointBuy) -> bool:
    lead = this.participants.filter(leads=True).values_list("council", flat=True).first()
    return powers.may_run_joint_buy(this.grouping_id, lead)


def may_pledge(powers: Powers, this: JointBuy) -> bool:
    """Officers of councils that are asked in."""
    return any(powers.may_act_for(council) for council in asked_in(this))


def own_councils(request: HttpRequest, this: JointBuy) -> list[Council]:
    powers = powers_of(request.user)
    participants = this.participants.select_related("council")
    return [p.council for p in participants if powers.may_act_for(p.council_id)]


for_those_asked_in = guarded_by(may_see)
for_those_who_run_it = guarded_by(may_run)
for_those_who_pledge = guarded_by(may_pledge)
