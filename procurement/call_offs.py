"""Which framework a register's words mean, and what does not fit between it and the contract."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from registry.formats import day as in_words
from registry.formats import money_exact

BY_REFERENCE, BY_NAME = "reference", "name"
# A name of fewer letters, or of one word, could be anything.
FEWEST_LETTERS, FEWEST_WORDS = 8, 2
LIKE_A_REFERENCE = re.compile(r"\bRM ?\d{3,5}(?:\.\d{1,2})?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """A framework by its reference and every name it goes by."""

    reference: str
    names: tuple[str, ...]

    @cached_property
    def by_reference(self) -> re.Pattern[str]:
        """Its letters and digits with anything or nothing between, and none more around."""
        parts = re.findall(r"[A-Za-z]+|\d+", self.reference)
        joined = r"[\W_]*".join(map(re.escape, parts))
        return re.compile(rf"(?<![A-Za-z0-9]){joined}(?![A-Za-z0-9])(?!\.\d)", re.IGNORECASE)

    @cached_property
    def by_name(self) -> list[re.Pattern[str]]:
        """Its names' words in order; a number after them would be another edition's."""
        return [pattern_of(name) for name in self.names if tells_enough(name)]


def words_of(name: str) -> list[str]:
    return re.findall(r"[a-z]+|\d+", name.lower().replace("&", " and "))


def tells_enough(name: str) -> bool:
    words = words_of(name)
    return len(words) >= FEWEST_WORDS and sum(map(len, words)) >= FEWEST_LETTERS


def pattern_of(name: str) -> re.Pattern[str]:
    between = r"[\W_]*"
    joined = between.join("(?:and|&)" if word == "and" else word for word in words_of(name))
    return re.compile(rf"(?<![a-z0-9]){joined}(?![a-z0-9])(?!\s*[-.]?\s*\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """The framework some words mean, by what, and what in them speaks against it."""

    reference: str
    by: str
    doubt: str = ""


def find(text: str, frameworks: Iterable[Known]) -> Found | None:
    """By a reference first, and by a name second; None where neither is one we know."""
    held = list(frameworks)
    referred = [one for one in held if one.by_reference.search(text)]
    called = by_longest_name(text, held)
    if referred:
        one = max(referred, key=lambda known: len(known.reference))
        return Found(one.reference, BY_REFERENCE, doubt_of(one, referred, called))
    if called and not LIKE_A_REFERENCE.search(text):
        return Found(called.reference, BY_NAME)
    if called and (other := LIKE_A_REFERENCE.search(text)):
        return Found(
            called.reference,
            BY_NAME,
            f"The register gives the reference {other[0]}, and the name of {called.reference}.",
        )
    return None


def by_longest_name(text: str, frameworks: Iterable[Known]) -> Known | None:
    """The one whose name takes up most of the text: a longer name may hold a shorter one."""
    lengths = [
        (len(match[0]), one)
        for one in frameworks
        for name in one.by_name
        if (match := name.search(text))
    ]
    return max(lengths, key=lambda found: found[0])[1] if lengths else None


def doubt_of(one: Known, referred: Sequence[Known], called: Known | None) -> str:
    others = [other.reference for other in referred if other != one]
    if others:
        return f"The register gives more references: {one.reference} and {', '.join(others)}."
    if called and called != one:
        return (
            f"The register gives the reference of {one.reference}, and the name of "
            f"{called.reference}."
        )
    return ""


@dataclass(frozen=True, slots=True)
class CallOff:
    """A contract under a framework, as its reader is told of it; None is not known or not told."""

    council: str
    awarded: date | None
    starts: date | None
    supplier: object | None
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a framework allows."""

    starts: date | None = None
    ends: date | None = None  # of its scheme, where it has one
    suppliers: Collection[object] = field(default_factory=frozenset)
    every_supplier_known: bool = False  # each on its lots is a supplier of the registry
    maximum_value: Decimal | None = None


def mismatches(call_off: CallOff, offer: Offer, *, may_use: bool | None) -> Iterator[str]:
    """What does not fit, each a sentence; nothing is held against what is not known."""
    yield from out_of_time(call_off, offer)
    if may_use is False:
        yield "Its council is not among those that may use the framework."
    known = offer.every_supplier_known and offer.suppliers and call_off.supplier is not None
    if known and call_off.supplier not in offer.suppliers:
        yield "Its supplier is on none of the framework’s lots."
    if call_off.value and offer.maximum_value and call_off.value > offer.maximum_value:
        yield (
            f"Its value, {money_exact(call_off.value)}, is more than the whole framework’s "
            f"maximum, {money_exact(offer.maximum_value)}."
        )


def out_of_time(call_off: CallOff, offer: Offer) -> Iterator[str]:
    """By the day of award where it is known: a call-off may run on after its framework."""
    day, verb = (
        (call_off.awarded, "was awarded") if call_off.awarded else (call_off.starts, "starts")
    )
    if day is None:
        return
    began = f"It {verb} on {in_words(day)}"
    if offer.ends and day > offer.ends:
        yield f"{began}, after the framework ended on {in_words(offer.ends)}."
    if offer.starts and day < offer.starts:
        yield f"{began}, before the framework began on {in_words(offer.starts)}."


OTHERS, UNKNOWN, NAMED = "other bodies", "", "named bodies"


def may_use(open_to: str, *, in_its_places: bool | None) -> bool | None:
    """Whether a council is among those a framework is for; None where that is not known.

    `in_its_places` is None where it is not bound to places.
    """
    if open_to == OTHERS or in_its_places is False:
        return False
    return None if open_to in {UNKNOWN, NAMED} else True
