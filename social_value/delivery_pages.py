"""Pages of one delivery: record it, look at it, correct it, confirm it."""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from registry.models import Contract
from registry.permissions import Powers, person, powers_of
from registry.today import today
from registry.views.guards import of_own_contract
from social_value.actions.deliveries import (
    NotRecordedError,
    confirm_delivery,
    correct_delivery,
    record_delivery,
    take_back_delivery,
)
from social_value.acts import percents
from social_value.delivery_forms import Asked, ConfirmForm, DeliveryForm, TakeBackForm
from social_value.models import AgreedPool, Commitment, Delivery, Measure, Share
from social_value.tasks import rebuild_pools, write_to_community

# More contracts than these would make a form nobody fills in.
MOST_OTHERS = 20


def of_own_delivery(
    view: Callable[[HttpRequest, Delivery, Powers], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Give the view its delivery, if the visitor acts for a council it is credited to."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, pk: UUID) -> HttpResponseBase:
        known = Delivery.objects.select_related("measure", "need", "area", "recorded_by")
        found, powers = get_object_or_404(known, pk=pk), powers_of(request.user)
        if not Delivery.objects.seen_by(powers).filter(pk=pk).exists():
            raise PermissionDenied
        return view(request, found, powers)

    return guarded


@of_own_contract
def record(request: HttpRequest, contract: Contract) -> HttpResponse:
    """An officer records what was done for a promise of the contract."""
    pool, powers = agreed_pool(request, contract), powers_of(request.user)
    measure = pool.measure if pool else measure_asked(request)
    known = others(contract, measure, powers, pool)
    form = DeliveryForm(
        request.POST or None,
        request.FILES or None,
        asked=Asked(contract, measure, known, powers, pool=pool),
        today=today(),
        initial=as_agreed(pool, contract) if pool else {},
    )
    if form.is_valid():
        try:
            made = record_delivery(form.act, form.evidence, by=person(request))
        except NotRecordedError as why:
            form.add_error(None, str(why))
        else:
            ask_community(made)
            messages.success(request, "Recorded. It counts once somebody else confirms it.")
            return redirect(made)
    context = {"contract": contract, "measure": measure, "form": form}
    return render(request, "social_value/record.html", context)


def measure_asked(request: HttpRequest) -> Measure:
    return get_object_or_404(Measure, pk=request.GET.get("measure", "").replace("\0", ""))


def agreed_pool(request: HttpRequest, contract: Contract) -> AgreedPool | None:
    """The pool that the act is for, if one is named: agreed, with this contract in it."""
    named = request.GET.get("pool")
    if named is None:
        return None
    try:
        key = UUID(named)
    except ValueError as error:
        raise Http404 from error
    known = AgreedPool.objects.agreed().filter(shares__contract=contract).distinct()
    return get_object_or_404(known.select_related("measure"), pk=key)


def as_agreed(pool: AgreedPool, contract: Contract) -> dict[str, Any]:
    """All of the pool at once, each contract with what it gives; to be changed where it is not."""
    shares: dict[UUID, Decimal] = defaultdict(Decimal)
    for share in pool.shares.all():
        shares[share.contract_id] += share.amount
    whole = f"{sum(shares.values()).normalize():f}"  # type: ignore[union-attr]
    facts = {"amount": whole, "need": pool.need_id, "place": pool.need.place if pool.need else ""}
    given = {key: amount for key, amount in shares.items() if key != contract.pk}
    return facts | {f"for-{key}": f"{amount.normalize():f}" for key, amount in given.items()}


def others(
    contract: Contract, measure: Measure, powers: Powers, pool: AgreedPool | None = None
) -> list[Contract]:
    """Contracts the same act may count for: of its supplier, or in one pool with it."""
    if pool:
        of_pool = Contract.objects.standing().filter(agreed_shares__pool=pool).distinct()
        apart = of_pool.exclude(pk=contract.pk).select_related("council")
        return list(apart.order_by("council", "title", "pk"))
    if not measure.adds_up:
        return []
    mine = Q() if powers.administrator else Q(council__in=powers.councils)
    pools = Share.objects.filter(commitment__contract=contract, pool__measure=measure)
    shares = Share.objects.filter(pool__in=pools.values("pool"))
    of_supplier = Q(supplier=contract.supplier_id) if contract.supplier_id else Q(pk=None)
    promising = Commitment.objects.filter(contract=OuterRef("pk"), measure=measure)
    found = Contract.objects.standing().filter(
        Exists(promising),
        (mine & of_supplier) | Q(pk__in=shares.values("commitment__contract")),
    )
    found = found.exclude(pk=contract.pk).select_related("council")
    return list(found.order_by("council", "title", "pk")[:MOST_OTHERS])


@of_own_delivery
@require_safe
def delivery(request: HttpRequest, this: Delivery, powers: Powers) -> HttpResponse:
    """One act: what it counts for, who confirmed it, and what it was before it was corrected."""
    return render(request, "social_value/delivery.html", shown(request, this, powers))


def shown(request: HttpRequest, this: Delivery, powers: Powers) -> dict[str, Any]:
    shares = list(this.credits.select_related("council").order_by("-amount", "pk"))
    published = Contract.objects.as_published_to(powers).for_list()
    contracts = published.in_bulk([one.contract_id for one in shares])
    share = percents({one.contract_id: one.amount for one in shares})
    said = {one.council_id: one for one in this.confirmations.select_related("said_by")}
    mine = {one.council_id for one in shares if powers.may_act_for(one.council_id)}
    stands = this.ended_at is None
    asks = sorted(mine - set(said)) if stands and this.recorded_by_id != request.user.pk else []
    return {
        "delivery": this,
        "stands": stands,
        "credits": [(one, contracts[one.contract_id], share[one.contract_id]) for one in shares],
        "councils": {one.council_id: one.council for one in shares},
        "answers": [(one.council, said.get(one.council_id)) for one in first_of_each(shares)],
        "community": said.get(None),
        "asks": [one.council for one in first_of_each(shares) if one.council_id in asks],
        "own": stands and this.recorded_by_id == request.user.pk,
        "form": ConfirmForm(),
        "take_back": TakeBackForm(prefix="back"),
        "story": Delivery.objects.filter(act=this.act).exclude(pk=this.pk).select_related(
            "measure", "ended_by", "recorded_by"
        ).order_by("-pk"),
    }  # fmt: skip


def first_of_each(shares: list[Any]) -> list[Any]:
    """One credit for each council."""
    return list({one.council_id: one for one in reversed(shares)}.values())[::-1]


@of_own_delivery
@require_POST
def confirm(request: HttpRequest, this: Delivery, powers: Powers) -> HttpResponse:
    """An officer of a council whose contract is credited says whether it happened so."""
    council = request.POST.get("council", "").replace("\0", "")
    form = ConfirmForm(request.POST)
    if not this.credits.filter(council=council).exists():
        raise Http404
    if not powers.may_act_for(council):
        raise PermissionDenied
    if not form.is_valid():
        context = {**shown(request, this, powers), "form": form}
        return render(request, "social_value/delivery.html", context)
    try:
        confirm_delivery(this, council=council, by=person(request), **form.answer)
    except NotRecordedError as why:
        messages.error(request, str(why))
    else:
        pool_again(this)
        messages.success(request, "Kept, with your name and the day.")
    return redirect(this)


@of_own_delivery
def correct(request: HttpRequest, this: Delivery, powers: Powers) -> HttpResponse:
    """A new record in place of this one, which is kept."""
    if this.ended_at is not None:
        return redirect(this)
    given = {one.contract_id: one.amount for one in this.credits.order_by("pk")}
    known = Contract.objects.for_list().in_bulk(list(given))
    first = next((k for k in given if powers.may_act_for(known[k].council_id)), None)
    if first is None:
        raise PermissionDenied
    offered = {one.pk: one for one in others(known[first], this.measure, powers)}
    form = DeliveryForm(
        request.POST or None,
        request.FILES or None,
        asked=Asked(
            known[first],
            this.measure,
            list({**offered, **{k: c for k, c in known.items() if k != first}}.values()),
            powers,
            corrected=this,
        ),
        today=today(),
        initial=as_recorded(this, given),
    )
    if form.is_valid():
        try:
            made = correct_delivery(
                this, form.act, form.evidence,
                because=form.cleaned_data["because"], by=person(request),
            )  # fmt: skip
        except NotRecordedError as why:
            form.add_error(None, str(why))
        else:
            ask_community(made)
            pool_again(this)
            messages.success(request, "Corrected. It is to be confirmed anew.")
            return redirect(made)
    context = {"contract": known[first], "measure": this.measure, "form": form, "delivery": this}
    return render(request, "social_value/record.html", context)


def as_recorded(this: Delivery, given: dict[UUID, Any]) -> dict[str, Any]:
    facts = {
        "amount": f"{this.amount.normalize():f}",
        "done_on": this.done_on,
        "words": this.words,
        "area": this.area_id,
        "place": this.place,
        "link": this.evidence_link,
        "need": this.need_id,
    }
    return facts | {f"for-{key}": f"{amount.normalize():f}" for key, amount in given.items()}


@of_own_delivery
@require_POST
def take_back(request: HttpRequest, this: Delivery, powers: Powers) -> HttpResponse:
    form = TakeBackForm(request.POST, prefix="back")
    if not form.is_valid():
        context = {**shown(request, this, powers), "take_back": form}
        return render(request, "social_value/delivery.html", context)
    try:
        take_back_delivery(this, because=form.cleaned_data["because"], by=person(request))
    except NotRecordedError as why:
        messages.error(request, str(why))
    else:
        pool_again(this)
        messages.success(request, "Taken back. It counts for nothing, and is kept.")
    return redirect(this)


@of_own_delivery
@require_safe
def evidence(_request: HttpRequest, this: Delivery, _powers: Powers) -> FileResponse:
    """The file byte for byte; always saved, never shown by the browser."""
    if not this.evidence or not this.evidence.storage.exists(this.evidence.name or ""):
        raise Http404
    return FileResponse(
        this.evidence.open("rb"),
        as_attachment=True,
        filename=this.evidence_name,
        content_type="application/octet-stream",
    )


def community(request: HttpRequest, token: str) -> HttpResponse:
    """The community's contact, who was sent the address, says whether it happened so.

    Where the contact is no longer kept, an officer of the need's council answers for it.
    """
    this = Delivery.objects.of_token(token)
    if this is None or this.need is None:
        raise Http404
    answered = this.confirmations.filter(council__isnull=True).first()
    form = ConfirmForm(request.POST or None)
    by = person(request) if request.user.is_authenticated else None
    if request.method == "POST" and not answered and form.is_valid():
        try:
            answered = confirm_delivery(this, council=None, by=by, **form.answer)
        except NotRecordedError as why:
            form.add_error(None, str(why))
        else:
            pool_again(this)
    context = {"delivery": this, "answered": answered, "form": form}
    return render(request, "social_value/community.html", context)


def ask_community(this: Delivery) -> None:
    if this.need_id:
        transaction.on_commit(lambda: write_to_community.delay(str(this.pk)))


def pool_again(this: Delivery) -> None:
    """What was delivered is no longer there to be pooled."""
    transaction.on_commit(lambda: rebuild_pools.delay([this.measure_id]))
