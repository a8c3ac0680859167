"""Pages about the API: its interactive description, the five-minute guide, and keys."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from procurement.actions.keys import make_key, revoke_key
from procurement.filters import having_contracts
from procurement.key_forms import KeyForm, RevokeForm
from procurement.openapi import description as openapi
from procurement.openapi import lists_described
from procurement.problem_details import KINDS
from registry.models import Council
from registry.rates import machine, rate, within
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
    context = {
        "here": here(request),
        "kinds": KINDS.values(),
        "day": today(),
        "council": example(),
        "without": rate("address"),
        "with_key": rate("key"),
    }
    return render(request, "procurement/api_guide.html", context)


def example() -> Council | None:
    """One that has contracts here, so that what the guide asks is answered with something."""
    return having_contracts(Council.objects.all(), wanted=True).order_by("code").first()


def here(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def key(request: HttpRequest) -> HttpResponse:
    """Get a key with which to ask more often, or revoke one."""
    if "revoke" in request.GET:
        return revoke(request)
    form = KeyForm(request.POST or None)
    if form.is_valid() and may_have_another(form, request):
        return shown(request, {"made": make_key(**form.cleaned_data)})
    return shown(request, {"form": form, "button": "Get a key"})


def may_have_another(form: KeyForm, request: HttpRequest) -> bool:
    wait = within("new keys", machine(request))
    if wait:
        minutes = int(wait // 60) + 1
        form.add_error(None, f"Too many keys were asked for. Try again in {minutes} minutes.")
    return not wait


def revoke(request: HttpRequest) -> HttpResponse:
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        if revoke_key(form.cleaned_data["key"]):
            messages.success(request, "The key is revoked.")
            return redirect("api:key")
        form.add_error("key", "There is no such key, or it is revoked already.")
    return shown(request, {"form": form, "button": "Revoke it", "revoking": True})


def shown(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    rates = {"without": rate("address"), "with_key": rate("key"), "here": here(request)}
    return render(request, "procurement/api_key.html", {**context, **rates})


@require_safe
def description(_request: HttpRequest) -> HttpResponse:
    answer = HttpResponse(openapi(), content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
