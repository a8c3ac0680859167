"""The first page, and the pages about the service."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from registry import pictures, summaries
from registry.formats import count, money_short
from registry.models import Contract
from registry.models.alerts import DAYS_TO_CONFIRM
from registry.models.contracts import ContractQuerySet
from registry.periods import from_day, half_years
from registry.permissions import powers_of
from registry.today import today
from registry.values import months_on

# Four years: as long as most frameworks last, and as far as registers say much.
HALVES = 8
SOON_MONTHS = 24


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    day, reader = today(), powers_of(request.user)
    spans = from_day(half_years(day, HALVES), day)
    shown = Contract.objects.standing().as_published_to(reader)
    endings = summaries.ending_by_category(summaries.commodity(shown), spans)
    context = {
        "coming": pictures.grid(summaries.lines(endings, spans), spans),
        "numbers": numbers(shown, day),
        "powers": reader,
    }
    return render(request, "registry/home.html", context)


def numbers(shown: ContractQuerySet, day: date) -> list[tuple[str, str]]:
    """What is in the registry, and how much of it can be bought anew soon."""
    everything = summaries.totals(shown, day)
    ending = shown.ending_between(day, months_on(day, SOON_MONTHS))
    soon = summaries.totals(summaries.commodity(ending), day)
    return [
        (money_short(soon["value"]), "a year in commodity IT contracts that end within two years"),
        (
            f"{everything['contracts']:,}",
            f"contracts with {count(everything['suppliers'], 'supplier')}",
        ),
        (f"{everything['councils']:,}", "councils share their registers"),
    ]


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/about.html", {"days_to_confirm": DAYS_TO_CONFIRM})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/accessibility.html")
