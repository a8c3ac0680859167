"""Notices of frameworks as lines of the tables, in terms of what the service holds."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from procurement.frameworks.notices import Notice, read_notices
from procurement.frameworks.plan import Held
from procurement.frameworks.rows import (
    AWARDS,
    FRAMEWORKS,
    LAYOUTS,
    LOTS,
    SUPPLIERS,
    Layout,
    Table,
    as_cell,
    read_cells,
)
from procurement.models import Framework
from registry.loading import read_table
from registry.models import Category

AREAS = Path(__file__).resolve().parent.parent / "reference" / "itl_regions.csv"
Cells = dict[str, str]
Key = tuple[str, ...]


class Lines:
    """Cells by table and key: what a later notice says of the same wins."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.lines: dict[str, dict[Key, Cells]] = {name: {} for name in LAYOUTS}

    def add(self, layout: Layout, cells: Cells) -> None:
        key = tuple(cells[name] for name in layout.key)
        self.lines[layout.name].setdefault(key, {}).update(
            {name: cell for name, cell in cells.items() if cell}
        )

    def award_number(self, reference: str, cells: Cells) -> int:
        """Of the award that is held with the same day or the same closing day; else the next."""
        known = [
            {name: as_cell(value) for name, value in values.items()}
            for key, values in self.held.lines[AWARDS.name].items()
            if key[0] == reference
        ]
        known += [c for key, c in self.lines[AWARDS.name].items() if key[0] == reference]
        for one in known:
            if any(one.get(n) and one.get(n) == cells.get(n) for n in ("awarded_on", "apply_to")):
                return int(one["number"])
        return max((int(one["number"]) for one in known), default=0) + 1

    def tables(self) -> list[Table]:
        return [
            read_cells(layout, enumerate(self.lines[layout.name].values(), start=1))
            for layout in (FRAMEWORKS, AWARDS, LOTS, SUPPLIERS)
        ]


def tables_of_notices(content: bytes, held: Held) -> list[Table]:
    """A line for each thing its notices tell of; of several notices of one, the latest wins."""
    known = dict(Framework.objects.exclude(ocid="").values_list("ocid", "pk"))
    prefixes = prefixes_of_categories()
    lines = Lines(held)
    for notice in read_notices(content):
        reference = known.setdefault(notice.ocid, notice.framework["reference"])
        add(notice, reference, lines, prefixes)
    return lines.tables()


def add(notice: Notice, reference: str, lines: Lines, prefixes: Mapping[str, str]) -> None:
    """What one notice says, under the reference its framework is held by."""
    categories = categories_of(notice.cpv, prefixes)
    lines.add(
        FRAMEWORKS,
        {
            **notice.framework,
            "reference": reference,
            "categories": categories,
            "places": places_of(notice.areas),
        },
    )
    for award in notice.awards:
        number = lines.award_number(reference, award)
        lines.add(AWARDS, {**award, "framework": reference, "number": str(number)})
    for lot in notice.lots or bare_lot(notice, reference):
        own = categories_of(notice.lot_cpv.get(int(lot["number"]), ()), prefixes)
        lines.add(LOTS, {**lot, "framework": reference, "categories": own})
    for supplier in notice.suppliers:
        lines.add(SUPPLIERS, {**supplier, "framework": reference})


def bare_lot(notice: Notice, reference: str) -> list[Cells]:
    """Where a notice has suppliers and no lots, the whole framework is one."""
    name = "The whole framework"
    return [{"framework": reference, "number": "1", "name": name}] if notice.suppliers else []


def prefixes_of_categories() -> Mapping[str, str]:
    """CPV prefixes and whose category they are."""
    rows = Category.objects.values_list("pk", "cpv_prefixes")
    return {prefix: code for code, prefixes in rows for prefix in prefixes.split()}


def categories_of(cpv: Sequence[str], prefixes: Mapping[str, str]) -> str:
    """Categories of CPV codes, each by its longest prefix."""
    found = {code for one in cpv if (code := longest(one, prefixes))}
    return " ".join(sorted(found))


def longest(cpv: str, prefixes: Mapping[str, str]) -> str:
    fitting = [prefix for prefix in prefixes if cpv.startswith(prefix)]
    return prefixes[max(fitting, key=len)] if fitting else ""


def places_of(areas: Iterable[str]) -> str:
    """Regions of area codes; none where one is smaller than a region, or all of the country."""
    region = {row["itl"]: row["region"] for row in read_table(AREAS)}
    codes = list(areas)
    return " ".join(region[one] for one in codes) if all(one in region for one in codes) else ""
