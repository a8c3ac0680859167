"""Pages on which an officer says what a contract is or whose a name is, and takes it back."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from registry.actions.deciding import (
    decide_category,
    decide_supplier,
    withdraw_category,
    withdraw_supplier,
)
from registry.filters import SupplierFilter
from registry.forms import CategoryForm, SearchForm
from registry.jobs import ask
from registry.models import Category, CategoryDecision, Contract, Supplier, User
from registry.permissions import person, powers_of
from registry.tasks import place_again
from registry.views.guards import of_own_contract

MOST_SUPPLIERS = 20


@of_own_contract
def category(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Which category contracts of this title are."""
    form = CategoryForm(request.POST or None, initial={"category": contract.category_id})
    if not form.is_valid():
        return render(
            request, "registry/decide_category.html", {"contract": contract, "form": form}
        )

    decide_category_everywhere(contract, form.cleaned_data["category"], person(request))
    messages.success(
        request, f"Contracts called “{contract.title}” are {form.cleaned_data['category']}."
    )
    return redirect(contract)


@of_own_contract
def supplier(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Whom the supplier's name means: searched for, then chosen."""
    if not contract.supplier_name:
        raise Http404
    reader = powers_of(request.user)
    told = Supplier.objects.to_choose(reader)
    if request.method == "POST":
        chosen = get_object_or_404(told, pk=_uuid(request.POST.get("supplier", "")))
        decide_supplier(contract, chosen, by=person(request))
        messages.success(request, f"“{contract.supplier_name}” means {chosen} from now on.")
        return redirect(contract)
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    narrowed = SupplierFilter({"q": words}, told if words else told.none(), reader=reader)
    others = narrowed.qs.exclude(pk=contract.supplier_id).prefetch_related("identifiers")
    context = {
        "contract": contract,
        "form": form,
        "words": words,
        "found": others.order_by("name")[:MOST_SUPPLIERS],
        "instead": narrowed.instead,
    }
    return render(request, "registry/decide_supplier.html", context)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def judge_again(decision: CategoryDecision, by: User) -> None:
    """Classifying needs what only workers load, and other councils' registers may be large."""
    decision.job = ask(place_again.name, subject=decision.title, by=by)
    decision.save(update_fields=["job"])


# The word and the work that follows from it go together, or neither does.


@transaction.atomic
def decide_category_everywhere(contract: Contract, category: Category, by: User) -> None:
    judge_again(decide_category(contract, category, by=by), by)


@transaction.atomic
def withdraw_category_and_judge(contract: Contract, by: User) -> bool:
    decision = withdraw_category(contract)
    if decision:
        judge_again(decision, by)
    return decision is not None


@of_own_contract
@require_POST
def withdraw(request: HttpRequest, contract: Contract) -> HttpResponse:
    """Take back what was decided of the category or the supplier."""
    if request.POST.get("what") == "supplier":
        taken_back = withdraw_supplier(contract)
    else:
        taken_back = withdraw_category_and_judge(contract, person(request))
    if taken_back:
        messages.success(request, "Taken back. The registry judges for itself again.")
    return redirect(contract)
