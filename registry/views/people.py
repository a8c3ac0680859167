"""What officers say of their contracts: record a decision, answer a file, take a word back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from registry.disagreements import Disagreement, as_text, disagreements
from registry.events import open_option_ends
from registry.formats import day as written
from registry.forms import DecisionForm
from registry.models import Contract, Source, Statement
from registry.permissions import person
from registry.provenance import in_words
from registry.records import FIELDS
from registry.testimony import by_contract, facts_now
from registry.today import today
from registry.views.guards import of_own_contract
from registry.views.numbers import number
from registry.workings import terms_of


@of_own_contract
def record(request: HttpRequest, this: Contract) -> HttpResponse:
    """Ask what happened, and record it."""
    options = open_option_ends(terms_of(facts_now(this)))
    form = DecisionForm(request.POST or None, start=this.start_date, options=options, today=today())
    if not form.is_valid():
        return render(request, "registry/record.html", {"contract": this, "form": form})
    save_event(this, form.cleaned_data["event"], form.cleaned_data["last"], request)
    messages.success(request, f"Recorded: it ends on {written(form.cleaned_data['last'])}.")
    return redirect(this)


def save_event(this: Contract, event: str, last: date, request: HttpRequest) -> None:
    # Recording places a contract in its category: what that needs is not loaded with the pages.
    from registry.actions import people

    save = {
        Source.Event.EXTENDED: people.extend,
        Source.Event.NOTICE: people.give_notice,
        Source.Event.ENDED: people.end,
    }[Source.Event(event)]
    save(this, last, by=person(request))


@of_own_contract
@require_POST
def answer(request: HttpRequest, this: Contract) -> HttpResponse:
    """Settle a disagreement between a person's word and the newest file."""
    from registry.actions import people

    source = own_word(request, this)
    said = [d for d in open_disputes(this) if d.person == source.pk]
    said = [d for d in said if d.field == request.POST.get("field")]
    if request.POST.get("answer") == "file":
        people.give_up(source, [d.field for d in said], by=person(request))
        messages.success(request, "The file’s word stands now.")
    else:
        answers = [people.Answered(d.field, as_text(d.field, d.theirs)) for d in said]
        people.uphold(source, answers, by=person(request))
        messages.success(request, "Ours stands, until a file says something new.")
    return redirect(this)


@of_own_contract
@require_POST
def take_back(request: HttpRequest, this: Contract) -> HttpResponse:
    from registry.actions import people

    people.take_back(own_word(request, this))
    messages.success(request, "Taken back. What was said before stands again.")
    if Contract.objects.standing().filter(pk=this.pk).exists():
        return redirect(this)
    return redirect(this.council)


def own_word(request: HttpRequest, this: Contract) -> Source:
    """The person's source the form names, if it stands and speaks of this contract."""
    source = number(request.POST.get("source", ""))
    people = Source.objects.standing().filter(kind=Source.Kind.PERSON, statements__contract=this)
    return get_object_or_404(people, pk=source)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A person's word as pages tell of it."""

    source: Source
    words: list[str]


def words_on(this: Contract) -> list[Spoken]:
    """What people said of a contract that stands, the newest first."""
    said = Statement.objects.standing().by_people().filter(contract=this).oldest_first()
    told = by_contract(said).get(this.pk, [])
    sources = {s.pk: s for s in Source.objects.filter(pk__in=[t.source for t in told])}
    return [
        Spoken(
            sources[one.source],
            [
                f"{FIELDS[name].label}: "
                + (in_words(name, one.facts.get(name), one.facts) if name in one.facts else "blank")
                for name in FIELDS
                if name in one.knows - one.follows
            ],
        )
        for one in reversed(told)
    ]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A disagreement in words."""

    contract: Contract
    source: int
    field: str
    label: str
    ours: str
    theirs: str
    person: Source
    file: Source


def open_disputes(this: Contract) -> list[Disagreement]:
    said = by_contract(Statement.objects.standing().filter(contract=this))
    return disagreements(said.get(this.pk, []))


def disputes_of(this: Contract) -> list[Dispute]:
    return told_of([(this, found) for found in open_disputes(this)])


def told_of(found: list[tuple[Contract, Disagreement]]) -> list[Dispute]:
    """Disagreements with the sources they are between."""
    keys = {key for _, d in found for key in (d.person, d.file)}
    sources = Source.objects.select_related("recorded_by").in_bulk(keys)
    return [
        Dispute(
            contract=contract,
            source=d.person,
            field=d.field,
            label=FIELDS[d.field].label if d.field in FIELDS else d.field,
            ours=words(d.field, d.ours, d.currencies[0]),
            theirs=words(d.field, d.theirs, d.currencies[1]),
            person=sources[d.person],
            file=sources[d.file],
        )
        for contract, d in found
    ]


def words(field: str, value: Any, currency: str) -> str:
    return in_words(field, value, {"currency": currency}) if value not in (None, "") else "blank"
