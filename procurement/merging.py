"""Which councils of an opportunity are about to be replaced, and what that asks of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from procurement.briefing import Briefing
from procurement.reorganisation import ADDED_AFTER, Consent, Dissolving, Limits, consent
from procurement.rules import Rules
from procurement.who_joins import Member
from registry.currencies import POUNDS
from registry.models import Contract, Council, HandoverDecision, Succession
from registry.permissions import Powers
from registry.records import Basis
from registry.values import over_the_term

# What says what a contract is worth over its term.
WORTH = (
    *("council", "currency", "value_basis", "total_value", "yearly_value"),
    *("start_date", "end_date"),
)
REVENUE, CAPITAL = "reorganisation_consent_revenue", "reorganisation_consent_capital"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A joining council that is about to be replaced."""

    council: Council
    successions: Sequence[Succession]
    consent: Consent | None  # None where no limits are held
    joining: Sequence[tuple[Member, HandoverDecision | None]]

    @property
    def vesting(self) -> date:
        return self.successions[0].vesting_date


def replaced_councils(briefing: Briefing, *, reader: Powers) -> list[Replaced]:
    """Those whose vesting day is still to come, the earliest first."""
    coming = successions_to_come(briefing)
    if not coming:
        return []
    by_council = briefing.by_council
    asked = consents(briefing, coming, reader)
    decided = decisions([one for council in coming for one in by_council[council]], reader)
    found = []
    for council, successions in coming.items():
        joining = by_council[council]
        told = [(one, decided.get(one.contract.pk)) for one in joining]
        found.append(Replaced(joining[0].council, successions, asked.get(council), told))
    return sorted(found, key=lambda one: (one.vesting, one.council.name))


def successions_to_come(briefing: Briefing) -> Mapping[str, list[Succession]]:
    found: dict[str, list[Succession]] = defaultdict(list)
    coming = Succession.objects.filter(
        predecessor__in=list(briefing.by_council), vesting_date__gt=briefing.today
    )
    for one in coming.select_related("successor").order_by("vesting_date", "successor__name"):
        found[one.predecessor_id].append(one)
    return found


def decisions(joining: Iterable[Member], reader: Powers) -> Mapping[UUID, HandoverDecision]:
    """What stands decided of these contracts, as far as this reader acts for them."""
    own = [one.contract.pk for one in joining if reader.may_act_for(one.council.pk)]
    standing = HandoverDecision.objects.standing().filter(contract__in=own)
    return {one.contract_id: one for one in standing.select_related("successor")}


def consents(
    briefing: Briefing, coming: Mapping[str, Sequence[Succession]], reader: Powers
) -> Mapping[str, Consent]:
    """By council; none where reference data holds no limits."""
    rules = briefing.rules
    limits = limits_of(rules, briefing.today)
    if limits is None:
        return {}
    known = contracts_to_add(briefing, coming, reader)
    signing = rules.call_off_day(briefing.opportunity.start_date)
    found, by_council = {}, briefing.by_council
    for council, successions in coming.items():
        pounds = [one.contract.yearly_value or Decimal(0) for one in by_council[council]]
        dissolving = Dissolving(
            vesting=successions[0].vesting_date,
            share=rules.total_value(sum(pounds, Decimal(0))),
            others=[value for value in known[council] if value is not None],
            unknown=sum(1 for value in known[council] if value is None),
        )
        found[council] = consent(dissolving, limits, signing=signing)
    return found


def limits_of(rules: Rules, day: date) -> Limits | None:
    revenue, capital = rules.limit(REVENUE, day), rules.limit(CAPITAL, day)
    return Limits(revenue.amount, capital.amount) if revenue and capital else None


def contracts_to_add(
    briefing: Briefing, councils: Iterable[str], reader: Powers
) -> Mapping[str, list[Decimal | None]]:
    """What each council's contracts of the category come to, as this reader is told."""
    contracts = (
        Contract.objects.standing()
        .filter(
            Q(start_date__isnull=True) | Q(start_date__gt=ADDED_AFTER),
            category=briefing.opportunity.category_id,
            council__in=councils,
        )
        .as_published_to(reader)
        .only(*WORTH)
    )
    found: dict[str, list[Decimal | None]] = defaultdict(list)
    for one in contracts:
        found[one.council_id].append(worth(one))
    return found


def worth(one: Contract) -> Decimal | None:
    """The whole term's value, stated or of its years; a year's without an end; pounds alone."""
    if one.currency != POUNDS:
        return None
    total: Decimal | None = None if one.value_basis == Basis.ANNUAL else one.total_value
    yearly: Decimal | None = one.yearly_value
    if total or yearly is None:
        return total
    return over_the_term(yearly, start=one.start_date, end=one.end_date)
