"""The page that says how savings are estimated, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from procurement.models import Assumption, SavingPrior
from registry.models import Category

# The numbers a saving is made of, in the order the page speaks of them.
FEES_AND_CONCENTRATION = (
    *("hhi_moderate_from", "kept_when_moderate", "hhi_high_from", "kept_when_high"),
    *("fee_percent", "vat_percent", "least_saving"),
)


@require_safe
def savings(request: HttpRequest) -> HttpResponse:
    assumed = Assumption.objects.in_bulk()
    of_prices = [one for code, one in sorted(assumed.items()) if code.startswith("price_")]
    others = [assumed[code] for code in FEES_AND_CONCENTRATION if code in assumed]
    context = {
        "numbers": [*of_prices, *others],
        "least": assumed.get("price_councils_least"),
        "priors": SavingPrior.objects.filter(
            category__in=Category.objects.bought_together()
        ).select_related("category").order_by("category__name"),
    }  # fmt: skip
    return render(request, "procurement/savings.html", context)
