"""Pages on which people say who is who among suppliers, for every council."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from registry import summaries
from registry.actions.groups import group_called, group_under, leave_group, put_in_group
from registry.actions.rulings import answer, merge, split_off
from registry.actions.undoing import undo
from registry.filters import SupplierFilter, with_counts
from registry.forms import SearchForm
from registry.models import Supplier, SupplierGroup, SupplierJudgement, SupplierQuestion
from registry.permissions import Powers, person, powers_of
from registry.plain_forms import PlainForm
from registry.reviewing import (
    contracts_of_group,
    lately,
    parties,
    queue,
    to_answer,
    told_judgements,
)
from registry.today import today
from registry.views.guards import for_supplier_decisions
from registry.views.numbers import number

MOST_FOUND = 20
# Nobody passes over more questions than this.
MOST_PASSED = 100_000


@for_supplier_decisions
def review(request: HttpRequest) -> HttpResponse:
    """One question, what weighs most first; answering it brings the next."""
    reader = powers_of(request.user)
    if request.method == "POST":
        return answered(request)
    waiting = queue(reader)
    place = place_in(request.GET)
    here = waiting[place] if place < len(waiting) else None
    context = {
        "waiting": here,
        "parties": list(parties(here, reader)) if here else [],
        "left": len(waiting),
        "place": place,
        "next": place + 1,
        **decided_lately(request, reader),
    }
    return render(request, "registry/review.html", context)


def place_in(asked: QueryDict) -> int:
    """How many questions the reader passed over."""
    return int(skip) if (skip := asked.get("after", "")) and number(skip) < MOST_PASSED else 0


def decided_lately(request: HttpRequest, reader: Powers) -> dict[str, Any]:
    """What was just decided, and what before it, each to be taken back."""
    found = lately(reader)
    just = next((one for one in found if f"{one.pk}" == request.GET.get("decided")), None)
    return {"just": just, "lately": [one for one in found if one != just]}


def answered(request: HttpRequest) -> HttpResponse:
    said = request.POST.get("answer", "")
    if said not in SupplierQuestion.Answer.values:
        raise Http404
    question = to_answer(number(request.POST.get("question", "")), powers_of(request.user))
    done = answer(question, said, by=person(request)) if question else None
    if done is None:
        messages.info(request, "This question was settled already.")
    return to_queue(request, done.pk if done else None)


def to_queue(request: HttpRequest, decided: int | None = None) -> HttpResponse:
    """Back to where the reader was in the queue."""
    told = {"after": place_in(request.POST), "decided": decided}
    words = urlencode({name: value for name, value in told.items() if value})
    return redirect(f"{reverse('registry:review_suppliers')}{'?' if words else ''}{words}")


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
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo what somebody decided, and go back to where it was asked for."""
    standing = SupplierJudgement.objects.standing().filter(pk=pk)
    told = told_judgements(standing, powers_of(request.user))
    if not told:
        raise Http404
    undo(told[0], by=person(request))
    messages.success(request, f"Taken back: {told[0]}")
    if "supplier" in request.POST:
        return redirect("registry:supplier", _uuid(request.POST["supplier"]))
    return to_queue(request)


class GroupForm(PlainForm):
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
        leave_group(supplier, by=person(request))
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
    named = members.filter(pk=parent) if (parent := this.parent_now) else members
    if not named.exists():
        raise Http404  # the group is called after its parent
    context = {
        "group": this,
        "totals": summaries.totals(contracts_of_group(this, reader), today()),
        "members": with_counts(members, reader).order_by("-number", "name"),
    }
    return render(request, "registry/supplier_group.html", context)
