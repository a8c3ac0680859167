"""With whom a council could buy beyond its stored groupings: worked out when opened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from procurement import actions
from procurement.actions.joint_buys import NotDoneError, express_interest
from procurement.advice import advise
from procurement.briefing import Subject, begun_of, brief_on
from procurement.company import company_of
from procurement.joint_buy_forms import WhoseForm
from procurement.merging import replaced_councils
from procurement.models import Opportunity
from procurement.pictures import window_picture
from procurement.signings import signed_of
from procurement.views import price_context
from procurement.worked_out import WorkedOut, worked_out
from registry.models import Category, Contract, Council
from registry.permissions import Powers, person, powers_of
from registry.records import BOUGHT_ANEW
from registry.today import today
from registry.views.downloads import for_its_officers

MOST_SHOWN = 10


@require_safe
@for_its_officers
def together(request: HttpRequest, council: Council) -> HttpResponse:
    """Suppliers and kinds of things it shares with others, each leading to its windows."""
    found = company_of(council, today=today())
    context = {
        "council": council,
        "like": found.like,
        "by_supplier": (found.by_supplier[:MOST_SHOWN], found.by_supplier[MOST_SHOWN:]),
        "by_category": (found.by_category[:MOST_SHOWN], found.by_category[MOST_SHOWN:]),
    }
    return render(request, "procurement/together.html", context)


@dataclass(frozen=True, slots=True)
class Together:
    """A grouping worked out for a council, and the windows found in it."""

    council: Council
    among: WorkedOut
    category: Category
    windows: list[Opportunity]

    def best(self) -> Opportunity | None:
        """Of the plan the date with the most value, the earliest of several."""
        planned = [one for one in self.windows if not one.alternative]
        return max(planned, key=lambda one: one.annual_value, default=None)

    def on(self, start: date) -> Opportunity | None:
        return next((one for one in self.windows if one.start_date == start), None)


def found_together(council: Council, code: str, category: str) -> Together:
    """Worked out now; there is no such page for a council that is not one of them."""
    bought = get_object_or_404(Category.objects.bought_together(), pk=category)
    among = worked_out(code, category=bought, council=council, day=today())
    if among is None:
        raise Http404
    found = actions.find_together(among, bought, today=today())
    for one in found:
        one.opened_by = council.pk
    return Together(council, among, bought, found)


@require_safe
@for_its_officers
def windows(request: HttpRequest, council: Council, grouping: str, category: str) -> HttpResponse:
    """The best date, or why there is none."""
    found = found_together(council, grouping, category)
    best = found.best()
    if best is None:
        lacking = undated_contracts(found, powers_of(request.user))
        context = {"found": found, "undated": lacking}
        return render(request, "procurement/together_none.html", context)
    return shown(request, found, best)


def undated_contracts(found: Together, reader: Powers) -> list[Contract]:
    """Those whose end is not known, as this reader is told of them."""
    held = found.among.contracts(found.category).standing().filter(kind__in=BOUGHT_ANEW)
    lacking = held.filter(end_date__isnull=True, rolling=False).as_published_to(reader)
    return list(lacking.select_related("council", "supplier").order_by("council__name", "pk"))


@require_safe
@for_its_officers
def window(
    request: HttpRequest, council: Council, grouping: str, category: str, start: str
) -> HttpResponse:
    found = found_together(council, grouping, category)
    chosen = found.on(day_of(start))
    if chosen is None:
        return no_longer(request, found)
    return shown(request, found, chosen)


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error


def no_longer(request: HttpRequest, found: Together) -> HttpResponse:
    """Dates come and go with what registers say, and with the day."""
    messages.info(request, "That date is not found any more. These are the dates found now.")
    return redirect(address_of(found))


def address_of(found: Together) -> str:
    where = [found.council.pk, found.among.grouping.code, found.category.pk]
    return reverse("procurement:together_with", args=where)


def shown(request: HttpRequest, found: Together, this: Opportunity) -> HttpResponse:
    """As the page of a stored opportunity, with how its councils were found."""
    powers, opened = powers_of(request.user), request.GET.get("council", "")
    others = [one for one in found.windows if one is not this]
    contracts = found.among.contracts(found.category)
    subject = Subject(this, contracts, others, begun_of(this, powers))
    briefing = brief_on(subject, today=today(), reader=powers)
    mine = any(one.council.pk == found.council.pk for one in briefing.joining)
    context: dict[str, Any] = {
        "opportunity": this,
        "together": found,
        "joint_buy": briefing.begun,
        "may_begin": "interest" if mine else "",
        "signed": signed_of([this], reader=powers),
        "briefing": briefing,
        "advice": advise(briefing, reader=powers),
        "replaced": replaced_councils(briefing, reader=powers),
        "today": briefing.today,
        "wide": window_picture(briefing.picture, opened=opened),
        "narrow": window_picture(briefing.picture, name="narrow", compact=True, opened=opened),
        **price_context(person(request), powers, this),
    }
    return render(request, "procurement/opportunity.html", context)


@for_its_officers
def interest(
    request: HttpRequest, council: Council, grouping: str, category: str, start: str
) -> HttpResponse:
    """The first interest makes it a joint buy, which keeps its councils as they are today."""
    found = found_together(council, grouping, category)
    chosen = found.on(day_of(start))
    if chosen is None:
        return no_longer(request, found)
    form = WhoseForm(request.POST or None, councils=[council])
    if request.method == "POST" and form.is_valid():
        return begin(request, found, chosen)
    begun = begun_of(chosen, reader=powers_of(request.user))
    context = {"opportunity": chosen, "form": form, "own": [council], "joint_buy": begun}
    return render(request, "procurement/interest.html", context)


def begin(request: HttpRequest, found: Together, this: Opportunity) -> HttpResponse:
    council, among = found.council, found.among.councils
    try:
        joint_buy = express_interest(
            this, council.pk, today=today(), by=person(request), among=among
        )
    except NotDoneError as refused:
        messages.error(request, str(refused))
        return redirect(this)
    messages.success(request, f"{council.name} is recorded on the ladder.")
    return redirect(joint_buy)
