"""Pages of long lists: as many as people look through, and no count of everything."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from registry.search import capped_count

PAGE_SIZE = 50
# Beyond this a list is narrowed down, not paged through: counting and skipping rows get slow.
MOST_ROWS = 10_000


class CappedPaginator(Paginator):
    """Counts to 10,001 and no further."""

    object_list: QuerySet

    @cached_property
    def found(self) -> int:
        return capped_count(self.object_list, MOST_ROWS + 1)

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST_ROWS)

    @property
    def words(self) -> str:
        """1,204, or more than 10,000."""
        return f"more than {MOST_ROWS:,}" if self.found > MOST_ROWS else f"{self.found:,}"


def page_of(queryset: QuerySet, number: Any) -> Page:
    """The page asked for, or the nearest there is."""
    return CappedPaginator(queryset, PAGE_SIZE).get_page(number)
