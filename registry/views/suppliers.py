"""Suppliers: the list, and who one of them is and sells to."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from registry import pictures, summaries
from registry.filters import SupplierFilter, descending, with_counts
from registry.models import Category, Contract, Council, Supplier
from registry.paging import page_of
from registry.periods import quarters
from registry.today import today

QUARTERS = 12
MOST_CONTRACTS = 25


@require_safe
def suppliers(request: HttpRequest) -> HttpResponse:
    narrowed = SupplierFilter(request.GET, Supplier.objects.all())
    found = with_counts(narrowed.qs).order_by("-number", "name", "pk")
    context = {"filter": narrowed, "page": page_of(found, request.GET.get("page"))}
    return render(request, "registry/suppliers.html", context)


@require_safe
def supplier(request: HttpRequest, pk: UUID) -> HttpResponse:
    this = get_object_or_404(Supplier.objects.prefetch_related("names", "identifiers"), pk=pk)
    context = {"supplier": this, "names": this.names.all(), **about_contracts(this)}
    return render(request, "registry/supplier.html", context)


def about_contracts(this: Supplier) -> dict[str, Any]:
    day = today()
    spans = quarters(day, QUARTERS)
    theirs = Contract.objects.standing().filter(supplier=this)
    lines = summaries.ending_line(theirs, spans, "Value a year")
    return {
        "today": day,
        "totals": summaries.totals(theirs),
        "renewals": pictures.grid(lines, spans) if lines else None,
        "contracts": theirs.for_list().order_by(*descending("end_date"))[:MOST_CONTRACTS],
        "councils": counted(Council.objects.filter(contracts__in=theirs)),
        "categories": counted(Category.objects.filter(contracts__in=theirs)),
    }


def counted(queryset: Any) -> Any:
    """With the number and yearly value of the contracts that brought them here."""
    return queryset.annotate(
        number=Count("contracts", filter=Q(contracts__withdrawn=False)),
        value=Sum("contracts__yearly_value", filter=Q(contracts__withdrawn=False)),
    ).order_by("-number", "name")
