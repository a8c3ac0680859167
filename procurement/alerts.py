"""What joint buying tells in digests and calendars, and what is new in saved searches of its lists.

Of a joint buy only to councils asked into it and the buyer of its grouping, without quantities.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.forms import BaseForm
from django.http import QueryDict

from procurement.demand_forms import DemandForm
from procurement.forward import endings, newest_intentions
from procurement.models import (
    Area,
    EndingDemand,
    Framework,
    IntendedDemand,
    JointBuy,
    Opportunity,
    Participant,
    Pledge,
    Resolution,
)
from procurement.page_filters import FrameworkPageFilter, OpportunityPageFilter
from registry import today as clock
from registry.digests import Dated, Entry, Hit, Section
from registry.formats import count, money_short
from registry.formats import day as in_words
from registry.permissions import Powers
from registry.values import months_on

# As far ahead as one who reads it monthly can still act.
AHEAD_MONTHS = 3


def opportunities_narrowed(query: QueryDict, powers: Powers) -> OpportunityPageFilter:
    seen = Opportunity.objects.seen_by(powers).for_list()
    return OpportunityPageFilter(query, seen, powers=powers)


def opportunities_asked(query: QueryDict, powers: Powers) -> BaseForm:
    form: BaseForm = opportunities_narrowed(query, powers).form
    return form


def opportunities_found(query: QueryDict, powers: Powers) -> Iterator[Hit]:
    """Those this person may see; one whose date moves is a new one."""
    for one in opportunities_narrowed(query, powers).qs.best_first():
        words = f"{one.category.name}, {one.grouping.name}, from {in_words(one.start_date)}"
        yield Hit(str(one.pk), Entry(words, one.get_absolute_url()))


def called(this: JointBuy) -> str:
    return f"{this.category.name}, {this.grouping.name}, from {in_words(this.start_date)}"


def invitations(powers: Powers, today: date, _since: date) -> Iterator[Section]:
    """Until the council says something, or the joint buy closes."""
    unsaid = ~Exists(Pledge.objects.filter(participant=OuterRef("pk")))
    asked = Participant.objects.filter(
        unsaid, council__in=powers.councils, joint_buy__closed_at__isnull=True
    ).select_related("council", "joint_buy__category", "joint_buy__grouping")
    found = [one for one in asked.order_by("-invited_at", "pk") if one.joint_buy.open_on(today)]
    yield Section("Joint buys that wait for your word", [invitation(one) for one in found])


def invitation(one: Participant) -> Entry:
    this = one.joint_buy
    words = f"{called(this)}: {one.council.short_name} is asked in and has said nothing yet"
    return Entry(words, this.get_absolute_url(), this.closing_date)


def closing(powers: Powers, today: date, _since: date) -> Iterator[Section]:
    mine = JointBuy.objects.seen_by(powers).for_list()
    found = mine.filter(
        closed_at__isnull=True, closing_date__range=(today, months_on(today, AHEAD_MONTHS))
    )
    entries = [
        Entry(f"Last day to commit: {called(one)}", one.get_absolute_url(), one.closing_date)
        for one in found.order_by("closing_date", "pk")
    ]
    yield Section("Joint buys that close", entries)


def resolved(powers: Powers, _today: date, since: date) -> Iterator[Section]:
    """The last resolution of each, where it is of the day of the last digest or later."""
    later = Resolution.objects.filter(joint_buy=OuterRef("joint_buy"), pk__gt=OuterRef("pk"))
    found = Resolution.objects.filter(
        ~Exists(later),
        joint_buy__in=JointBuy.objects.seen_by(powers),
        resolved_at__date__gte=since,
    ).select_related("joint_buy__category", "joint_buy__grouping")
    yield Section("Commitments resolved", [outcome(one, powers) for one in found])


def outcome(one: Resolution, powers: Powers) -> Entry:
    """How many hold, and whether the reader's own do; nobody's reasons."""
    of = count(len(one.outcomes), "commitment")
    own = [o for o in one.outcomes if o["council"] in powers.councils]
    fallen = any(not o["holds"] for o in own)
    mine = "; yours falls out" if fallen else "; yours holds" if own else ""
    words = f"{called(one.joint_buy)}: {len(one.holding)} of {of} hold together{mine}"
    return Entry(words, one.joint_buy.get_absolute_url(), clock.day_of(one.resolved_at))


def closing_days(council: str, today: date) -> Iterator[Dated]:
    """For the calendars of those who asked for what is not public."""
    found = JointBuy.objects.filter(
        participants__council=council, closed_at__isnull=True, closing_date__gte=today
    )
    for one in found.for_list():
        if one.closing_date:
            yield Dated(
                uid=f"{one.pk}-closing",
                day=one.closing_date,
                summary=f"Last day to commit: {one.category.name}, {one.grouping.name}",
                words="Councils can change what they said of this joint buy until then.",
                url=one.get_absolute_url(),
                changed_at=one.begun_at,
            )


def demand_asked(query: QueryDict, _powers: Powers) -> BaseForm:
    return DemandForm(query)


def demand_found(query: QueryDict, _powers: Powers) -> Iterator[Hit]:
    """The same for everybody. What councils intend is new when its band changes."""
    asked, day = DemandForm(query).asked(), clock.today()
    address = asked.address()
    for one in newest_intentions(asked, day):
        yield Hit(f"{one.code[8:]}:{one.low}", Entry(intended(one), address))
    cells = endings(asked, day)
    for cell in cells if asked.area else cells.filter(area__kind=Area.REGION):
        yield Hit(cell.code, Entry(ending(cell), address))


def intended(one: IntendedDemand) -> str:
    return (
        f"{one.category.name}, {one.area.name}, {one.starts_in}: "
        f"{one.low:,} to {one.below:,} intended"
    )


def ending(one: EndingDemand) -> str:
    return (
        f"{one.category.name}, {one.area.name}, {one.ends_in}: "
        f"{count(one.contracts, 'contract')}, {money_short(one.yearly_value)} a year"
    )


def frameworks_narrowed(query: QueryDict) -> FrameworkPageFilter:
    return FrameworkPageFilter(query, Framework.objects.for_list())


def frameworks_asked(query: QueryDict, _powers: Powers) -> BaseForm:
    form: BaseForm = frameworks_narrowed(query).form
    return form


def frameworks_found(query: QueryDict, _powers: Powers) -> Iterator[Hit]:
    for one in frameworks_narrowed(query).qs.order_by("pk"):
        yield Hit(one.pk, Entry(f"{one.name} ({one.owner})", one.get_absolute_url(), one.ends))
