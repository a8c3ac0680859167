"""Values a council holds a licence for: keyed in, and shown beside its own promises alone."""

from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from registry.models import Council
from registry.permissions import person, powers_of
from registry.today import today
from registry.views.numbers import number
from social_value.licence_forms import LicensedValueForm
from social_value.models import Commitment, LicensedValue


def for_its_licence(
    view: Callable[[HttpRequest, Council], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Officers of the council alone: the licence is the council's, not the administrator's."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, code: str) -> HttpResponse:
        council = get_object_or_404(Council, pk=code)
        if council.pk not in powers_of(request.user).councils:
            raise PermissionDenied
        return view(request, council)

    return guarded


class Worth(NamedTuple):
    """A value, what the council's contracts promise of it, and what that comes to."""

    value: LicensedValue
    promised: Decimal
    pounds: Decimal


@require_http_methods(["GET", "POST"])
@for_its_licence
def licensed_values(request: HttpRequest, council: Council) -> HttpResponse:
    """What its promises come to by its own values; keying one in, or taking it off again."""
    if "remove" in request.POST:
        return removed(request, council)
    form = LicensedValueForm(request.POST or None, today=today())
    if form.is_valid():
        keyed_in(request, council, form.cleaned_data)
        messages.success(request, "Saved. Officers of your council alone see it.")
        return redirect("social_value:licensed_values", council.pk)
    context = {"council": council, "form": form, "worth": worth_of(request, council)}
    return render(request, "social_value/licensed_values.html", context)


def keyed_in(request: HttpRequest, council: Council, facts: dict[str, Any]) -> None:
    """A value of the same measure and year is put right."""
    LicensedValue.objects.update_or_create(
        council=council,
        measure=facts["measure"],
        year=facts["year"],
        defaults={
            "pounds": facts["pounds"],
            "source": facts["source"],
            "entered_by": person(request),
        },
    )


def removed(request: HttpRequest, council: Council) -> HttpResponse:
    own = LicensedValue.objects.filter(council=council)
    if own.filter(pk=number(request.POST["remove"])).delete()[0]:
        messages.success(request, "Taken off.")
    return redirect("social_value:licensed_values", council.pk)


def worth_of(request: HttpRequest, council: Council) -> list[Worth]:
    """By the newest value of each measure first."""
    own = LicensedValue.objects.seen_by(powers_of(request.user)).filter(council=council)
    summed = Commitment.objects.of_standing_contracts().filter(council=council).values("measure")
    promised = dict(summed.annotate(Sum("quantity")).values_list("measure", "quantity__sum"))
    return [
        Worth(value, amount, (amount * value.pounds).quantize(Decimal("0.01")))
        for value in own.select_related("measure").order_by("measure__name", "-year")
        for amount in [promised.get(value.measure_id, Decimal(0))]
    ]
