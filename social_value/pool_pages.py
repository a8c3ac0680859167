"""Pages of pools: what promises could become, putting it to the parties, and what they agreed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry.paging import page_of
from registry.permissions import Powers, person, powers_of
from registry.today import today
from registry.views.numbers import number
from social_value.actions import agreeing
from social_value.models import AgreedPool, Answer, Delivery, Pool, Unpooled
from social_value.parties import Party
from social_value.pictures import Gap, Gaps, gaps
from social_value.pool_forms import YES, AnswerForm, LeaveForm
from social_value.pool_showing import (
    Asking,
    asked_of,
    may_read_answers,
    names_of,
    parties_asked,
    shares_of,
    shown,
)
from social_value.quantities import measured
from social_value.tallies import known_as
from social_value.tasks import rebuild_pools
from social_value.vouching import vouched

MOST_ACTS = 20
NOT_AS_SEEN = "The pool has changed since you opened it. Look at it again before you answer."
FELL_ALREADY = "The pool has fallen already: there is nothing to withdraw from any more."


@require_safe
def pools(request: HttpRequest) -> HttpResponse:
    """What is agreed, what could be, and what is left with what is missing."""
    page = page_of(Pool.objects.for_list().in_order(), request.GET.get("page"))
    kept = list(AgreedPool.objects.standing().for_list())
    left = list(Unpooled.objects.for_list())
    names = names_of({one.place for one in [*page.object_list, *kept, *left]})

    def placed(found: list[Any]) -> list[tuple[Any, str]]:
        return [(one, names.get(one.place, one.place)) for one in found]

    context = {
        "page": page,
        "pools": placed(list(page.object_list)),
        "kept": placed(kept),
        "left": placed(left),
        "gaps": gaps_of(placed(left)),
    }
    return render(request, "social_value/pools.html", context)


def gaps_of(left: list[tuple[Unpooled, str]]) -> list[Gaps]:
    """How near what is left comes to something useful, for wide and for narrow screens."""
    found = [
        Gap(
            f"{one.measure.name}, {place}{f', for {one.group}' if one.group else ''}",
            one.measure.useful_amount,
            one.usable,
            f"{measured(one.usable, one.measure.unit)} of the "
            f"{measured(one.measure.useful_amount, one.measure.unit)} that would be useful",
        )
        for one, place in left
    ]
    sizes = ((1120, "gaps"), (358, "gaps-narrow"))
    return [gaps(found, width=width, name=name) for width, name in sizes]


@require_safe
def pool(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One that could be made: its picture, its shares, and why they may be used together.

    Once it was put to its parties, its address leads to what was kept of it; not for good,
    since the same may be made again of what promises have left.
    """
    this = Pool.objects.select_related("measure", "need").filter(pk=pk).first()
    if this is None:
        return redirect(kept_for(powers_of(request.user), pk))
    shares = shares_of(this)
    mine = any(one.mine for one in parties_asked(shares, powers_of(request.user)))
    context = {**shown(this, shares), "mine": mine}
    return render(request, "social_value/pool.html", context)


def kept_for(powers: Powers, pk: UUID) -> AgreedPool:
    """What a pool became, if this reader may see it."""
    for one in agreeing.kept_as(pk):
        if may_see(one, reads=may_read_answers(shares_of(one), powers, one.place)):
            return one
    raise Http404


def may_see(this: AgreedPool, *, reads: bool) -> bool:
    return reads or this.state != AgreedPool.State.FALLEN


@require_safe
def agreed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One that was put to its parties; a fallen one is for them alone."""
    this = get_object_or_404(AgreedPool.objects.select_related("measure", "need"), pk=pk)
    shares, powers = shares_of(this), powers_of(request.user)
    reads = may_read_answers(shares, powers, this.place)
    if not may_see(this, reads=reads):
        raise Http404
    asked = asked_of(this, shares, powers)
    stands, done = this.state == AgreedPool.State.AGREED, agreeing.done_for(this)
    open_and_mine = this.state == AgreedPool.State.ASKED and any(one.mine for one in asked)
    context = {
        **shown(this, shares),
        "asked": asked if reads else [],
        "said_yes": sum(one.answer is not None and one.answer.agrees for one in asked),
        "mine": open_and_mine,
        "own": own_contract(shares, powers) if stands else None,
        "delivered": done,
        "vouched": vouched(Delivery.objects.standing().filter(pool=this.pk), most=MOST_ACTS),
        "may_leave": stands and done < this.amount and any(one.mine for one in asked),
        "left": this.fell_because == agreeing.LEFT,
    }
    return render(request, "social_value/agreed.html", context)


def own_contract(shares: Sequence[Any], powers: Powers) -> UUID | None:
    """A contract of the pool that this reader may record deliveries for."""
    return next((one.contract.pk for one in shares if powers.may_act_for(one.council.pk)), None)


@require_http_methods(["GET", "POST"])
@login_required
def put_to_parties(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The first answer keeps the pool as it is, and asks the other parties."""
    this = Pool.objects.select_related("measure", "need").filter(pk=pk).first()
    if this is None:  # put to its parties by somebody else, or made anew
        messages.error(request, NOT_AS_SEEN)
        return redirect("social_value:pools")
    asked = own(parties_asked(shares_of(this), powers_of(request.user)))
    seen = agreeing.mark_of(this.shares.all())
    form = form_for(request, asked, seen)
    if not form.is_valid():
        return asking(request, this, form)
    try:
        with transaction.atomic():
            kept = agreeing.take_up(this.pk, seen=form.cleaned_data["seen"], today=today())
            recorded(request, kept, asked, form)
    except agreeing.NotAsSeenError:
        messages.error(request, NOT_AS_SEEN)
        return redirect("social_value:pools")
    return redirect(kept)


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What further parties said of a pool that is being agreed."""
    this = get_object_or_404(AgreedPool.objects.select_related("measure", "need"), pk=pk)
    asked = own(asked_of(this, shares_of(this), powers_of(request.user)))
    form = form_for(request, asked, "")
    if this.state != AgreedPool.State.ASKED:
        messages.error(request, "It is settled: no more answers are taken.")
        return redirect(this)
    if not form.is_valid():
        return asking(request, this, form)
    try:
        recorded(request, this, asked, form)
    except agreeing.NotAsSeenError:
        messages.error(request, NOT_AS_SEEN)
    return redirect(this)


@require_http_methods(["GET", "POST"])
@login_required
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A council, or a supplier of it, withdraws from what was agreed and is not all done yet."""
    this = get_object_or_404(AgreedPool.objects.select_related("measure", "need"), pk=pk)
    asked = own(asked_of(this, shares_of(this), powers_of(request.user)))
    if this.state == AgreedPool.State.FALLEN:
        messages.error(request, FELL_ALREADY)
        return redirect(this)
    if this.state != AgreedPool.State.AGREED:
        messages.error(request, "Nobody can withdraw from it: it is not agreed.")
        return redirect(this)
    form = form_for(request, asked, "", kind=LeaveForm, since=this.settled_on)
    if not form.is_valid():
        return asking(request, this, form, page="social_value/leave.html")
    try:
        agreeing.leave(this, *said_in(form, asked), by=person(request), today=today())
    except agreeing.NotAsSeenError:  # somebody else withdrew meanwhile
        messages.error(request, FELL_ALREADY)
    except agreeing.AllDoneError:
        messages.error(request, "All of it has been delivered: nothing is left to withdraw from.")
    else:
        pool_again(this)
        messages.success(
            request, "Recorded. The pool has fallen, and the other parties are told of it."
        )
    return redirect(this)


def own(asked: list[Asking]) -> list[Asking]:
    mine = [one for one in asked if one.mine]
    if not mine:
        raise PermissionDenied
    return mine


def form_for(
    request: HttpRequest,
    asked: list[Asking],
    seen: str,
    *,
    kind: type[AnswerForm] = AnswerForm,
    since: date | None = None,
) -> AnswerForm:
    choices = [(one.party.key, called(one)) for one in asked]
    waiting = [one.party.key for one in asked if one.answer is None]
    initial = {"seen": seen, "said_on": today(), "parties": waiting if len(waiting) == 1 else []}
    return kind(request.POST or None, choices=choices, since=since, today=today(), initial=initial)


def called(one: Asking) -> str:
    """A party as its own officers know it."""
    said = "" if one.answer is None else f" (said {'yes' if one.answer.agrees else 'no'})"
    if one.contract is None:
        return f"{one.council.name}{said}"
    supplier = known_as(one.contract) or "Supplier"
    return f"{supplier}, of “{one.contract.title}”{said}"


def asking(
    request: HttpRequest,
    this: Pool | AgreedPool,
    form: AnswerForm,
    *,
    page: str = "social_value/answer.html",
) -> HttpResponse:
    amount = sum(share.amount for share in this.shares.all())
    context = {"pool": this, "form": form, "amount": amount, "kept": isinstance(this, AgreedPool)}
    return render(request, page, context)


def said_in(form: AnswerForm, asked: list[Asking]) -> tuple[list[Party], agreeing.Said]:
    """Whose word a filled form is, and what it says."""
    facts = form.cleaned_data
    chosen = [one.party for one in asked if one.party.key in facts["parties"]]
    agrees = facts.get("agrees") == YES
    return chosen, agreeing.Said(agrees, facts["said_by"], facts["said_on"], facts["reason"])


def recorded(request: HttpRequest, this: AgreedPool, asked: list[Asking], form: AnswerForm) -> None:
    found = agreeing.answer(this, *said_in(form, asked), by=person(request), today=today())
    if found.state == AgreedPool.State.FALLEN:
        pool_again(found)
    messages.success(request, TOLD[AgreedPool.State(found.state)])


TOLD = {
    AgreedPool.State.ASKED: "Recorded. It is agreed once every party has said yes.",
    AgreedPool.State.AGREED: "Recorded. Every party has said yes: it is agreed.",
    AgreedPool.State.FALLEN: "Recorded. The pool has fallen, and its other promises are free.",
}


@require_POST
@login_required
def take_back_refusal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let promises that somebody refused be pooled again."""
    key = number(request.POST.get("answer", ""))
    refusal = get_object_or_404(Answer.objects.select_related("pool"), pool=pk, pk=key)
    if not powers_of(request.user).may_act_for(refusal.council_id):
        raise PermissionDenied
    if agreeing.take_back(refusal):
        pool_again(refusal.pool)
        messages.success(request, "Taken back. The promises are pooled again.")
    return redirect(refusal.pool)


def pool_again(this: AgreedPool) -> None:
    transaction.on_commit(lambda: rebuild_pools.delay([this.measure_id]))
