"""Which councils that buy together are about to be replaced, and what that asks of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from procurement.briefing import Briefing
from procurement.models import Assumption, JointBuy
from procurement.payback import TERM
from procurement.reorganisation import ADDED_AFTER, Consent, Dissolving, Limits, consent
from procurement.rules import Rules
from procurement.who_joins import Member
from registry.currencies import POUNDS
from registry.formats import day as in_words
from registry.models import Contract, Council, HandoverDecision, Succession
from registry.permissions import Powers
from registry.records import Basis
from registry.values import months_on, over_the_term

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
    coming = successions_to_come(briefing.by_council, after=briefing.today)
    if not coming:
        return []
    by_council = briefing.by_council
    opportunity = briefing.opportunity
    buying = Buying(opportunity.category_id, opportunity.start_date, yearly(briefing))
    asked = consents(buying, coming, briefing.rules, today=briefing.today, reader=reader)
    decided = decisions([one for council in coming for one in by_council[council]], reader)
    found = []
    for council, successions in coming.items():
        joining = by_council[council]
        told = [(one, decided.get(one.contract.pk)) for one in joining]
        found.append(Replaced(joining[0].council, successions, asked.get(council), told))
    return sorted(found, key=lambda one: (one.vesting, one.council.name))


def yearly(briefing: Briefing) -> Mapping[str, Decimal]:
    """By council, what its joining contracts come to in a year, as the reader is told."""
    return {
        council: sum((one.contract.yearly_value or Decimal(0) for one in joining), Decimal(0))
        for council, joining in briefing.by_council.items()
    }


def successions_to_come(councils: Iterable[str], *, after: date) -> Mapping[str, list[Succession]]:
    found: dict[str, list[Succession]] = defaultdict(list)
    coming = Succession.objects.filter(predecessor__in=list(councils), vesting_date__gt=after)
    coming = coming.select_related("predecessor", "successor")
    for one in coming.order_by("vesting_date", "successor__name"):
        found[one.predecessor_id].append(one)
    return found


def decisions(joining: Iterable[Member], reader: Powers) -> Mapping[UUID, HandoverDecision]:
    """What stands decided of these contracts, as far as this reader acts for them."""
    own = [one.contract.pk for one in joining if reader.may_act_for(one.council.pk)]
    standing = HandoverDecision.objects.standing().filter(contract__in=own)
    return {one.contract_id: one for one in standing.select_related("successor")}


@dataclass(frozen=True, slots=True)
class Buying:
    """What councils would buy together, and what it comes to in a year for each."""

    category: str
    start: date
    yearly: Mapping[str, Decimal]


def consents(
    buying: Buying,
    coming: Mapping[str, Sequence[Succession]],
    rules: Rules,
    *,
    today: date,
    reader: Powers,
) -> Mapping[str, Consent]:
    """By council; none where reference data holds no limits."""
    limits = limits_of(rules, today)
    if limits is None:
        return {}
    known = contracts_to_add(buying.category, coming, reader)
    signing = rules.call_off_day(buying.start)
    found = {}
    for council, successions in coming.items():
        dissolving = Dissolving(
            vesting=successions[0].vesting_date,
            share=rules.total_value(buying.yearly.get(council, Decimal(0))),
            others=[value for value in known[council] if value is not None],
            unknown=sum(1 for value in known[council] if value is None),
        )
        found[council] = consent(dissolving, limits, signing=signing)
    return found


def limits_of(rules: Rules, day: date) -> Limits | None:
    revenue, capital = rules.limit(REVENUE, day), rules.limit(CAPITAL, day)
    return Limits(revenue.amount, capital.amount) if revenue and capital else None


def contracts_to_add(
    category: str, councils: Iterable[str], reader: Powers
) -> Mapping[str, list[Decimal | None]]:
    """What each council's contracts of the category come to, as this reader is told."""
    contracts = (
        Contract.objects.standing()
        .filter(
            Q(start_date__isnull=True) | Q(start_date__gt=ADDED_AFTER),
            category=category,
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


def consent_reminders(
    this: JointBuy, councils: Iterable[Council], *, today: date, reader: Powers
) -> Mapping[str, str]:
    """By council of a joint buy that needs it, to have a section 24 consent before it signs."""
    named = {one.pk: one for one in councils}
    coming = successions_to_come(named, after=today)
    if not coming:
        return {}
    brought: dict[str, Decimal] = defaultdict(Decimal)
    for council, value in this.members.values_list("council", "annual_value"):
        brought[council] += value
    buying = Buying(this.category_id, this.start_date, brought)
    asked = consents(buying, coming, Rules.of_the_day(), today=today, reader=reader)
    return {
        council: f"If a section 24 direction names {named[council].name}, it needs written consent "
        f"before it signs. {one.because}"
        for council, one in asked.items()
        if one.needed
    }


def leads_replaced(this: JointBuy, leads: Iterable[str], *, today: date) -> list[str]:
    """In words, which of these would not lead it to the end of the usual term."""
    coming = successions_to_come(leads, after=today)
    if not coming:
        return []
    term = Assumption.objects.filter(pk=TERM).values_list("value", flat=True).first()
    end = months_on(this.start_date, int(term or 0))
    return [not_to_the_end(found, end) for found in coming.values() if found[0].vesting_date <= end]


def not_to_the_end(found: Sequence[Succession], end: date) -> str:
    vesting = found[0].vesting_date
    successors = " and ".join(one.successor.name for one in found)
    return (
        f"{found[0].predecessor.name} is replaced by {successors} on {in_words(vesting)}. With the "
        f"usual term this purchase runs to {in_words(end)}, so it cannot lead it to the end: let "
        "another lead, or settle with its successor that it takes over."
    )
