"""What an upload changes: the last look before applying, and what it did after."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from imports.models import Absence, ChangesPage, Upload
from imports.showing import corrections_in
from imports.views.uploads import disputes_with, of_own_council, summary, whose
from registry.models import Contract

Sort = ChangesPage.Sort
STATES = {Upload.State.READ, Upload.State.APPLIED}


@of_own_council
@require_safe
def changes(request: HttpRequest, found: Upload) -> HttpResponse:
    """One of the four lists, a hundred at a time; the numbers open the others."""
    if found.state not in STATES or whose(found):
        return redirect(found)
    shown = summary(found)
    sort = request.GET.get("show", "")
    sort = sort if sort in Sort.values else first_worth_a_look(shown["rows"])
    page = page_of(found, sort, shown["rows"].get(sort, 0), request.GET.get("page"))
    context = {
        "upload": found,
        "sort": sort,
        "page": page,
        "items": items_of(found, sort, page.number),
        "corrections": corrections_in(found) if found.state == Upload.State.READ else [],
        "left_out": found.problems.filter(recorded=True).count(),
        "unanswered": found.absences.unanswered().count(),
        "disputes": disputes_with(found) if found.state == Upload.State.APPLIED else [],
        "disputed": found.report.get("changes", {}).get("disputed", []),
    }
    return render(request, "imports/changes.html", {**context, **shown})


def first_worth_a_look(rows: dict[str, int]) -> str:
    order = (Sort.CHANGED, Sort.GONE, Sort.ADDED)
    return next((sort.value for sort in order if rows.get(sort.value)), Sort.UNCHANGED.value)


def page_of(found: Upload, sort: str, number: int, wanted: str | None) -> Any:
    """Of as many things as were counted; what stands on a page was kept with the upload."""
    if sort == Sort.GONE:
        number = found.absences.count()
    return Paginator(range(number), ChangesPage.HOLDS).get_page(wanted)


def items_of(found: Upload, sort: str, number: int) -> list[Any]:
    if sort == Sort.GONE:
        return absences_of(found, number)
    kept = found.changes_pages.filter(sort=sort, number=number).first()
    items: list[Any] = kept.items if kept else []
    if sort != Sort.UNCHANGED:
        return items
    titles = Contract.objects.in_bulk([UUID(key) for _, key in items])
    return [{"row": row, "contract": titles.get(UUID(key))} for row, key in items]


def absences_of(found: Upload, number: int) -> list[Absence]:
    """Contracts no longer listed: those not answered yet first."""
    asked = found.absences.select_related("contract", "answered_by").order_by(
        "answer", "contract__title", "pk"
    )
    return list(asked[(number - 1) * ChangesPage.HOLDS : number * ChangesPage.HOLDS])
