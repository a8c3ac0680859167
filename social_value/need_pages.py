"""Pages of needs: the board, posting one without an account, and what a council decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from registry.models import Council
from registry.permissions import person, powers_of
from registry.rates import COME_TOMORROW, enough_for_today, machine, within
from registry.today import today
from registry.views.downloads import for_its_officers
from social_value.actions import needs as actions
from social_value.assumptions import assumed
from social_value.models import Delivery, Need
from social_value.need_forms import APPROVE, NeedDecisionForm, NeedFilter, NeedForm
from social_value.need_pictures import Wanted, board
from social_value.tasks import rebuild_pools, write_to_poster

WIDE, NARROW = 1120, 358
# Each has a bar in the picture.
NEEDS_A_PAGE = 20
BY_ITS_POSTER = "Taken down by who posted it"


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """What communities need and can still be met, as everybody may see it."""
    open_now = Need.objects.open_on(today())
    narrowed = NeedFilter(request.GET, open_now.for_board())
    page = Paginator(narrowed.qs, NEEDS_A_PAGE).get_page(request.GET.get("page"))
    wanted = [as_drawn(one) for one in page.object_list]
    context = {
        "filter": narrowed,
        "page": page,
        "any": bool(page.object_list) or open_now.exists(),
        "drawings": [
            board(wanted, today=today(), width=WIDE, name="needs"),
            board(wanted, today=today(), width=NARROW, name="needs-narrow"),
        ],
    }
    return render(request, "social_value/needs.html", context)


def as_drawn(need: Need) -> Wanted:
    standing = need.standing
    name = f"{need.title}, {need.council.short_name}"
    return Wanted(name, need.wanted_from, need.wanted_by, standing.value, str(standing.label))


@require_safe
def need(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One need, to everybody while it is open; to its council whatever became of it."""
    this = get_object_or_404(Need.objects.for_board(), pk=pk)
    acts = powers_of(request.user).may_act_for(this.council_id)
    is_open = this.state == Need.State.APPROVED and this.wanted_by >= today()
    if this.state == Need.State.UNCONFIRMED or not (is_open or acts):
        raise Http404
    agreed = [one for one in this.agreed_pools.all() if one.state != "fallen"]
    context = {"need": this, "acts": acts, "is_open": is_open, "agreed": agreed}
    if acts and not this.contact_email:
        context["answers"] = Delivery.objects.unanswered_for(this).exclude(
            recorded_by=person(request)
        )
    return render(request, "social_value/need.html", context)


@require_http_methods(["GET", "POST"])
def post_need(request: HttpRequest) -> HttpResponse:
    """Post a need; nobody sees it before its poster has confirmed it by e-mail."""
    form = NeedForm(request.POST or None, on=today())
    if request.method == "POST" and within("needs", machine(request)):
        return render(request, "429.html", status=429)
    if not form.is_valid() or not (form.by_a_program or posted(form)):
        return render(request, "social_value/post_need.html", {"form": form})
    return redirect("social_value:need_sent")


def posted(form: NeedForm) -> bool:
    if enough_for_today():
        form.add_error(None, COME_TOMORROW)
        return False
    try:
        with transaction.atomic():
            need = actions.post(now=timezone.now(), **form.facts())
            transaction.on_commit(lambda: write_to_poster.delay(str(need.pk)))
    except actions.TooManyError:
        most = assumed("need_posts_a_day")
        form.add_error(
            "contact_email", f"{most} needs were posted from it within a day. Try again tomorrow."
        )
        return False
    return True


@require_safe
def need_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "social_value/need_sent.html", {"days": assumed("need_link_days")})


@require_http_methods(["GET", "POST"])
def yours(request: HttpRequest, token: str) -> HttpResponse:
    """The page of who posted a need: confirm it, see how it stands, take it down."""
    this = Need.objects.at(token)
    if this is None:
        raise Http404
    if request.method == "POST":
        return done_by_its_poster(request, this)
    in_time = this.may_be_confirmed(timezone.now(), assumed("need_link_days"))
    context = {"need": this, "may_confirm": in_time, "is_open": this.wanted_by >= today()}
    return render(request, "social_value/yours.html", context)


def done_by_its_poster(request: HttpRequest, this: Need) -> HttpResponse:
    """Only a button does it: programs that look at mail open every address in it."""
    if "confirm" in request.POST:
        if actions.confirm(this, now=timezone.now()):
            messages.success(request, f"Confirmed. {this.council.name} decides whether to show it.")
        return redirect("social_value:yours", this.token)
    if "take_down" in request.POST and actions.close(this, reason=BY_ITS_POSTER):
        pool_again(this)
        messages.success(request, "Taken down.")
    return redirect("social_value:needs")


@require_safe
@for_its_officers
def council_needs(request: HttpRequest, council: Council) -> HttpResponse:
    """What waits for the council's decision, and what it has approved."""
    own = Need.objects.filter(council=council).for_board()
    context = {
        "council": council,
        "waiting": own.waiting(),
        "open": own.open_on(today()),
        "today": today(),
    }
    return render(request, "social_value/council_needs.html", context)


@require_http_methods(["GET", "POST"])
@for_its_officers
def decide_need(request: HttpRequest, council: Council, pk: UUID) -> HttpResponse:
    """Approve or decline one that waits; take down one that was approved."""
    own = Need.objects.for_board().exclude(state=Need.State.UNCONFIRMED)
    this = get_object_or_404(own, pk=pk, council=council)
    if "take_down" in request.POST:
        return taken_down(request, this)
    form = NeedDecisionForm(request.POST or None)
    if not form.is_valid():
        context = {"council": council, "need": this, "form": form}
        return render(request, "social_value/decide_need.html", context)
    return decided(request, this, form.cleaned_data)


def decided(request: HttpRequest, this: Need, said: dict[str, Any]) -> HttpResponse:
    approve = said["decision"] == APPROVE
    if actions.decide(this, approve=approve, reason=said["reason"], by=person(request)):
        transaction.on_commit(lambda: write_to_poster.delay(str(this.pk)))
        pool_again(this)
        messages.success(request, "Approved." if approve else "Declined.")
    else:
        messages.error(request, "It was decided by somebody else in the meantime.")
    return redirect("social_value:council_needs", this.council_id)


def taken_down(request: HttpRequest, this: Need) -> HttpResponse:
    by = person(request)
    if actions.close(this, reason=f"Taken down by {this.council.name}"[:300], by=by):
        pool_again(this)
        messages.success(request, "Taken down.")
    return redirect("social_value:council_needs", this.council_id)


def pool_again(this: Need) -> None:
    """Pools follow what is needed."""
    transaction.on_commit(lambda: rebuild_pools.delay([this.measure_id]))
