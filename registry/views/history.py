"""A contract's history: what changed when and by whose word, and all its facts as on any day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from registry.formats import day as written
from registry.forms import HistoryForm
from registry.history import Moment, Told, moments, standing_at
from registry.models import Contract, Source, Statement
from registry.permissions import powers_of
from registry.provenance import Fact, Origin, facts_with_origin, may_be_shown
from registry.records import FIELDS
from registry.testimony import origin, stated
from registry.today import day_of, end_of
from registry.views.people import words

# Moments on one page.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Viewer:
    """What somebody may see of one contract: facts for buyers, and which are withheld."""

    private: bool
    hidden: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a moment in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A moment as the page tells it."""

    at: datetime
    source: Source
    undone: bool
    lines: list[Line]
    settled: list[str]  # fields of which somebody said later that a file is right


@require_safe
def history(request: HttpRequest, pk: UUID) -> HttpResponse:
    powers = powers_of(request.user)
    known = Contract.objects.as_published_to(powers).for_list()
    this = get_object_or_404(known, pk=pk)
    if this.withdrawn and not powers.may_act_for(this.council_id):
        raise Http404  # what was withdrawn whole may have been sent by mistake
    viewer = Viewer(powers.may_see_private(this.council_id), this.hidden_columns)
    statements = list(Statement.objects.filter(contract=this).oldest_first())
    told = [Told(stated(s), s.source.recorded_at, s.source.withdrawn_at) for s in statements]
    sources = {s.source_id: s.source for s in statements}
    form = HistoryForm(request.GET if "day_0" in request.GET else None)
    day = form.cleaned_data.get("day") if form.is_valid() else None
    entries = [entry(m, sources[m.source], viewer) for m in moments(told)]
    context = {
        "contract": this,
        "acts": powers.may_act_for(this.council_id),
        "form": form,
        "day": day,
        "facts": facts_on(day, told, sources, viewer) if day else [],
        "page": Paginator(entries, SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "registry/history.html", context)


def facts_on(day: date, told: list[Told], sources: dict[int, Source], viewer: Viewer) -> list[Fact]:
    """All facts as they stood at the end of a day."""
    origins: dict[int, Origin] = {key: origin(source) for key, source in sources.items()}
    return facts_with_origin(
        standing_at(told, end_of(day)), origins, private=viewer.private, hidden=viewer.hidden
    )


def entry(moment: Moment, source: Source, viewer: Viewer) -> Entry:
    lines = [
        Line(
            FIELDS[c.field].label,
            words(c.field, c.old, c.currencies[0]),
            words(c.field, c.new, c.currencies[1]),
        )
        for c in moment.changes
        if may_be_shown(c.field, private=viewer.private, hidden=viewer.hidden)
    ]
    settled = [] if moment.undone else settled_by_file(source, viewer)
    return Entry(moment.at, source, moment.undone, lines, settled)


def day_it_was(moment: str) -> str:
    return written(day_of(datetime.fromisoformat(moment)))


def settled_by_file(source: Source, viewer: Viewer) -> list[str]:
    """Fields of a person's word of which somebody said that the file is right, and when."""
    return [
        f"{FIELDS[name].label}: settled on {day_it_was(notes['given_up']['at'])} that the file is "
        "right"
        for name, notes in source.columns.items()
        if "given_up" in notes and may_be_shown(name, private=viewer.private, hidden=viewer.hidden)
    ]
