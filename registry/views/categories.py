"""Categories: what councils buy, from whom, and when it ends."""

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from registry import pictures, summaries
from registry.filters import UNDECIDED, with_counts
from registry.models import Category, Contract, Supplier
from registry.models.contracts import may_run
from registry.models.publishing import told_to
from registry.periods import from_day, half_years
from registry.permissions import Powers, powers_of
from registry.today import today

HALVES = 8
MOST_SUPPLIERS = 15
MOST_CONTRACTS = 25


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    found = with_counts(Category.objects.all(), powers_of(request.user)).order_by(
        "kind", "-value", "name"
    )
    undecided = Contract.objects.standing().filter(category=None).count()
    context = {"categories": found, "undecided": undecided, "asking": UNDECIDED}
    return render(request, "registry/categories.html", context)


@require_safe
def category(request: HttpRequest, code: str) -> HttpResponse:
    this = get_object_or_404(Category, pk=code)
    day = today()
    spans = from_day(half_years(day, HALVES), day)
    reader = powers_of(request.user)
    its = Contract.objects.may_run_on(day).filter(category=this)
    its = its.as_published_to(reader)
    lines = summaries.ending_line(its, spans, "Value a year")
    context = {
        "category": this,
        "today": day,
        "totals": summaries.totals(its, day),
        "ending": pictures.grid(lines, spans) if lines else None,
        "suppliers": suppliers_of(this, reader),
        "contracts": its.ending_between(day, spans[-1].last)
        .for_list()
        .order_by("end_date", "pk")[:MOST_CONTRACTS],
    }
    return render(request, "registry/category.html", context)


def suppliers_of(this: Category, reader: Powers) -> list[Supplier]:
    """Those with the most contracts of this category, with their number and yearly value."""
    its = Q(contracts__category=this, contracts__withdrawn=False)
    its &= may_run(today(), via="contracts__")
    its &= told_to(reader, "supplier", via="contracts__")
    valued = told_to(reader, "value", via="contracts__")
    found = Supplier.objects.filter(its).annotate(
        number=Count("contracts"), value=Sum("contracts__yearly_value", filter=valued)
    )
    return list(found.order_by("-number", "name")[:MOST_SUPPLIERS])
