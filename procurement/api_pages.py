"""Pages about the API: its interactive description and the five-minute guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.throttling import AnonRateThrottle

from procurement.openapi import description as openapi
from procurement.problem_details import KINDS
from registry.today import today


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "procurement/api_docs.html")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Use this API in five minutes; the addresses in it are those of this very service."""
    context = {
        "here": request.build_absolute_uri("/").rstrip("/"),
        "kinds": KINDS.values(),
        "day": today(),
        "rate": AnonRateThrottle().num_requests,
    }
    return render(request, "procurement/api_guide.html", context)


@require_safe
def description(_request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(openapi(), content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
