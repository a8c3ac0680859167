"""What frameworks add to the pages of contracts and suppliers."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from procurement.framework_pages.showing import Users, offer_of, shown_call_off
from procurement.models import CallOff, LotSupplier
from registry.models import Contract, Supplier
from registry.permissions import powers_of

MOST_SHOWN = 20


def framework_of_contract(request: HttpRequest, contract: Contract) -> str:
    """The framework its register names, and what does not fit, as its reader is told of it."""
    link = CallOff.objects.filter(contract=contract.pk).select_related("framework").first()
    if link is None:
        return ""
    found = Contract.objects.filter(pk=contract.pk).select_related("council", "call_off")
    told = found.as_published_to(powers_of(request.user)).get()
    users = Users(link.framework, {told.council_id})
    shown = shown_call_off(told, offer_of(link.framework), users)
    context = {"framework": link.framework, "shown": shown}
    return render_to_string("procurement/panel_framework.html", context, request)


def frameworks_of_supplier(request: HttpRequest, supplier: Supplier, **_: Any) -> str:
    """The lots it is on."""
    lots = LotSupplier.objects.filter(supplier=supplier).select_related("lot__framework")
    context = {"places": lots.order_by("lot__framework__name", "lot__number")[:MOST_SHOWN]}
    return render_to_string("procurement/panel_supplier_frameworks.html", context, request)
