"""Frameworks from tables and notices: what would change, and changing it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Model

from procurement.frameworks.plan import Change, Held, Plan, plan_of
from procurement.frameworks.rows import (
    AWARDS,
    FRAMEWORKS,
    LAYOUTS,
    LOTS,
    SUPPLIERS,
    Layout,
    Table,
    read_csv,
)
from procurement.models import (
    Framework,
    FrameworkAward,
    FrameworkFile,
    FrameworkOwner,
    Lot,
    LotSupplier,
)
from procurement.rules import framework_law
from registry.models import Category, Grouping

# Columns of a line that are sets of codes, and what they point at.
SETS: Mapping[str, type[Model]] = {"categories": Category, "places": Grouping}


def held_lines() -> Held:
    """All frameworks as the tables would have them, in a query or two for each table."""
    frameworks = Framework.objects.prefetch_related("categories", "places")
    lots = Lot.objects.prefetch_related("categories")
    suppliers = LotSupplier.objects.select_related("lot")
    held = {
        FRAMEWORKS.name: [values_of(FRAMEWORKS, one) for one in frameworks],
        AWARDS.name: [values_of(AWARDS, one) for one in FrameworkAward.objects.all()],
        LOTS.name: [values_of(LOTS, one) for one in lots],
        SUPPLIERS.name: [values_of(SUPPLIERS, one) for one in suppliers],
    }
    return Held(
        lines={
            name: {LAYOUTS[name].key_of(values): values for values in lines}
            for name, lines in held.items()
        },
        categories=frozenset(Category.objects.values_list("pk", flat=True)),
        places=frozenset(Grouping.objects.values_list("pk", flat=True)),
    )


def values_of(layout: Layout, one: Any) -> dict[str, Any]:
    """A row as a line of its table."""
    return {name: value_of(one, name) for name in layout.headings}


def value_of(one: Any, name: str) -> Any:
    if name in SETS:
        return tuple(sorted(each.pk for each in getattr(one, name).all()))
    if name == "framework":
        return one.lot.framework_id if isinstance(one, LotSupplier) else one.framework_id
    if name == "lot":
        return one.lot.number
    return getattr(one, name)


def plan_tables(tables: Iterable[Table], *, held: Held | None = None) -> Plan:
    """What these would change, as the service stands."""
    return plan_of(under_current_names(tables), held or held_lines(), framework_law())


def under_current_names(tables: Iterable[Table]) -> Iterable[Table]:
    """An owner given by an earlier name is the owner it is now."""
    now = {
        name.casefold(): owner.name
        for owner in FrameworkOwner.objects.all()
        for name in owner.names
    }
    for table in tables:
        if table.layout is FRAMEWORKS:
            for row in table.rows:
                owner = row.values.get("owner")
                if isinstance(row.values, dict) and owner:
                    row.values["owner"] = now.get(owner.casefold(), owner)
        yield table


def plan_file(file: FrameworkFile) -> Plan:
    """What a file that was sent would change; the pure readers say why it cannot be read."""
    content = file.content()
    if file.kind == FrameworkFile.Kind.NOTICE:
        return plan_notices(content)
    return plan_tables([read_csv(content)])


def plan_notices(content: bytes) -> Plan:
    from procurement.actions.framework_notices import tables_of_notices  # noqa: PLC0415

    held = held_lines()
    return plan_tables(tables_of_notices(content, held), held=held)


@transaction.atomic
def apply_plan(plan: Plan, *, edited: bool) -> set[str]:
    """Write what is planned; the frameworks touched, which are administrators' where `edited`.

    Whose the suppliers on lots are is for `link_frameworks` to find out.
    """
    new_suppliers = [one for one in plan.added if one.layout is SUPPLIERS]
    for change in plan.changes:
        if not (change.new and change.layout is SUPPLIERS):
            write(change)
    add_suppliers(new_suppliers)
    touched = {change.framework for change in plan.changes}
    if edited:
        mark_edited(touched)
    return touched


def mark_edited(references: Collection[str]) -> None:
    Framework.objects.filter(pk__in=references, edited=False).update(edited=True)


def add_suppliers(changes: Collection[Change]) -> None:
    """All at once: a framework can have thousands."""
    lots = {
        (lot.framework_id, lot.number): lot.pk
        for lot in Lot.objects.filter(framework__in={one.framework for one in changes})
    }
    LotSupplier.objects.bulk_create(
        (
            LotSupplier(lot_id=lots[change.key[:2]], name=change.key[2], **apart(change)[0])
            for change in changes
        ),
        batch_size=1_000,
    )


def write(change: Change) -> None:
    one, (columns, sets) = row_of(change), apart(change)
    for name, value in columns.items():
        setattr(one, name, value)
    one.save()
    for name, codes in sets.items():
        getattr(one, name).set(SETS[name]._default_manager.filter(pk__in=codes))


def row_of(change: Change) -> Any:
    """The row a line is of, or a new one."""
    models: Mapping[str, Any] = {
        FRAMEWORKS.name: Framework,
        AWARDS.name: FrameworkAward,
        LOTS.name: Lot,
        SUPPLIERS.name: LotSupplier,
    }
    model = models[change.layout.name]
    where = known_by(change)
    return model.objects.filter(**where).first() or model(**where)


def known_by(change: Change) -> dict[str, Any]:
    reference, *rest = change.key
    if change.layout is FRAMEWORKS:
        return {"reference": reference}
    if change.layout is SUPPLIERS:
        number, name = rest
        return {"lot": Lot.objects.get(framework=reference, number=number), "name": name}
    return {"framework_id": reference, "number": rest[0]}


def apart(change: Change) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """Plain columns to set, and sets of codes; what makes up the key is set already."""
    said = {name: value for name, value in change.said.items() if name not in change.layout.key}
    sets = {name: said.pop(name) for name in SETS if name in said}
    return said, sets
