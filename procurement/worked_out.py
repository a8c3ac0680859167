"""Groupings worked out when opened: councils with the same supplier, and councils like one's own.

Neither they nor their members are stored until a joint buy begins among them, which keeps both.
From public facts alone: a supplier that is withheld is nobody's here.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from uuid import UUID

from procurement.models import Assumption
from procurement.neighbours import Alike, Neighbours, Place, neighbours
from registry.formats import count
from registry.formats import day as in_words
from registry.loading import read_table
from registry.models import Category, Contract, Council, Grouping, Supplier
from registry.models.contracts import ContractQuerySet
from registry.permissions import EVERYBODY
from registry.records import BOUGHT_ANEW

BORDERS = Path(__file__).resolve().parent.parent / "registry" / "reference" / "region_borders.csv"
LIKE, SAME = "LIKE-", "SAME-"
PLACES = ("code", "type", "nation", "region", "population")


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A grouping that is not stored, its councils today, and how they were found."""

    grouping: Grouping
    councils: tuple[str, ...]
    because: str
    supplier: UUID | None = None

    def contracts(self, category: Category) -> ContractQuerySet:
        """Those of the category it is about: all of its councils', or those with its supplier."""
        found = Contract.objects.filter(category=category, council__in=self.councils)
        if self.supplier is None:
            return found
        return found.of_supplier_told_to(EVERYBODY).filter(supplier=self.supplier)


def worked_out(code: str, *, category: Category, council: Council, day: date) -> WorkedOut | None:
    """The grouping of a code, if the council is one of its members that day."""
    found = None
    if code.startswith(LIKE):
        of = Council.objects.filter(pk=code.removeprefix(LIKE)).first()
        found = councils_like(of, day) if of else None
    elif code.startswith(SAME):
        supplier = supplier_of(code.removeprefix(SAME))
        found = with_supplier(supplier, category, council.nation, day) if supplier else None
    if found is None or found.grouping.code != code or council.pk not in found.councils:
        return None
    return found


def councils_like(council: Council, day: date) -> WorkedOut:
    """Of its type and about its size, in its region or one that adjoins it."""
    ratio = Assumption.objects.filter(pk="neighbour_size_ratio").values_list("value", flat=True)
    alike = Alike(next(iter(ratio), Decimal(1)), borders())
    rows = Council.objects.existing_on(day).filter(nation=council.nation, type=council.type)
    read = {row[0]: row for row in rows.values_list(*PLACES, "source", "as_at")}
    places = (Place(*row[: len(PLACES)]) for row in read.values())
    found = neighbours(place(council), places, alike)
    used = {row[-2:] for code in found.codes if (row := read.get(code))}
    grouping = Grouping(
        code=f"{LIKE}{council.pk}",
        name=f"councils like {council.short_name}",
        kind=Grouping.Kind.NEIGHBOURS,
        nation=council.nation,
        source=f"Worked out from type, region and population: {council.source}"[:300],
        as_at=day,
    )
    return WorkedOut(grouping, found.codes, likeness(council, found, alike, used))


def place(council: Council) -> Place:
    return Place(council.pk, council.type, council.nation, council.region, council.population)


def likeness(council: Council, found: Neighbours, alike: Alike, used: Set[tuple[str, date]]) -> str:
    """How neighbours were found, for those who must defend it; `used` are their sources."""
    others = len(found.codes) - 1
    words = (
        f"{count(others, 'other council')} of the same type ({council.type}) in "
        f"{council.region or council.nation} or a region that adjoins it"
    )
    if council.population is None:
        return f"{words}. The population of {council.short_name} is not known, so size is left out."
    least, most = alike.least(council.population), alike.most(council.population)
    all_used = sorted({(council.source, council.as_at), *used})
    sources = [f"{source.rstrip('.')}, as at {in_words(as_at)}" for source, as_at in all_used]
    words += (
        f", with {least:,} to {most:,} residents; {council.short_name} has {council.population:,}. "
        f"Populations: {'; '.join(sources)}."
    )
    if found.not_sized:
        lacking = count(found.not_sized, "council")
        words += f" Left out, since the population is not known: {lacking}."
    return words


def with_supplier(supplier: Supplier, category: Category, nation: str, day: date) -> WorkedOut:
    """Councils of one nation that have contracts of the category with this supplier."""
    held = running(day).filter(category=category, supplier=supplier, council__nation=nation)
    codes = held.of_supplier_told_to(EVERYBODY).values_list("council", flat=True)
    grouping = Grouping(
        code=f"{SAME}{supplier.pk.hex}-{nation[0]}",
        name=f"councils that buy from {supplier.name}",
        kind=Grouping.Kind.SUPPLIER,
        nation=nation,
        source="Worked out from the contracts that councils publish",
        as_at=day,
    )
    councils = tuple(sorted(set(codes)))
    because = (
        f"{count(len(councils), 'council')} in {nation} whose registers name {supplier.name} for "
        f"{category.name}, and those contracts alone. That they share a supplier is no reason to "
        "award to it: what replaces them is open to competition, or called off a framework."
    )
    return WorkedOut(grouping, councils, because, supplier.pk)


def running(day: date) -> ContractQuerySet:
    """Contracts that are bought anew and may still run."""
    return Contract.objects.may_run_on(day).filter(kind__in=BOUGHT_ANEW)


def supplier_of(words: str) -> Supplier | None:
    """From "hex-N"; the letter of the nation is compared by whoever asks."""
    try:
        key = UUID(hex=words[:32])
    except ValueError:
        return None
    return Supplier.objects.filter(pk=key).first()


@cache
def borders() -> Mapping[str, Set[str]]:
    """By region, those that adjoin it."""
    found: dict[str, set[str]] = {}
    for row in read_table(BORDERS):
        found.setdefault(row["one"], set()).add(row["other"])
        found.setdefault(row["other"], set()).add(row["one"])
    return found
