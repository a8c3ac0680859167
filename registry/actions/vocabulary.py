"""The words of titles and suppliers' names, learnt as registers are recorded."""

from collections.abc import Iterable

from django.db import transaction

from registry.bulk import in_batches
from registry.models import Word
from registry.records import Facts
from registry.spelling import words_in


def learn_words(all_facts: Iterable[Facts]) -> None:
    """Note them once the contracts stand. A word lost on the way only makes search less kind.

    After the transaction, so that uploads with the same new words do not wait for each other.
    """
    words = words_in(
        text
        for said in all_facts
        for text in (said.get("title", ""), said.get("supplier_name", ""))
    )
    transaction.on_commit(lambda: keep(words))


def keep(words: Iterable[str]) -> None:
    for batch in in_batches(sorted(words)):
        known = set(Word.objects.filter(pk__in=batch).values_list("pk", flat=True))
        new = [Word(word) for word in batch if word not in known]
        Word.objects.bulk_create(new, ignore_conflicts=True)
