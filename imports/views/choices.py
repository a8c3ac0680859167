"""Pages on which an officer settles how their file is read, and takes back what was settled."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from imports.actions.choices import Chosen, choose, take_back
from imports.column_forms import ColumnsForm
from imports.councils import folded
from imports.models import Choice, Upload
from imports.sheet_forms import SheetsForm
from imports.tasks import read_upload
from imports.views.uploads import ask_once, held_back, not_acted_for, of_own_council, whose
from registry.permissions import person


def can_be_read_again(found: Upload) -> bool:
    """Whether it waits to be checked; one read before this was kept has to be sent again."""
    return found.state == Upload.State.READ and not busy(found) and "outline" in found.report


def may_hold_a_register(found: Upload) -> bool:
    """Whether it waits to be checked, or was refused though its officer may know better."""
    refused = found.state == Upload.State.REFUSED and "outline" in found.report
    return can_be_read_again(found) or (refused and not busy(found))


def busy(found: Upload) -> bool:
    return found.job is not None and found.job.open


def read_again(request: HttpRequest, found: Upload) -> None:
    ask_once(found, {found.state}, read_upload.name, person(request))


@of_own_council
def columns(request: HttpRequest, found: Upload) -> HttpResponse:
    """What each column is; with every answer, what the first rows would say."""
    if not can_be_read_again(found):
        return redirect(found)
    form = ColumnsForm(request.POST or None, upload=found)
    context = {"upload": found, "form": form}
    if "HX-Request" in request.headers:
        covers = request.headers.get("HX-Trigger") == "columns"
        return render(request, "imports/effects.html", {**context, "swap_covers": covers})
    if not form.is_valid() or "show" in request.POST:
        return render(request, "imports/columns.html", context)

    with transaction.atomic():
        for kind, key in form.takes_back():
            take_back(found.council_id, kind, key)
        choose(found, form.settles(), by=person(request))
        read_again(request, found)
    return redirect(found)


@of_own_council
def sheets(request: HttpRequest, found: Upload) -> HttpResponse:
    """Which sheets are the register, and where their headings stand."""
    if not may_hold_a_register(found):
        return redirect(found)
    form = SheetsForm(request.POST or None, upload=found)
    if not form.is_valid():
        return render(request, "imports/sheets.html", {"upload": found, "form": form})

    with transaction.atomic():
        choose(found, form.settles(), by=person(request))
        read_again(request, found)
    return redirect(found)


@of_own_council
@require_POST
def ours(request: HttpRequest, found: Upload) -> HttpResponse:
    """The names in it that are no council's we know mean the council it was sent for.

    Or those of councils its sender does not act for: each is asked for itself.
    """
    if can_be_read_again(found):
        with transaction.atomic():
            of_councils = [one.written for one in not_acted_for(found)]
            names = of_councils if "of_councils" in request.POST else whose(found)
            said = [Chosen(Choice.Kind.OURS, name, True) for name in {folded(n) for n in names}]
            choose(found, said, by=person(request))
            read_again(request, found)
    return redirect(found)


@of_own_council
@require_POST
def others(request: HttpRequest, found: Upload) -> HttpResponse:
    """Let its rows into the registers of the other councils they name."""
    if can_be_read_again(found):
        with transaction.atomic():
            said = [Chosen(Choice.Kind.OTHERS, one.pk, True) for one, _ in held_back(found)]
            choose(found, said, by=person(request))
            read_again(request, found)
    return redirect(found)


@of_own_council
@require_POST
def forget(request: HttpRequest, found: Upload) -> HttpResponse:
    """Take back one thing settled, and read the file without it."""
    if can_be_read_again(found):
        with transaction.atomic():
            kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
            if take_back(found.council_id, kind.replace("\0", ""), key.replace("\0", "")):
                messages.success(request, "Taken back. The file is read again without it.")
                read_again(request, found)
    return redirect(found)
