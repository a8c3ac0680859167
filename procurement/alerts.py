"""What joint buying tells in digests: opportunities new in a saved search."""

from collections.abc import Iterator

from django.http import QueryDict

from procurement.models import Opportunity
from procurement.page_filters import OpportunityPageFilter
from registry.digests import Entry, Hit
from registry.formats import day as in_words
from registry.permissions import Powers


def opportunities_found(query: QueryDict, powers: Powers) -> Iterator[Hit]:
    """Those this person may see; one whose date moves is a new one."""
    seen = Opportunity.objects.seen_by(powers).for_list()
    for one in OpportunityPageFilter(query, seen, powers=powers).qs.best_first():
        words = f"{one.category.name}, {one.grouping.name}, from {in_words(one.start_date)}"
        yield Hit(str(one.pk), Entry(words, one.get_absolute_url()))
