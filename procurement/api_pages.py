"""Pages about the API: its interactive description and the five-minute guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.openapi import description as openapi
from procurement.problem_details import KINDS


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "procurement/api_docs.html")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Use this API in five minutes; the addresses in it are those of this very service."""
    here = request.build_absolute_uri("/").rstrip("/")
    return render(request, "procurement/api_guide.html", {"here": here, "kinds": KINDS.values()})


@require_safe
def description(_request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(openapi(), content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
