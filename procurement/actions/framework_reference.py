"""Frameworks of the reference tables: loading them, and listing where an edited one differs."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from procurement.actions.call_offs import link_call_offs
from procurement.actions.frameworks import apply_plan, plan_tables
from procurement.actions.lot_suppliers import link_lot_suppliers
from procurement.frameworks.plan import Change, Plan
from procurement.frameworks.rows import (
    AWARDS,
    FRAMEWORKS,
    LOTS,
    SUPPLIERS,
    Layout,
    Table,
    read_cells,
)
from procurement.models import Framework
from registry.loading import Loaded, read_table

TABLES = Path(__file__).resolve().parent.parent / "reference"
FILES: Mapping[str, Layout] = {
    "frameworks.csv": FRAMEWORKS,
    "framework_awards.csv": AWARDS,
    "framework_lots.csv": LOTS,
    "framework_suppliers.csv": SUPPLIERS,
}


def load_frameworks(tables: Path) -> list[Loaded]:
    """Make frameworks agree with the reference, those an administrator touched apart."""
    plan = plan_tables(reference_tables(tables))
    theirs = touched_by_administrators()
    kept = [one for one in plan.changes if one.framework in theirs]
    free = [one for one in plan.changes if one.framework not in theirs]
    apply_plan(Plan(changes=free), edited=False)
    link_lot_suppliers()
    link_call_offs()
    found = [loaded(layout, free, kept, plan, tables) for layout in FILES.values()]
    # Where an administrator changed a rule, or deleted a code that lines name.
    found[0].kept += [f"line {one.line} left out: {one.says}" for one in plan.problems]
    return found


def reference_tables(tables: Path = TABLES) -> list[Table]:
    """The reference as tables of the service; its own columns of proof are no part of those."""
    found = []
    for name, layout in FILES.items():
        rows = [
            {heading: cell for heading, cell in row.items() if heading in layout.headings}
            for row in read_table(tables / name)
        ]
        found.append(read_cells(layout, enumerate(rows, start=2)))
    return found


def touched_by_administrators() -> set[str]:
    """Frameworks somebody edited, and those somebody deleted and nobody added again."""
    edited = Framework.objects.filter(edited=True).values_list("pk", flat=True)
    deleted = Framework.history.filter(history_type="-", history_user__isnull=False)
    gone = set(deleted.values_list("reference", flat=True))
    return {*edited, *gone.difference(Framework.objects.values_list("pk", flat=True))}


def loaded(
    layout: Layout,
    free: Sequence[Change],
    kept: Sequence[Change],
    plan: Plan,
    tables: Path,
) -> Loaded:
    mine = [one for one in free if one.layout is layout]
    said = [words for one in kept if one.layout is layout for words in told(one)]
    changes = [one for one in plan.changes if one.layout is layout]
    name = next(file for file, each in FILES.items() if each is layout)
    return Loaded(
        "frameworks" if layout is FRAMEWORKS else f"framework {layout.name}",
        added=sum(one.new for one in mine),
        updated=sum(not one.new for one in mine),
        unchanged=len(read_table(tables / name)) - len(changes),
        kept=said,
    )


def told(change: Change) -> list[str]:
    """What is kept instead of a line of the reference."""
    if change.new:
        return [f"{change.what}: not here, and in the reference"]
    return [f"{change.what}, {words}" for words in change.told("in the reference")]


def kept_apart(references: Collection[str] | None = None) -> dict[str, list[str]]:
    """By framework, where it differs from the reference because an administrator said otherwise."""
    theirs = touched_by_administrators()
    found: dict[str, list[str]] = defaultdict(list)
    for change in plan_tables(reference_tables()).changes:
        wanted = references is None or change.framework in references
        if wanted and change.framework in theirs:
            found[change.framework] += told(change)
    return dict(found)
