"""Which names are one supplier: a function of all that may bear on one another, in any order."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, groupby, product
from typing import NamedTuple

from registry.identifiers import UNIQUE_SCHEMES, Identifier
from registry.matching.index import NameIndex
from registry.matching.judgement import (
    DIFFERENT_NUMBER,
    LINK_FROM,
    SURE_IDENTIFIER,
    SURE_NAME,
    UNSURE_NAME,
)
from registry.names import canonical_name, folded

FIRST_SEEN = "The name it was first seen under."
SAME_NAME = "The same name."
DECIDED = "Somebody decided that they are the same."
OTHER_NUMBER = "The same name, but a different company or charity number."
SEVERAL_FIT = "Several suppliers fit, told apart by their numbers."


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name as registers have it, and the numbers beside it."""

    name: str
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Because:
    reason: str
    confidence: float = 1.0


@dataclass(frozen=True)
class Rulings:
    """What people decided of pairs of names; of those apart, the first is the odd one out."""

    together: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = frozenset()

    def parted(self, ones: Collection[str], others: Collection[str]) -> bool:
        return bool(self.apart) and any(pair in self._parted for pair in keys_of(ones, others))

    @cached_property
    def _parted(self) -> set[tuple[str, str]]:
        pairs = {pair for a, b in self.apart for pair in keys_of([a], [b])}
        return pairs | {(b, a) for a, b in pairs}

    @cached_property
    def odd(self) -> frozenset[str]:
        return frozenset(plain(one) for one, _ in self.apart)


def keys_of(ones: Iterable[str], others: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Spellings under which a ruling holds: as written, and as canonical where these differ."""
    for a, b in product(ones, others):
        yield plain(a), plain(b)
        if canonical_name(a) != canonical_name(b):
            yield f"~{canonical_name(a)}", f"~{canonical_name(b)}"


def plain(name: str) -> str:
    """A name as it is written, but for case and punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in folded(name)).split())


@dataclass(slots=True, eq=False)
class Group:
    """One supplier: its mentions, and why each is its."""

    key: int
    members: dict[Mention, Because] = field(default_factory=dict)
    into: "Group | None" = None  # the group it was joined to

    @property
    def names(self) -> list[str]:
        return list(dict.fromkeys(one.name for one in self.members if one.name))

    @property
    def numbers(self) -> tuple[Identifier, ...]:
        return tuple(sorted({number for one in self.members for number in one.identifiers}))

    @property
    def now(self) -> "Group":
        return self.into.now if self.into else self


class Tie(NamedTuple):
    """What speaks for two groups being one."""

    one: Group
    other: Group
    why: Because

    @property
    def both(self) -> tuple[Group, Group]:
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Question:
    """Two groups that may be one supplier: for a person to say."""

    one: Group
    other: Group
    confidence: float
    reason: str


@dataclass(slots=True)
class Partition:
    groups: list[Group]
    questions: list[Question]


def partition(
    mentions: Iterable[Mention], rulings: Rulings | None = None, known: NameIndex | None = None
) -> Partition:
    """Group mentions and ask about the rest.

    All names that have bonds with these, among those known, must be among them.
    """
    ordered = sorted(set(mentions))
    index = known or NameIndex(one.name for one in ordered)
    return _Partitioning(ordered, rulings or Rulings(), index).done()


def conflict(ours: Collection[Identifier], theirs: Collection[Identifier]) -> bool:
    """Two different numbers of a register in which each body has one."""
    schemes = {n.scheme for n in ours} & {n.scheme for n in theirs} & UNIQUE_SCHEMES
    return any(
        {n.value for n in ours if n.scheme == scheme}.isdisjoint(
            n.value for n in theirs if n.scheme == scheme
        )
        for scheme in schemes
    )


def several_bodies(numbers: Mapping[int, tuple[Identifier, ...]]) -> bool:
    return any(conflict(ours, theirs) for ours, theirs in combinations(numbers.values(), 2))


def bundles(ties: Iterable[Tie]) -> Iterable[list[Tie]]:
    """Ties with all that they lead to, each bundle in the order given."""
    ties = list(ties)
    together: dict[int, set[int]] = {}
    for tie in ties:
        keys = (group.now.key for group in tie.both)
        small, large = sorted((together.setdefault(key, {key}) for key in keys), key=len)
        if small is not large:
            large |= small
            together |= dict.fromkeys(small, large)
    found: dict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        found[id(together[tie.one.now.key])].append(tie)
    return list(found.values())


class _Partitioning:
    """One run: what people ruled, then numbers, then names, from the surest bond on."""

    def __init__(self, mentions: list[Mention], rulings: Rulings, known: NameIndex) -> None:
        self.rulings = rulings
        self.known = known
        self.asked: list[tuple[Group, Group, float, str]] = []
        ordered = self._in_order(mentions)
        self.groups = [Group(n, {one: Because(FIRST_SEEN)}) for n, one in enumerate(ordered)]
        self.by_name: dict[str, list[Group]] = defaultdict(list)
        self.by_letters: dict[str, list[Group]] = defaultdict(list)
        for group, one in zip(self.groups, ordered, strict=True):
            if one.name:
                self.by_name[one.name].append(group)
                self.by_letters[plain(one.name)].append(group)

    def done(self) -> Partition:
        self._join_ruled()
        self._join_numbered()
        self._join_named()
        standing = [group for group in self.groups if group.into is None]
        return Partition(standing, list(self._open_questions()))

    def _in_order(self, mentions: list[Mention]) -> list[Mention]:
        """Those with numbers, then plain names before longer ones; the odd ones out at the end."""
        odd = self.rulings.odd
        return sorted(
            mentions, key=lambda m: (plain(m.name) in odd, not m.identifiers, len(m.name), m)
        )

    def _join_ruled(self) -> None:
        for a, b in sorted(self.rulings.together):
            ones, others = (self.by_letters.get(plain(name), ()) for name in (a, b))
            for one, other in product(ones, others):
                self._join(one, other, Because(DECIDED), whatever_numbers=True)

    def _join_numbered(self) -> None:
        holders: dict[Identifier, Group] = {}
        for group in self.groups:
            for number in group.numbers:
                holder = holders.setdefault(number, group)
                why = Because(f"The same identifier, {number}.", SURE_IDENTIFIER)
                if not self._join(holder, group, why):
                    self._ask(holder, group, UNSURE_NAME, why.reason)

    def _join_named(self) -> None:
        """By the very same name, then by bonds, the surest first; the unsure are asked about."""
        self._join_tied(self._namesakes())
        ties = sorted(self._ties(), key=lambda tie: -tie.why.confidence)
        for confidence, some in groupby(ties, key=lambda tie: tie.why.confidence):
            if confidence >= LINK_FROM:
                self._join_tied(some)
            else:
                for tie in some:
                    self._ask(tie.one, tie.other, confidence, tie.why.reason)

    def _namesakes(self) -> Iterator[Tie]:
        why = Because(SAME_NAME, SURE_NAME)
        for groups in self.by_letters.values():
            unnumbered = [group for group in groups if not group.numbers]
            for first in (groups[:1], unnumbered[:1]):
                yield from (Tie(one, other, why) for one, other in product(first, groups))

    def _ties(self) -> Iterator[Tie]:
        """The bonds of each name with those before it."""
        seen: set[str] = set()
        for name, groups in self.by_name.items():
            for bond in self.known.bonds(name):
                if bond.other in seen:
                    why = Because(bond.reason, bond.confidence)
                    for one, other in product(self.by_name[bond.other], groups):
                        yield Tie(one, other, why)
            seen.add(name)

    def _join_tied(self, ties: Iterable[Tie]) -> None:
        """Join what is tied, unless numbers say that it is several bodies: then a name without a
        number is neither's.
        """
        for bundle in bundles(ties):
            several = several_bodies({g.now.key: g.now.numbers for t in bundle for g in t.both})
            for one, other, why in bundle:
                if several and (one.now.numbers or other.now.numbers):
                    self._ask_which(one.now, other.now)
                else:
                    self._join(one, other, why)

    def _ask_which(self, one: Group, other: Group) -> None:
        told = conflict(one.numbers, other.numbers)
        doubt = (DIFFERENT_NUMBER, OTHER_NUMBER) if told else (UNSURE_NAME, SEVERAL_FIT)
        self._ask(one, other, *doubt)

    def _join(
        self, one: Group, other: Group, why: Because, *, whatever_numbers: bool = False
    ) -> bool:
        """Make one group of two, the earlier of them; whether they are one now."""
        one, other = sorted((one.now, other.now), key=lambda g: g.key)
        if one is other:
            return True
        if self.rulings.parted(one.names, other.names):
            return False
        if not whatever_numbers and conflict(one.numbers, other.numbers):
            return False
        for mention, because in other.members.items():
            one.members[mention] = why if because.reason == FIRST_SEEN else because
        other.into = one
        return True

    def _ask(self, one: Group, other: Group, confidence: float, reason: str) -> None:
        self.asked.append((one, other, confidence, reason))

    def _open_questions(self) -> Iterator[Question]:
        """One of each pair that is still two, with the best reason to ask."""
        best: dict[tuple[int, int], Question] = {}
        for one, other, confidence, reason in self.asked:
            first, second = sorted((one.now, other.now), key=lambda g: g.key)
            if first is second or self.rulings.parted(first.names, second.names):
                continue
            if first.names and second.names:
                question = Question(first, second, confidence, reason)
                held = best.setdefault((first.key, second.key), question)
                if (confidence, reason) > (held.confidence, held.reason):
                    best[first.key, second.key] = question
        yield from best.values()
