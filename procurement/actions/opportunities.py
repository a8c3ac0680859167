"""Opportunities: found in the registry, and put in place of those found before."""

import gc
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from operator import itemgetter
from typing import Any

from django.db import transaction

from procurement.actions.call_offs import link_call_offs
from procurement.actions.candidates import (
    PENCE,
    Candidates,
    Grouped,
    by_pair,
    fetch_candidates,
    kept,
    members_of_groupings,
    wait_for_others,
)
from procurement.actions.demand import put_endings
from procurement.actions.law import Law
from procurement.actions.plan_changes import PLANNED, forget_old_changes, keep_changes, plan_in
from procurement.actions.prices import release_prices
from procurement.models import Opportunity
from procurement.models.opportunities import Pair, as_lines, listed
from procurement.savings import Fee, Pool, estimate
from procurement.sums import WindowSums, window_sums
from procurement.windows import Window, find_windows
from registry import bulk
from registry.models import Changed, Membership

# Gives an opportunity the same id whenever its category, grouping and start date are the same.
NAMESPACE = uuid.UUID("6f0c3a52-3f0e-5f0b-9c55-0d6d2b0c8a11")

COLUMNS = tuple(field.attname for field in Opportunity._meta.concrete_fields)
in_columns = itemgetter(*COLUMNS)
as_planned = itemgetter(*map(COLUMNS.index, PLANNED))
# An opportunity's, by column: making the thousands of a rebuild models would take longer.
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild looked at and made."""

    contracts_considered: int
    opportunities: int
    written: int = 0  # of these, the ones that are new or not what they were


@contextmanager
def without_collecting() -> Iterator[None]:
    """Rows by the hundred thousand are held to the end, none in a circle: going through them for
    what nothing holds any more was a sixth of a rebuild.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


@transaction.atomic
@without_collecting()
def rebuild_opportunities(
    *, today: date, pairs: Collection[Pair] | None = None, lead_months: int | None = None
) -> Rebuilt:
    """Put what the registry now says in place of the opportunities of these pairs, or of all.

    And of the sums of what ends, which are of the same contracts. A function of the registry and
    `today`: running it again gives the same rows and ids.
    """
    wait_for_others()
    if pairs is None:
        release_prices(today=today)
    law = Law.of_the_day(lead_months)
    members = members_of_groupings(today, pairs)
    candidates = fetch_candidates(pairs, members, today=today)
    grouped = by_pair(candidates, members, pairs)
    put_endings(candidates, grouped, pairs, today=today)
    found = found_opportunities(candidates, grouped, law, today)
    written = put_in_place(found, pairs, today=today)
    if pairs is None:
        forget_old_changes(today=today)
    return Rebuilt(len(candidates), len(found), written)


@transaction.atomic
def rebuild_changed(*, today: date) -> Rebuilt:
    """Rebuild what the registry marked as changed, and take the marks away.

    Where that releases unit prices, the category's saving changes in every grouping.
    """
    if not Changed.objects.exists():
        return Rebuilt(0, 0)
    wait_for_others()
    marks = list(Changed.objects.select_for_update(skip_locked=True).order_by("pk"))
    # Groupings they left too, in which something may still name or count them.
    groupings: dict[str, set[str]] = defaultdict(set)
    ever = Membership.objects.filter(council__in={m.council_id for m in marks})
    for grouping, council in ever.values_list("grouping", "council"):
        groupings[council].add(grouping)
    released = release_prices(today=today, categories={m.category_id for m in marks})
    pairs = {(m.category_id, g) for m in marks for g in groupings[m.council_id]}
    pairs |= set(Opportunity.objects.touched_by(marks).values_list("category", "grouping"))
    if released:
        everywhere = Membership.objects.on(today).values_list("grouping", flat=True)
        pairs |= set(product(released, everywhere))
    rebuilt = rebuild_opportunities(today=today, pairs=pairs)
    link_call_offs({m.council_id for m in marks})
    Changed.objects.filter(pk__in=[m.pk for m in marks]).delete()
    return rebuilt


def found_opportunities(
    candidates: Candidates, grouped: Grouped, law: Law, today: date
) -> list[Values]:
    """Of each pair its plan in order of date, then the runners-up."""
    found = find_windows(
        candidates.contracts,
        candidates.exits(),
        grouped.groups,
        settings=law.settings,
        today=today,
    )
    windows = [(grouped.pair(one.group), window) for one in found for window in one.windows]
    sums = window_sums([window.contracts for _, window in windows], candidates.joining())
    return [
        describe(pair, window, of_window, candidates, law)
        for (pair, window), of_window in zip(windows, sums, strict=True)
    ]


def describe(
    pair: Pair, window: Window, sums: WindowSums, candidates: Candidates, law: Law
) -> Values:
    """What is kept of one window: who joins, values, saving, regimes, routes."""
    category, grouping = pair
    serving = law.serving(category, window.start)
    judged_by = law.yardstick(window.start, law.nations[grouping])
    annual_value = kept(window.annual_value)
    value = law.rules.legal_value(annual_value)
    saving = estimate(pool_of(window, sums, serving.fee), law.basis(category), law.dampings)
    return {
        "id": opportunity_id(category, grouping, window.start),
        "category_id": category,
        "grouping_id": grouping,
        "start_date": window.start,
        "alternative": window.alternative,
        "councils": window.councils,
        "contracts": len(window.contracts),
        "annual_value": annual_value,
        "total_value": kept(law.rules.total_value(annual_value)),
        "regime_alone": judged_by.regime(law.rules.legal_value(pounds(sums.largest))),
        "regime_pooled": judged_by.regime(value),
        "regime_note": judged_by.note(value),
        "hhi": sums.hhi,
        "served_by": as_lines(serving.references),
        "joins": candidates.named(window.contracts),
        "council_codes": listed(map(candidates.councils.__getitem__, sums.councils)),
        "saving_low": saving.low,
        "saving_mid": saving.mid,
        "saving_high": saving.high,
        "saving_method": saving.method,
        "saving_reasons": as_lines(law.reasons(saving)),
    }


def pounds(pence: int) -> Decimal:
    return Decimal(pence) / PENCE


def pool_of(window: Window, sums: WindowSums, fee: Fee) -> Pool:
    """What the saving is estimated on."""
    return Pool(
        annual_value=kept(window.annual_value),
        hhi=sums.hhi,
        councils=window.councils,
        fee=fee,
        without_value=sums.without_value,
        without_notice=pounds(sums.without_notice),
    )


def opportunity_id(category: str, grouping: str, start: date) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{category}/{grouping}/{start.isoformat()}")


def put_in_place(found: Sequence[Values], pairs: Collection[Pair] | None, *, today: date) -> int:
    """Write what is not as it stands, and keep what that changes of plans. How many are written."""
    standing = bulk.by_key(Opportunity.objects.of_pairs(pairs), COLUMNS)
    rows = {one["id"]: in_columns(one) for one in found}
    written = bulk.replace(Opportunity, COLUMNS, standing, rows)
    before, after = (plan_in(map(as_planned, some.values())) for some in (standing, rows))
    keep_changes(before, after, today=today)
    return written
