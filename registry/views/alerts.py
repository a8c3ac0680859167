"""The page on which people say what to be told by e-mail, and the searches they saved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from registry.actions.digests import address_of, found_for, save_search, told_to
from registry.digests import searchable, topics
from registry.forms import DigestForm
from registry.models import Digest, SavedSearch
from registry.permissions import person, powers_of
from registry.search_forms import SaveSearchForm
from registry.today import today


@login_required
def alerts(request: HttpRequest) -> HttpResponse:
    """How often, and what it would say today."""
    user = person(request)
    digest = Digest.objects.filter(user=user).first()
    form = DigestForm(request.POST or None, initial=chosen(digest) | {"email": user.email})
    if form.is_valid():
        user.email = form.cleaned_data["email"]
        user.save(update_fields=["email"])
        if every := form.cleaned_data["every"]:
            Digest.objects.update_or_create(
                user=user, defaults={"every": every, "without": form.without}
            )
        else:
            Digest.objects.filter(user=user).delete()
        messages.success(request, "Saved.")
        return redirect("registry:alerts")
    found = found_for(user)
    context = {
        "form": form,
        "sections": told_to(user, found, today(), digest),
        "searches": [(one.search, address_of(one.search), len(one.hits)) for one in found],
    }
    return render(request, "registry/alerts.html", context)


def chosen(digest: Digest | None) -> dict[str, Any]:
    """What the form begins with: everything, for who has chosen nothing."""
    without = digest.without if digest else []
    asked = [topic.key for topic in topics() if topic.key not in without]
    return {"every": digest.every if digest else "", "topics": asked}


@login_required
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list as it is narrowed down now."""
    form = SaveSearchForm(request.POST)
    known = searchable(request.POST.get("page", ""))
    if known is None:
        raise Http404
    if not form.is_valid():
        messages.error(
            request,
            "The search is not saved: give it a name of at most 100 characters, and fewer filters "
            "if there are very many.",
        )
        return redirect(known.address)
    if not known.form(QueryDict(form.cleaned_data["query"]), powers_of(request.user)).is_valid():
        messages.error(
            request, "The search is not saved: put right first what the page says of its filters."
        )
        return redirect(f"{reverse(known.address)}?{form.cleaned_data['query']}")
    save_search(person(request), **form.cleaned_data)
    messages.success(request, "The search is saved. What is new in it goes into your digest.")
    return redirect("registry:alerts")


@login_required
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(SavedSearch, pk=pk, user=person(request)).delete()
    messages.success(request, "The search is forgotten.")
    return redirect("registry:alerts")
