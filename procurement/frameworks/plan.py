"""What tables of frameworks would change, line by line, and which lines cannot be."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from procurement.frameworks.law import Award, Fault, Law, Terms, faults
from procurement.frameworks.rows import (
    AWARDS,
    FRAMEWORKS,
    LOTS,
    SUPPLIERS,
    Layout,
    LineProblem,
    Row,
    Table,
    as_cell,
    differences,
)

Values = Mapping[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What the service has: lines by table and key, and the codes that lines may name."""

    lines: Mapping[str, Mapping[Key, Values]]
    categories: Collection[str]
    places: Collection[str]


@dataclass(frozen=True, slots=True)
class Change:
    """A line that adds something, or changes some of its columns."""

    layout: Layout
    line: int
    framework: str
    key: Key
    what: str
    said: Values
    new: bool
    differences: tuple[tuple[str, Any, Any], ...] = ()

    def told(self, where: str = "in the file") -> list[str]:
        """Each difference in words; nothing of what is new."""
        if self.new:
            return []
        return [
            f"{name}: {as_cell(held) or 'nothing'} here, {as_cell(said) or 'nothing'} {where}"
            for name, held, said in self.differences
        ]


@dataclass(slots=True)
class Plan:
    """What would be done, in the order in which it can be."""

    changes: list[Change] = field(default_factory=list)
    unchanged: int = 0
    problems: list[LineProblem] = field(default_factory=list)

    @property
    def added(self) -> list[Change]:
        return [one for one in self.changes if one.new]

    @property
    def changed(self) -> list[Change]:
        return [one for one in self.changes if not one.new]


def plan_of(tables: Iterable[Table], held: Held, law: Law) -> Plan:
    """Lines with a problem are left out, and with them what they alone would make possible."""
    by_name = {table.layout.name: table for table in tables}
    plan = Plan()
    for table in by_name.values():
        plan.problems += table.problems
    good = {name: list(knowing(table, held, plan)) for name, table in by_name.items()}
    lawful(good, held, law, plan)
    orphans(good, held, plan)
    for layout in (FRAMEWORKS, AWARDS, LOTS, SUPPLIERS):
        compare(layout, good.get(layout.name, ()), held, plan)
    plan.problems.sort(key=lambda problem: problem.line)
    return plan


def knowing(table: Table, held: Held, plan: Plan) -> Iterator[Row]:
    """Lines whose codes are known and that say enough; the others are problems."""
    known = {"categories": held.categories, "places": held.places}
    for row in table.rows:
        unknown = [
            f"{name}: {code} is no code of {'a category' if name == 'categories' else 'a grouping'}"
            " here."
            for name, codes in known.items()
            for code in row.values.get(name, ())
            if code not in codes
        ]
        wrong = [*unknown, *lacking(table.layout, row, held)]
        plan.problems += [LineProblem(row.line, says) for says in wrong]
        if not wrong:
            yield row


def lacking(layout: Layout, row: Row, held: Held) -> Iterator[str]:
    """What something new cannot be without; of what is held it may stay unsaid."""
    if layout.key_of(row.values) not in held.lines[layout.name]:
        for column in layout.columns:
            if column.required and row.values.get(column.name) is None:
                yield f"{column.name} is not stated. {layout.line_is.capitalize()} needs it."


# What the law says of what would be held.


def lawful(good: dict[str, list[Row]], held: Held, law: Law, plan: Plan) -> None:
    """Take away the lines that would make a framework what the law or the calendar refuses."""
    rows = {row.values["reference"]: row for row in good.get(FRAMEWORKS.name, ())}
    awards: dict[str, list[Row]] = {}
    for row in good.get(AWARDS.name, ()):
        awards.setdefault(row.values["framework"], []).append(row)
    for reference in {*rows, *awards}:
        own = rows.get(reference)
        mine = awards.get(reference, [])
        before = held.lines[FRAMEWORKS.name].get((reference,), {})
        now = {**before, **(own.values if own else {})}
        found = faults(terms_of(now, awards_after(reference, mine, held)), law) if now else []
        found += [fault for row in mine for fault in window_faults(row)]
        if found:
            refuse(found, own, mine, plan)
            for name, bad in ((FRAMEWORKS.name, [own]), (AWARDS.name, mine)):
                good[name] = [row for row in good.get(name, ()) if row not in bad]


def refuse(found: Sequence[Fault], own: Row | None, awards: Sequence[Row], plan: Plan) -> None:
    for fault in found:
        at = awards[-1] if fault.field == "awards" and awards else own or awards[-1]
        plan.problems.append(LineProblem(at.line, fault.says))


def window_faults(row: Row) -> Iterator[Fault]:
    opens, closes = row.values.get("apply_from"), row.values.get("apply_to")
    if opens and closes and closes < opens:
        yield Fault("awards", "apply_to is before apply_from. Correct one of them.")


def awards_after(reference: str, rows: Sequence[Row], held: Held) -> list[Values]:
    """Awards of a framework as they would be held, in order of their numbers."""
    found = {key: values for key, values in held.lines[AWARDS.name].items() if key[0] == reference}
    for row in rows:
        key = AWARDS.key_of(row.values)
        found[key] = {**found.get(key, {}), **row.values}
    return [found[key] for key in sorted(found, key=itemgetter(1))]


def terms_of(values: Values, awards: Iterable[Values]) -> Terms:
    return Terms(
        kind=values["kind"],
        starts=values.get("starts"),
        ends=values.get("ends"),
        scheme_ends=values.get("scheme_ends"),
        awards=[
            Award(one["awarded_on"], one.get("ends"), one.get("single_supplier", False))
            for one in awards
        ],
        sector=values.get("sector") or "",
        suppliers=values.get("suppliers") or "",
        longer_because=values.get("longer_because") or "",
    )


# What lines are of.


def orphans(good: dict[str, list[Row]], held: Held, plan: Plan) -> None:
    """Lines of frameworks or lots that are neither held nor added."""
    frameworks = {key[0] for key in held.lines[FRAMEWORKS.name]}
    frameworks |= {row.values["reference"] for row in good.get(FRAMEWORKS.name, ())}
    for name in (AWARDS.name, LOTS.name, SUPPLIERS.name):
        good[name] = list(of_known(good.get(name, ()), "framework", frameworks, plan))
    lots = set(held.lines[LOTS.name])
    lots |= {LOTS.key_of(row.values) for row in good.get(LOTS.name, ())}
    kept = []
    for row in good.get(SUPPLIERS.name, ()):
        if (row.values["framework"], row.values["lot"]) in lots:
            kept.append(row)
        else:
            says = f"{row.values['framework']} has no lot {row.values['lot']}. Add the lot first."
            plan.problems.append(LineProblem(row.line, says))
    good[SUPPLIERS.name] = kept


def of_known(rows: Iterable[Row], column: str, known: Collection[str], plan: Plan) -> Iterator[Row]:
    for row in rows:
        if row.values[column] in known:
            yield row
        else:
            says = f"No framework here has the reference {row.values[column]}. Add it first."
            plan.problems.append(LineProblem(row.line, says))


def compare(layout: Layout, rows: Iterable[Row], held: Held, plan: Plan) -> None:
    lines = held.lines[layout.name]
    for row in rows:
        key = layout.key_of(row.values)
        before = lines.get(key)
        found = tuple(differences(before or {}, row.values))
        if before is not None and not found:
            plan.unchanged += 1
            continue
        plan.changes.append(
            Change(
                layout=layout,
                line=row.line,
                framework=str(key[0]),
                key=key,
                what=called(layout, row.values, before or {}),
                said=row.values,
                new=before is None,
                differences=found,
            )
        )


def called(layout: Layout, said: Values, before: Values) -> str:
    """What a line is of, as people would name it."""
    if layout is FRAMEWORKS:
        return f"{said.get('name') or before.get('name')} ({said['reference']})"
    if layout is AWARDS:
        return f"{said['framework']}, award {said['number']}"
    if layout is LOTS:
        return f"{said['framework']}, lot {said['number']}"
    return f"{said['name']} on {said['framework']}, lot {said['lot']}"
