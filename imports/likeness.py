"""Whether a row and a contract are one agreement, where they do not say the same word for word.

Each thing that tells contracts apart speaks for a pair or against it, in points; what many
contracts share speaks the less. Best pairs are made first, and some differences forbid a pair.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import log2

from rapidfuzz import fuzz

from imports.titles import ANOTHER_OF_A_SERIES, NEAR, read_title, title_likeness
from registry.names import canonical_name
from registry.records import Facts

# So many contracts with a new reference are no new scheme yet.
FEW = 1
ENOUGH = 5.0  # points from which two are taken for one
# A key shared by more contracts than this says too little to be worth looking through.
MOST_ALIKE = 60
MOST_LOOKED_AT = 60  # contracts weighed for one row
SAME_NAME = 86  # of 100: two spellings of one supplier
LONG_WORD = 4
# Each doubling of those that share a thing takes one of this many parts of a point from it.
COMMON, COMMON_DAY = 6, 12
FORBIDDEN = float("-inf")


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells one contract of a council from another, folded for comparing."""

    reference: str
    supplier: str
    title: str
    start: date | None
    end: date | None
    value: Decimal | None


def identity(facts: Facts) -> Identity:
    return Identity(
        reference=" ".join(facts.get("reference", "").casefold().split()),
        supplier=folded_supplier(facts.get("supplier_name", "")),
        title=" ".join(facts.get("title", "").casefold().split()),
        start=facts.get("start_date"),
        end=facts.get("end_date"),
        value=facts.get("total_value", facts.get("annual_value")),
    )


@lru_cache(100_000)
def folded_supplier(name: str) -> str:
    return canonical_name(name)


class Rarity:
    """How many contracts share a thing, on the side that has more of them."""

    def __init__(self, *sides: Iterable[Identity]) -> None:
        self._counts = [Counter(key for i in side for key in self._keys(i)) for side in sides]

    @staticmethod
    def _keys(i: Identity) -> Iterator[Hashable]:
        yield from (("r", i.reference), ("t", i.title), ("s", i.supplier), ("d", i.start))
        yield ("v", i.start, i.value)
        yield ("tt", " ".join(read_title(i.title).words))

    def of(self, *key: Hashable) -> int:
        return max(1, *(counts[key] for counts in self._counts))

    def bits(self, *key: Hashable) -> float:
        return log2(self.of(*key))


def best_pairs(rows: Sequence[Identity], contracts: Sequence[Identity]) -> dict[int, int]:
    """Places of rows to places of contracts, the surest first, each at most once."""
    rarity = Rarity(rows, contracts)
    if not references_kept(rows, contracts):
        rows = [replace(row, reference="") for row in rows]
    scored = sorted(
        (-points, row, contract)
        for row, contract in candidates(rows, contracts)
        if (points := likeness(rows[row], contracts[contract], rarity)) >= ENOUGH
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, contract in scored:
        if row not in found and contract not in taken:
            found[row] = contract
            taken.add(contract)
    return found


def references_kept(rows: Sequence[Identity], contracts: Sequence[Identity]) -> bool:
    """Whether rows alike in all else have the references they had; else numbers say nothing."""
    before = {besides_reference(c): c.reference for c in contracts if c.reference}
    pairs = [(row.reference, before.get(besides_reference(row))) for row in rows if row.reference]
    told = [one == other for one, other in pairs if other]
    return sum(told) + FEW >= len(told) / 2


def besides_reference(i: Identity) -> Hashable:
    return (i.supplier, i.title, i.start, i.end, i.value)


def candidates(
    rows: Sequence[Identity], contracts: Sequence[Identity]
) -> Iterator[tuple[int, int]]:
    """Pairs worth weighing: they share a key that few share. Linear in rows and contracts."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for place, contract in enumerate(contracts):
        for key in keys(contract):
            index[key].append(place)
    for row, one in enumerate(rows):
        lists = [index[key] for key in keys(one) if key in index]
        few = sorted((places for places in lists if len(places) <= MOST_ALIKE), key=len)
        seen = dict.fromkeys(place for places in few for place in places)
        yield from ((row, place) for place in list(seen)[:MOST_LOOKED_AT])


def keys(i: Identity) -> Iterator[Hashable]:
    """Any two spellings of one contract share one of these, or nearly always."""
    if i.reference:
        yield ("r", i.reference)
    yield ("t", i.title)
    yield ("tv", i.title, i.value)
    yield ("td", i.title, i.start)
    yield ("ts", i.title, i.supplier)
    yield ("sde", i.supplier, i.start, i.end)
    if i.supplier:
        yield ("s", i.supplier)
        yield ("sd", i.supplier, i.start)
        yield ("sv", i.supplier, i.value)
    if i.value is not None:
        yield ("dv", i.start, i.value)
        yield ("ev", i.end, i.value)
    for word in sorted(set(read_title(i.title).words)):
        if len(word) >= LONG_WORD:
            yield ("wd", word, i.start)
            yield ("ws", word, i.supplier)
            yield ("wv", word, i.value)


def likeness(row: Identity, held: Identity, rarity: Rarity) -> float:
    """Points for these two being one contract; `FORBIDDEN` where they plainly are not."""
    sure = bool(row.reference) and row.reference == held.reference
    sure = sure and rarity.of("r", row.reference) == 1
    titles = title_likeness(row.title, held.title)
    suppliers = supplier_likeness(row.supplier, held.supplier)
    if not sure and forbids(row, held, titles, suppliers, rarity):
        return FORBIDDEN
    return (
        reference_points(row, held, rarity)
        + title_points(row, held, titles, rarity)
        + supplier_points(row, suppliers, rarity)
        + day_points(row, held, rarity)
        + value_points(row, held, rarity)
    )


def forbids(row: Identity, held: Identity, titles: float, suppliers: float, rarity: Rarity) -> bool:
    """What no likeness elsewhere outweighs, unless one reference is theirs alone."""
    if row.start and held.end and row.start > held.end:
        return True  # it begins after the other ends: its successor
    if titles == ANOTHER_OF_A_SERIES or is_another_award(row, held):
        return True
    if suppliers == OTHER:
        # A contract may pass to another body; one of several alike went to somebody else.
        return titles < 1 or rarity.of("t", row.title) > 1 or not same_days_or_value(row, held)
    if titles < NEAR:
        # A title put differently: only where date and amount single the contract out.
        return not (row.start and row.value is not None and held.start == row.start) or not (
            held.value == row.value and rarity.of("v", row.start, row.value) == 1
        )
    return False


def is_another_award(row: Identity, held: Identity) -> bool:
    """Another reference and another start."""
    references = bool(row.reference and held.reference) and row.reference != held.reference
    return references and bool(row.start and held.start) and row.start != held.start


def same_days_or_value(row: Identity, held: Identity) -> bool:
    return (
        row.start is not None
        and row.start == held.start
        and (row.value == held.value or row.end == held.end)
    )


def reference_points(row: Identity, held: Identity, rarity: Rarity) -> float:
    if not (row.reference and held.reference):
        return 0
    if row.reference != held.reference:
        return -3.5
    return max(2.0, 6 - rarity.bits("r", row.reference))


def title_points(row: Identity, held: Identity, titles: float, rarity: Rarity) -> float:
    if titles >= NEAR:
        words = " ".join(read_title(row.title).words)
        shared = max(rarity.bits("t", row.title), rarity.bits("t", held.title))
        shared = max(shared, rarity.bits("tt", words) / 2)
        return max(2.0, (6 if titles == 1 else 5.5 * titles) - shared / COMMON)
    return -6.0 if titles == ANOTHER_OF_A_SERIES else -3.5 + 2 * max(titles - 0.5, 0)


# How alike two suppliers are.
SAME, SPELT_ALIKE, UNSAID, OTHER = 1.0, 0.8, 0.0, -1.0


@lru_cache(100_000)
def supplier_likeness(one: str, other: str) -> float:
    if not one or not other:
        return UNSAID
    if one == other:
        return SAME
    alike = fuzz.token_sort_ratio(one, other) >= SAME_NAME or one.replace(" ", "") == other.replace(
        " ", ""
    )
    within = set(one.split()) <= set(other.split()) or set(other.split()) <= set(one.split())
    numbers = set(re.findall(r"\d+", one)) == set(re.findall(r"\d+", other))
    return SPELT_ALIKE if numbers and (alike or within) else OTHER


def supplier_points(row: Identity, suppliers: float, rarity: Rarity) -> float:
    if suppliers in {SAME, SPELT_ALIKE}:
        return max(1.5, 4 * suppliers - rarity.bits("s", row.supplier) / COMMON)
    return -4 if suppliers == OTHER else 0


def day_points(row: Identity, held: Identity, rarity: Rarity) -> float:
    points = 0.0
    if row.start and held.start:
        same = max(1.0, 3 - rarity.bits("d", row.start) / COMMON_DAY)
        points += same if row.start == held.start else -2.5
    if row.end and held.end:
        points += 1.5 if row.end == held.end else -0.5
    return points


def value_points(row: Identity, held: Identity, rarity: Rarity) -> float:
    if row.value is None or held.value is None:
        return 0
    if row.value != held.value:
        return -1
    return max(1.0, 3 - rarity.bits("v", row.start, row.value) / 2)
