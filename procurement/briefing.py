"""What an opportunity's page tells, gathered in a number of queries that does not grow."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from procurement.joinable import Span, steps
from procurement.joint_savings import stated_on
from procurement.members import Ask, ask
from procurement.models import Framework, JointBuy, Opportunity
from procurement.payback import TAKEN_TO_COST, Payback, Stated
from procurement.pictures import Bar, WindowPicture
from procurement.routes import Route, Scheme, routes
from procurement.rules import Rules
from procurement.thresholds import GOODS_AND_SERVICES, SCOTLAND
from procurement.undated import Undated, undated
from procurement.who_joins import Member, as_told, in_order, terms_of_contract, who_joins
from registry.exits import Action, Terms, option_ends
from registry.formats import count
from registry.formats import day as in_words
from registry.models import Contract, Council
from registry.models.contracts import ContractQuerySet
from registry.permissions import Powers
from registry.records import BOUGHT_ANEW
from registry.values import months_on

# As far past the chosen date as the picture's curve is drawn.
CURVE_MONTHS = 24
# Where reference data is not loaded nothing is assumed.
NO_LEAD = Decimal(0)


@dataclass(frozen=True, slots=True)
class Outside:
    """A contract of the same category and grouping that does not join on this date."""

    contract: Contract
    terms: Terms
    ask: Ask

    @property
    def council(self) -> Council:
        return self.contract.council

    @property
    def public_value(self) -> Decimal | None:
        return None if self.contract.value_withheld else self.contract.yearly_value


@dataclass(frozen=True)
class Briefing:
    """An opportunity with everything its page shows."""

    opportunity: Opportunity
    today: date
    rules: Rules
    joining: Sequence[Member]
    elsewhere: Sequence[Outside]  # could join, but the plan counts them on another date
    missing: Sequence[Outside]
    schemes: Sequence[Scheme]  # frameworks of the category
    routes: Sequence[Route]  # of them, with whether each could serve
    other_dates: Sequence[Opportunity]
    picture: WindowPicture
    begun: JointBuy | None  # the joint buy it has become, if the reader may see it
    stated: Stated | None  # on that, as far as the reader may know

    @property
    def by_council(self) -> Mapping[str, list[Member]]:
        """Those that join, by the codes of their councils."""
        found: dict[str, list[Member]] = defaultdict(list)
        for one in self.joining:
            found[one.council.pk].append(one)
        return found

    @property
    def agreeing(self) -> list[Outside]:
        """Those that agreement with the supplier alone would let join."""
        return [one for one in self.missing if one.ask.by_agreement]

    @property
    def bridging(self) -> list[Outside]:
        return [o for o in self.missing if not o.ask.by_agreement and not o.ask.unknown]

    @property
    def undated(self) -> list[Outside]:
        return [one for one in self.missing if one.ask.unknown]

    @property
    def sensitivity(self) -> Undated:
        """Of those without a known end. A value withheld counts as not known, whoever reads."""
        return undated((one.council.pk, one.public_value) for one in self.undated)

    @property
    def up_to(self) -> Decimal:
        return self.sensitivity.up_to(self.opportunity.annual_value)

    @property
    def asked_for_ends(self) -> list[Council]:
        """The councils whose contracts have no known end, once each."""
        return list({one.council.pk: one.council for one in self.undated}.values())

    @cached_property
    def payback(self) -> Payback | None:
        return self.rules.payback(self.opportunity.saving, self.stated)

    @property
    def doubts(self) -> list[str]:
        """Why the saving may not be real, without what it costs: that stands for itself."""
        # Kept when it was found, maybe before anything was stated or by other reference data.
        found = self.opportunity.reasons
        return [reason for reason in found if not reason.startswith(TAKEN_TO_COST)]

    @property
    def term_change_percent(self) -> int:
        return term_change(self.opportunity, self.rules.assumptions)

    @property
    def act_from(self) -> date | None:
        """The first day of the Procurement Act 2023, as its thresholds have it."""
        days = [one.applies_from for one in self.rules.limits if one.code == GOODS_AND_SERVICES]
        return min(days, default=None)


@dataclass(frozen=True, slots=True)
class Subject:
    """An opportunity to tell of: a stored one, or one worked out for whoever asks.

    `contracts` are all of its category and councils.
    """

    opportunity: Opportunity
    contracts: ContractQuerySet
    other_dates: Sequence[Opportunity]
    begun: JointBuy | None  # the joint buy it has become, if the reader may see it


def brief(opportunity: Opportunity, *, today: date, reader: Powers) -> Briefing:
    councils = Council.objects.in_grouping(opportunity.grouping_id, today)
    stored = Subject(
        opportunity,
        Contract.objects.filter(category=opportunity.category_id, council__in=councils),
        other_dates(opportunity),
        begun_of(opportunity, reader),
    )
    return brief_on(stored, today=today, reader=reader)


def begun_of(opportunity: Opportunity, reader: Powers) -> JointBuy | None:
    return JointBuy.objects.seen_by(reader).filter(pk=opportunity.pk).first()


def brief_on(subject: Subject, *, today: date, reader: Powers) -> Briefing:
    opportunity = subject.opportunity
    start = opportunity.start_date
    joining = in_order(who_joins(opportunity, today=today, reader=reader))
    rules = Rules.of_the_day()
    assumed = rules.assumptions
    change = term_change(opportunity, assumed)
    told = outsiders(subject, {j.contract.pk for j in joining}, today=today, reader=reader)
    outside = [
        Outside(c, t, ask(t, start=start, today=today, term_change_percent=change)) for c, t in told
    ]
    missing = [o for o in outside if not o.ask.joins]
    schemes = schemes_of(opportunity.category_id)
    return Briefing(
        opportunity=opportunity,
        today=today,
        rules=rules,
        joining=joining,
        elsewhere=[o for o in outside if o.ask.joins],
        missing=missing,
        schemes=schemes,
        routes=considered_routes(opportunity, schemes, months(assumed, "mobilisation_months")),
        other_dates=subject.other_dates,
        picture=WindowPicture(
            title=title(opportunity),
            today=today,
            chosen=start,
            bars=(*map(joining_bar, joining), *map(missing_bar, missing)),
            joinable=curve([*joining, *outside], start, today, months(assumed, "lead_months")),
        ),
        begun=subject.begun,
        stated=stated_on(subject.begun, reader) if subject.begun else None,
    )


def at_a_glance(
    opportunity: Opportunity, members: Iterable[Member], *, today: date
) -> WindowPicture:
    """What a list draws: those that join."""
    return WindowPicture(
        title=title(opportunity),
        today=today,
        chosen=opportunity.start_date,
        bars=tuple(glance_bar(member) for member in members),
    )


def glance_bar(member: Member) -> Bar:
    contract = member.contract
    return Bar(
        council=contract.council_id,
        note="",
        action=member.ask.action,
        value=contract.yearly_value,
        start=contract.start_date,
        end=contract.end_date,
        latest=contract.latest_permitted_end,
    )


def title(opportunity: Opportunity) -> str:
    return f"Who can start together on {in_words(opportunity.start_date)}"


def months(assumed: Mapping[str, Decimal], code: str) -> int:
    return int(assumed.get(code, NO_LEAD))


def term_change(opportunity: Opportunity, assumed: Mapping[str, Decimal]) -> int:
    """Per cent of a term. The Procurement Act 2023, whose rule it is, is not Scotland's law."""
    if opportunity.grouping.nation == SCOTLAND:
        return 0
    return int(assumed.get("term_change_percent", 0))


def outsiders(
    subject: Subject, joining: set[UUID], *, today: date, reader: Powers
) -> Iterable[tuple[Contract, Terms]]:
    """Its contracts that do not join and may still run."""
    anew = subject.contracts.may_run_on(today).filter(kind__in=BOUGHT_ANEW)
    found = as_told(anew.exclude(pk__in=joining), reader)
    for contract in found.order_by("council__name", "end_date", "pk"):
        yield contract, terms_of_contract(contract)


def schemes_of(category: str) -> list[Scheme]:
    found = Framework.objects.serving(category)
    return [as_scheme(framework, category) for framework in found]


def considered_routes(
    opportunity: Opportunity, schemes: Sequence[Scheme], mobilisation: int
) -> list[Route]:
    """Frameworks of the category: those the rebuild found to serve, and those that just miss."""
    call_off = months_on(opportunity.start_date, -mobilisation)
    return routes(opportunity.category_id, schemes, call_off=call_off)


def as_scheme(framework: Framework, category: str) -> Scheme:
    return Scheme(
        reference=framework.reference,
        name=framework.name,
        owner=framework.owner,
        kind=framework.kind,
        categories=frozenset({category}),
        starts=framework.starts,
        ends=framework.ends,
        scheme_ends=framework.scheme_ends,
        fee_percent=framework.fee_percent,
        users=framework.users,
        lots=tuple(lot.name for lot in framework.lots.all()),
    )


def other_dates(opportunity: Opportunity) -> list[Opportunity]:
    """The rest of the plan for this category and grouping, and its runners-up."""
    found = Opportunity.objects.filter(
        category=opportunity.category_id, grouping=opportunity.grouping_id
    )
    return list(found.exclude(pk=opportunity.pk).order_by("alternative", "start_date"))


def curve(
    contracts: Iterable[Member | Outside], start: date, today: date, lead: int
) -> list[tuple[date, Decimal]]:
    """From the first day a procurement begun now could lead to."""
    within = Span(min(months_on(today, lead), start), months_on(start, CURVE_MONTHS))
    valued = [(one.terms, one.contract.yearly_value) for one in contracts]
    return steps(valued, today=today, within=within)


def joining_bar(one: Member) -> Bar:
    return bar(one, one.ask.action, short_ask(one.ask), one.ask.action_by)


def missing_bar(one: Outside) -> Bar:
    return bar(one, one.ask.action, short_miss(one.ask), None)


def short_miss(asked: Ask) -> str:
    """In a few words: "Bridge needed: misses by 3 months"."""
    if asked.action == Action.STAY and asked.earliest_exit:
        return f"{asked.miss} before {in_words(asked.earliest_exit)}"
    return f"{asked.miss}: misses by {count(asked.months, 'month')}" if asked.months else asked.miss


def bar(one: Member | Outside, action: Action, note: str, decide_by: date | None) -> Bar:
    contract, terms = one.contract, one.terms
    options = tuple(option_ends(terms, terms.end)) if terms.end else ()
    return Bar(
        council=one.council.short_name,
        note=note,
        action=action,
        value=contract.yearly_value,
        start=contract.start_date,
        end=None if contract.rolling else contract.end_date,
        latest=contract.latest_permitted_end,
        options=options,
        decide_by=decide_by,
    )


def short_ask(asked: Ask) -> str:
    """In a few words: "Extend 6 months, decide by 31 January 2027"."""
    by = f" by {in_words(asked.action_by)}" if asked.action_by else ""
    if asked.action == Action.EXTEND:
        length = f" {asked.months} months" if asked.months else ""
        return f"Extend{length}; decide{by}"
    words = {
        Action.NOTHING: "Ends by itself",
        Action.NOTICE: f"Give notice{by}",
        Action.BREAK: f"Use the break; notice{by}",
    }
    return words[asked.action]
