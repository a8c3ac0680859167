"""What joint buying tells in digests: what is new in saved searches of its lists."""

from collections.abc import Iterator

from django.http import QueryDict

from procurement.demand_forms import DemandForm
from procurement.forward import endings, newest_intentions
from procurement.models import Area, EndingDemand, Framework, IntendedDemand, Opportunity
from procurement.page_filters import FrameworkPageFilter, OpportunityPageFilter
from registry.digests import Entry, Hit
from registry.formats import count, money_short
from registry.formats import day as in_words
from registry.permissions import Powers
from registry.today import today


def opportunities_found(query: QueryDict, powers: Powers) -> Iterator[Hit]:
    """Those this person may see; one whose date moves is a new one."""
    seen = Opportunity.objects.seen_by(powers).for_list()
    for one in OpportunityPageFilter(query, seen, powers=powers).qs.best_first():
        words = f"{one.category.name}, {one.grouping.name}, from {in_words(one.start_date)}"
        yield Hit(str(one.pk), Entry(words, one.get_absolute_url()))


def demand_found(query: QueryDict, _powers: Powers) -> Iterator[Hit]:
    """The same for everybody. What councils intend is new when its band changes."""
    asked, day = DemandForm(query).asked(), today()
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


def frameworks_found(query: QueryDict, _powers: Powers) -> Iterator[Hit]:
    for one in FrameworkPageFilter(query, Framework.objects.for_list()).qs.order_by("pk"):
        yield Hit(one.pk, Entry(f"{one.name} ({one.owner})", one.get_absolute_url(), one.ends))
