"""The sharing grid: what to share first, the same as map text, and a council's own places."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from procurement.actions.own_places import place_own, take_back_own
from procurement.models import OwnPlace
from procurement.own_place_forms import OwnPlaceForm
from procurement.pictures.sharing import sharing_picture
from procurement.placement import wardley
from procurement.sharing import SharingGrid, national_place, on_the_grid, sharing_grid
from registry.models import Category, Council
from registry.permissions import Powers, person, powers_of
from registry.views.downloads import for_its_officers


@require_safe
def sharing(request: HttpRequest) -> HttpResponse:
    """The national grid; for officers with their council's own places on it."""
    reader = powers_of(request.user)
    council = council_shown(reader, request.GET.get("council") or only_one(reader))
    grid = sharing_grid(reader=reader, council=council)
    context = {"grid": grid, "others": other_councils(reader, council), **pictures_of(grid)}
    return render(request, "procurement/sharing.html", context)


def only_one(reader: Powers) -> str:
    """The council of an officer of exactly one."""
    return next(iter(reader.councils)) if len(reader.councils) == 1 else ""


def council_shown(reader: Powers, code: str) -> Council | None:
    """Whose own places to show; nobody's where the reader does not act for it."""
    if not code.isalnum() or not reader.may_act_for(code):
        return None
    return Council.objects.filter(pk=code).first()


def other_councils(reader: Powers, shown: Council | None) -> list[Council]:
    """Further councils whose own places an officer of several can turn to."""
    if len(reader.councils) < 2:
        return []
    found = Council.objects.filter(pk__in=sorted(reader.councils)).order_by("name")
    return [one for one in found if one != shown]


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
    """Wardley map text, for whoever draws their own; a council's own grid where it is named."""
    reader = powers_of(request.user)
    council = council_shown(reader, request.GET.get("council", ""))
    grid = sharing_grid(reader=reader, council=council)
    title = f"What {council.name if council else 'councils'} could share"
    response = HttpResponse(
        wardley(title, grid.placements if grid else {}), content_type="text/plain; charset=utf-8"
    )
    name = f"{council.pk}-sharing.owm" if council else "sharing.owm"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
@for_its_officers
def own_place(request: HttpRequest, council: Council, category: str) -> HttpResponse:
    """Ask where a category lies for the council and why; what stands can be taken back."""
    this = get_object_or_404(on_the_grid(), pk=category)
    if "take_back" in request.POST:
        take_back_own(council, this)
        messages.success(request, f"{this.name} lies where it does nationally again.")
        return to_grid(council)
    standing = own_standing(council, this)
    form = OwnPlaceForm(request.POST or None, initial=said_by(standing))
    if form.is_valid():
        place_own(council, this, by=person(request), **form.cleaned_data)
        messages.success(request, f"{this.name} has your own place beside the national one.")
        return to_grid(council)
    context = {
        "council": council,
        "category": this,
        "form": form,
        "standing": standing,
        "national": national_place(this),
    }
    return render(request, "procurement/own_place.html", context)


def own_standing(council: Council, category: Category) -> OwnPlace | None:
    standing = OwnPlace.objects.standing().select_related("decided_by")
    return standing.filter(council=council, category=category).first()


def said_by(standing: OwnPlace | None) -> dict[str, Any]:
    """What the form begins with: what stands."""
    names = ("evolution", "visibility", "reason")
    return {name: getattr(standing, name) for name in names} if standing else {}


def to_grid(council: Council) -> HttpResponse:
    return redirect(f"{reverse('procurement:sharing')}?council={council.pk}")
