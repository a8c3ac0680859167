"""How savings are estimated and how that turned out, and telling what a joint buy saved."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from procurement.models import Assumption, JointBuy, PriceQuery, RealisedSaving, SavingPrior
from procurement.price_positions import every_price_set_aside, queries_of_own
from procurement.saving_forms import RealisedSavingForm
from procurement.savings import plain
from procurement.verified import (
    beside_forecast,
    joint_buys_signed_by,
    signed_by,
    track_records,
)
from registry.models import Category
from registry.permissions import person, powers_of
from registry.today import today

# The numbers a saving is made of besides those of prices, in the order the page speaks of them.
FEES_AND_CONCENTRATION = (
    *("hhi_moderate_from", "kept_when_moderate", "hhi_high_from", "kept_when_high"),
    *("fee_percent", "vat_percent", "least_saving", "lead_costs", "replacement_term_months"),
)
# Where reference data is not loaded, nothing is told of fewer than this.
COUNCILS_LEAST = 5


@require_safe
def savings(request: HttpRequest) -> HttpResponse:
    assumed = Assumption.objects.in_bulk()
    of_prices = [one for code, one in sorted(assumed.items()) if code.startswith("price_")]
    others = [assumed[code] for code in FEES_AND_CONCENTRATION if code in assumed]
    least = assumed.get("price_councils_least")
    at_a_time = int(least.value) if least else COUNCILS_LEAST
    powers = powers_of(request.user)
    aside = every_price_set_aside(powers)
    if aside:
        PriceQuery.objects.bulk_create(queries_of_own(aside, person(request)))
    priors = SavingPrior.objects.filter(category__in=Category.objects.bought_together())
    context = {
        "numbers": [(one, plain(one.value)) for one in [*of_prices, *others]],
        "priors": priors.select_related("category").order_by("category__name"),
        "records": track_records(at_a_time=at_a_time),
        "at_a_time": at_a_time,
        "mine": joint_buys_signed_by(powers),
        "set_aside": aside,
    }
    return render(request, "procurement/savings.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def realised(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What each council of the person's expected, what it told, and telling it anew."""
    this = get_object_or_404(JointBuy.objects.for_list(), pk=pk)
    councils = signed_by(this, powers_of(request.user))
    if not councils:
        raise PermissionDenied
    form = RealisedSavingForm(
        request.POST or None, councils=councils, since=this.begun_on, today=today()
    )
    if form.is_valid():
        RealisedSaving.objects.create(joint_buy=this, recorded_by=person(request), **form.told())
        messages.success(request, "What it saves is recorded beside what was expected.")
        return redirect("procurement:realised", this.pk)
    context = {"joint_buy": this, "form": form, "councils": beside_forecast(this, councils)}
    return render(request, "procurement/realised.html", context)
