"""Finding contracts and suppliers by words: every word must be somewhere."""

from django.db.models import Q, QuerySet

# More words than this make no search better, only slower.
MOST_WORDS = 8


def words_of(text: str) -> list[str]:
    return text.split()[:MOST_WORDS]


def contracts_matching(text: str) -> Q:
    """Each word in the title, the supplier's name as published, or the reference."""
    return each_word_in(text, "title", "shown_supplier_name", "reference")


def suppliers_matching(text: str) -> Q:
    """Each word in one of the supplier's names."""
    return each_word_in(text, "name")


def each_word_in(text: str, *columns: str) -> Q:
    found = Q()
    for word in words_of(text):
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        found &= anywhere
    return found


def capped_count(queryset: QuerySet, cap: int) -> int:
    """How many there are, without counting further than anyone would look."""
    return queryset.order_by()[:cap].count()
