"""What councils intend to buy, made into figures that cannot tell any one council's plans.

Each council's answers fall into cells that never overlap: a category, one nation or region, the
half-year in which the purchase starts. Sums over cells are published nowhere. A cell is shown once
five councils stand behind it and neither one nor two make up most of it (`release`); of their sum
only the step it lies on is told (`bands`). It stays as it is until the next quarter's snapshot, and
until three councils' answers in it changed. Names play no part: whoever of the area's councils
took another's place, the same would be shown.
"""

from procurement.demand.bands import Band, band
from procurement.demand.cells import Answer, Cell, answers_by_cell, half_of, half_year
from procurement.demand.release import Before, Shown, councils_behind, next_snapshot, release_day
from procurement.demand.rules import DemandRules, demand_rules

__all__ = [
    "Answer",
    "Band",
    "Before",
    "Cell",
    "DemandRules",
    "Shown",
    "answers_by_cell",
    "band",
    "councils_behind",
    "demand_rules",
    "half_of",
    "half_year",
    "next_snapshot",
    "release_day",
]
