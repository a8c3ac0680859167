"""The demonstration's demand: five invented councils' intentions, as a snapshot shows them."""

from datetime import UTC, datetime

from config.demo_joint_buy import COUNCIL, GROUPING
from procurement.actions import joint_buys, pledging
from procurement.actions.demand import release_demand
from procurement.actions.engagements import record_engagement
from procurement.models import Engagement, JointBuy, Opportunity, Pledge
from registry.models import Category, Council
from registry.periods import first_of_quarter
from registry.today import today

# Said in the quarter before the samples' day, so that the snapshot of that quarter has it.
SAID_AT = datetime(2026, 8, 31, 9, tzinfo=UTC)
CATEGORY = "LICP"
QUANTITIES = (820, 1150, 640, 980, 700)


def make_demand() -> None:
    """Once: a joint buy of licences, its snapshot, and talks with suppliers."""
    if begin_joint_buy():
        release_demand(today=first_of_quarter(today()))
    if not Engagement.objects.exists() and Council.objects.filter(pk=COUNCIL).exists():
        talk()


def begin_joint_buy() -> JointBuy | None:
    """None where it is begun, or too few councils could join it."""
    planned = Opportunity.objects.planned().of_councils([COUNCIL])
    found = planned.filter(grouping=GROUPING, category=CATEGORY, councils__gte=len(QUANTITIES))
    opportunity = found.order_by("start_date").first()
    if opportunity is None or JointBuy.objects.filter(pk=opportunity.pk).exists():
        return None
    this = joint_buys.express_interest(opportunity, COUNCIL, today=today(), by=None)
    participants = this.participants.select_related("council", "joint_buy").order_by("council")
    for participant, quantity in zip(participants, QUANTITIES, strict=False):
        said = dict.fromkeys(pledging.QUANTITIES, quantity)
        pledging.pledge(participant, Pledge.Step.INTENDS, today=today(), by=None, **said)
    date_back(this)
    return this


def date_back(this: JointBuy) -> None:
    JointBuy.objects.filter(pk=this.pk).update(begun_at=SAID_AT, begun_on=SAID_AT.date())
    this.participants.update(invited_at=SAID_AT)
    Pledge.objects.filter(participant__joint_buy=this).update(said_at=SAID_AT)
    this.minutes.update(written_at=SAID_AT)


def talk() -> None:
    record_engagement(
        by=None,
        council=Council.objects.get(pk=COUNCIL),
        category=Category.objects.get(pk=CATEGORY),
        held_on=today(),
        how=Engagement.How.EVENT,
        suppliers="Acme Licensing Ltd (invented)\nBirch Software Ltd (invented)",
        told="We asked how licences are handed on when councils merge, and which reports come with "
        "them. We showed the service we run today, without quantities or prices.",
        no_notice_because="An invented event: nothing was bought.",
        contact="Olive Officer (invented)",
    )
