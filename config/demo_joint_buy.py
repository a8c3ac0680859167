"""The demonstration's joint buy: invented councils part of the way up its ladder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F

from config.demo import ACCOUNTS, sent_at
from procurement.actions import joint_buys, pledging
from procurement.models import JointBuy, Opportunity, Pledge
from registry.models import Council
from registry.today import today

Step = Pledge.Step
# The officer and the buyer that people sign in as both see it.
COUNCIL = next(one.council for one in ACCOUNTS if one.council)
GROUPING = next(one.grouping for one in ACCOUNTS if one.grouping)
# Before the start, so that there is time for a call-off and for delivery.
CLOSES_BEFORE = timedelta(days=120)
OPEN_FOR_AT_LEAST = timedelta(days=30)
LATE_CAP = 50
COSTS = Decimal("18000.00")
# Within what the sample registers pay: a joint price above it would make nonsense of the saving.
PRICES = [(1, Decimal("540.00")), (500, Decimal("498.00")), (1000, Decimal("461.00"))]


@dataclass(frozen=True, slots=True)
class Word:
    """What an invented council says."""

    step: Pledge.Step
    quantities: tuple[int, int, int] = (0, 0, 0)
    specification: Mapping[str, str] = field(default_factory=dict)
    rest: Mapping[str, Any] = field(default_factory=dict)


# In the order of the councils' codes; the officer's own council is left interested.
WORDS = (
    Word(
        Step.COMMITS,
        (260, 300, 340),
        {"memory": "16 GB", "storage": "512 GB", "system": "Windows"},
        {"would_lead": True, "least_councils": 2, "switching_once": Decimal("4800.00")},
    ),
    Word(
        Step.COMMITS,
        (350, 400, 450),
        {"memory": "16 GB", "storage": "256 GB", "system": "Windows"},
        {"most_price": Decimal("500.00")},
    ),
    Word(
        Step.COMMITS,
        (30, 40, 50),
        {"memory": "32 GB", "storage": "1 TB", "system": "Windows"},
        {"most_price": Decimal("480.00")},
    ),
    Word(
        Step.INTENDS,
        (90, 120, 150),
        {"memory": "8 GB", "storage": "128 GB", "system": "ChromeOS"},
    ),
    Word(Step.WATCHING),
)


def make_joint_buy() -> JointBuy | None:
    """Begin one from the best opportunity of the officer's council; None when there is none."""
    if found := JointBuy.objects.filter(grouping=GROUPING).first():
        return found
    opportunity = best_opportunity()
    if opportunity is None:
        return None
    this = joint_buys.express_interest(opportunity, COUNCIL, today=today(), by=None)
    others = this.participants.exclude(council=COUNCIL).order_by("council")
    say(this, [one.council for one in others.select_related("council")])
    run(this)
    date_back(this)
    return this


def date_back(this: JointBuy) -> None:
    """All of it was said on the morning of the samples' day, whenever the samples are loaded."""
    since = this.begun_at - sent_at()
    JointBuy.objects.filter(pk=this.pk).update(begun_at=F("begun_at") - since)
    this.participants.update(invited_at=F("invited_at") - since)
    said = Pledge.objects.filter(participant__joint_buy=this)
    said.update(said_at=F("said_at") - since)
    this.resolutions.update(resolved_at=F("resolved_at") - since)
    this.minutes.update(written_at=F("written_at") - since)


def best_opportunity() -> Opportunity | None:
    planned = Opportunity.objects.planned().of_councils([COUNCIL]).filter(grouping=GROUPING)
    enough = planned.filter(start_date__gt=today() + CLOSES_BEFORE + OPEN_FOR_AT_LEAST)
    laptops = enough.filter(category="LAP").order_by("-councils", "start_date").first()
    return laptops or enough.order_by("-councils", "start_date").first()


def say(this: JointBuy, councils: Sequence[Council]) -> None:
    for council, word in zip(councils, WORDS, strict=False):
        quantities = dict(zip(pledging.QUANTITIES, word.quantities, strict=True))
        participant = this.participants.select_related("council", "joint_buy").get(council=council)
        pledging.pledge(
            participant,
            word.step,
            today=today(),
            by=None,
            specification=dict(word.specification),
            **quantities,
            **word.rest,
        )


def run(this: JointBuy) -> None:
    """As its buyer would: a lead, terms, prices, a first look at what holds."""
    willing = Pledge.objects.of(this).standing().filter(would_lead=True).first()
    if willing:
        joint_buys.set_lead(this.pk, willing.participant.council, by=None)
    joint_buys.set_terms(
        this.pk,
        today=today(),
        by=None,
        closing_date=this.start_date - CLOSES_BEFORE,
        late_cap=LATE_CAP,
        costs=COSTS,
        cost_rule=JointBuy.CostRule.EQUALLY,
    )
    joint_buys.expect_prices(this.pk, PRICES, by=None)
    pledging.resolve_commitments(this.pk, by=None)
