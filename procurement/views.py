"""Pages of opportunities."""

import csv
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from procurement.advice import advise
from procurement.briefing import brief
from procurement.comparing import compare
from procurement.handover import write_schedule
from procurement.merging import replaced_councils
from procurement.models import Assumption, Opportunity, PriceQuery
from procurement.models.opportunities import LIKELIHOOD
from procurement.page_filters import OpportunityPageFilter
from procurement.payback import TERM, WORK, pays_from
from procurement.pictures import window_picture
from procurement.pictures.prices import price_picture
from procurement.price_positions import Strip, prices_for, queries, queries_of_own
from procurement.signings import marked_under_way, signed_of
from procurement.what_changed import what_changed
from procurement.who_joins import Member, who_join
from procurement.why_none import Where, why_none
from registry.models import Council, User
from registry.paging import CappedPaginator
from registry.permissions import Powers, person, powers_of
from registry.spreadsheets import safe
from registry.today import today
from registry.views.downloads import as_workbook, for_its_officers

# Each has a picture: fewer to a page than of plain rows.
OPPORTUNITIES_A_PAGE = 20
ASKS = {
    "Council": lambda one: one.council.name,
    "Council's code": lambda one: one.council.pk,
    "Contract": lambda one: one.contract.title,
    "Reference": lambda one: one.contract.reference,
    "Supplier": lambda one: one.contract.supplier_called,
    "Ends": lambda one: one.contract.end_date,
    "Latest permitted end": lambda one: one.contract.latest_permitted_end,
    "Value a year": lambda one: one.contract.yearly_value,
    "What to do": lambda one: one.deed,
    "By": lambda one: one.ask.action_by,
    "In words": lambda one: one.ask.because,
}


@require_safe
@login_required
def opportunities(request: HttpRequest) -> HttpResponse:
    powers = powers_of(request.user)
    seen = marked_under_way(Opportunity.objects.seen_by(powers).for_list(), powers)
    narrowed = OpportunityPageFilter(request.GET, seen, powers=powers)
    pages = CappedPaginator(narrowed.qs.best_first(), OPPORTUNITIES_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    codes = (*LIKELIHOOD.values(), TERM, WORK)
    assumed = dict(Assumption.objects.filter(pk__in=codes).values_list("code", "value"))
    nothing = not page.object_list and not seen.exists()
    context = {
        "filter": narrowed,
        "page": page,
        "members": who_join(page, today=today(), reader=powers),
        "signed": signed_of(page, reader=powers),
        "powers": powers,
        "own": Council.objects.filter(pk__in=powers.councils),
        "likelihoods": likelihoods(assumed),
        "pays_from": pays_from(assumed),
        "today": today(),
        "why_none": why_none(asked_about(powers), today=today()) if nothing else "",
    }
    return render(request, "procurement/opportunities.html", context)


def asked_about(powers: Powers) -> Where:
    """Of the groupings a person buys for, else of their councils; of all for an administrator."""
    if powers.administrator:
        return Where()
    return Where(powers.groupings) if powers.groupings else Where(councils=powers.councils)


def likelihoods(assumed: Mapping[str, Decimal]) -> list[tuple[str, Decimal]]:
    """In words, the most likely first."""
    return [(kind.label, assumed[code]) for kind, code in LIKELIHOOD.items() if code in assumed]


@require_safe
@login_required
def opportunity(request: HttpRequest, pk: UUID) -> HttpResponse:
    powers = powers_of(request.user)
    this = opportunity_for(powers, pk)
    briefing = brief(this, today=today(), reader=powers)
    advice = advise(briefing, reader=powers)
    opened = request.GET.get("council", "")
    context = {
        "opportunity": this,
        "joint_buy": briefing.begun,
        "may_begin": may_begin(powers, this, briefing.by_council),
        "signed": signed_of([this], reader=powers),
        "briefing": briefing,
        "contracts": [one.contract.pk for one in briefing.joining],
        "advice": advice,
        "routes": compare(briefing, advice),
        "replaced": replaced_councils(briefing, reader=powers),
        "today": briefing.today,
        "changed": what_changed(this, today=briefing.today),
        "wide": window_picture(briefing.picture, opened=opened),
        "narrow": window_picture(briefing.picture, name="narrow", compact=True, opened=opened),
        **price_context(person(request), powers, this),
    }
    return render(request, "procurement/opportunity.html", context)


def may_begin(powers: Powers, this: Opportunity, councils: Collection[str]) -> str:
    """Whether this person expresses interest for a council, or opens it as a buyer."""
    if any(powers.may_act_for(council) for council in councils):
        return "interest"
    return "open" if this.grouping_id in powers.groupings else ""


def price_context(reader: User, powers: Powers, this: Opportunity) -> dict[str, Any]:
    """What its reader may know of prices; that they were told is kept."""
    found = prices_for(this, powers)
    told = [*queries(found.strips, reader), *queries_of_own(found.set_aside, reader)]
    PriceQuery.objects.bulk_create(told)
    drawn = [drawn_strip(one, number) for number, one in enumerate(found.strips, start=1)]
    return {
        "strips": drawn,
        "prices_kept_back": found.kept_back,
        "set_aside": found.set_aside,
    }


def drawn_strip(one: Strip, number: int) -> dict[str, Any]:
    return {
        "strip": one,
        "wide": price_picture(one.drawn, name=f"prices-{number}"),
        "narrow": price_picture(one.drawn, name=f"prices-narrow-{number}", compact=True),
    }


@require_safe
@login_required
def asks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What each council must do, for sending round."""
    powers = powers_of(request.user)
    this = opportunity_for(powers, pk)
    name = f"{this.category_id}-{this.grouping_id}-{this.start_date}.csv"
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    writer = csv.writer(response)
    writer.writerow(ASKS)
    briefing = brief(this, today=today(), reader=powers)
    writer.writerows(ask_row(one) for one in briefing.joining)
    return response


def ask_row(one: Member) -> list[Any]:
    return [safe(read(one)) for read in ASKS.values()]


def opportunity_for(powers: Powers, pk: UUID) -> Opportunity:
    """The opportunity, if this person may see it: that there is one is no secret."""
    this = get_object_or_404(Opportunity.objects.for_list(), pk=pk)
    if not powers.may_see_opportunity(this.grouping_id, frozenset(this.council_codes.split())):
        raise PermissionDenied
    return this


@require_safe
@for_its_officers
def handover(_request: HttpRequest, council: Council) -> FileResponse:
    """The schedule of contracts that it owes whoever takes over from it."""
    return as_workbook(council, write_schedule, "handover.xlsx")
