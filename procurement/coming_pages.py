"""What is coming, where: value of contracts that end, by quarter, for those who plan joint buys."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from procurement.page_filters import ComingFilter
from registry import pictures, summaries
from registry.models import Contract, Grouping
from registry.periods import from_day, quarters
from registry.permissions import EVERYBODY
from registry.today import today

# Five years, as far as a plan looks; more rows than this are no picture.
QUARTERS = 20
MOST = 40


@require_safe
@login_required
def coming(request: HttpRequest) -> HttpResponse:
    """By category; of one category by council. Public values alone, whoever looks."""
    day = today()
    spans = from_day(quarters(day, QUARTERS), day)
    shown = Contract.objects.standing().as_published_to(EVERYBODY)
    narrowed = ComingFilter(request.GET, summaries.commodity(shown), spans=spans)
    grouping, category = narrowed.chosen("grouping"), narrowed.chosen("category")
    if category:
        found = summaries.ending_by_council(narrowed.qs, spans)
        rows = summaries.lines(found, spans, most=MOST, link=council_page)
    else:
        found = summaries.ending_by_category(narrowed.qs, spans)
        rows = summaries.lines(found, spans, most=MOST, link=narrower(grouping))
    context = {
        "filter": narrowed,
        "grouping": grouping,
        "category": category,
        "grid": pictures.grid(rows, spans) if rows else None,
        "more": max(len({one.code for one in found if one.value}) - len(rows), 0),
        "last": spans[-1],
    }
    return render(request, "procurement/coming.html", context)


def council_page(code: str) -> str:
    return reverse("registry:council", args=[code])


def narrower(grouping: Grouping | None) -> Callable[[str], str]:
    """From a category to its councils on the same page."""
    where = {"grouping": grouping.pk} if grouping else {}
    address = reverse("procurement:coming")
    return lambda code: f"{address}?{urlencode({**where, 'category': code})}"
