"""What is coming: sums of contracts that end, and each quarter's snapshot of intentions."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce, TruncQuarter
from django.utils import timezone

from procurement.demand import (
    Answer,
    Band,
    Before,
    Cell,
    Shown,
    answers_by_cell,
    half_of,
    next_snapshot,
    release_day,
)
from procurement.models import (
    Area,
    DemandPrice,
    DemandSnapshot,
    EndingDemand,
    IntendedDemand,
    Pledge,
    PriceRelease,
)
from procurement.prices.figures import stepped
from procurement.rules import stated_demand_rules
from registry import bulk
from registry.models import Category, Contract, Grouping, Membership
from registry.models.contracts import ContractQuerySet
from registry.periods import first_of_quarter
from registry.permissions import EVERYBODY
from registry.records import BOUGHT_ANEW

INTENDING = (Pledge.Step.INTENDS, Pledge.Step.COMMITS, Pledge.Step.SIGNED)
# Prices are told more widely here than to councils that give them: steps of a quarter.
PRICE_STEPS = 10
NOTHING = Decimal(0)


def code_of(*parts: str | date) -> str:
    """LAP.E12000002.2027-04: the same for the same cell, always."""
    return ".".join(f"{one:%Y-%m}" if isinstance(one, date) else one for one in parts)


@transaction.atomic
def rebuild_endings(*, today: date, of: Collection[tuple[str, str]] | None = None) -> int:
    """Put the sums of contracts that end from today on in place of those before.

    All, or those of (category, council) pairs: of these categories in the areas of these councils.
    One query, whose rows are as many as councils, categories and quarters, not contracts.
    """
    bought = Category.objects.bought_together()
    areas = areas_of_councils(today, kinds=Area.values)
    old, ending = EndingDemand.objects.all(), Contract.objects.all()
    if of is not None:
        categories = {category for category, _ in of}
        bought = bought.filter(pk__in=categories)
        areas = sharing_areas(areas, {council for _, council in of})
        old = old.filter(category__in=categories, area__in=set().union(*areas.values()))
        ending = ending.filter(council__in=list(areas))
    # One rebuild of a category at a time: two would insert the same rows.
    codes = [one.pk for one in bought.select_for_update(no_key=True).order_by("pk")]
    found = by_area(sums_by_council(ending.filter(category__in=codes), today), areas)
    old.delete()
    rows = [
        (code_of(*cell), *cell, contracts, valued, pounds)
        for cell, (contracts, valued, pounds) in found.items()
    ]
    columns = ["code", "category", "area", "half", "contracts", "with_value", "yearly_value"]
    bulk.insert(EndingDemand, columns, rows)
    return len(rows)


def sums_by_council(contracts: ContractQuerySet, today: date) -> Any:
    ending = contracts.standing().filter(kind__in=BOUGHT_ANEW, end_date__gte=today)
    return (
        ending.as_published_to(EVERYBODY)
        .values_list("category", "council", TruncQuarter("end_date"))
        .annotate(Count("pk"), Count("shown_yearly_value"))
        .annotate(pounds=Coalesce(Sum("shown_yearly_value"), NOTHING))
        .order_by()
    )


def by_area(
    sums: Any, areas: Mapping[str, list[str]]
) -> Mapping[tuple[str, str, date], tuple[int, int, Decimal]]:
    found: dict[tuple[str, str, date], tuple[int, int, Decimal]] = defaultdict(
        lambda: (0, 0, NOTHING)
    )
    for category, council, quarter, contracts, valued, pounds in sums:
        for area in areas.get(council, ()):
            cell = (category, area, half_of(quarter))
            n, m, total = found[cell]
            found[cell] = (n + contracts, m + valued, total + pounds)
    return found


def areas_of_councils(day: date, *, kinds: Collection[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    members = Membership.objects.on(day).filter(grouping__kind__in=kinds).order_by("grouping")
    for council, grouping in members.values_list("council", "grouping").distinct():
        found[council].append(grouping)
    return found


def sharing_areas(
    areas: Mapping[str, list[str]], councils: Collection[str]
) -> Mapping[str, list[str]]:
    """The areas of these councils, by every council in them."""
    touched = {area for council in councils for area in areas.get(council, ())}
    shared = {council: [area for area in of if area in touched] for council, of in areas.items()}
    return {council: of for council, of in shared.items() if of}


@transaction.atomic
def release_demand(*, today: date) -> DemandSnapshot | None:
    """Make the quarter's snapshot, once; None where it is made, or no rules are loaded.

    It is as of the moment the quarter began, on whichever day it is made.
    """
    quarter = first_of_quarter(today)
    rules = stated_demand_rules()
    if rules is None:
        return None
    released_on = release_day(quarter, made=today, rules=rules)
    snapshot, made = DemandSnapshot.objects.get_or_create(
        quarter=quarter, defaults={"released_on": released_on}
    )
    if not made:
        return None
    # The first, should several stand: a council is in one nation or region.
    of_kinds = areas_of_councils(quarter, kinds=[Grouping.Kind.REGION])
    areas = {council: found[0] for council, found in of_kinds.items()}
    shown = next_snapshot(
        answers_by_cell(answers(quarter), areas),
        last_shown(),
        Counter(areas.values()),
        quarter=quarter,
        rules=rules,
    )
    IntendedDemand.objects.bulk_create(row_of(one, snapshot) for one in shown)
    DemandPrice.objects.bulk_create(prices_of(snapshot))
    return snapshot


def answers(quarter: date) -> list[Answer]:
    """What councils intended, committed to or signed for as the quarter began."""
    began = timezone.make_aware(datetime.combine(quarter, time()))
    pledges = Pledge.objects.standing_at(began).filter(
        step__in=INTENDING, participant__joint_buy__start_date__gte=half_of(quarter)
    )
    found = pledges.values_list(
        "participant__council",
        "participant__joint_buy__category",
        "participant__joint_buy__start_date",
        "quantity_expected",
    )
    return [
        Answer(council, category, start, quantity or 0)
        for council, category, start, quantity in found
    ]


def last_shown() -> Mapping[Cell, Before]:
    """Each cell as the last snapshot that has it shows it. The one being made has none yet."""
    quarters = DemandSnapshot.objects.order_by("-quarter").values_list("quarter", flat=True)
    newest = list(quarters[1:2])
    rows = IntendedDemand.objects.order_by("snapshot")
    cells = ((Cell(row.category_id, row.area_id, row.half), row) for row in rows)
    return {
        cell: Before(Shown(cell, Band(row.low, row.below), row.held), row.snapshot_id in newest)
        for cell, row in cells
    }


def row_of(one: Shown, snapshot: DemandSnapshot) -> IntendedDemand:
    cell = one.cell
    return IntendedDemand(
        code=code_of(snapshot.quarter, cell.category, cell.area, cell.half),
        snapshot=snapshot,
        category_id=cell.category,
        area_id=cell.area,
        half=cell.half,
        low=one.band.low,
        below=one.band.below,
        held=dict(one.held),
    )


def prices_of(snapshot: DemandSnapshot) -> list[DemandPrice]:
    """Released bands of earlier quarters, widened: nothing but what was safe to tell before."""
    earlier = PriceRelease.objects.filter(quarter__lt=snapshot.quarter).order_by("quarter")
    newest = {(one.category_id, one.unit): one for one in earlier}
    bands = [(*key, one.low, one.high) for key, one in sorted(newest.items()) if one.low]
    return [
        DemandPrice(
            code=f"{code_of(snapshot.quarter, category)}.{number}",
            snapshot=snapshot,
            category_id=category,
            unit=unit,
            low=stepped(low, PRICE_STEPS, up=False),
            high=stepped(high or low, PRICE_STEPS, up=True),
        )
        for number, (category, unit, low, high) in enumerate(bands, start=1)
    ]
