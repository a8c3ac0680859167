"""The page on which an officer says what becomes of a contract on vesting day."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from registry.actions.handing import decide_handover, take_back_handover
from registry.forms import HandoverForm
from registry.models import Contract, HandoverDecision, Succession
from registry.permissions import person
from registry.views.guards import of_own_contract


@of_own_contract
def handing(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Transfer, host or novate, and to which successor; what stands can be taken back."""
    successions = Succession.objects.filter(predecessor=contract.council_id)
    if not successions:
        raise Http404
    if "take_back" in request.POST:
        take_back_handover(contract)
        messages.success(request, "Nothing is decided of this contract any more.")
        return redirect(contract)
    standing = HandoverDecision.objects.standing().filter(contract=contract).first()
    form = HandoverForm(request.POST or None, predecessor=contract.council_id, standing=standing)
    if not form.is_valid():
        context = {
            "contract": contract,
            "form": form,
            "standing": standing,
            "successions": successions.select_related("successor").order_by("vesting_date"),
        }
        return render(request, "registry/handing.html", context)

    made = decide_handover(contract, by=person(request), **form.cleaned_data)
    messages.success(request, f"{made.get_outcome_display()}: {made.successor}.")
    return redirect(contract)
