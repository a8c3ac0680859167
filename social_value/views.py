"""Pages of promises: a council's, and putting one of a contract right."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from registry.models import Contract, Council
from registry.paging import page_of
from registry.permissions import person, powers_of
from registry.views.guards import of_own_contract
from registry.views.numbers import number
from social_value.actions.commitments import Looked
from social_value.actions.deciding import decide, withdraw
from social_value.forms import PROMISED, CommitmentForm
from social_value.models import Commitment, CommitmentDecision, UnreadWords
from social_value.promises import key_of
from social_value.reading import read
from social_value.tasks import rebuild_pools

MOST_UNREAD = 200


@require_safe
def council(request: HttpRequest, code: str) -> HttpResponse:
    """What a council's contracts promise, and which of their words were not understood."""
    this, powers = get_object_or_404(Council, pk=code), powers_of(request.user)
    found = Commitment.objects.filter(council=this).select_related("measure", "contract")
    unread = UnreadWords.objects.filter(council=this).select_related("contract").order_by("pk")
    context = {
        "council": this,
        "acts": powers.may_act_for(this.pk),
        "licensed": this.pk in powers.councils,
        "page": page_of(found.order_by("measure", "contract", "position"), request.GET.get("page")),
        "promised": found.count(),
        "unread": unread[:MOST_UNREAD],
        "unread_count": unread.count(),
    }
    return render(request, "social_value/council.html", context)


@of_own_contract
def correct(request: HttpRequest, contract: Contract) -> HttpResponse:
    """An officer says what words of the contract promise, or enters what they do not mention."""
    words = request.POST.get("words", request.GET.get("words", ""))
    if words and key_of(words) not in words_of(contract):
        raise Http404
    form = CommitmentForm(
        request.POST or None, initial=as_it_stands(contract, words), contract=contract
    )
    if not form.is_valid():
        context = {"contract": contract, "form": form, "words": words}
        return render(request, "social_value/correct.html", context)

    said = {name: value for name, value in form.cleaned_data.items() if name != "right"}
    if said.pop("what") != PROMISED:
        said = {}
    with transaction.atomic():
        pool_again(decide(contract, words, by=person(request), **said))
    messages.success(request, "Saved. It stands for these words in every register to come.")
    return redirect(contract)


def words_of(contract: Contract) -> set[str]:
    """Keys of the parts of the contract's own words: nobody decides about others."""
    reading = read(contract.social_value)
    parts = [*(one.words for one in reading.promises), *(one.words for one in reading.unread)]
    return {key_of(one) for one in parts}


def as_it_stands(contract: Contract, words: str) -> dict[str, Any]:
    """What the words are taken to promise now."""
    told = Commitment.objects.select_related("decision").filter(contract=contract, words=words)
    found = told.first() if words else None
    if found is None:
        return {"what": PROMISED, "responsible": contract.department}
    return {
        "what": PROMISED,
        "measure": found.measure_id,
        "quantity": f"{(found.yearly or found.quantity).normalize():f}",
        "per_year": found.yearly is not None,
        "group": found.group,
        "place": found.place,
        "responsible": found.responsible,
        "starts": found.decision.starts if found.decision else None,
        "ends": found.decision.ends if found.decision else None,
    }


@of_own_contract
@require_POST
def take_back(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Take back what an officer said; the words are read again."""
    decision = number(request.POST.get("decision", ""))
    if not CommitmentDecision.objects.filter(contract=contract, pk=decision).exists():
        raise Http404
    with transaction.atomic():
        pool_again(withdraw(contract, decision))
    messages.success(request, "Taken back. The words are read for themselves again.")
    return redirect(contract)


def pool_again(looked: Looked) -> None:
    """Pooling needs what only workers load."""
    if looked.measures:
        transaction.on_commit(lambda: rebuild_pools.delay(sorted(looked.measures)))
