"""Tables and notices of frameworks: sent, looked at, and applied."""

import hashlib
from pathlib import PurePath

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from procurement.actions.frameworks import apply_plan, plan_file
from procurement.framework_pages.forms import FrameworkFileForm
from procurement.framework_pages.maintaining import for_administrators
from procurement.frameworks.notices import NotANoticeError
from procurement.frameworks.plan import Plan
from procurement.frameworks.rows import NotATableError
from procurement.models import Framework, FrameworkFile
from procurement.tasks import link_frameworks
from registry.formats import count
from registry.permissions import person

MOST_SHOWN = 200


@require_http_methods(["GET", "POST"])
@for_administrators
def send(request: HttpRequest) -> HttpResponse:
    form = FrameworkFileForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "procurement/framework_send.html", {"form": form})
    file = form.cleaned_data["file"]
    notice = PurePath(file.name).suffix.lower() == ".json" or starts_like_json(file.read(200))
    file.seek(0)
    kind = FrameworkFile.Kind.NOTICE if notice else FrameworkFile.Kind.CSV
    kept = FrameworkFile.objects.receive(file=file, name=file.name, kind=kind, by=person(request))
    return redirect(kept)


def starts_like_json(content: bytes) -> bool:
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


@require_http_methods(["GET", "POST"])
@for_administrators
@transaction.atomic
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file would change, line by line; and changing it, as it was seen.

    A button pressed twice waits for the first, and is shown that nothing is left to change.
    """
    files = FrameworkFile.objects.all()
    kept = get_object_or_404(
        files.select_for_update() if request.method == "POST" else files, pk=pk
    )
    try:
        plan = plan_file(kept)
    except (NotATableError, NotANoticeError) as fault:
        return render(request, "procurement/framework_file.html", {"file": kept, "fault": fault})
    seen = digest_of(plan)
    if request.method == "POST" and request.POST.get("seen") == seen:
        return applied(request, kept, plan)
    context = {
        "file": kept,
        "plan": plan,
        "seen": seen,
        "moved_on": request.method == "POST",
        "changes": plan.changes[:MOST_SHOWN],
        "problems": plan.problems[:MOST_SHOWN],
        "most": MOST_SHOWN,
    }
    return render(request, "procurement/framework_file.html", context)


def digest_of(plan: Plan) -> str:
    """Of what was shown, so that nothing else is applied."""
    said = repr([(one.layout.name, one.key, one.differences) for one in plan.changes])
    return hashlib.sha256(said.encode()).hexdigest()


def applied(request: HttpRequest, kept: FrameworkFile, plan: Plan) -> HttpResponse:
    touched = apply_plan(plan, edited=True)
    kept.applied_at = timezone.now()
    kept.save(update_fields=["applied_at"])
    kept.frameworks.add(*Framework.objects.filter(pk__in=touched))
    transaction.on_commit(link_frameworks.delay)
    left = f" {count(len(plan.problems), 'line')} left out." if plan.problems else ""
    messages.success(request, f"{count(len(plan.changes), 'line')} applied.{left}")
    return redirect("procurement:maintain_frameworks")
