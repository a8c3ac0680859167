"""Opportunities: found in the registry, and put in place of those found before."""

import gc
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.db import transaction

from procurement.actions.call_offs import link_call_offs
from procurement.actions.candidates import PENCE, Candidate, Indexed, Pair, fetch_candidates
from procurement.actions.demand import rebuild_endings
from procurement.actions.law import Law
from procurement.actions.plan_changes import forget_old_changes, keep_changes, plan_in, plan_of
from procurement.actions.prices import release_prices
from procurement.models import Opportunity, OpportunityQuerySet
from procurement.models.opportunities import listed
from procurement.savings import Fee, Pool, Saving, hhi
from procurement.windows import Window, exit_columns, find_windows
from registry import bulk
from registry.models import Category, Changed, Membership

# Gives an opportunity the same id whenever its category, grouping and start date are the same.
NAMESPACE = uuid.UUID("6f0c3a52-3f0e-5f0b-9c55-0d6d2b0c8a11")

FIELDS = tuple(field.name for field in Opportunity._meta.concrete_fields)
COLUMNS = tuple(field.attname for field in Opportunity._meta.concrete_fields)
in_columns = itemgetter(*COLUMNS)
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

    A function of the registry and `today`: running it again gives the same rows and ids.
    """
    wait_for_others()
    if pairs is None:
        release_prices(today=today)
        rebuild_endings(today=today)
    law = Law.of_the_day(lead_months)
    members = members_of_groupings(today, pairs)
    candidates = fetch_candidates(pairs, members)
    found = list(found_opportunities(candidates, members, pairs, law, today))
    standing = Opportunity.objects.all()
    if pairs is not None:
        standing = standing.of_pairs(pairs)
    before = plan_of(standing)
    written = put_in_place(found, of=standing)
    keep_changes(before, plan_in(found), today=today)
    if pairs is None:
        forget_old_changes(today=today)
    return Rebuilt(len(candidates), len(found), written)


def wait_for_others() -> None:
    """One rebuild after another, so that none writes over what a later look has found.

    One category stands for all: an edit of it waits as well, and nothing else. On SQLite the
    transaction itself sees to it.
    """
    Category.objects.select_for_update(no_key=True).order_by("pk").first()


@transaction.atomic
def rebuild_changed(*, today: date) -> Rebuilt:
    """Rebuild what the registry marked as changed, and take the marks away.

    Where that releases unit prices, the category's saving changes in every grouping.
    """
    if not Changed.objects.exists():
        return Rebuilt(0, 0)
    wait_for_others()
    marks = list(Changed.objects.select_for_update(skip_locked=True).order_by("pk"))
    groupings: dict[str, set[str]] = defaultdict(set)
    for grouping, council in Membership.objects.on(today).values_list("grouping", "council"):
        groupings[council].add(grouping)
    everywhere = frozenset().union(*groupings.values())
    released = release_prices(today=today, categories={m.category_id for m in marks})
    pairs = {(m.category_id, g) for m in marks for g in groupings[m.council_id]}
    pairs |= set(Opportunity.objects.touched_by(marks).values_list("category", "grouping"))
    pairs |= {(category, grouping) for category in released for grouping in everywhere}
    rebuilt = rebuild_opportunities(today=today, pairs=pairs)
    link_call_offs({m.council_id for m in marks})
    rebuild_endings(today=today, of={(m.category_id, m.council_id) for m in marks})
    Changed.objects.filter(pk__in=[m.pk for m in marks]).delete()
    return rebuilt


def members_of_groupings(today: date, pairs: Collection[Pair] | None) -> dict[str, list[str]]:
    """Councils of each grouping on the day. Groupings are of one nation, as the law requires."""
    memberships = Membership.objects.on(today)
    if pairs is not None:
        memberships = memberships.filter(grouping__in={grouping for _, grouping in pairs})
    members: dict[str, list[str]] = defaultdict(list)
    for grouping, council in memberships.order_by("grouping", "council").values_list(
        "grouping", "council"
    ):
        members[grouping].append(council)
    return members


def found_opportunities(
    candidates: Sequence[Candidate],
    members: Mapping[str, Sequence[str]],
    pairs: Collection[Pair] | None,
    law: Law,
    today: date,
) -> Iterator[Values]:
    index = Indexed(candidates, members)
    groups = index.groups(pairs)
    exits = exit_columns(c.terms for c in candidates)
    for group in find_windows(index.contracts, exits, groups, settings=law.settings, today=today):
        for window in group.windows:
            chosen = [candidates[n] for n in window.contracts.tolist()]
            yield describe(index.pair(group.group), window, chosen, law)


def describe(pair: Pair, window: Window, chosen: Sequence[Candidate], law: Law) -> Values:
    """What is kept of one window: who joins, values, saving, regimes, routes."""
    category, grouping = pair
    by_council = sums(chosen, lambda one: one.council)
    alone = law.judge(pounds(max(by_council.values())), window.start, grouping)
    pooled = law.judge(window.annual_value, window.start, grouping)
    serving = law.routes(category, window.start)
    pool = pool_of(window, chosen, law.fee(serving))
    return {
        "id": opportunity_id(category, grouping, window.start),
        "category_id": category,
        "grouping_id": grouping,
        "start_date": window.start,
        "alternative": window.alternative,
        "councils": window.councils,
        "contracts": len(chosen),
        "annual_value": window.annual_value,
        "total_value": law.rules.total_value(window.annual_value),
        "regime_alone": alone.regime,
        "regime_pooled": pooled.regime,
        "regime_note": pooled.note,
        "hhi": pool.hhi,
        "routes": [scheme.reference for scheme in serving],
        "joins": listed(one.hex for one in chosen),
        "council_codes": listed(sorted(by_council)),
        **saving_columns(law.saving(pool, category)),
    }


def sums(chosen: Iterable[Candidate], key: Callable[[Candidate], Any]) -> dict[Any, int]:
    """Pence a year by whatever the key says; contracts without a value add nothing."""
    totals: dict[Any, int] = defaultdict(int)
    for one in chosen:
        totals[key(one)] += one.pence
    return totals


def pounds(pence: int) -> Decimal:
    return Decimal(pence) / PENCE


def pool_of(window: Window, chosen: Sequence[Candidate], fee: Fee) -> Pool:
    """What the saving is estimated on. An unnamed supplier counts as one of its own."""
    return Pool(
        annual_value=window.annual_value,
        hhi=hhi(sums(chosen, lambda one: one.supplier or one.hex)),
        councils=window.councils,
        fee=fee,
        without_value=sum(1 for one in chosen if not one.pence),
        without_notice=pounds(
            sum(one.pence for one in chosen if one.terms.rolling and one.terms.notice is None)
        ),
    )


def saving_columns(saving: Saving) -> Values:
    return {
        "saving_low": saving.low,
        "saving_mid": saving.mid,
        "saving_high": saving.high,
        "saving_method": saving.method,
        "saving_reasons": list(saving.reasons),
    }


def opportunity_id(category: str, grouping: str, start: date) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{category}/{grouping}/{start.isoformat()}")


def put_in_place(found: Iterable[Values], *, of: OpportunityQuerySet) -> int:
    """Leave what is the same as it stands, and replace the rest: writing takes longest.

    How many were written.
    """
    standing = {row[0]: row for row in of.order_by().values_list(*COLUMNS)}
    rows = {one["id"]: in_columns(one) for one in found}
    gone = [pk for pk, row in standing.items() if rows.get(pk) != row]
    fresh = [row for pk, row in rows.items() if standing.get(pk) != row]
    for batch in bulk.in_batches(gone):
        Opportunity.objects.filter(pk__in=batch).delete()
    bulk.insert(Opportunity, FIELDS, fresh)
    return len(fresh)
