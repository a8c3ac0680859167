"""Opportunities: found in the registry, and put in place of those found before."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.db import transaction

from procurement.actions.call_offs import link_call_offs
from procurement.actions.demand import REPLACED, rebuild_endings
from procurement.actions.law import Law
from procurement.actions.plan_changes import forget_old_changes, keep_changes, plan_in, plan_of
from procurement.actions.prices import release_prices
from procurement.members import ask
from procurement.models import (
    Member,
    Opportunity,
)
from procurement.savings import Pool, Saving, hhi
from procurement.windows import (
    Contracts,
    Groups,
    Window,
    by_membership,
    exit_columns,
    find_windows,
)
from registry import bulk
from registry.exits import Terms
from registry.models import Category, Changed, Contract, Membership
from registry.models.contracts import ContractQuerySet
from registry.permissions import EVERYBODY
from registry.statements import facts_of_columns
from registry.workings import terms_of

# Gives an opportunity the same id whenever its category, grouping and start date are the same.
NAMESPACE = uuid.UUID("6f0c3a52-3f0e-5f0b-9c55-0d6d2b0c8a11")

TERMS = (
    "start_date",
    "end_date",
    "latest_end_date",
    "extension",
    "rolling",
    "notice_period",
    "break_clause",
)
COLUMNS = ("pk", "council_id", "category_id", "shown_supplier", "shown_yearly_value", *TERMS)

# A category and a grouping: what is planned together and rebuilt together.
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild looked at and made."""

    contracts_considered: int
    opportunities: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One contract as the windows see it."""

    pk: uuid.UUID
    council: str
    category: str
    supplier: uuid.UUID | None
    yearly_value: Decimal | None
    terms: Terms


def rebuild_opportunities(
    *, today: date, pairs: Collection[Pair] | None = None, lead_months: int | None = None
) -> Rebuilt:
    """Put what the registry now says in place of the opportunities of these pairs, or of all.

    A function of the registry and `today`: running it again gives the same rows and ids.
    """
    if pairs is None:
        release_prices(today=today)
        rebuild_endings(today=today)
    law = Law.of_the_day(lead_months)
    candidates = list(fetch_candidates(pairs))
    members = members_of_groupings(today, pairs)
    found = list(found_opportunities(candidates, members, pairs, law, today))
    with transaction.atomic():
        standing = Opportunity.objects.all()
        if pairs is not None:
            standing = standing.of_pairs(pairs)
        before = plan_of(standing)
        standing.delete()
        write(found)
        keep_changes(before, plan_in(one.opportunity for one in found), today=today)
        if pairs is None:
            forget_old_changes(today=today)
    return Rebuilt(len(candidates), len(found))


@transaction.atomic
def rebuild_changed(*, today: date) -> Rebuilt:
    """Rebuild what the registry marked as changed, and take the marks away.

    Where that releases unit prices, the category's saving changes in every grouping.
    """
    marks = list(Changed.objects.select_for_update(skip_locked=True).order_by("pk"))
    if not marks:
        return Rebuilt(0, 0)
    groupings: dict[str, set[str]] = defaultdict(set)
    for grouping, council in Membership.objects.on(today).values_list("grouping", "council"):
        groupings[council].add(grouping)
    everywhere = frozenset().union(*groupings.values())
    released = release_prices(today=today, categories={m.category_id for m in marks})
    pairs = {(m.category_id, g) for m in marks for g in groupings[m.council_id]}
    pairs |= {(category, grouping) for category in released for grouping in everywhere}
    rebuilt = rebuild_opportunities(today=today, pairs=pairs)
    link_call_offs({m.council_id for m in marks})
    rebuild_endings(today=today, categories={m.category_id for m in marks})
    Changed.objects.filter(pk__in=[m.pk for m in marks]).delete()
    return rebuilt


def fetch_candidates(pairs: Collection[Pair] | None) -> Iterator[Candidate]:
    """Contracts that could be replaced: of commodity categories, and still standing.

    What is withheld from the public counts as not known: sums over others would tell it.
    """
    contracts = Contract.objects.filter(category__in=Category.objects.bought_together())
    if pairs is not None:
        contracts = contracts.filter(category__in={category for category, _ in pairs})
    return candidates_among(contracts)


def candidates_among(contracts: ContractQuerySet) -> Iterator[Candidate]:
    contracts = contracts.standing().filter(kind__in=REPLACED).as_published_to(EVERYBODY)
    for pk, council, category, supplier, value, *terms in contracts.order_by("pk").values_list(
        *COLUMNS
    ):
        said = dict(zip(TERMS, terms, strict=True))
        yield Candidate(pk, council, category, supplier, value, terms_of(facts_of_columns(said)))


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


@dataclass(frozen=True, slots=True)
class Found:
    """An opportunity worked out, with its members, before it is written."""

    opportunity: Opportunity
    members: Sequence[Member]


def found_opportunities(
    candidates: Sequence[Candidate],
    members: Mapping[str, Sequence[str]],
    pairs: Collection[Pair] | None,
    law: Law,
    today: date,
) -> Iterator[Found]:
    index = Indexed(candidates, members)
    groups = index.groups(pairs)
    exits = exit_columns(c.terms for c in candidates)
    for group in find_windows(index.contracts, exits, groups, settings=law.settings, today=today):
        for window in group.windows:
            chosen = [candidates[n] for n in window.contracts]
            yield describe(index.pair(group.group), window, chosen, law=law, today=today)


class Indexed:
    """Candidates and groupings by number, as the arrays want them."""

    def __init__(
        self, candidates: Sequence[Candidate], members: Mapping[str, Sequence[str]]
    ) -> None:
        self.categories = sorted({c.category for c in candidates})
        self.groupings = sorted(members)
        councils = sorted({c.council for c in candidates}.union(*members.values()))
        category = {code: n for n, code in enumerate(self.categories)}
        council = {code: n for n, code in enumerate(councils)}
        self.category = np.array([category[c.category] for c in candidates], np.int64)
        self.contracts = Contracts(
            council=np.array([council[c.council] for c in candidates], np.int64),
            pence=np.array([int((c.yearly_value or 0) * 100) for c in candidates], np.int64),
        )
        self.members = {
            n: [council[code] for code in members[grouping]]
            for n, grouping in enumerate(self.groupings)
        }

    def groups(self, pairs: Collection[Pair] | None) -> Groups:
        groups = by_membership(
            category=self.category, council=self.contracts.council, members=self.members
        )
        if pairs is None:
            return groups
        wanted = np.array(
            sorted(n for n in set(groups.group.tolist()) if self.pair(n) in pairs), np.int64
        )
        keep = np.isin(groups.group, wanted)
        return Groups(groups.contract[keep], groups.group[keep])

    def pair(self, group: int) -> Pair:
        category, grouping = divmod(group, len(self.groupings))
        return self.categories[category], self.groupings[grouping]


def describe(
    pair: Pair, window: Window, chosen: Sequence[Candidate], *, law: Law, today: date
) -> Found:
    """Everything a page says of one window: who does what, values, saving, regimes, routes."""
    category, grouping = pair
    largest = max(sums(chosen, lambda one: one.council).values())
    alone = law.judge(largest, window.start, grouping)
    pooled = law.judge(window.annual_value, window.start, grouping)
    serving = law.routes(category, window.start)
    pool = pool_of(window, chosen, law.fee(serving))
    opportunity = Opportunity(
        id=opportunity_id(category, grouping, window.start),
        category_id=category,
        grouping_id=grouping,
        start_date=window.start,
        alternative=window.alternative,
        councils=window.councils,
        contracts=len(chosen),
        annual_value=window.annual_value,
        total_value=law.rules.total_value(window.annual_value),
        regime_alone=alone.regime,
        regime_pooled=pooled.regime,
        regime_note=pooled.note,
        hhi=pool.hhi,
        routes=[scheme.reference for scheme in serving],
        **saving_columns(law.saving(pool, category)),
    )
    return Found(opportunity, [member(opportunity, one, today) for one in chosen])


def sums(chosen: Iterable[Candidate], key: Callable[[Candidate], Any]) -> dict[Any, Decimal]:
    """Pounds a year by whatever the key says; contracts without a value add nothing."""
    totals: dict[Any, Decimal] = defaultdict(Decimal)
    for one in chosen:
        totals[key(one)] += one.yearly_value or 0
    return totals


def pool_of(window: Window, chosen: Sequence[Candidate], fee_percent: Decimal) -> Pool:
    """What the saving is estimated on. An unnamed supplier counts as one of its own."""
    return Pool(
        annual_value=window.annual_value,
        hhi=hhi(sums(chosen, lambda one: one.supplier or one.pk)),
        councils=window.councils,
        fee_percent=fee_percent,
        without_value=sum(1 for one in chosen if not one.yearly_value),
    )


def saving_columns(saving: Saving) -> dict[str, Any]:
    return {
        "saving_low": saving.low,
        "saving_mid": saving.mid,
        "saving_high": saving.high,
        "saving_method": saving.method,
        "saving_reasons": list(saving.reasons),
    }


def opportunity_id(category: str, grouping: str, start: date) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, f"{category}/{grouping}/{start.isoformat()}")


def member(opportunity: Opportunity, one: Candidate, today: date) -> Member:
    asked = ask(one.terms, start=opportunity.start_date, today=today)
    return Member(
        opportunity=opportunity,
        contract_id=one.pk,
        council_id=one.council,
        earliest_exit=asked.earliest_exit,
        latest_end=asked.latest_end,
        action=asked.action,
        action_by=asked.action_by,
        months=asked.months,
        annual_value=one.yearly_value or Decimal(0),
        because=asked.because,
    )


def write(found: Iterable[Found]) -> None:
    """Insert opportunities and their members by column."""
    listed = list(found)
    insert(Opportunity, [one.opportunity for one in listed])
    insert(Member, [m for one in listed for m in one.members], without=("id",))


def insert(model: type[Any], rows: Sequence[Any], without: Collection[str] = ()) -> None:
    fields = [f for f in model._meta.concrete_fields if f.name not in without]
    bulk.insert(
        model,
        [f.name for f in fields],
        ([getattr(row, f.attname) for f in fields] for row in rows),
    )
