"""Contracts added and corrected by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from imports.forms import ContractForm
from registry.currencies import POUNDS
from registry.models import Contract, Council
from registry.permissions import person, powers_of
from registry.records import Facts
from registry.testimony import facts_now

AMOUNTS = {"total_value", "annual_value"}


@login_required
def add(request: HttpRequest, code: str) -> HttpResponse:
    """A contract no file lists yet."""
    council = get_object_or_404(Council, pk=code)
    may_act(request, code)
    form = ContractForm(request.POST or None)
    if not form.is_valid() or not read(form):
        return shown(request, form, council=council)
    from registry.actions import people

    key = people.enter(council, form.facts, by=person(request))
    messages.success(request, "Added. It stands on your word until a file lists it.")
    return redirect("registry:contract", key)


@login_required
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct facts of a contract: only what is put otherwise becomes a person's word."""
    this = get_object_or_404(Contract.objects.standing().for_list(), pk=pk)
    may_act(request, this.council_id)
    held = facts_now(this)
    form = ContractForm(request.POST or None, initial=dict(held))
    if not form.is_valid() or not read(form):
        return shown(request, form, council=this.council, contract=this)
    if changed := changed_fields(form, held):
        save_edit(this, {n: v for n, v in form.facts.items() if n in changed}, changed, request)
    return redirect(this)


def changed_fields(form: ContractForm, held: Facts) -> list[str]:
    """What is put otherwise. A word on an amount or its currency speaks of both."""
    changed = [name for name in form.said if form.facts.get(name) != held.get(name)]
    if form.currency != held.get("currency", POUNDS):
        changed += [name for name in AMOUNTS if name in form.facts and name not in changed]
    if form.facts.get("rolling", False) != held.get("rolling", False):
        changed.append("rolling")
    if "total_value" in changed:
        changed.append("value_basis")
    return changed + (["currency"] if AMOUNTS & set(changed) else [])


def save_edit(this: Contract, facts: Any, fields: list[str], request: HttpRequest) -> None:
    from registry.actions import people

    people.edit(this, facts, fields, by=person(request))
    messages.success(request, "Corrected. Your word stands above the register’s.")


def read(form: ContractForm) -> bool:
    """Read what was typed as cells are read; whether nothing is wrong with it."""
    from imports.actions import by_hand

    form.facts, faults = by_hand.read(form.said, currency=form.currency)
    if "total_value" in form.facts:
        form.facts["value_basis"] = "total"  # the form asks for nothing else
    if form.cleaned_data["rolling"]:
        form.facts["rolling"] = True
    for name, fault in faults.items():
        form.add_error(name, f"{fault.problem} {fault.what_to_do}")
    return not faults


def may_act(request: HttpRequest, council: str) -> None:
    if not powers_of(request.user).may_act_for(council):
        raise PermissionDenied


def shown(request: HttpRequest, form: ContractForm, **subject: Any) -> HttpResponse:
    return render(request, "imports/by_hand.html", {"form": form, **subject})
