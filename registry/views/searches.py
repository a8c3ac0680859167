"""Pages for those without an account: be told of a search by e-mail, confirm it, stop it.

Only a button does anything: programs that look at mail open every address in it. Pages that the
mailed addresses lead to ask for no cookie, since mail programs stop mails without one (RFC 8058):
the address itself stands for who reads the mail.
"""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from registry.actions import searches as actions
from registry.actions.digests import MOST_HITS, address_of, hits_of
from registry.digests import Searchable, searchable
from registry.formats import count
from registry.models import Digest, SavedSearch
from registry.models.alerts import DAYS_TO_CONFIRM, signed_key
from registry.permissions import EVERYBODY
from registry.rates import COME_TOMORROW, enough_for_today, machine, within
from registry.search_forms import LONGEST_QUERY, TellMeForm, in_words, name_for, query_of
from registry.tasks import write_to_asker
from registry.today import today

TOO_LONG = "This is narrowed down by more than we can keep. Take some of it away."
NOT_LOOKED_FOR = "{what}: the list cannot look for this. Choose again there."
TOO_MANY = "This finds more than {most:,}. Narrow it down first: a mail would leave most of it out."


@sensitive_post_parameters("email")
@require_http_methods(["GET", "HEAD", "POST"])
def tell_me(request: HttpRequest) -> HttpResponse:
    """Ask to be told of a list as it is narrowed down."""
    given = request.POST if request.method == "POST" else request.GET
    key = given.get("list", "")
    known = searchable(key)
    if known is None or not known.open_to_all:
        raise Http404
    # Before anything is looked for, which costs the most here.
    if request.method == "POST" and within("searches", machine(request)):
        return render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    kept, context = as_asked(key, known, given.get("query", ""))
    form = TellMeForm(request.POST or None, initial={"name": context.get("called")})
    status = HTTPStatus.OK
    if not context["faults"] and form.is_valid():
        if form.by_a_program or not enough_for_today():
            asked_for(form, key, kept)
            return redirect("registry:search_sent")
        form.add_error(None, COME_TOMORROW)
        status = HTTPStatus.TOO_MANY_REQUESTS
    return render(request, "registry/tell_me.html", {**context, "form": form}, status=status)


def as_asked(key: str, known: Searchable, query: str) -> tuple[str, dict[str, Any]]:
    """What to keep of the list's address, and what its page says of it."""
    address = reverse(known.address)
    context = {"key": key, "what": known.words, "days": DAYS_TO_CONFIRM, "url": address}
    if len(query) > LONGEST_QUERY:
        return "", {**context, "faults": [TOO_LONG]}
    asked = known.form(QueryDict(query), EVERYBODY)
    if not asked.is_valid():
        faults = [NOT_LOOKED_FOR.format(what=asked[name].label) for name in asked.errors]
        return "", {**context, "faults": faults}
    kept, narrowed = query_of(asked), list(in_words(asked))
    if len(kept) > LONGEST_QUERY:  # letters beyond ASCII take more room once they are written so
        return "", {**context, "faults": [TOO_LONG]}
    number = len(hits_of(key, kept, EVERYBODY, most=MOST_HITS + 1))
    return kept, {
        **context,
        "url": f"{address}?{kept}" if kept else address,
        "query": kept,
        "narrowed": narrowed,
        "finds": count(number, *known.hits),
        "called": name_for(known.words, narrowed),
        "faults": [TOO_MANY.format(most=MOST_HITS)] if number > MOST_HITS else [],
    }


def asked_for(form: TellMeForm, key: str, kept: str) -> None:
    """Whatever becomes of it, who asks hears the same."""
    if form.by_a_program:
        return
    said = form.cleaned_data
    with transaction.atomic():
        search = actions.ask(
            email=said["email"], page=key, query=kept, name=said["name"], today=today()
        )
        if search:
            key_of_it = search.pk
            transaction.on_commit(lambda: write_to_asker.delay(key_of_it))


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "registry/search_sent.html", {"days": DAYS_TO_CONFIRM})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def digest(request: HttpRequest, token: str) -> HttpResponse:
    """All that one address is told of; its button stops the mails for good."""
    key = signed_key(token)
    if key is None:
        raise Http404
    if request.method == "POST":
        actions.stop_all(key)
    this = Digest.objects.select_related("user").filter(pk=key).first()
    if this is None:
        return render(request, "registry/search_gone.html")
    searches = [(one, address_of(one)) for one in this.searches.all()]
    return render(request, "registry/searches.html", {"digest": this, "searches": searches})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """One search of an address: confirm it, or stop it."""
    key = signed_key(token)
    if key is None:
        raise Http404
    this = SavedSearch.objects.select_related("digest").filter(pk=pk, digest=key).first()
    if this is None:
        return gone(request, key)
    if "confirm" in request.POST:
        return confirmed(request, this)
    if "stop" in request.POST or "List-Unsubscribe" in request.POST:
        actions.stop(this)
        return gone(request, key)
    return shown(request, this)


def gone(request: HttpRequest, key: int) -> HttpResponse:
    """It is not kept, or no longer; others of the address may be."""
    left = Digest.objects.filter(pk=key).first()
    return render(request, "registry/search_gone.html", {"left": left})


def confirmed(request: HttpRequest, this: SavedSearch) -> HttpResponse:
    try:
        actions.confirm(this, now=timezone.now())
    except actions.TooManyError:
        return shown(request, this, most=actions.MOST_OF_AN_ADDRESS)
    # Of one that it had already the address has now the old row, under the new name.
    standing = SavedSearch.objects.filter(
        digest=this.digest_id, page=this.page, query=this.query, confirmed=True
    ).select_related("digest")
    return redirect(standing.first() or this)


def shown(request: HttpRequest, this: SavedSearch, **more: Any) -> HttpResponse:
    context = {
        "search": this,
        "what": known.words if (known := searchable(this.page)) else "",
        "url": address_of(this),
        "may_confirm": this.may_be_confirmed(timezone.now()),
        **more,
    }
    return render(request, "registry/search.html", context)
