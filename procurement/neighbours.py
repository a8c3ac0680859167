"""Which councils are like one and near it: of its type, about its size, in its part of a nation."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """What makes a council like another; the population is None where it is not known."""

    code: str
    type: str
    nation: str
    region: str
    population: int | None


@dataclass(frozen=True, slots=True)
class Alike:
    """How much unlike in size a neighbour may be, and which regions adjoin which."""

    ratio: Decimal
    borders: Mapping[str, Set[str]]

    def least(self, population: int) -> int:
        return int((population / self.ratio).to_integral_value(ROUND_CEILING))

    def most(self, population: int) -> int:
        return int(population * self.ratio)

    def near(self, one: Place, other: Place) -> bool:
        """In the same region or an adjoining one. Nations are kept apart: their laws differ."""
        adjoins = other.region in self.borders.get(one.region, frozenset())
        return one.nation == other.nation and (one.region == other.region or adjoins)

    def sized(self, one: Place, other: Place) -> bool:
        """About as many residents; size decides nothing where one's own is not known."""
        if one.population is None:
            return True
        if other.population is None:
            return False
        fewer, more = sorted((one.population, other.population))
        return more <= fewer * self.ratio


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Codes of the councils like one, that one among them; `not_sized` lack a population."""

    codes: tuple[str, ...]
    not_sized: int


def neighbours(mine: Place, others: Iterable[Place], alike: Alike) -> Neighbours:
    near = [
        one
        for one in others
        if one.code != mine.code and one.type == mine.type and alike.near(mine, one)
    ]
    sized = [one.code for one in near if alike.sized(mine, one)]
    lacking = sum(1 for one in near if one.population is None)
    not_sized = 0 if mine.population is None else lacking
    return Neighbours(tuple(sorted([mine.code, *sized])), not_sized)
