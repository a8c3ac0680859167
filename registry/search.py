"""Finding contracts and suppliers by words: every word must be somewhere, spelling forgiven."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from registry.models import Word
from registry.names import canonical_name, vocabulary
from registry.spelling import nearest, slips_forgiven

Found = TypeVar("Found", bound=QuerySet)

# More words than this make no search better, only slower.
MOST_WORDS = 8

# What is said of words that cannot be searched for.
UNSEEN = "null_characters_not_allowed"
SLIPS_OF_WORDS = {
    "max_length": "This is too long. Give fewer words.",
    UNSEEN: "This holds a character that no name has. Write the words anew.",
}


def words_of(text: str) -> list[str]:
    return text.split()[:MOST_WORDS]


def contracts_matching(text: str) -> Q:
    """Each word in the title, the supplier's name as published, or the reference."""
    return each_word_in(text, "title", "shown_supplier_name", "reference")


def names_matching(text: str) -> Q:
    """Each word in a supplier's name, as written or as names are compared.

    So "O’Neill and Sons" finds "O'NEILL & SONS LTD", and "A.B.C." finds "ABC". Words that only
    stand around names count where there are no others.
    """
    words = [(word, canonical_name(word)) for word in words_of(text)]
    around = vocabulary().noise | vocabulary().form_words
    telling = [(word, compared) for word, compared in words if compared not in around]
    found = Q()
    for word, compared in telling:
        found &= Q(name__icontains=word) | Q(canonical__contains=compared)
    return found if telling else each_word_in(text, "name")


def each_word_in(text: str, *columns: str) -> Q:
    found = Q()
    for word in words_of(text):
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        found &= anywhere
    return found


def matching_or_nearest(
    queryset: Found, matching: Callable[[str], Q], text: str
) -> tuple[Found, str]:
    """What has these words; where nothing does, what has the nearest words, and those words."""
    found = queryset.filter(matching(text))
    if found.exists():
        return found, ""
    words = words_of(text)
    meant = [meant_by(word) for word in words]
    if meant == words:
        return found, ""
    instead = queryset.filter(matching(" ".join(meant)))
    return (instead, " ".join(meant)) if instead.exists() else (found, "")


def meant_by(word: str) -> str:
    """The word itself where some register's word holds it, else the nearest there is."""
    folded = word.casefold()
    most = slips_forgiven(folded)
    if not most or Word.objects.filter(word__contains=folded).exists():
        return word
    known = Word.objects.annotate(letters=Length("word")).filter(
        letters__gte=len(folded) - most, letters__lte=len(folded) + most
    )
    return nearest(folded, list(known.values_list("word", flat=True))) or word


def capped_count(queryset: QuerySet, cap: int) -> int:
    """How many there are, without counting further than anyone would look."""
    return queryset.order_by()[:cap].count()
