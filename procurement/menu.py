"""Specifications side by side, and the smallest menu of them that serves most of what is bought.

A profile serves a wish if it meets or exceeds it where more does no harm (memory, storage, size
of screen) and equals it in everything else the wish names. The menu is chosen among what councils
asked for: nothing is invented that nobody wants.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

# Enough to be worth a menu; the rest would each need a profile of its own, which ends the saving.
SHARE = Decimal("0.9")
# Of these more is as good: a wish for 8 GB is served by 16 GB. Everything else must be equal.
MORE_IS_AS_GOOD = frozenset(
    {"memory", "storage", "screen size", "battery life", "warranty", "speed", "data"}
)
# How many of the first unit are one of the unit written.
UNITS = {
    "mb": ("gb", Decimal("0.001")),
    "tb": ("gb", Decimal(1000)),
    "year": ("month", Decimal(12)),
    "years": ("month", Decimal(12)),
    "months": ("month", Decimal(1)),
    "hours": ("hour", Decimal(1)),
    "inches": ("inch", Decimal(1)),
    '"': ("inch", Decimal(1)),
    "gbps": ("mbps", Decimal(1000)),
}
MEASURE = re.compile(r"(\d+(?:\.\d+)?)\s*([^\d\s]*)")

# Past so many different wishes the sets to try run into the hundred thousands.
MOST_TRIED = 16

Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a council wants: how many, and attributes by name. Names are compared in lower case."""

    council: str
    quantity: int
    values: Values


@dataclass(frozen=True, slots=True)
class Profile:
    """One line of a menu, the councils it serves, and those of them that asked for less."""

    values: Values
    councils: tuple[str, ...]
    asked_for_less: tuple[str, ...]
    quantity: int


@dataclass(frozen=True, slots=True)
class Menu:
    """The profiles, the largest first, and whom they leave out.

    `exact` where there is none smaller; else there were too many wishes to be sure.
    """

    profiles: tuple[Profile, ...]
    left_out: tuple[str, ...]
    quantity: int
    of: int
    exact: bool = True

    @property
    def share(self) -> Decimal:
        return Decimal(self.quantity) / self.of if self.of else Decimal(0)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute side by side: what each council said, in the order of the wishes."""

    name: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return len({folded(value) for value in self.values if value}) > 1


def side_by_side(wishes: Sequence[Wish]) -> list[Attribute]:
    """Every attribute anybody names, those that differ first."""
    names = sorted({name for wish in wishes for name in wish.values})
    rows = [Attribute(n, tuple(wish.values.get(n, "") for wish in wishes)) for n in names]
    return sorted(rows, key=lambda row: not row.differs)


def smallest_menu(wishes: Sequence[Wish], *, share: Decimal = SHARE) -> Menu:
    """The fewest profiles that serve this share of what is specified.

    Of menus of as few, the one that gives least beyond what was asked, so that nobody buys the
    dearest for the sake of one; then the one that serves most; then the first by name. Exact up to
    `MOST_TRIED` different wishes: sets are tried by size, and those that could no longer serve
    enough are left at once. Past that the profile that serves most of the rest comes next.
    """
    ordered = sorted(wishes, key=lambda one: (one.council, sorted(one.values.items())))
    profiles = distinct(ordered)
    serves = [[covers(values, wish.values) for wish in ordered] for values in profiles]
    search = Search(ordered, profiles, serves, share)
    exact = len(profiles) <= MOST_TRIED
    chosen = search.best() if exact else search.greedy()
    return replace(menu_of([profiles[n] for n in chosen], ordered), exact=exact)


def distinct(wishes: Iterable[Wish]) -> list[Values]:
    """Each specification once, however many councils want it."""
    found: dict[tuple[tuple[str, str], ...], Values] = {}
    for wish in wishes:
        key = tuple(sorted((name, folded(value)) for name, value in wish.values.items()))
        found.setdefault(key, wish.values)
    return [found[key] for key in sorted(found)]


class Search:
    """Sets of profiles of one size, by branch and bound."""

    def __init__(
        self,
        wishes: Sequence[Wish],
        profiles: Sequence[Values],
        serves: Sequence[Sequence[bool]],
        share: Decimal,
    ) -> None:
        self.wishes = wishes
        self.least = share * sum(wish.quantity for wish in wishes)
        self.served = [frozenset(n for n, yes in enumerate(row) if yes) for row in serves]
        self.beyond = [
            [excess(values, wish.values) * wish.quantity for wish in wishes] for values in profiles
        ]

    def best(self) -> tuple[int, ...]:
        return next(filter(None, map(self.best_of, range(1, len(self.served) + 1))), ())

    def greedy(self) -> tuple[int, ...]:
        """One after another the profile that serves most of what is not served yet."""
        chosen: tuple[int, ...] = ()
        while self.quantity(chosen) < self.least:
            rest = (n for n in range(len(self.served)) if n not in chosen)
            chosen = min(((*chosen, n) for n in rest), key=lambda c: (-self.quantity(c), c))
        return chosen

    def best_of(self, size: int) -> tuple[int, ...]:
        """The best of this size that serves enough; nothing where none does."""
        found = [chosen for chosen in self.sets(size) if self.quantity(chosen) >= self.least]
        return min(found, key=self.rank) if found else ()

    def sets(self, size: int, begun: tuple[int, ...] = ()) -> Iterable[tuple[int, ...]]:
        if len(begun) == size:
            yield begun
            return
        if self.most(begun, size) < self.least:
            return
        for n in range(begun[-1] + 1 if begun else 0, len(self.served)):
            yield from self.sets(size, (*begun, n))

    def most(self, begun: tuple[int, ...], size: int) -> int:
        """More than this no set that begins so can serve."""
        first = begun[-1] + 1 if begun else 0
        have = frozenset().union(*(self.served[n] for n in begun))
        gains = sorted(self.sum(self.served[n] - have) for n in range(first, len(self.served)))
        return self.sum(have) + sum(gains[-(size - len(begun)) :])

    def quantity(self, chosen: tuple[int, ...]) -> int:
        return self.sum(frozenset().union(*(self.served[n] for n in chosen)))

    def sum(self, served: frozenset[int]) -> int:
        return sum(self.wishes[n].quantity for n in served)

    def rank(self, chosen: tuple[int, ...]) -> tuple[int, int, tuple[int, ...]]:
        beyond = 0
        for wish in range(len(self.wishes)):
            given = [self.beyond[n][wish] for n in chosen if wish in self.served[n]]
            beyond += min(given, default=0)
        return beyond, -self.quantity(chosen), chosen


def menu_of(profiles: Sequence[Values], wishes: Sequence[Wish]) -> Menu:
    """Each wish under the profile that gives it least beyond what it asked."""
    under: list[list[Wish]] = [[] for _ in profiles]
    left_out = []
    for wish in wishes:
        fitting = [n for n, values in enumerate(profiles) if covers(values, wish.values)]
        if fitting:
            under[min(fitting, key=lambda n: excess(profiles[n], wish.values))].append(wish)
        else:
            left_out.append(wish.council)
    lines = [line(values, of_it) for values, of_it in zip(profiles, under, strict=True)]
    lines.sort(key=lambda one: -one.quantity)
    return Menu(
        profiles=tuple(lines),
        left_out=tuple(left_out),
        quantity=sum(one.quantity for one in lines),
        of=sum(wish.quantity for wish in wishes),
    )


def line(values: Values, wishes: Sequence[Wish]) -> Profile:
    return Profile(
        values=values,
        councils=tuple(wish.council for wish in wishes),
        asked_for_less=tuple(wish.council for wish in wishes if excess(values, wish.values)),
        quantity=sum(wish.quantity for wish in wishes),
    )


def covers(profile: Values, wish: Values) -> bool:
    """Whether a profile gives all that a wish names."""
    return all(serves(name, profile.get(name, ""), value) for name, value in wish.items())


def serves(name: str, offered: str, wanted: str) -> bool:
    if folded(offered) == folded(wanted):
        return True
    have, want = measure(name, offered), measure(name, wanted)
    return bool(have and want and have[1] == want[1] and have[0] >= want[0])


def excess(profile: Values, wish: Values) -> int:
    """In how many attributes the profile gives more than was asked."""
    return sum(
        1
        for name, value in wish.items()
        if folded(profile.get(name, "")) != folded(value)
        and measure(name, profile.get(name, "")) != measure(name, value)
    )


def measure(name: str, said: str) -> tuple[Decimal, str] | None:
    """A number in its first unit, where more is as good: ("storage", "1 TB") is 1000 gb."""
    found = MEASURE.fullmatch(said.strip().casefold())
    if folded(name) not in MORE_IS_AS_GOOD or not found:
        return None
    unit, times = UNITS.get(found[2], (found[2], Decimal(1)))
    return Decimal(found[1]) * times, unit


def folded(said: str) -> str:
    """As compared: spaces and capitals make no difference."""
    return " ".join(said.split()).casefold()
