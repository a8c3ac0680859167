"""The pages of an upload: send, see what was read and what changes, apply, see what it gave."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Min
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from imports.forms import UploadForm
from imports.models import ChangesPage, NilReturn, Upload, quarter_of
from imports.showing import corrections_in, reading_of, tables_of, taken_over
from imports.tasks import apply_upload, read_upload, undo_upload
from registry.jobs import ask
from registry.models import Contract, Council, User
from registry.permissions import councils_written_by, person, powers_of
from registry.testimony import disputed
from registry.today import today
from registry.views.people import Dispute, told_of

SHOWN_GROUPS = 8
# Who acts for more councils says so on each council's page.
MOST_NIL_RETURNS = 5

# A stage that takes longer than this without a sign of life is tried again, in seconds.
READING_LIMIT = 300
RECORDING_LIMIT = 900


def of_own_council(
    view: Callable[[HttpRequest, Upload], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give the view its upload, if the visitor acts for the upload's council."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponseBase:
        found = get_object_or_404(Upload.objects.select_related("council", "job"), pk=pk)
        if not powers_of(request.user).may_act_for(found.council_id):
            raise PermissionDenied
        return view(request, found)

    return guarded


@login_required
@require_safe
def uploads(request: HttpRequest) -> HttpResponse:
    """All uploads of the visitor's councils, latest first."""
    codes = councils_written_by(person(request))
    mine = Upload.objects.filter(council__in=codes)
    page = Paginator(mine.select_related("council", "job"), 25).get_page(request.GET.get("page"))
    return render(request, "imports/uploads.html", {"page": page, "nil_returns": quarters(codes)})


def quarters(codes: frozenset[str]) -> list[tuple[Council, NilReturn | None]]:
    """For each of a few councils, its nil return of this quarter."""
    if len(codes) > MOST_NIL_RETURNS:
        return []
    said = NilReturn.objects.filter(council__in=codes, quarter=quarter_of(today()))
    by_council = {one.council_id: one for one in said.select_related("said_by")}
    councils = Council.objects.filter(pk__in=codes).order_by("name")
    return [(council, by_council.get(council.pk)) for council in councils]


def advised_nil_return(found: Upload) -> list[tuple[Council, NilReturn | None]]:
    """The nil return that a refusal advises, to be made where it is advised."""
    advised = "nil return" in found.refused_because
    return quarters(frozenset({found.council_id})) if advised else []


@login_required
def new(request: HttpRequest) -> HttpResponse:
    councils = Council.objects.filter(pk__in=councils_written_by(person(request)))
    if not councils:
        raise PermissionDenied
    initial = {"council": request.GET.get("council")}
    form = UploadForm(
        request.POST or None, request.FILES or None, councils=councils, initial=initial
    )
    if not form.is_valid():
        return render(request, "imports/new.html", {"form": form})

    with transaction.atomic():
        received = Upload.objects.receive(
            council=form.cleaned_data["council"],
            file=form.cleaned_data["file"],
            name=form.cleaned_data["file"].name,
            by=person(request),
        )
        received.job = ask(
            read_upload.name, subject=received.name, by=person(request), limit_seconds=READING_LIMIT
        )
        received.save(update_fields=["job"])
    return redirect(received)


@of_own_council
@require_safe
def upload(request: HttpRequest, found: Upload) -> HttpResponse:
    """What we read, or how far reading is, or why it was refused, or what it gave."""
    if found.job and (found.job.open or found.job.state == found.job.State.FAILED):
        return render(request, "imports/working.html", {"upload": found})
    if found.state == Upload.State.REFUSED:
        context = {"upload": found, "nil_returns": advised_nil_return(found)}
        return render(request, "imports/refused.html", context)
    if found.state in {Upload.State.APPLIED, Upload.State.UNDONE}:
        asks = {"unanswered": found.absences.unanswered().count(), "disputes": disputes_with(found)}
        return render(request, "imports/done.html", {"upload": found, **asks, **summary(found)})
    waiting = {"held_back": held_back(found), "not_acted_for": not_acted_for(found)}
    context = {
        **waiting,
        "upload": found,
        "reading": reading_of(found),
        "tables": tables_of(found),
        "taken_over": taken_over(found),
        "corrections": corrections_in(found),
        "changeable": "outline" in found.report,
        "whose": whose(found),
        "of_others_alone": any(waiting.values()) and records_nothing(found),
    }
    return render(request, "imports/read.html", {**context, **summary(found)})


def disputes_with(found: Upload) -> list[Dispute]:
    """What this file says otherwise than a person, and nobody has answered."""
    open_now = disputed(found.council_id)
    contracts = Contract.objects.standing().in_bulk(list(open_now))
    told = told_of([(c, one) for key, c in contracts.items() for one in open_now[key]])
    return [dispute for dispute in told if dispute.file.upload == found.pk][: ChangesPage.HOLDS]


def whose(found: Upload) -> list[str]:
    """Names of no council we know, where its officer has not said yet that they mean theirs."""
    asked: list[str] = found.report.get("asks", [])
    return asked if found.state == Upload.State.READ else []


def held_back(found: Upload) -> list[tuple[Council, int]]:
    """Councils it was not sent for, with how many of its rows name them, until they are let in."""
    rows: dict[str, int] = dict(found.report.get("held_back", ()))
    if found.state != Upload.State.READ:
        return []
    councils = Council.objects.filter(pk__in=rows).order_by("name")
    return [(council, rows[council.pk]) for council in councils]


@dataclass(frozen=True, slots=True)
class NotActedFor:
    """A name in the file that means a council its sender does not act for."""

    written: str
    council: Council
    rows: int


def not_acted_for(found: Upload) -> list[NotActedFor]:
    """Whose rows wait because their sender may not act, while something can be said of it."""
    said: list[tuple[str, str, int]] = found.report.get("not_acted_for", [])
    if found.state != Upload.State.READ or not said:
        return []
    councils = Council.objects.in_bulk([code for _, code, _ in said])
    return [NotActedFor(written, councils[code], rows) for written, code, rows in said]


def records_nothing(found: Upload) -> bool:
    """Whether every row waits, repeats another or is no contract, so that applying does nothing."""
    rows = found.report.get("rows") or {}
    return not any(rows.get(sort) for sort in ("added", "changed", "unchanged"))


def summary(found: Upload) -> dict[str, Any]:
    """Counts and problems by kind, for the pages that show an upload as read."""
    rows = found.report.get("rows") or {}
    kinds = found.problems.values("heading", "what_to_do", "recorded").annotate(
        number=Count("pk"), example=Min("problem")
    )
    return {
        "rows": rows,
        "waiting": rows.get("problem", 0),
        "records_nothing": records_nothing(found),
        "problem_groups": kinds.order_by("recorded", "-number", "heading")[:SHOWN_GROUPS],
        "problem_count": found.report.get("problems", 0),
        "recorded_before": Upload.objects.recorded_as(found)
        if found.state == Upload.State.READ
        else None,
    }


@of_own_council
@require_safe
def upload_progress(request: HttpRequest, found: Upload) -> HttpResponse:
    """The moving part of the page while a worker is at it; the whole page once it is done."""
    if not (found.job and found.job.open):
        response = HttpResponse()
        response["HX-Redirect"] = found.get_absolute_url()
        return response
    context = {"job": found.job, "url": request.path}
    return render(request, "parts/progress.html", context)


@of_own_council
@require_safe
def original(_request: HttpRequest, found: Upload) -> FileResponse:
    """The file byte for byte as it was sent; always saved, never shown by the browser."""
    if not found.file.storage.exists(found.file.name or ""):
        raise Http404
    return FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type="application/octet-stream",
    )


@of_own_council
@require_POST
def apply(request: HttpRequest, found: Upload) -> HttpResponse:
    """Ask for the good rows to be recorded, once it is said whose they are."""
    if whose(found) or records_nothing(found):
        return redirect(found)
    ask_once(found, {Upload.State.READ}, apply_upload.name, person(request))
    return redirect(found)


@of_own_council
@require_POST
def again(request: HttpRequest, found: Upload) -> HttpResponse:
    """Read a file that was undone anew: what it changes is looked at before it is applied again."""
    ask_once(found, {Upload.State.UNDONE}, read_upload.name, person(request))
    return redirect(found)


@of_own_council
def undo(request: HttpRequest, found: Upload) -> HttpResponse:
    """Say what undoing means; when sure, ask for what this upload recorded to be withdrawn."""
    if request.method != "POST":
        return render(request, "imports/undo.html", {"upload": found, **summary(found)})
    ask_once(found, {Upload.State.APPLIED}, undo_upload.name, person(request))
    return redirect(found)


def ask_once(found: Upload, states: Collection[str], task: str, by: User) -> None:
    """Ask for a stage that follows on these states. Pressing the button twice asks once."""
    with transaction.atomic():
        waiting = Upload.objects.select_for_update(of=("self",)).get(pk=found.pk)
        if waiting.state in states and not (waiting.job and waiting.job.open):
            waiting.job = ask(task, subject=waiting.name, by=by, limit_seconds=RECORDING_LIMIT)
            waiting.save(update_fields=["job"])
