"""Where a category lies on the sharing grid: how much of a commodity, how close to residents.

Placement starts from the reference table and is corrected by what the registry shows. Each piece
of evidence moves a category by one step, either way, and says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal

from registry.formats import count


@dataclass(frozen=True, slots=True)
class GridRules:
    """Named as in `reference/assumptions.csv`."""

    grid_least_councils: Decimal
    grid_step: Decimal
    grid_many_suppliers: Decimal
    grid_few_suppliers: Decimal
    grid_most_buy: Decimal
    grid_few_buy: Decimal
    grid_narrow_prices: Decimal
    grid_wide_prices: Decimal
    grid_alike_units: Decimal
    grid_unlike_units: Decimal
    grid_undated_months: Decimal
    grid_box_evolution: Decimal
    grid_box_visibility: Decimal

    @classmethod
    def codes(cls) -> frozenset[str]:
        return frozenset(field.name for field in fields(cls))

    @classmethod
    def assumed(cls, numbers: Mapping[str, Decimal]) -> "GridRules":
        return cls(**{code: numbers[code] for code in cls.codes()})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the registry shows of a category; None where too few councils say."""

    councils: int  # that buy it
    councils_in_all: int  # with any contract here
    suppliers: int
    pounds: Decimal = Decimal(0)  # a year
    price_spread: Decimal | None = None  # width of the released price band over its middle
    alike_units: Decimal | None = None  # share of stated quantities in the commonest unit


@dataclass(frozen=True, slots=True)
class Moved:
    """One piece of evidence: how far it moves the category towards commodity, and why."""

    by: Decimal
    because: str

    @property
    def size(self) -> Decimal:
        return abs(self.by)


@dataclass(frozen=True, slots=True)
class Placement:
    """A category on the grid; both axes run from 0 to 1."""

    evolution: Decimal
    visibility: Decimal
    moves: tuple[Moved, ...]
    day_one: bool


def place(
    evolution: Decimal, visibility: Decimal, evidence: Evidence, rules: GridRules
) -> Placement:
    """From the reference table's place, one step for each piece of evidence."""
    moves = tuple(moved(evidence, rules))
    at = min(max(evolution + sum((move.by for move in moves), Decimal(0)), Decimal(0)), Decimal(1))
    return Placement(at, visibility, moves, in_the_box(at, visibility, rules))


def placed_by_hand(evolution: Decimal, visibility: Decimal, rules: GridRules) -> Placement:
    """A council's own place: nothing the registry shows moves it."""
    return Placement(evolution, visibility, (), in_the_box(evolution, visibility, rules))


def price_spread(low: Decimal, high: Decimal) -> Decimal:
    """How wide a price band is, over its middle."""
    return (high - low) / ((high + low) / 2)


def in_the_box(evolution: Decimal, visibility: Decimal, rules: GridRules) -> bool:
    """Whether sharing can start on day one: a commodity, far from residents."""
    return evolution >= rules.grid_box_evolution and visibility <= rules.grid_box_visibility


def moved(evidence: Evidence, rules: GridRules) -> Iterator[Moved]:
    """Nothing while too few councils buy it here: their number says little then."""
    if evidence.councils < rules.grid_least_councils:
        return
    number = Decimal(evidence.suppliers)
    yield from step(
        towards=number >= rules.grid_many_suppliers,
        away=number <= rules.grid_few_suppliers,
        rules=rules,
        because=f"it is sold by {count(evidence.suppliers, 'supplier')}",
    )
    share = Decimal(evidence.councils) / Decimal(max(evidence.councils_in_all, 1))
    yield from step(
        towards=share >= rules.grid_most_buy,
        away=share <= rules.grid_few_buy,
        rules=rules,
        because=f"{evidence.councils:,} of {evidence.councils_in_all:,} councils buy it",
    )
    if evidence.price_spread is not None:
        yield from step(
            towards=evidence.price_spread <= rules.grid_narrow_prices,
            away=evidence.price_spread >= rules.grid_wide_prices,
            rules=rules,
            because="what councils pay for one lies "
            + (
                "close together"
                if evidence.price_spread <= rules.grid_narrow_prices
                else "far apart"
            ),
        )
    if evidence.alike_units is not None:
        yield from step(
            towards=evidence.alike_units >= rules.grid_alike_units,
            away=evidence.alike_units <= rules.grid_unlike_units,
            rules=rules,
            because="councils count it in "
            + ("one unit" if evidence.alike_units >= rules.grid_alike_units else "different units"),
        )


def step(*, towards: bool, away: bool, rules: GridRules, because: str) -> Iterator[Moved]:
    if towards:
        yield Moved(rules.grid_step, because)
    elif away:
        yield Moved(-rules.grid_step, because)


def wardley(title: str, placements: Mapping[str, Placement]) -> str:
    """The grid as Wardley map text: a component for each category, by visibility then evolution."""
    lines = [f"title {title}", "anchor Residents [0.98, 0.5]"]
    lines += [
        f"component {plain(name)} [{at.visibility:.2f}, {at.evolution:.2f}]"
        for name, at in placements.items()
    ]
    lines += [f"Residents->{plain(name)}" for name in placements]
    return "\n".join(lines) + "\n"


def plain(name: str) -> str:
    """A name without what the map's text reads as its own marks."""
    return " ".join("".join(" " if c in "[]()>-;:/" else c for c in name).split())
