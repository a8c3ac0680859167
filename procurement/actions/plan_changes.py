"""Keeping a dated line where a rebuild changes a plan: small, whatever the number of contracts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from procurement.models import PlanChange
from procurement.plan_changes import Change, Figures, Key, changes, one_a_day
from registry.values import months_on

# Longer than a joint buy takes from its first look to its start; older lines are let go.
KEPT_MONTHS = 24
BATCH = 1000
# The columns of an opportunity that its plan is told by.
PLANNED = (
    *("category_id", "grouping_id", "start_date"),
    *("councils", "contracts", "annual_value", "alternative"),
)
Planned = tuple[str, str, date, int, int, Decimal, bool]


def plan_in(rows: Iterable[Planned]) -> dict[Key, Figures]:
    """The dates of plans, without runners-up."""
    return {
        (category, grouping, start): Figures(councils, contracts, value)
        for category, grouping, start, councils, contracts, value, alternative in rows
        if not alternative
    }


def keep_changes(before: dict[Key, Figures], after: dict[Key, Figures], *, today: date) -> None:
    """One line a date and day: what changes back on the same day leaves none."""
    found = list(changes(before, after))
    if not found:
        return
    earlier = {one.change.key: one for one in PlanChange.objects.filter(day=today)}
    merged = [(earlier.get(change.key), change) for change in found]
    kept: list[Change | None] = [
        one_a_day(was.change if was else None, change) for was, change in merged
    ]
    replaced = [was.pk for was, _ in merged if was]
    for start in range(0, len(replaced), BATCH):
        PlanChange.objects.filter(pk__in=replaced[start : start + BATCH]).delete()
    PlanChange.objects.bulk_create(
        (PlanChange.of(change, today) for change in kept if change), batch_size=BATCH
    )


def forget_old_changes(*, today: date) -> None:
    PlanChange.objects.filter(day__lt=months_on(today, -KEPT_MONTHS)).delete()
