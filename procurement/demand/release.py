"""Which cells a quarter's snapshot shows, and when what they show may change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from procurement.demand.bands import Band, band
from procurement.demand.cells import Cell, Quantities, half_of
from procurement.demand.rules import DemandRules
from procurement.disclosure import changed, dominated


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as a snapshot shows it. `held` is what stands behind it, and is shown to nobody."""

    cell: Cell
    band: Band
    held: Quantities


@dataclass(frozen=True, slots=True)
class Before:
    """A cell as the last snapshot that has it shows it; whether that is the newest."""

    shown: Shown
    stands: bool


def next_snapshot(
    now: Mapping[Cell, Quantities],
    before: Mapping[Cell, Before],
    in_area: Mapping[str, int],
    *,
    quarter: date,
    rules: DemandRules,
) -> list[Shown]:
    """What the snapshot of a quarter shows, in order of its cells.

    `in_area` is how many councils an area has. Half-years that are over are left out.
    """
    ahead = [cell for cell in sorted(now.keys() | before.keys()) if cell.half >= half_of(quarter)]
    shown = [
        next_shown(cell, now.get(cell, {}), before.get(cell), rules)
        for cell in ahead
        if in_area.get(cell.area, 0) >= rules.area_councils_least
    ]
    return [one for one in shown if one]


def next_shown(
    cell: Cell, now: Quantities, before: Before | None, rules: DemandRules
) -> Shown | None:
    """As it was, shown or taken back, until enough councils' answers changed; then as it is."""
    if before and changed(before.shown.held, now) < rules.release_changes:
        return before.shown if before.stands else None
    return Shown(cell, band(sum(now.values())), now) if may_show(now, rules) else None


def may_show(now: Quantities, rules: DemandRules) -> bool:
    """Whether enough councils, and equal enough ones, stand behind a cell."""
    amounts: Sequence[Decimal] = [Decimal(quantity) for quantity in now.values()]
    enough = len(now) >= rules.councils_least and any(amounts)
    return enough and not dominated(amounts, rules)


def councils_behind(rules: DemandRules) -> str:
    """`5 or more`: never how many, which would say when somebody joined or left."""
    return f"{rules.councils_least} or more"


def release_day(quarter: date, *, made: date, rules: DemandRules) -> date:
    """The stated day of the quarter; the day after where the snapshot was made too late for it.

    Never the day it is made: it would be there for some before it is for others.
    """
    return max(quarter + timedelta(days=rules.release_days), made + timedelta(days=1))
