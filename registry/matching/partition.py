"""Which names are one supplier: a function of all that may bear on one another, in any order."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

from registry.identifiers import UNIQUE_SCHEMES, Identifier
from registry.matching.index import NameIndex
from registry.matching.judgement import (
    DIFFERENT_NUMBER,
    GUARDED,
    SURE_ALIAS,
    SURE_IDENTIFIER,
    SURE_NAME,
    UNSURE_NAME,
    UNSURE_SLIP,
)
from registry.matching.outcome import Outcome, SupplierId
from registry.names import Strength, canonical_name, folded, name_parts

FIRST_SEEN = "The name it was first seen under."
SAME_NAME = "The same name."
DECIDED = "Somebody decided that they are the same."
OTHER_NUMBER = "The same name, but a different company or charity number."
NOT_ALONE = "Nearly the same name, but other known names are as near."
CELL_NAMES_BOTH = "A register names both as names of one supplier."


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


def partition(mentions: Iterable[Mention], rulings: Rulings | None = None) -> Partition:
    """Group mentions and ask about the rest. All names that rules compare must be among them."""
    return _Partitioning(sorted(set(mentions)), rulings or Rulings()).done()


def conflict(ours: Collection[Identifier], theirs: Collection[Identifier]) -> bool:
    """Two different numbers of a register in which each body has one."""
    schemes = {n.scheme for n in ours} & {n.scheme for n in theirs} & UNIQUE_SCHEMES
    return any(
        {n.value for n in ours if n.scheme == scheme}.isdisjoint(
            n.value for n in theirs if n.scheme == scheme
        )
        for scheme in schemes
    )


class _Partitioning:
    """One run: what people ruled, then numbers, then names, from the plainest name on."""

    def __init__(self, mentions: list[Mention], rulings: Rulings) -> None:
        self.rulings = rulings
        self.asked: list[tuple[Group, Group, float, str]] = []
        ordered = self._in_order(mentions)
        self.groups = [Group(n, {one: Because(FIRST_SEEN)}) for n, one in enumerate(ordered)]
        self.around = NameIndex()  # all names at once, for rules with a guard
        for name in dict.fromkeys(one.name for one in mentions):
            self.around.add(canonical_name(name), name)
        self.index = NameIndex()
        self.placed: dict[int, Group] = {}

    def done(self) -> Partition:
        self._join_ruled()
        self._join_numbered()
        self._join_written_alike()
        for group in self._standing():
            self._place(group)
        self._join_said_in_cells()
        return Partition(self._standing(), list(self._open_questions()))

    def _standing(self) -> list[Group]:
        return [group for group in self.groups if group.into is None]

    def _in_order(self, mentions: list[Mention]) -> list[Mention]:
        """Those with numbers, then plain names before longer ones; the odd ones out at the end."""
        odd = self.rulings.odd
        return sorted(
            mentions, key=lambda m: (plain(m.name) in odd, not m.identifiers, len(m.name), m)
        )

    def _join_ruled(self) -> None:
        for a, b in sorted(self.rulings.together):
            for one, other in product(self._written(a), self._written(b)):
                self._join(one, other, Because(DECIDED), whatever_numbers=True)

    def _written(self, name: str) -> list[Group]:
        return [g for g in self.groups if any(plain(n) == plain(name) for n in g.names)]

    def _join_numbered(self) -> None:
        holders: dict[Identifier, Group] = {}
        for group in list(self.groups):
            for number in group.numbers:
                holder = holders.setdefault(number, group)
                why = Because(f"The same identifier, {number}.", SURE_IDENTIFIER)
                if not self._join(holder, group, why):
                    self._ask(holder, group, UNSURE_NAME, why.reason)

    def _join_written_alike(self) -> None:
        """The very same name is one supplier, unless numbers say that there are several."""
        by_name: dict[str, list[Group]] = {}
        for group in self._standing():
            for name in dict.fromkeys(map(plain, group.names)):
                by_name.setdefault(name, []).append(group)
        for groups in by_name.values():
            self._join_namesakes(list(dict.fromkeys(g.now for g in groups)))

    def _join_namesakes(self, groups: list[Group]) -> None:
        bodies: list[Group] = []
        for group in (g for g in groups if g.numbers):
            if not any(self._join(body, group, Because(SAME_NAME, SURE_NAME)) for body in bodies):
                for body in bodies:
                    self._ask(body, group, DIFFERENT_NUMBER, OTHER_NUMBER)
                bodies.append(group)
        unnumbered = [g for g in groups if not g.numbers]
        first = bodies[:1] if len(bodies) == 1 else unnumbered[:1]
        for group in unnumbered if first else ():
            self._join(first[0], group, Because(SAME_NAME, SURE_NAME))

    def _place(self, group: Group) -> None:
        """Match a group with those placed before it, then let later ones be matched with it."""
        names = sorted(group.names, key=lambda n: (len(n), n))
        for name in names:
            self._match(name, group)
        for name in names or [""]:
            self.index.add(group.now.key, name, group.numbers)
        self.placed.setdefault(group.now.key, group.now)

    def _match(self, name: str, group: Group) -> None:
        parts = name_parts(name)
        self._keep_apart(name, group.now)
        match = self.index.match(parts, group.now.numbers)
        for candidate in match.candidates:
            other = self.placed[int(candidate.supplier_id)].now
            self._ask(other, group, candidate.confidence, candidate.reason)
        if match.outcome is not Outcome.LINK:
            return
        found = self.placed[int(match.supplier_id or 0)]
        if match.reason in GUARDED and not self.around.confirms(parts, match.reason):
            self._ask(found, group, UNSURE_SLIP, NOT_ALONE)
        else:
            self._join(found, group, Because(match.reason, match.confidence))

    def _keep_apart(self, name: str, group: Group) -> None:
        if not self.rulings.apart:
            return
        for other in self.placed.values():
            if other is not group and self.rulings.parted(group.names, other.now.names):
                self.index.keep_apart(name, other.now.key)

    def _join_said_in_cells(self) -> None:
        """`X formerly Y` makes one of X and Y, wherever each came from."""
        for group in self._standing():
            for name in group.names:
                for alias in name_parts(name).aliases:
                    if alias.strength is Strength.STRONG:
                        self._join_only(group, self.index.called(alias.canonical))

    def _join_only(self, group: Group, keys: set[SupplierId]) -> None:
        others = {self.placed[int(key)].now for key in keys} - {group.now}
        if len(others) == 1:
            self._join(group, others.pop(), Because(CELL_NAMES_BOTH, SURE_ALIAS))

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
        if other.key in self.placed:
            self.index.join(one.key, other.key)
            self.placed.setdefault(one.key, one)
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
