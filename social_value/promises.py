"""The promises of one contract: its words as read, and over them what its officers said."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from social_value.periods import whole_quantity
from social_value.plausible import TOO_MUCH, too_much
from social_value.reading import TABLES, Promise, Reading, Unread, read

# Gives a promise the same id whenever its contract, words and measure are the same.
NAMESPACE = UUID("b1f0f3a7-7d5e-5a55-9d0e-6c9b5b1f7c21")
# A term longer than this is a slip, and its end is taken as not known.
MOST_YEARS = 100
BY_HAND = "an officer of the council entered it"
CORRECTED = "an officer of the council said what these words promise"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is needed of a contract."""

    contract: UUID
    text: str
    starts: date | None
    ends: date | None
    responsible: str
    pounds: Decimal | None = None  # that it is worth, where everybody may know it

    @property
    def term(self) -> tuple[date | None, date | None]:
        return likely_term(self.starts, self.ends)


def likely_term(starts: date | None, ends: date | None) -> tuple[date | None, date | None]:
    if starts and ends and ends.year - starts.year > MOST_YEARS:
        return starts, None
    return starts, ends


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer said that words promise; without a measure, that they promise nothing."""

    id: int
    words: str
    measure: str | None
    quantity: Decimal | None
    per_year: bool = False
    group: str = ""
    place: str = ""
    responsible: str = ""
    starts: date | None = None
    ends: date | None = None

    def promise(self) -> Promise | None:
        if self.measure is None or self.quantity is None:
            return None
        why = (CORRECTED if self.words else BY_HAND,)
        return Promise(
            self.measure, self.quantity, self.words, why, self.per_year, self.group, self.place
        )


@dataclass(frozen=True, slots=True)
class Derived:
    """A promise over the contract's term."""

    id: UUID
    promise: Promise
    quantity: Decimal
    because: tuple[str, ...]
    responsible: str
    decision: int | None = None
    term: tuple[date | None, date | None] = (None, None)


def key_of(words: str) -> str:
    """The same for the same words, however spaced and in whatever case."""
    return sha256(" ".join(words.casefold().split()).encode()).hexdigest()


def mark_of(terms: Terms, region: str, said: Sequence[Said]) -> str:
    """Changes whenever anything that promises are derived from does."""
    told = [
        *(TABLES.version, terms.text, str(terms.starts), str(terms.ends), terms.responsible),
        *(region, str(terms.pounds), *(str(one) for one in said)),
    ]
    return sha256(json.dumps(told).encode()).hexdigest()


@lru_cache(maxsize=10_000)
def read_once(text: str) -> Reading:
    """Registers repeat the same words for many contracts."""
    return read(text)


def derive(terms: Terms, said: Sequence[Said]) -> tuple[list[Derived], list[Unread]]:
    """Promises in the order of the cell, those entered by hand last; and what stays unread.

    What the contract could not pay for is asked about until an officer says what it promises.
    """
    reading = read_once(terms.text)
    over = {key_of(one.words): one for one in said if one.words}
    unread = [one for one in reading.unread if key_of(one.words) not in over]
    seen: Counter[Any] = Counter()
    found = []
    for promise, by in standing(reading, over, said):
        one = derived(terms, promise, by, seen)
        if by is None and too_much(TABLES.units[promise.measure], one.quantity, terms.pounds):
            unread.append(Unread(promise.words, TOO_MUCH))
        else:
            found.append(one)
    return found, unread


def standing(
    reading: Reading, over: Mapping[str, Said], said: Sequence[Said]
) -> Iterator[tuple[Promise, Said | None]]:
    """Each promise with whose word it is, if not the reading's."""
    for promise in reading.promises:
        by = over.get(key_of(promise.words))
        if by is None:
            yield promise, None
        elif told := by.promise():
            yield told, by
    unread = {key_of(one.words) for one in reading.unread}
    for one in said:
        of_unread = one.words and key_of(one.words) in unread
        if (of_unread or not one.words) and (told := one.promise()):
            yield told, one


def derived(terms: Terms, promise: Promise, by: Said | None, seen: Counter[Any]) -> Derived:
    starts, ends = term_of(terms, by)
    quantity, why = whole_quantity(
        promise.quantity, per_year=promise.per_year, starts=starts, ends=ends
    )
    what = (promise.measure, key_of(promise.words))
    seen[what] += 1
    return Derived(
        id=uuid5(NAMESPACE, f"{terms.contract}/{'/'.join(what)}/{seen[what]}"),
        promise=promise,
        quantity=quantity,
        because=(*promise.because, why) if why else promise.because,
        responsible=(by.responsible if by else "") or terms.responsible,
        decision=by.id if by else None,
        term=(starts, ends),
    )


def term_of(terms: Terms, by: Said | None) -> tuple[date | None, date | None]:
    """The days an officer gave, else the contract's; one that cannot stand beside theirs goes."""
    starts, ends = terms.term
    if by is None or not (by.starts or by.ends):
        return starts, ends
    starts, ends = by.starts or starts, by.ends or ends
    if starts and ends and ends < starts:
        starts, ends = by.starts, by.ends
    return likely_term(starts, ends)
