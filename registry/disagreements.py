"""Where a newer file says otherwise than a person's word that stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from registry.currencies import POUNDS
from registry.statements import Stated, column_value, encode, standing


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One field of one contract: what a person said of it, and what the newest file says."""

    field: str
    ours: Any
    theirs: Any
    person: int  # the source of each
    file: int
    currencies: tuple[str, str] = (POUNDS, POUNDS)  # of our amounts and of theirs


def disagreements(statements: Iterable[Stated]) -> list[Disagreement]:
    """Those not settled yet. Statements come oldest first.

    A file sent before the person spoke is what they spoke against, and is no disagreement.
    """
    told = list(statements)
    stands = standing(told)
    return [
        found
        for place, word in enumerate(told)
        if word.by_person
        for found in against(word, told[place + 1 :], stands)
    ]


def against(word: Stated, later: list[Stated], stands: dict[str, Stated]) -> Iterator[Disagreement]:
    files = [stated for stated in later if not stated.by_person]
    for field in sorted(word.knows - word.follows):
        newest = next((f for f in reversed(files) if field in f.knows), None)
        if newest is None or stands.get(field) is not word:
            continue
        ours, theirs = column_value(field, word.facts), column_value(field, newest.facts)
        if ours != theirs and not is_settled(word, field, theirs):
            currencies = (currency_of(word), currency_of(newest))
            yield Disagreement(field, ours, theirs, word.source, newest.source, currencies)


def currency_of(stated: Stated) -> str:
    return stated.facts.get("currency", POUNDS)


def is_settled(word: Stated, field: str, theirs: Any) -> bool:
    """Whether the person's word was upheld against just this."""
    return field in word.despite and word.despite[field] == as_text(field, theirs)


def as_text(field: str, value: Any) -> str:
    """A column's value as JSON keeps it; blank is empty."""
    blank = value is None or value == ""
    return "" if blank else str(encode({field: value})[field])  # type: ignore[misc]
