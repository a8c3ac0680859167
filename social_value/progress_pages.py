"""Pages of promises kept: of a council, of a supplier across councils, and in public by area."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from registry.models import Contract, Council, Supplier
from registry.permissions import powers_of
from registry.today import today
from registry.views.downloads import for_its_officers
from social_value.bars import NARROW, WIDE, Amounts, Picture, picture
from social_value.models import Credit, Delivery, Measure
from social_value.progress import Progress
from social_value.quantities import measured
from social_value.reminders import Owed, letter
from social_value.tallies import (
    Line,
    Together,
    by_measure,
    delivered,
    known_as,
    measures,
    progress_of,
    promised_in_all,
    tallied,
    with_nothing_done,
    worst_first,
)
from social_value.vouching import vouched

MOST_LINES = 200
MOST_WAITING = 50
MOST_ACTS = 50
Found = Mapping[tuple[UUID, str], Progress]


@require_safe
def council(request: HttpRequest, code: str) -> HttpResponse:
    """What a council's contracts owe by now, what was delivered, and what waits for its word."""
    this = get_object_or_404(Council, pk=code)
    reader = powers_of(request.user)
    acts = reader.may_act_for(this.pk)
    theirs = Contract.objects.filter(council=this)
    known = measures()
    found = progress_of(theirs, known, today=today())
    named = contracts_of(found, theirs.as_published_to(reader).for_list())
    lines = worst_first(of_contracts(found, named, known))
    context = {
        "council": this,
        "acts": acts,
        "waiting": waiting_for(this)[:MOST_WAITING] if acts else [],
        **summed_up(found, known, told_waiting=acts),
        "lines": [(line, named[line.contract]) for line in lines[:MOST_LINES]],
        "tallies": tallied((who(named[line.contract]), line) for line in lines),
        "more": max(len(lines) - MOST_LINES, 0),
        "late": sum(1 for line in lines if line.progress.late),
    }
    return render(request, "social_value/council_progress.html", context)


def contracts_of(found: Found, contracts: Any) -> dict[UUID, Contract]:
    """Those that promise or deliver anything."""
    return {one.pk: one for one in contracts.filter(pk__in={key for key, _ in found})}


def waiting_for(council: Council) -> list[Delivery]:
    """Acts that this council has not said anything of."""
    credited = Credit.objects.standing().filter(council=council)
    said = Delivery.objects.filter(confirmations__council=council)
    found = Delivery.objects.standing().filter(pk__in=credited.values("delivery"))
    return list(found.exclude(pk__in=said.values("pk")).select_related("measure", "recorded_by"))


def who(contract: Contract) -> tuple[str, str]:
    """The supplier as this reader is shown it."""
    if contract.supplier is None:
        return known_as(contract) or "Supplier not known, or withheld", ""
    return known_as(contract), reverse("social_value:supplier", args=[contract.supplier.pk])


def of_contracts(
    found: Found, named: Mapping[UUID, Contract], known: Mapping[str, Measure]
) -> list[Line]:
    """A line for each contract and measure."""
    return [
        Line(known[measure], one, key, named[key].title, named[key].get_absolute_url())
        for (key, measure), one in found.items()
        if key in named
    ]


def summed_up(found: Found, known: Mapping[str, Measure], *, told_waiting: bool) -> dict[str, Any]:
    """The figures by measure, and their picture at two widths."""
    sums = by_measure(found, known)
    return {
        "sums": sums,
        "drawings": drawn([amounts(line) for line in sums]),
        "told_waiting": told_waiting,
    }


def amounts(line: Together) -> Amounts:
    unit, one = line.measure.unit, line.progress
    kept = (("promised", one.promised), ("due", one.due), ("delivered", one.delivered))
    return Amounts(
        line.measure.name,
        [(kind, amount, f"{kind} {measured(amount, unit)}") for kind, amount in kept],
    )


def drawn(every: Sequence[Amounts]) -> list[Picture]:
    return [picture(every, width=width) for width in (WIDE, NARROW)] if every else []


@require_safe
def supplier(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What one supplier owes, council by council; of contracts whose supplier this reader knows."""
    reader = powers_of(request.user)
    this = Supplier.objects.told_to(reader).filter(pk=pk).first()
    if this is None:
        merged = get_object_or_404(Supplier, pk=pk).merged_into_id
        if merged is None:
            raise Http404
        return redirect("social_value:supplier", merged)
    theirs = Contract.objects.of_supplier_told_to(reader).filter(supplier=this)
    known = measures()
    found = progress_of(theirs, known, today=today())
    named = contracts_of(found, theirs.as_published_to(reader).for_list())
    lines = worst_first(of_contracts(found, named, known))
    context = {
        "supplier": this,
        **summed_up(found, known, told_waiting=False),
        "lines": [(line, named[line.contract]) for line in lines[:MOST_LINES]],
        "tallies": tallied((whose(named[line.contract]), line) for line in lines),
        "more": max(len(lines) - MOST_LINES, 0),
        "late": sum(1 for line in lines if line.progress.late),
    }
    return render(request, "social_value/supplier.html", context)


def whose(contract: Contract) -> tuple[str, str]:
    url = reverse("social_value:progress", args=[contract.council_id])
    return contract.council.short_name, url


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """What was delivered where, by measure and area, as councils and communities confirmed."""
    region = request.GET.get("region", "").replace("\0", "")
    promised = {} if region else promised_in_all()
    rows = with_nothing_done(delivered(region=region), promised)
    whole: dict[str, Any] = defaultdict(int)
    for row in rows:
        whole[row.measure.pk] += row.amount
    known = {row.measure.pk: row.measure for row in rows}
    every = [
        Amounts(one.name, bars_of(one.unit, promised.get(key), whole[key]))
        for key, one in known.items()
    ]
    context = {
        "rows": rows,
        "region": region,
        "drawings": drawn(every),
        "acts": Delivery.objects.filter(
            pk__in=Credit.objects.confirmed().values("delivery")
        ).count(),
        "promises": bool(promised),
        "vouched": vouched(adding_up(region), most=MOST_ACTS),
    }
    return render(request, "social_value/public.html", context)


def adding_up(region: str) -> "QuerySet[Delivery]":
    """Acts whose amounts are in the sums of the page."""
    acts = Delivery.objects.standing().filter(measure__useful_amount__isnull=False)
    return acts.filter(area__region=region) if region else acts


def bars_of(unit: str, promised: Any, done: Any) -> list[tuple[str, Any, str]]:
    kept = [("promised", promised)] if promised is not None else []
    return [
        (kind, amount, f"{kind} {measured(amount, unit)}")
        for kind, amount in [*kept, ("delivered", done)]
    ]


@for_its_officers
def reminders(request: HttpRequest, council: Council) -> HttpResponse:
    """What its officers can send each supplier: what is due or late, in words to be mailed."""
    reader = powers_of(request.user)
    theirs = Contract.objects.filter(council=council)
    known = measures()
    found = progress_of(theirs, known, today=today())
    named = contracts_of(found, theirs.as_published_to(reader).for_list())
    by_supplier: dict[str, list[Owed]] = defaultdict(list)
    for line in worst_first(of_contracts(found, named, known)):
        if line.progress.owed:
            by_supplier[known_as(named[line.contract])].append(owed(line))
    page = request.build_absolute_uri(reverse("social_value:progress", args=[council.pk]))
    letters = [
        letter(name, council.name, lines, page=page, today=today())
        for name, lines in sorted(by_supplier.items())
        if any(one.matters(today()) for one in lines)
    ]
    context = {"council": council, "letters": letters}
    return render(request, "social_value/reminders.html", context)


def next_words(line: Line) -> str:
    """Of a share the whole: what is missing of it is not a share that could be done."""
    one, measure = line.progress, line.measure
    if not measure.adds_up:
        return measured(one.promised, measure.unit)
    more = measured(one.next_amount, measure.unit)
    return f"{more} more" if one.due or one.delivered else more


def owed(line: Line) -> Owed:
    one, unit = line.progress, line.measure.unit
    return Owed(
        title=line.name,
        measure=line.measure.name,
        promised=measured(one.promised, unit),
        delivered=measured(one.delivered, unit) if one.delivered else "nothing",
        waiting=measured(one.waiting, unit) if one.waiting else "",
        late=measured(one.late, unit) if one.late else "",
        next_due=one.next_due,
        next_amount=next_words(line),
    )
