"""A council's promises as a workbook: downloaded, filled in, sent back."""

from django.contrib import messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from imports.forms import PromisesForm
from imports.tasks import take_promises
from imports.views.uploads import RECORDING_LIMIT
from registry.exports.workbook import write
from registry.jobs import ask
from registry.models import Council
from registry.permissions import person
from registry.views.downloads import XLSX, as_file, file_name, for_its_officers
from social_value.models import PromiseBook

BUSY = "The workbook sent before is still being read. Wait until it is done."


@for_its_officers
def promises(request: HttpRequest, council: Council) -> HttpResponse:
    """Download, send back, and what came of it."""
    last = last_of(council)
    job = last.job if last else None
    sent = request.method == "POST"
    form = PromisesForm(request.POST, request.FILES) if sent else PromisesForm()
    if sent and form.is_valid():
        if job and job.open:
            messages.warning(request, BUSY)
        else:
            keep(request, council, form.cleaned_data["file"].read())
        return redirect("imports:promises", council.pk)
    context = {
        "council": council,
        "form": form,
        "working": job if job and job.open else None,
        "told": job.message if job and not job.open else "",
        "problems": last.problems if last and job and not job.open else [],
    }
    return render(request, "imports/promises.html", context)


def last_of(council: Council) -> PromiseBook | None:
    return PromiseBook.objects.filter(council=council).select_related("job").first()


@transaction.atomic
def keep(request: HttpRequest, council: Council, content: bytes) -> None:
    book = PromiseBook(council=council, sent_by=person(request))
    book.file.save("", ContentFile(content), save=False)
    book.job = ask(
        take_promises.name,
        subject=f"Promises of {council.short_name}",
        by=person(request),
        limit_seconds=RECORDING_LIMIT,
    )
    book.save()


@for_its_officers
@require_safe
def promises_progress(request: HttpRequest, council: Council) -> HttpResponse:
    """The moving part of the page while the workbook is read; the whole page once it is done."""
    last = last_of(council)
    if last and last.job and last.job.open:
        return render(request, "parts/progress.html", {"job": last.job, "url": request.path})
    response = HttpResponse()
    response["HX-Redirect"] = reverse("imports:promises", args=[council.pk])
    return response


@for_its_officers
@require_safe
def workbook(_request: HttpRequest, council: Council) -> FileResponse:
    from social_value.actions.books import known, rows_of
    from social_value.book import sheets

    made = sheets(rows_of(council), known())
    return as_file(lambda file: write(file, made), file_name(council, "promises.xlsx"), XLSX)
