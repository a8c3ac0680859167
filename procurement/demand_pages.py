"""The demand page, for suppliers above all: what is coming where; and the same as files."""

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.demand import councils_behind, half_year
from procurement.demand_forms import DemandForm
from procurement.forward import (
    Asked,
    Ending,
    endings,
    intended,
    intentions,
    prices,
    why_no_prices,
)
from procurement.models import Area, EndingDemand, Engagement
from procurement.pictures.tiles import tile_map
from procurement.rules import stated_demand_rules
from registry.models import Grouping
from registry.pictures import grid
from registry.spreadsheets import safe
from registry.today import today

LATEST_ENGAGEMENTS = 3
Columns = Mapping[str, Callable[[Any], Any]]

CELL: Columns = {
    "Category": lambda row: row.category.name,
    "Category code": lambda row: row.category_id,
    "Area": lambda row: row.area.name,
    "Area code": lambda row: row.area_id,
    "Half-year from": lambda row: row.half,
    "Half-year to": lambda row: half_year(row.half).last,
}
ENDING: Columns = {
    **CELL,
    "Area kind": lambda row: row.area.kind,
    "Contracts that end": lambda row: row.contracts,
    "Of these with a known value": lambda row: row.with_value,
    "Value a year in pounds": lambda row: row.yearly_value,
}
SNAPSHOT: Columns = {
    "As of": lambda row: row.snapshot_id,
}
INTENDED: Columns = {
    **SNAPSHOT,
    **CELL,
    "At least": lambda row: row.low,
    "Fewer than": lambda row: row.below,
    "Unit": lambda row: row.category.counted_in,
}
PRICES: Columns = {
    **SNAPSHOT,
    "Category": lambda row: row.category.name,
    "Category code": lambda row: row.category_id,
    "Unit": lambda row: row.unit,
    "From": lambda row: row.low,
    "To": lambda row: row.high,
}


@require_safe
def demand(request: HttpRequest) -> HttpResponse:
    form, day = DemandForm(request.GET), today()
    asked = form.asked()
    ending = Ending(asked, day)
    lines, tiles = ending.lines(), ending.tiles()
    context = {
        "form": form,
        "asked": asked,
        "ending": ending,
        "picture": tile_map(tiles) if tiles else "",
        "narrow": tile_map(tiles, name="map-narrow", compact=True) if tiles else "",
        "grid": grid(lines, ending.drawn) if lines else None,
        "by_area": [(one, asked.address(area=one.code)) for one in ending.by_area()],
        "by_category": [(one, asked.address(category=one.code)) for one in ending.by_category()],
        "further": further_areas(asked),
        "everywhere": asked.address(area=""),
        "everything": asked.address(category=""),
        "intended": intended(asked, day),
        "why_no_prices": why_no_prices(asked, day),
        "engagements": engagements(asked)[:LATEST_ENGAGEMENTS],
        "today": day,
    }
    return render(request, "procurement/demand.html", context)


def further_areas(asked: Asked) -> list[tuple[str, list[tuple[str, str]]]]:
    """Combined authorities and counties of which anything is known, with their addresses."""
    known = EndingDemand.objects.values("area")
    found = Grouping.objects.filter(pk__in=known).order_by("name")
    kinds = [Area.COMBINED_AUTHORITY, Area.COUNTY]
    areas = list(found.filter(kind__in=kinds).values_list("kind", "pk", "name"))
    return [
        (kind.label, [(name, asked.address(area=pk)) for of, pk, name in areas if of == kind])
        for kind in kinds
        if any(of == kind for of, _, _ in areas)
    ]


def engagements(asked: Asked) -> Any:
    found = Engagement.objects.standing().for_list()
    return found.filter(category=asked.category) if asked.category else found


@require_safe
def ending_csv(request: HttpRequest) -> HttpResponse:
    return as_csv(request, "contracts-ending", ENDING, endings)


@require_safe
def intentions_csv(request: HttpRequest) -> HttpResponse:
    """Every snapshot that is released."""
    rules = stated_demand_rules()
    councils = councils_behind(rules) if rules else ""
    columns = {**INTENDED, "Councils": lambda _row: councils}
    return as_csv(request, "intentions", columns, intentions)


@require_safe
def prices_csv(request: HttpRequest) -> HttpResponse:
    return as_csv(request, "prices", PRICES, prices)


def as_csv(
    request: HttpRequest, name: str, columns: Columns, find: Callable[[Asked, date], Iterable[Any]]
) -> HttpResponse:
    """What is asked for; refused where it is not known, else a slip would get everything."""
    form = DemandForm(request.GET)
    asked = form.asked()
    if form.errors:
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return HttpResponse("\n".join(sentences), status=400, content_type="text/plain")
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{today()}-{name}.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    writer = csv.writer(response)
    writer.writerow(columns)
    rows = find(asked, today())
    writer.writerows([safe(read(row)) for read in columns.values()] for row in rows)
    return response
