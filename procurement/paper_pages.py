"""Papers to take along: a business case, a workbook of lines, and one ask of social value."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.advice import Advice, advise
from procurement.briefing import Briefing, brief
from procurement.business_case import business_case
from procurement.joint_buy_pages.guards import for_those_asked_in
from procurement.models import JointBuy, Opportunity
from procurement.papers import document, sheets
from procurement.views import opportunity_for
from registry.exports.workbook import write
from registry.permissions import powers_of
from registry.today import today
from registry.views.downloads import XLSX, as_file

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def known_of(request: HttpRequest, pk: UUID) -> tuple[Briefing, Advice | None]:
    """What the opportunity's page tells this visitor, if they may see it."""
    powers = powers_of(request.user)
    briefing = brief(opportunity_for(powers, pk), today=today(), reader=powers)
    return briefing, advise(briefing, reader=powers)


@require_safe
@login_required
def case(request: HttpRequest, pk: UUID) -> HttpResponse:
    briefing, advice = known_of(request, pk)
    context = {
        "case": business_case(briefing, advice),
        "opportunity": briefing.opportunity,
        "joint_buy": briefing.begun,
    }
    return render(request, "procurement/business_case.html", context)


@require_safe
@login_required
def case_document(request: HttpRequest, pk: UUID) -> FileResponse:
    briefing, advice = known_of(request, pk)
    case = business_case(briefing, advice)
    return as_file(lambda file: document(file, case), f"{stem(briefing)}.docx", DOCX)


@require_safe
@login_required
def workbook(request: HttpRequest, pk: UUID) -> FileResponse:
    briefing, advice = known_of(request, pk)
    lines = sheets(briefing, advice)
    return as_file(lambda file: write(file, lines), f"{stem(briefing)}.xlsx", XLSX)


def stem(briefing: Briefing) -> str:
    this = briefing.opportunity
    return f"{this.category_id}-{this.grouping_id}-{this.start_date}"


@require_safe
@login_required
def pooled_ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What could be asked for together in place of what its contracts promise apart."""
    this = opportunity_for(powers_of(request.user), pk)
    return ask_paper(request, this, this.contract_ids)


@require_safe
@for_those_asked_in
def joint_ask(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """The same of a joint buy, by the contracts it began with."""
    return ask_paper(request, this, list(this.members.values_list("contract", flat=True)))


def ask_paper(
    request: HttpRequest, this: Opportunity | JointBuy, contracts: Sequence[UUID]
) -> HttpResponse:
    context = {"this": this, "contracts": contracts, "today": today()}
    return render(request, "procurement/pooled_ask.html", context)
