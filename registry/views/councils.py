"""Councils: the list, and what one council has to decide."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from registry import summaries
from registry.filters import with_counts
from registry.forms import SearchForm
from registry.models import Contract, Council
from registry.paging import page_of
from registry.permissions import Powers, powers_of
from registry.search import each_word_in
from registry.testimony import disputed
from registry.today import today
from registry.values import months_on
from registry.views.people import told_of

# Decisions nearer than this stand on a council's page; the contract list has the rest.
DECISION_MONTHS = 12
MOST_DECISIONS = 12
MOST_CONTRACTS = 15
MOST_DISPUTES = 10


@require_safe
def councils(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    named = Council.objects.filter(each_word_in(words, "name"))
    found = with_counts(named, powers_of(request.user)).order_by("name")
    context = {"form": form, "page": page_of(found, request.GET.get("page"))}
    return render(request, "registry/councils.html", context)


@login_required
@require_safe
def my_council(request: HttpRequest) -> HttpResponse:
    """An officer's own council; whoever serves several chooses. A buyer's are opportunities."""
    powers = powers_of(request.user)
    if len(powers.councils) == 1:
        return redirect("registry:council", next(iter(powers.councils)))
    if powers.councils:
        mine = Council.objects.filter(pk__in=powers.councils)
        return render(request, "registry/my_councils.html", {"councils": mine})
    if powers.groupings:
        return redirect("procurement:opportunities")
    if not powers.signed_in_for_something:
        messages.warning(request, "Your account has no council yet. Ask your administrator.")
    return redirect("registry:councils")


@require_safe
def council(request: HttpRequest, code: str) -> HttpResponse:
    this = get_object_or_404(Council.objects.select_related("county"), pk=code)
    powers = powers_of(request.user)
    context = {
        "council": this,
        "powers": powers,
        "acts": powers.may_act_for(this.pk),
        "successors": this.replaced_by,
        **disagreements(this, powers),
        **about_contracts(this, powers),
    }
    return render(request, "registry/council.html", context)


def disagreements(this: Council, powers: Powers) -> dict[str, Any]:
    """Where the newest file says otherwise than an officer; for officers alone."""
    if not powers.may_act_for(this.pk):
        return {}
    found = disputed(this.pk)
    contracts = Contract.objects.standing().in_bulk(list(found)[:MOST_DISPUTES])
    shown = [(contract, one) for key, contract in contracts.items() for one in found[key]]
    return {"disputes": told_of(shown), "disputes_more": max(len(found) - MOST_DISPUTES, 0)}


def about_contracts(this: Council, powers: Powers) -> dict[str, Any]:
    day = today()
    mine = Contract.objects.filter(council=this).as_published_to(powers)
    due = summaries.due(mine, today=day, until=months_on(day, DECISION_MONTHS))
    live = mine.live_on(day)
    missing = summaries.completeness(mine) if powers.may_act_for(this.pk) else []
    return {
        "today": day,
        "totals": summaries.totals(mine.may_run_on(day), day),
        "ending": summaries.totals(mine.ending_between(day, months_on(day, DECISION_MONTHS)), day),
        "due": due[:MOST_DECISIONS],
        "due_more": max(len(due) - MOST_DECISIONS, 0),
        "contracts": live.filter(end_date__gte=day)
        .for_list()
        .order_by("end_date", "pk")[:MOST_CONTRACTS],
        "missing": missing,
    }
