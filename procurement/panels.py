"""What joint buying offers to the registry's and the uploads' pages."""

from typing import Any, Protocol

from django.http import HttpRequest
from django.template.loader import render_to_string

from procurement.models import Assumption, JointBuy, Opportunity, OpportunityQuerySet, Pledge
from procurement.models.opportunities import listed
from procurement.openings import openings
from procurement.payback import TERM, WORK, pays_from
from procurement.signings import marked_under_way, signed_of
from procurement.who_joins import member_on, who_join
from registry.models import Contract, Council, Source, Statement
from registry.permissions import powers_of
from registry.today import today

MOST_SHOWN = 5


class Uploaded(Protocol):
    """What is needed of an upload; its app is not known here."""

    pk: int
    council_id: str


def what_is_coming(request: HttpRequest) -> str:
    """For people with a role the best of theirs; for everybody else how many there are."""
    powers = powers_of(request.user)
    if powers.signed_in_for_something:
        return shown(request, seen_by(request), "The joint buys most worth a look")
    planned = Opportunity.objects.planned().count()
    if not planned:
        return ""
    context = {"planned": planned, "councils": len(councils_joining())}
    return render_to_string("procurement/panel_public.html", context, request)


def councils_joining() -> set[str]:
    """Codes of those that could join any opportunity at all."""
    named = Opportunity.objects.order_by().values_list("council_codes", flat=True).distinct()
    return {code for codes in named for code in codes.split()}


def joint_buys_of_council(request: HttpRequest, council: Council) -> str:
    """The opportunities its contracts could join, as far as the reader may see them."""
    found = seen_by(request).of_councils([council.pk])
    return shown(request, found, "Joint buys its contracts could join")


def company_of_council(request: HttpRequest, council: Council) -> str:
    """The way to councils beyond its groupings, for those who act for it."""
    if not powers_of(request.user).may_act_for(council.pk):
        return ""
    return render_to_string("procurement/panel_together.html", {"council": council}, request)


def joint_buys_under_way(request: HttpRequest, council: Council) -> str:
    """Joint buys the council is asked into, and its step on each; for those asked in as well."""
    powers = powers_of(request.user)
    if not powers.signed_in_for_something:
        return ""
    seen = JointBuy.objects.seen_by(powers).filter(participants__council=council)
    said = Pledge.objects.standing().filter(participant__council=council)
    steps = {p.participant.joint_buy_id: p for p in said.select_related("participant")}
    rows = [(one, steps.get(one.pk)) for one in seen.for_list().order_by("start_date", "pk")]
    context = {"rows": rows, "today": today()}
    return render_to_string("procurement/panel_under_way.html", context, request)


def joint_buys_of_contract(request: HttpRequest, contract: Contract) -> str:
    """On which dates the contract could join, and what that asks."""
    found = seen_by(request).of_councils([contract.council_id])
    named = found.filter(joins__contains=listed([contract.pk.hex])).for_list()
    asked = [
        (one, member)
        for one in named.order_by("start_date", "pk")
        if (member := member_on(one.start_date, contract, today=today()))
    ]
    context = {"dates": asked[:MOST_SHOWN]}
    return render_to_string("procurement/panel_contract.html", context, request)


def joint_buys_opened(request: HttpRequest, upload: Uploaded, **_: Any) -> str:
    """The joint buys that contracts of this upload opened or could join."""
    sources = Source.objects.standing().filter(upload=upload.pk)
    stated = Statement.objects.filter(source__in=sources).values_list("contract", flat=True)
    ids = {contract.hex for contract in stated}
    seen = seen_by(request)
    named = seen.of_councils([upload.council_id]).values_list("pk", "joins")
    joined = [pk for pk, joins in named if not ids.isdisjoint(joins.split())]
    found = seen.filter(pk__in=joined)
    return shown(request, found, "Joint buys the contracts of this file could join")


def openings_of_council(request: HttpRequest, *, council: Council, **_: Any) -> str:
    """Which missing facts would open which joint buys, for those who could give them."""
    powers = powers_of(request.user)
    if not powers.may_act_for(council.pk):
        return ""
    if not Contract.objects.standing().filter(council=council).exists():
        return ""
    found = openings(council, today=today(), reader=powers)
    context = {"openings": found[:MOST_SHOWN], "more": max(len(found) - MOST_SHOWN, 0)}
    return render_to_string("procurement/panel_missing.html", context, request)


def seen_by(request: HttpRequest) -> OpportunityQuerySet:
    return Opportunity.objects.seen_by(powers_of(request.user)).planned().worthwhile()


def shown(request: HttpRequest, found: OpportunityQuerySet, heading: str) -> str:
    """The best few with their pictures and a way to all of them; nothing without any.

    A list of a few leads with what pays for its work; the whole list says what does not.
    """
    reader = powers_of(request.user)
    assumed = Assumption.objects.filter(pk__in=(TERM, WORK)).values_list("code", "value")
    pays = pays_from(dict(assumed))
    marked = marked_under_way(found.for_list(), reader)
    best = list(marked.best_first(pays_from=pays)[: MOST_SHOWN + 1])
    if not best:
        return ""
    few = best[:MOST_SHOWN]
    context = {
        "heading": heading,
        "opportunities": few,
        "members": who_join(few, today=today(), reader=reader),
        "signed": signed_of(few, reader=reader),
        "pays_from": pays,
        "more": len(best) > MOST_SHOWN,
        "today": today(),
    }
    return render_to_string("procurement/panel.html", context, request)
