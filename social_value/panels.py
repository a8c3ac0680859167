"""What social value offers to the registry's pages."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from registry.models import Contract, Council
from registry.permissions import powers_of
from social_value.models import Commitment, CommitmentDecision, UnreadWords


def promises_of_contract(request: HttpRequest, contract: Contract) -> str:
    """What it promises, with the words and reasons; officers can put it right."""
    acts = powers_of(request.user).may_act_for(contract.council_id)
    commitments = Commitment.objects.filter(contract=contract).in_order()
    context = {
        "contract": contract,
        "acts": acts,
        "commitments": commitments.prefetch_related("shares__pool"),
        "unread": UnreadWords.objects.filter(contract=contract).order_by("pk"),
        "decisions": CommitmentDecision.objects.standing().filter(contract=contract)
        if acts
        else [],
    }
    return render_to_string("social_value/panel_contract.html", context, request)


def promises_of_council(request: HttpRequest, council: Council) -> str:
    """How many promises its contracts make, and how many words were not understood."""
    promised = Commitment.objects.filter(council=council).count()
    unread = UnreadWords.objects.filter(council=council).count()
    context = {"council": council, "promised": promised, "unread": unread}
    return render_to_string("social_value/panel_council.html", context, request)
