"""What is coming: sums of contracts that end, and each quarter's snapshot of intentions."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal

import numpy as np
from django.db import transaction
from django.utils import timezone

from procurement.actions.candidates import (
    PENCE,
    Candidates,
    Grouped,
    by_pair,
    fetch_candidates,
    kept,
    members_of_groupings,
    numbered,
    wait_for_others,
)
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
from procurement.models.opportunities import Pair
from procurement.prices.figures import stepped
from procurement.rules import stated_demand_rules
from procurement.sums import sums_by
from registry import bulk
from registry.models import Grouping, Membership
from registry.periods import first_of_quarter

INTENDING = (Pledge.Step.INTENDS, Pledge.Step.COMMITS, Pledge.Step.SIGNED)
# Prices are told more widely here than to councils that give them: steps of a quarter.
PRICE_STEPS = 10
ENDING_COLUMNS = (
    *("code", "category_id", "area_id", "half"),
    *("contracts", "with_value", "yearly_value"),
)


def code_of(*parts: str | date) -> str:
    """LAP.E12000002.2027-04: the same for the same cell, always."""
    return ".".join(one if isinstance(one, str) else one.isoformat()[:7] for one in parts)


@transaction.atomic
def rebuild_endings(*, today: date) -> int:
    """Put the sums of contracts that end from today on in place of those before."""
    wait_for_others()
    members = members_of_groupings(today, None)
    candidates = fetch_candidates(None, members, today=today)
    return put_endings(candidates, by_pair(candidates, members, None), None, today=today)


def put_endings(
    candidates: Candidates, grouped: Grouped, pairs: Collection[Pair] | None, *, today: date
) -> int:
    """The same, of some pairs or of all, where their contracts are fetched. How many there are."""
    areas = set(Grouping.objects.filter(kind__in=Area.values).values_list("pk", flat=True))
    rows = {
        code: (code, *cell, contracts, valued, kept(Decimal(pence) / PENCE))
        for cell, contracts, valued, pence in sums_of_endings(candidates, grouped, areas, today)
        if (code := code_of(*cell))
    }
    standing = bulk.by_key(EndingDemand.objects.of_pairs(pairs), ENDING_COLUMNS)
    bulk.replace(EndingDemand, ENDING_COLUMNS, standing, rows)
    return len(rows)


def sums_of_endings(
    candidates: Candidates, grouped: Grouped, areas: Collection[str], today: date
) -> Iterator[tuple[tuple[str, str, date], int, int, int]]:
    """By category, area and half-year: contracts, those with a value, pence a year."""
    ends = candidates.ends()[grouped.groups.contract]
    is_area = np.array([one in areas for one in grouped.groupings], np.bool_)
    coming = (ends >= today.toordinal()) & is_area[grouped.grouping]
    contract, group = grouped.groups.contract[coming], grouped.groups.group[coming]
    days, place = np.unique(ends[coming], return_inverse=True)
    half, halves = numbered(half_of(date.fromordinal(day)) for day in days.tolist())
    valued = candidates.valued[contract].astype(np.int64)
    sums = sums_by(
        group * len(halves) + half[place], np.ones_like(group), valued, candidates.pence[contract]
    )
    for key, *found in zip(*(column.tolist() for column in sums), strict=True):
        number, of_half = divmod(key, len(halves))
        yield (*grouped.pair(number), halves[of_half]), *found


def areas_of_councils(day: date, *, kinds: Collection[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    members = Membership.objects.on(day).filter(grouping__kind__in=kinds).order_by("grouping")
    for council, grouping in members.values_list("council", "grouping").distinct():
        found[council].append(grouping)
    return found


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
