"""Pages about the API: its interactive description and the five-minute guide."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from rest_framework.throttling import AnonRateThrottle

from procurement.openapi import description as openapi
from procurement.openapi import lists_described
from procurement.problem_details import KINDS
from registry.today import today


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every list and what it can be asked, written from the description itself."""
    return render(request, "procurement/api_docs.html", {"lists": lists_described()})


@require_safe
def ask_here(request: HttpRequest) -> HttpResponse:
    """The description in Swagger UI, to try requests in the browser."""
    return render(request, "procurement/api_try.html")


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Use this API in five minutes; the addresses in it are those of this very service."""
    throttle = AnonRateThrottle()
    number, seconds = throttle.parse_rate(throttle.get_rate())
    context = {
        "here": request.build_absolute_uri("/").rstrip("/"),
        "kinds": KINDS.values(),
        "day": today(),
        "number": number,
        "seconds": seconds,
    }
    return render(request, "procurement/api_guide.html", context)


@require_safe
def description(_request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(openapi(), content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
