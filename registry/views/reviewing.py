"""Pages on which people say who is who among suppliers, for every council."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from registry import summaries
from registry.actions.rulings import (
    answer,
    group_called,
    group_under,
    leave_group,
    merge,
    put_in_group,
    split_off,
    take_back,
)
from registry.filters import SupplierFilter, with_counts
from registry.forms import SearchForm
from registry.models import Supplier, SupplierGroup, SupplierQuestion, SupplierRuling
from registry.permissions import person, powers_of
from registry.reviewing import contracts_of_group, parties, queue
from registry.views.guards import for_supplier_decisions

MOST_FOUND = 20

DONE = {
    SupplierQuestion.Answer.SAME: "They are one supplier now.",
    SupplierQuestion.Answer.DIFFERENT: "They stay two suppliers.",
    SupplierQuestion.Answer.GROUP: "They stay two suppliers, of one group.",
}


@for_supplier_decisions
def review(request: HttpRequest) -> HttpResponse:
    """One question, what weighs most first; answering it brings the next."""
    reader = powers_of(request.user)
    if request.method == "POST":
        return answered(request)
    waiting = queue(reader)
    skip = request.GET.get("after", "")
    place = int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 6 else 0
    here = waiting[place] if place < len(waiting) else None
    context = {
        "waiting": here,
        "parties": list(parties(here, reader)) if here else [],
        "left": len(waiting),
        "place": place,
        "next": place + 1,
    }
    return render(request, "registry/review.html", context)


def answered(request: HttpRequest) -> HttpResponse:
    reader = powers_of(request.user)
    told = {w.question.pk: w.question for w in queue(reader)}
    key, said = request.POST.get("question", ""), request.POST.get("answer", "")
    question = told.get(int(key)) if key.isascii() and key.isdigit() else None
    if said not in DONE:
        raise Http404
    if question is None:
        messages.info(request, "This question was settled already.")
    else:
        answer(question, said, by=person(request))
        messages.success(request, DONE[SupplierQuestion.Answer(said)])
    back = request.POST.get("after", "")
    return redirect(f"{request.path}?after={back}" if back.isdigit() else request.path)


def told_supplier(request: HttpRequest, pk: UUID) -> Supplier:
    return get_object_or_404(Supplier.objects.told_to(powers_of(request.user)), pk=pk)


@for_supplier_decisions
@require_POST
def split(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Some of its names are another supplier's."""
    supplier = told_supplier(request, pk)
    reader = powers_of(request.user)
    told = supplier.names.told_to(reader).filter(name__in=request.POST.getlist("name"))
    names = [name for name in told.values_list("name", flat=True) if name != supplier.name]
    if names:
        split_off(supplier, names, by=person(request))
        messages.success(
            request, "Split off. Its contracts went with it, and files to come will too."
        )
    else:
        messages.info(request, "Choose at least one name to split off.")
    return redirect(supplier)


@for_supplier_decisions
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Find the supplier that this one is, or the parent it belongs to."""
    supplier = told_supplier(request, pk)
    reader = powers_of(request.user)
    if request.method == "POST":
        other = told_supplier(request, _uuid(request.POST.get("supplier", "")))
        if other == supplier:
            raise Http404
        if request.POST.get("as") == "parent":
            put_in_group(supplier, group_under(other), by=person(request))
            messages.success(request, f"It belongs to the group of {other}.")
        else:
            merge(supplier, other, by=person(request))
            messages.success(request, "They are one supplier now.")
        return redirect(supplier)
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    others = Supplier.objects.exclude(pk=pk)
    narrowed = SupplierFilter({"q": words}, others, reader=reader)
    found = with_counts(narrowed.qs, reader).order_by("-number", "name")[:MOST_FOUND]
    context = {"supplier": supplier, "form": form, "words": words, "found": found if words else []}
    return render(request, "registry/join_supplier.html", context)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@for_supplier_decisions
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take back what somebody decided of its names."""
    supplier = told_supplier(request, pk)
    told = supplier.names.told_to(powers_of(request.user)).values_list("name", flat=True)
    key = request.POST.get("ruling", "")
    ruling = get_object_or_404(
        SupplierRuling.objects.standing().of_names(list(told)),
        pk=int(key) if key.isascii() and key.isdigit() else 0,
    )
    take_back(ruling, by=person(request))
    messages.success(request, "Taken back. The registry judges for itself again.")
    return redirect(supplier)


class GroupForm(forms.Form):
    """The name of a group, new or known."""

    name = forms.CharField(
        label="Name of the group",
        max_length=300,
        error_messages={"required": "Give the name of the group."},
    )


@for_supplier_decisions
@require_POST
def group_membership(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put it into a group by name, or take it out."""
    supplier = told_supplier(request, pk)
    form = GroupForm(request.POST)
    if request.POST.get("leave"):
        leave_group(supplier)
        messages.success(request, "It belongs to no group now.")
    elif form.is_valid():
        put_in_group(supplier, group_called(form.cleaned_data["name"].strip()), by=person(request))
        messages.success(request, "It belongs to the group now.")
    else:
        messages.error(request, "Give the name of the group.")
    return redirect(supplier)


@require_safe
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the companies of a group have together."""
    reader = powers_of(request.user)
    this = get_object_or_404(SupplierGroup, pk=pk)
    members = Supplier.objects.told_to(reader).in_group(this)
    named = members.filter(pk=this.parent_id) if this.parent_id else members
    if not named.exists():
        raise Http404  # the group is called after its parent
    context = {
        "group": this,
        "totals": summaries.totals(contracts_of_group(this, reader)),
        "members": with_counts(members, reader).order_by("-number", "name"),
    }
    return render(request, "registry/supplier_group.html", context)
