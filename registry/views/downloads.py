"""A council's files: what it publishes, for everybody; what it keeps, for its officers."""

import tempfile
from collections.abc import Callable
from functools import wraps
from typing import IO, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from registry import downloads
from registry.models import Contract, Council
from registry.permissions import powers_of
from registry.today import today

# Larger workbooks wait on disk rather than in memory, in bytes.
IN_MEMORY = 5_000_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

CouncilView = Callable[..., HttpResponseBase]


def for_its_officers(view: CouncilView) -> Callable[..., HttpResponseBase]:
    """Give the view the council, and what else its address names, if the visitor acts for it."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, code: str, **more: Any) -> HttpResponseBase:
        found = get_object_or_404(Council, pk=code)
        if not powers_of(request.user).may_act_for(found.pk):
            raise PermissionDenied
        return view(request, found, **more)

    return guarded


def with_contracts(code: str) -> Council:
    """A council that has something to publish."""
    found = get_object_or_404(Council, pk=code)
    if not Contract.objects.standing().filter(council=found).exists():
        raise Http404
    return found


@require_safe
def transparency(_request: HttpRequest, code: str) -> StreamingHttpResponse:
    """Its register as the Transparency Code asks for it."""
    council = with_contracts(code)
    response = StreamingHttpResponse(
        downloads.transparency_csv(council), content_type="text/csv; charset=utf-8"
    )
    return named(response, council, "contracts.csv")


@require_safe
def ocds(request: HttpRequest, code: str) -> StreamingHttpResponse:
    """Its contracts as an Open Contracting release package."""
    council = with_contracts(code)
    package = downloads.ocds(council, uri=request.build_absolute_uri())
    response = StreamingHttpResponse(package, content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return named(response, council, "ocds.json")


@require_safe
@for_its_officers
def workbook(_request: HttpRequest, council: Council) -> FileResponse:
    return as_workbook(council, downloads.workbook, "contracts.xlsx")


def as_workbook(
    council: Council, write: Callable[[IO[bytes], Council], None], name: str
) -> FileResponse:
    return as_file(lambda file: write(file, council), file_name(council, name), XLSX)


def as_file(write: Callable[[IO[bytes]], None], name: str, kind: str) -> FileResponse:
    """What is written, to be saved under this name; `kind` is its media type."""
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the answer closes it
    write(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


def named(response: StreamingHttpResponse, council: Council, name: str) -> StreamingHttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{file_name(council, name)}"'
    return response


def file_name(council: Council, name: str) -> str:
    """E07000136-2026-11-02-contracts.csv: plain letters, whatever the council is called."""
    return f"{council.pk}-{today()}-{name}"
