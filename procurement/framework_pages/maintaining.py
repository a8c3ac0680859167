"""Frameworks as administrators keep them: the list, adding one, and changing each of its parts."""

import csv
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from procurement.actions.framework_keeping import keep, keep_award, keep_suppliers, remove
from procurement.actions.framework_reference import kept_apart
from procurement.actions.frameworks import held_lines
from procurement.framework_pages.forms import SECTIONS, AwardForm, LotForm, NewFrameworkForm
from procurement.frameworks.law import faults
from procurement.frameworks.rows import LAYOUTS, as_cell
from procurement.models import Framework, FrameworkAward, FrameworkFile, Lot
from procurement.rules import framework_law
from procurement.tasks import link_frameworks
from registry.paging import page_of
from registry.permissions import powers_of
from registry.today import today

View = Callable[..., HttpResponseBase]


def for_administrators(view: View) -> View:
    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not powers_of(request.user).administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_administrators
def maintain(request: HttpRequest) -> HttpResponse:
    """All of them, with those that differ from the reference data and how."""
    law, kept = framework_law(), kept_apart()
    held = set(Framework.objects.values_list("pk", flat=True))
    found = Framework.objects.prefetch_related("awards").order_by("name", "pk")
    page = page_of(found, request.GET.get("page"))
    context = {
        "page": page,
        "frameworks": [(one, kept.get(one.pk, []), faults(one.terms(), law)) for one in page],
        "gone": {key: said for key, said in kept.items() if key not in held},
        "layouts": LAYOUTS.values(),
        "files": FrameworkFile.objects.all()[:10],
    }
    return render(request, "procurement/maintain_frameworks.html", context)


@require_safe
@for_administrators
def download(_request: HttpRequest, layout: str) -> HttpResponse:
    """One of the tables, as it can be sent back."""
    if layout not in LAYOUTS:
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    name = layout if layout == "frameworks" else f"framework-{layout}"
    response["Content-Disposition"] = f'attachment; filename="{name}-{today()}.csv"'
    writer = csv.writer(response)
    headings = LAYOUTS[layout].headings
    writer.writerow(headings)
    lines = held_lines().lines[layout]
    writer.writerows([as_cell(lines[key][name]) for name in headings] for key in sorted(lines))
    return response


@require_http_methods(["GET", "POST"])
@for_administrators
def new(request: HttpRequest) -> HttpResponse:
    form = NewFrameworkForm(request.POST or None)
    if not form.is_valid():
        context = {"form": form, "heading": "Which framework do you add?", "button": "Add it"}
        return render(request, "procurement/framework_form.html", context)
    keep(form.instance)
    form.save()
    transaction.on_commit(link_frameworks.delay)
    messages.success(request, "Added. Say below what else is known of it.")
    return redirect("procurement:maintain_framework", form.instance.pk)


@require_safe
@for_administrators
def maintain_one(request: HttpRequest, reference: str) -> HttpResponse:
    this = get_object_or_404(
        Framework.objects.prefetch_related(
            "categories", "places", "awards", "lots__categories", "lots__suppliers"
        ),
        pk=reference,
    )
    context = {
        "framework": this,
        "faults": faults(this.terms(), framework_law()),
        "kept": kept_apart([this.pk]).get(this.pk, []),
    }
    return render(request, "procurement/maintain_framework.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def section(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One group of its facts."""
    this = get_object_or_404(Framework, pk=reference)
    if name not in SECTIONS:
        raise Http404
    heading, form_class = SECTIONS[name]
    form = form_class(request.POST or None, instance=this)
    if not form.is_valid():
        return asked(request, reference, form, heading)
    keep(form.instance)
    return saved(request, reference, form.save)


def asked(
    request: HttpRequest, reference: str, form: Any, heading: str, **more: Any
) -> HttpResponse:
    held = get_object_or_404(Framework, pk=reference)  # as it is, whatever the form says
    context = {"form": form, "heading": heading, "framework": held, **more}
    return render(request, "procurement/framework_form.html", context)


def saved(request: HttpRequest, reference: str, save: Callable[[], object]) -> HttpResponse:
    save()
    transaction.on_commit(link_frameworks.delay)
    messages.success(request, "Saved. Loading reference data leaves this framework as you say it.")
    return redirect("procurement:maintain_framework", reference)


@require_http_methods(["GET", "POST"])
@for_administrators
def award(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One award; number 0 is a new one."""
    this = get_object_or_404(Framework, pk=reference)
    held = part_of(this.awards, number) or FrameworkAward(
        framework=this, number=next_number(this.awards)
    )
    form = AwardForm(request.POST or None, instance=held)
    if not form.is_valid():
        heading = f"Award {number}" if number else "Which award do you add?"
        return asked(request, reference, form, heading, part=number and "award", number=number)
    return saved(request, reference, lambda: keep_award(form.instance))


def part_of(parts: Any, number: int) -> Any:
    return get_object_or_404(parts, number=number) if number else None


def next_number(parts: Any) -> int:
    return max(parts.values_list("number", flat=True), default=0) + 1


@require_http_methods(["GET", "POST"])
@for_administrators
def lot(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One lot and who is on it; number 0 is a new one."""
    this = get_object_or_404(Framework, pk=reference)
    held = part_of(this.lots, number) or Lot(framework=this, number=next_number(this.lots))
    form = LotForm(request.POST or None, instance=held)
    if not form.is_valid():
        heading = f"Lot {number}" if number else "Which lot do you add?"
        return asked(request, reference, form, heading, part=number and "lot", number=number)

    @transaction.atomic
    def save() -> None:
        form.save()
        keep_suppliers(form.instance, form.cleaned_data["on_it"])

    return saved(request, reference, save)


@require_http_methods(["GET", "POST"])
@for_administrators
def delete_part(request: HttpRequest, reference: str, part: str, number: int) -> HttpResponse:
    """Look again before a lot or an award goes."""
    this = get_object_or_404(Framework, pk=reference)
    parts: Any = this.lots if part == "lots" else this.awards
    held = get_object_or_404(parts, number=number)
    if request.method == "POST":
        return saved(request, reference, lambda: remove(held))
    context = {"framework": this, "part": held, "is_lot": part == "lots"}
    return render(request, "procurement/framework_delete.html", context)


@require_http_methods(["GET", "POST"])
@for_administrators
def delete(request: HttpRequest, reference: str) -> HttpResponse:
    """Look again before a framework goes, with all that goes with it."""
    this = get_object_or_404(Framework, pk=reference)
    if request.method == "POST":
        this.delete()
        messages.success(request, f"{this.name} is deleted. Loading reference data leaves it so.")
        return redirect("procurement:maintain_frameworks")
    return render(request, "procurement/framework_delete.html", {"framework": this})
