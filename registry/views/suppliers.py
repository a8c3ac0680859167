"""Suppliers: the list, and who one of them is and sells to."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from registry import pictures, summaries
from registry.filters import SupplierFilter, ends_next, with_counts
from registry.models import (
    Category,
    Contract,
    Council,
    Supplier,
    SupplierGroup,
    SupplierJudgement,
    SupplierName,
)
from registry.models.contracts import may_run
from registry.models.publishing import told_to
from registry.paging import page_of
from registry.periods import from_day, months
from registry.permissions import Powers, powers_of
from registry.reviewing import contracts_of_group, told_judgements
from registry.today import today

MONTHS = 24
MOST_CONTRACTS = 25


@require_safe
def suppliers(request: HttpRequest) -> HttpResponse:
    reader = powers_of(request.user)
    narrowed = SupplierFilter(request.GET, Supplier.objects.all(), reader=reader)
    found = with_counts(narrowed.qs, reader).order_by("-number", "name", "pk")
    context = {
        "filter": narrowed,
        "page": page_of(found, request.GET.get("page")),
        "may_decide": reader.may_decide_suppliers,
    }
    return render(request, "registry/suppliers.html", context)


@require_safe
def supplier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One that is known only from contracts that withhold its name is not found."""
    reader = powers_of(request.user)
    known = Supplier.objects.told_to(reader).prefetch_related("identifiers")
    this = known.filter(pk=pk).first()
    if this is None:
        return redirect("registry:supplier", survivor_of(pk))
    names = list(this.names.told_to(reader).order_by("pk"))
    context = {
        "supplier": this,
        "names": names,
        "may_decide": reader.may_decide_suppliers,
        **(judged(this, names, reader) if reader.may_decide_suppliers else {}),
        **about_group(this, reader),
        "sizes": sizes(this, reader),
        **about_contracts(this, reader),
    }
    return render(request, "registry/supplier.html", context)


def survivor_of(pk: UUID) -> UUID:
    """The supplier that one without contracts was merged into."""
    merged: UUID | None = get_object_or_404(Supplier, pk=pk).merged_into_id
    if merged is None:
        raise Http404
    return merged


def judged(this: Supplier, names: list[SupplierName], reader: Powers) -> dict[str, Any]:
    """What people decided of it, and which of that is in force."""
    about = SupplierJudgement.objects.about(this, [one.name for one in names])
    in_force = set(about.in_force().values_list("pk", flat=True))
    return {"judgements": told_judgements(about, reader), "in_force": in_force}


def about_group(this: Supplier, reader: Powers) -> dict[str, Any]:
    """The group it is in and what that has together; nothing where the parent is kept back."""
    found = SupplierGroup.objects.of(this).select_related("parent").first()
    if found is None:
        return {}
    if (parent := found.parent_now) and not Supplier.objects.told_to(reader).filter(pk=parent):
        return {}
    return {
        "group": found,
        "group_totals": summaries.totals(contracts_of_group(found, reader), today()),
    }


def sizes(this: Supplier, reader: Powers) -> list[str]:
    """What registers say of its size, the most frequent first."""
    rows = Contract.objects.standing().of_supplier_told_to(reader).filter(supplier=this)
    said = rows.exclude(supplier_size="").values("supplier_size").annotate(number=Count("pk"))
    return [row["supplier_size"] for row in said.order_by("-number", "supplier_size")[:3]]


def about_contracts(this: Supplier, reader: Powers) -> dict[str, Any]:
    day = today()
    spans = from_day(months(day, MONTHS), day)
    theirs = Contract.objects.standing().of_supplier_told_to(reader).filter(supplier=this)
    shown = theirs.as_published_to(reader)
    totals = summaries.totals(shown, day)
    lines = summaries.ending_line(shown, spans, "Value a year")
    return {
        "today": day,
        "totals": totals,
        "renewals": pictures.grid(lines, spans) if lines else None,
        "contracts": shown.for_list().order_by(*ends_next(day))[:MOST_CONTRACTS],
        "contracts_caption": caption(totals["contracts"]),
        "councils": counted(Council.objects.filter(contracts__in=theirs), reader),
        "categories": counted(Category.objects.filter(contracts__in=theirs), reader),
    }


def caption(number: int) -> str:
    """Says of how many contracts only the first are listed."""
    if number <= MOST_CONTRACTS:
        return "Its contracts, those that end next first"
    return f"{MOST_CONTRACTS} of its {number:,} contracts, those that end next first"


def counted(queryset: Any, reader: Powers) -> Any:
    """With the number and yearly value of the contracts that brought them here."""
    standing = Q(contracts__withdrawn=False)
    valued = standing & told_to(reader, "value", via="contracts__")
    valued &= may_run(today(), via="contracts__")
    return queryset.annotate(
        number=Count("contracts", filter=standing),
        value=Sum("contracts__yearly_value", filter=valued),
    ).order_by("-number", "name")
