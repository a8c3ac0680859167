"""The sharing grid: the page that says what to share first, and the same as map text."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.pictures.sharing import sharing_picture
from procurement.placement import wardley
from procurement.sharing import SharingGrid, sharing_grid
from registry.permissions import powers_of


@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    grid = sharing_grid(reader=powers_of(request.user))
    return render(request, "procurement/sharing.html", {"grid": grid, **pictures_of(grid)})


def pictures_of(grid: SharingGrid | None) -> dict[str, Any]:
    if grid is None:
        return {}
    spots = [one.spot for one in grid.categories]
    box_from = float(grid.rules.grid_box_evolution)
    box_to = float(grid.rules.grid_box_visibility)
    return {
        "picture": sharing_picture(spots, box_from=box_from, box_to=box_to),
        "narrow": sharing_picture(
            spots, box_from=box_from, box_to=box_to, name="narrow", compact=True
        ),
    }


@require_safe
def sharing_map(request: HttpRequest) -> HttpResponse:
    """Wardley map text, for whoever draws their own."""
    grid = sharing_grid(reader=powers_of(request.user))
    placements = {one.category.name: one.placement for one in grid.categories} if grid else {}
    response = HttpResponse(
        wardley("What councils could share", placements), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="sharing.owm"'
    return response
