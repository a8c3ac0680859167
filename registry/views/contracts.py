"""Contracts: the list and its download, and one contract with where each fact came from."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from registry import summaries, timelines
from registry.actions.deciding import category_decision, supplier_decision
from registry.filters import ContractFilter
from registry.models import Contract, HandoverDecision, Statement, Succession
from registry.models.publishing import shown
from registry.paging import page_of
from registry.permissions import powers_of
from registry.provenance import Fact, facts_with_origin
from registry.records import FIELDS
from registry.spreadsheets import safe
from registry.statements import column_of
from registry.testimony import origin, stated
from registry.today import today
from registry.views.people import disputes_of, words_on

CHUNK = 2000
# The columns of the download: who and what it is, then every public fact.
IDENTITY = {
    "id": "Contract",
    "council_id": "Council’s code",
    "council__name": "Council",
    "supplier": "Supplier’s identifier",
    "category_id": "Category",
    "yearly_value": "Value a year, worked out",
    "currency": "Amounts are in",
    "latest_permitted_end": "Latest permitted end, worked out",
}
# The buyer as a register writes it, which may be a department or another body.
AS_WRITTEN = {
    "council_name": "Buyer as the register names it",
    "council_code": "Buyer’s code in the register",
}
PUBLIC = {
    column_of(name): AS_WRITTEN.get(name, f.label)
    for name, f in FIELDS.items()
    if f.public and column_of(name) not in IDENTITY
}
WITHHELD = {
    "supplier_withheld_because": "Supplier withheld: why",
    "value_withheld_because": "Value withheld: why",
}


@require_safe
def contracts(request: HttpRequest) -> HttpResponse:
    reader = powers_of(request.user)
    published = Contract.objects.standing().as_published_to(reader).for_list()
    narrowed = ContractFilter(request.GET, published, reader=reader)
    context = {
        "filter": narrowed,
        "page": page_of(narrowed.qs, request.GET.get("page")),
        "today": today(),
    }
    return render(request, "registry/contracts.html", context)


@require_safe
def contracts_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same contracts as the list shows, all of them, row by row."""
    reader = powers_of(request.user)
    published = Contract.objects.standing().as_published_to(reader)
    narrowed = ContractFilter(request.GET, published, reader=reader)
    if not narrowed.is_valid():
        raise BadRequest("The filters of this address do not say what to download.")
    columns = IDENTITY | PUBLIC | WITHHELD
    rows = narrowed.qs.values_list(*map(shown, columns)).iterator(chunk_size=CHUNK)
    response = StreamingHttpResponse(
        csv_lines(columns.values(), rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="contracts.csv"'
    return response


class Echo:
    """A file that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(headings: Any, rows: Any) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(headings)  # the mark tells Excel that it is UTF-8
    for row in rows:
        yield writer.writerow([safe(value) for value in row])


@require_safe
def contract(request: HttpRequest, pk: UUID) -> HttpResponse:
    day, powers = today(), powers_of(request.user)
    known = Contract.objects.standing().as_published_to(powers).for_list()
    this = get_object_or_404(known, pk=pk)
    matters = summaries.decisions_of(this, today=day)
    acts = powers.may_act_for(this.council_id)
    context = {
        "contract": this,
        "today": day,
        "acts": acts,
        "decided": {"category": category_decision(this), "supplier": supplier_decision(this)}
        if acts
        else {},
        "also": also_in_the_register(this) if powers.may_see_private(this.council_id) else [],
        "words": words_on(this) if acts else [],
        "disputes": disputes_of(this) if acts else [],
        "facts": facts_of(this, private=powers.may_see_private(this.council_id)),
        "decisions": matters,
        "handing": handing_of(this) if acts else None,
        "timelines": timelines_of(this, matters=matters, day=day),
    }
    return render(request, "registry/contract.html", context)


@dataclass(frozen=True, slots=True)
class Handing:
    """Who takes over from the contract's council, and what is decided of the contract then."""

    successions: Sequence[Succession]
    decided: HandoverDecision | None


def handing_of(this: Contract) -> Handing | None:
    """None where no successor is known."""
    found = list(Succession.objects.filter(predecessor=this.council_id).select_related("successor"))
    if not found:
        return None
    standing = HandoverDecision.objects.standing().filter(contract=this)
    return Handing(found, standing.select_related("successor").first())


def also_in_the_register(this: Contract) -> list[tuple[str, str]]:
    """The cells of columns nobody needs, as the latest file that has any gives them."""
    standing = Statement.objects.filter(contract=this, source__withdrawn_at__isnull=True)
    latest = standing.exclude(extra={}).order_by("-source__recorded_at", "-source_id").first()
    return list(latest.extra.items()) if latest else []


def timelines_of(this: Contract, *, matters: Any, day: date) -> list[timelines.Timeline]:
    return timelines.timelines(
        summaries.terms_of_contract(this),
        latest=this.latest_permitted_end,
        matters=matters,
        today=day,
    )


def facts_of(this: Contract, *, private: bool) -> list[Fact]:
    """Each fact with the file, sheet and cell whose word stands."""
    statements = Statement.objects.standing().filter(contract=this).oldest_first()
    origins = {s.source_id: origin(s.source) for s in statements}
    return facts_with_origin(
        [stated(s) for s in statements], origins, private=private, hidden=this.hidden_columns
    )
