"""What changed in an opportunity's plan over rebuilds, as one reader may know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from procurement.models import Opportunity, PlanChange
from procurement.plan_changes import Change, told
from registry.models import Council, Withholding
from registry.today import day_of


@dataclass(frozen=True, slots=True)
class Line:
    """One date of the plan on one day; `here` if it is the opportunity's own date."""

    day: date
    words: str
    here: bool
    change: Change
    values: bool  # whether its values are told


def what_changed(this: Opportunity, *, today: date) -> Sequence[Line]:
    """The latest first. Values of days up to the last withholding in it are not told.

    A plan's value before and after a value is withheld would tell that value.
    """
    lines = PlanChange.objects.of_plan(this.category_id, this.grouping_id)
    withheld = last_withheld(this, today) if lines else None
    return [line(this, one, withheld) for one in lines]


def line(this: Opportunity, one: PlanChange, withheld: date | None) -> Line:
    values = withheld is None or one.day > withheld
    here = one.start_date == this.start_date
    return Line(one.day, told(one.change, values=values), here, one.change, values)


def last_withheld(this: Opportunity, today: date) -> date | None:
    """The last day on which a value in this category and grouping was withheld that still is."""
    councils = Council.objects.in_grouping(this.grouping_id, today)
    found = Withholding.objects.standing().filter(
        what=Withholding.What.VALUE,
        contract__category=this.category_id,
        contract__council__in=councils,
    )
    at = found.aggregate(at=Max("decided_at"))["at"]
    return day_of(at) if at else None
