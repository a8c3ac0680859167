"""What publication would contain, and withholding single facts from it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from registry import actions
from registry.forms import WithholdForm
from registry.jobs import rebuild_soon
from registry.models import Contract, Council, Withholding
from registry.permissions import person, powers_of
from registry.publication import preview
from registry.views.downloads import for_its_officers


@require_safe
@for_its_officers
def publication(request: HttpRequest, council: Council) -> HttpResponse:
    shown = preview(council, all_notices=request.GET.get("notices") == "all")
    context = {"council": council, "preview": shown}
    return render(request, "registry/publication.html", context)


@login_required
def withhold(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask what to keep from the public and why; what is kept already can be published again."""
    contract = contract_of_own_council(request, pk)
    form = WithholdForm(request.POST or None, initial={"what": request.GET.getlist("what")})
    if not form.is_valid():
        standing = Withholding.objects.standing().filter(contract=contract)
        context = {"contract": contract, "form": form, "standing": standing.order_by("what")}
        return render(request, "registry/withhold.html", context)

    actions.withhold_each(contract, form.reasons, by=person(request))
    rebuild_soon()  # or totals worked out before would tell the value
    for what in form.reasons:
        said = Withholding.What(what).label
        messages.success(request, f"{said} is withheld from the public.")
    return redirect(contract)


@login_required
@require_POST
def publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lift what stands; asking twice lifts once."""
    contract = contract_of_own_council(request, pk)
    standing = Withholding.objects.standing().filter(contract=contract)
    for withholding in standing.filter(what=request.POST.get("what", "")):
        actions.lift(withholding)
        messages.success(request, f"{withholding.get_what_display()} is published again.")
    return redirect(contract)


def contract_of_own_council(request: HttpRequest, pk: UUID) -> Contract:
    found = get_object_or_404(Contract.objects.standing().for_list(), pk=pk)
    if not powers_of(request.user).may_act_for(found.council_id):
        raise PermissionDenied
    return found
