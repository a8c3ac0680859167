"""What social value offers to the registry's pages."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest
from django.template.loader import render_to_string

from registry.models import Contract, Council, Supplier
from registry.permissions import powers_of
from registry.today import today
from social_value.asking import Promised, ask
from social_value.models import (
    AgreedPool,
    Commitment,
    CommitmentDecision,
    Credit,
    Delivery,
    Measure,
    Need,
    UnreadWords,
)
from social_value.periods import FINEST
from social_value.progress import Progress
from social_value.tallies import measures, progress_of


def promises_of_contract(request: HttpRequest, contract: Contract) -> str:
    """What it promises, with the words and reasons; officers can put it right."""
    acts = powers_of(request.user).may_act_for(contract.council_id)
    commitments = Commitment.objects.filter(contract=contract).in_order()
    context = {
        "contract": contract,
        "acts": acts,
        "commitments": commitments.prefetch_related("shares__pool"),
        "unread": UnreadWords.objects.filter(contract=contract).order_by("pk"),
        "lines": kept_by(contract),
        "deliveries": deliveries_of(contract) if acts else [],
        "decisions": CommitmentDecision.objects.standing().filter(contract=contract)
        if acts
        else [],
    }
    return render_to_string("social_value/panel_contract.html", context, request)


def kept_by(contract: Contract) -> list[tuple[Measure, Progress]]:
    """What is due and delivered, by measure."""
    known = measures()
    found = progress_of(Contract.objects.filter(pk=contract.pk), known, today=today())
    return [(known[measure], one) for (_, measure), one in found.items()]


def deliveries_of(contract: Contract) -> "QuerySet[Delivery]":
    """The acts that stand, with who confirmed them."""
    credited = Credit.objects.filter(contract=contract).values("delivery")
    return Delivery.objects.standing().filter(pk__in=credited).select_related("measure")


def promises_of_supplier(request: HttpRequest, supplier: Supplier) -> str:
    """The way to what it owes, where its contracts promise anything this reader may know."""
    reader = powers_of(request.user)
    theirs = Contract.objects.standing().of_supplier_told_to(reader).filter(supplier=supplier)
    promised = Commitment.objects.filter(contract__in=theirs).count()
    context = {"supplier": supplier, "promised": promised}
    return render_to_string("social_value/panel_supplier.html", context, request)


def promises_of_council(request: HttpRequest, council: Council) -> str:
    """How many promises its contracts make, how many words were not understood, what waits."""
    acts = powers_of(request.user).may_act_for(council.pk)
    context = {
        "council": council,
        "promised": Commitment.objects.filter(council=council).count(),
        "unread": UnreadWords.objects.filter(council=council).count(),
        "waiting": Need.objects.filter(council=council).waiting().count() if acts else 0,
        "asked": AgreedPool.objects.waiting_for(council.pk).for_list() if acts else (),
        "acts": acts,
    }
    return render_to_string("social_value/panel_council.html", context, request)


def promised_of(contracts: Collection[UUID]) -> list[Promised]:
    """What these contracts promise, measure by measure, and what of it was delivered."""
    found = Commitment.objects.of_standing_contracts().filter(contract__in=list(contracts))
    summed = found.values(
        *("measure", "measure__name", "measure__unit"),
        *("measure__useful_amount", "measure__useful_name"),
    ).annotate(Sum("quantity"), Count("contract", distinct=True), Count("council", distinct=True))
    ordered = summed.order_by("measure__theme", "measure__name")
    promised = [Promised(*one.values()) for one in ordered]
    done = delivered_by(contracts) if promised else {}
    return [replace(one, delivered=done.get(one.measure, one.delivered)) for one in promised]


def delivered_by(contracts: Collection[UUID]) -> dict[str, Decimal]:
    """By measure, as councils and communities confirmed."""
    standing = Contract.objects.standing().filter(pk__in=list(contracts)).values("pk")
    found = Credit.objects.confirmed().filter(contract__in=standing).order_by()
    summed = found.values_list("delivery__measure").annotate(Sum("amount"))
    return {measure: amount.quantize(FINEST) for measure, amount in summed}


def promises_joined(request: HttpRequest, contracts: Collection[UUID], print_at: str) -> str:
    """What contracts that could be replaced together promise, and a way to one ask."""
    context = {"promised": promised_of(contracts), "print_at": print_at}
    return render_to_string("social_value/panel_joined.html", context, request)


def pooled_ask(request: HttpRequest, contracts: Collection[UUID], category: str) -> str:
    """One ask in place of theirs, for one page."""
    promised = promised_of(contracts)
    context = {"promised": promised, "ask": ask(promised, category)}
    return render_to_string("social_value/panel_ask.html", context, request)
