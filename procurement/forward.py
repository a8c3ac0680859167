"""What is coming, as the demand page and its files tell it: of contracts, and of intentions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from procurement.demand import DemandRules, councils_behind, half_of, release_day
from procurement.models import (
    Area,
    Assumption,
    DemandPrice,
    DemandSnapshot,
    EndingDemand,
    IntendedDemand,
)
from procurement.pictures.tiles import Tile
from procurement.rules import stated_demand_rules
from registry.models import Category, Grouping
from registry.periods import first_of_quarter, from_day, half_years, month_start
from registry.pictures import Line

# Four years, as the first page has it.
HALVES = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What of it somebody wants to see."""

    category: Category | None = None
    area: Grouping | None = None

    def address(self, **other: str) -> str:
        """The page with one thing chosen otherwise; "" takes the choice away."""
        kept = {
            "category": self.category.pk if self.category else "",
            "area": self.area.pk if self.area else "",
        }
        query = urlencode({name: code for name, code in (kept | other).items() if code})
        return reverse("procurement:demand") + (f"?{query}" if query else "")

    @property
    def query(self) -> str:
        """What follows the address of its data."""
        return self.address().partition("?")[2]


@dataclass(slots=True)
class Sum:
    """What ends of one category, or in one area, or in all."""

    code: str
    name: str
    contracts: int = 0
    with_value: int = 0
    pounds: Decimal = Decimal(0)

    def add(self, row: Any) -> None:
        self.contracts += row.contracts
        self.with_value += row.with_value
        self.pounds += row.yearly_value


class Ending:
    """Contracts that end in the half-years ahead, by one query of what is worked out of them."""

    def __init__(self, asked: Asked, day: date) -> None:
        self.asked = asked
        self.spans = half_years(day, HALVES)
        # Of the half-year under way only what is still ahead is counted: see `rebuild_endings`.
        self.drawn = from_day(self.spans, day)
        ahead = EndingDemand.objects.between(self.spans[0].first, self.spans[-1].first)
        # Of nations and regions for the map, and of another area that is asked for.
        places = Q(area__kind=Area.REGION) | Q(area=asked.area)
        found = ahead.filter(places, **narrowed(Asked(asked.category)))
        self.rows: list[Any] = list(
            found.values_list(
                *("category", "category__name", "area", "area__name", "area__kind", "half"),
                *("contracts", "with_value", "yearly_value"),
                named=True,
            )
        )
        self.all = Sum("", "All")
        for row in self.of_place():
            self.all.add(row)

    def of_place(self) -> Iterable[Any]:
        """Rows of the area asked for; else of nations and regions, which never overlap."""
        if area := self.asked.area:
            return (row for row in self.rows if row.area == area.pk)
        return self.of_regions()

    def of_regions(self) -> Iterable[Any]:
        return (row for row in self.rows if row.area__kind == Area.REGION)

    def by_category(self) -> list[Sum]:
        return summed((row.category, row.category__name, row) for row in self.of_place())

    def by_area(self) -> list[Sum]:
        """Nations and regions, whichever area is asked for."""
        return summed((row.area, row.area__name, row) for row in self.of_regions())

    def lines(self) -> list[Line]:
        """By area, or of one area by category; the largest first."""
        kind = "category" if self.asked.area else "area"
        by_name: dict[tuple[str, str], dict[date, Decimal]] = defaultdict(dict)
        for row in self.of_place():
            halves = by_name[getattr(row, kind), getattr(row, f"{kind}__name")]
            halves[row.half] = halves.get(row.half, Decimal(0)) + row.yearly_value
        found = [self.line(name, halves, {kind: code}) for (code, name), halves in by_name.items()]
        return sorted(found, key=lambda line: (-sum(line.amounts), line.name))

    def line(self, name: str, halves: Mapping[date, Decimal], chosen: Mapping[str, str]) -> Line:
        amounts = [halves.get(span.first, Decimal(0)) for span in self.spans]
        return Line(name, amounts, self.asked.address(**chosen))

    def tiles(self) -> list[Tile]:
        """Every nation and region, for a map without gaps."""
        ending = {one.code: one for one in self.by_area()}
        regions = Grouping.objects.filter(kind=Area.REGION).order_by("pk")
        chosen = self.asked.area.pk if self.asked.area else ""
        return [
            Tile(code, name, ending[code].pounds if code in ending else None, code == chosen)
            for code, name in regions.values_list("pk", "name")
        ]


def summed(rows: Iterable[tuple[str, str, Any]]) -> list[Sum]:
    """One sum for each code, the largest first."""
    found: dict[str, Sum] = {}
    for code, name, row in rows:
        found.setdefault(code, Sum(code, name)).add(row)
    return sorted(found.values(), key=lambda one: (-one.pounds, one.name))


def endings(asked: Asked, day: date) -> QuerySet[EndingDemand]:
    """Every cell from the half-year of a day on, in order of time."""
    ahead = EndingDemand.objects.filter(half__gte=half_of(day), **narrowed(asked))
    return ahead.select_related("category", "area").order_by("half", "category", "area")


@dataclass(frozen=True, slots=True)
class Intended:
    """What councils intend, as the newest snapshot tells everybody; and when the next comes."""

    snapshot: DemandSnapshot | None
    rows: Sequence[IntendedDemand]
    prices: Sequence[DemandPrice]
    next_on: date | None
    councils: str


def intended(asked: Asked, day: date) -> Intended:
    rules = stated_demand_rules()
    snapshot = DemandSnapshot.objects.newest(day)
    return Intended(
        snapshot,
        list(intentions(asked, day).filter(snapshot=snapshot)) if snapshot else [],
        list(prices(asked, day).filter(snapshot=snapshot)) if snapshot else [],
        next_release(snapshot, day, rules) if rules else None,
        councils_behind(rules) if rules else "",
    )


def why_no_prices(asked: Asked, day: date) -> str:
    """Why the file of price bands is empty; "" where it is not."""
    if prices(asked, day).exists():
        return ""
    least = Assumption.objects.filter(code="price_councils_least").first()
    behind = f"{least.value:.0f} or more" if least else "many"
    what = asked.category.name if asked.category else "any category"
    return f"no price of {what} has {behind} councils behind it yet"


def newest_intentions(asked: Asked, day: date) -> QuerySet[IntendedDemand]:
    """Of the snapshot that everybody sees as the newest."""
    return intentions(asked, day).filter(snapshot=DemandSnapshot.objects.newest(day))


def next_release(newest: DemandSnapshot | None, day: date, rules: DemandRules) -> date:
    """The stated day of the next snapshot."""
    quarter = first_of_quarter(day)
    if newest and newest.quarter == quarter:
        quarter = month_start(quarter, 3)
    made = DemandSnapshot.objects.filter(quarter=quarter).first()
    return made.released_on if made else release_day(quarter, made=day, rules=rules)


def intentions(asked: Asked, day: date) -> QuerySet[IntendedDemand]:
    """Every cell of every snapshot released by a day, the newest first."""
    found = IntendedDemand.objects.released_by(day).filter(**narrowed(asked))
    return found.select_related("category", "area").order_by(
        "-snapshot", "half", "category__name", "area__name"
    )


def prices(asked: Asked, day: date) -> QuerySet[DemandPrice]:
    """Of a category; they are the same for every area."""
    found = DemandPrice.objects.released_by(day).filter(**narrowed(Asked(asked.category)))
    return found.select_related("category").order_by("-snapshot", "category__name", "unit")


def narrowed(asked: Asked) -> dict[str, Any]:
    chosen = {"category": asked.category, "area": asked.area}
    return {name: one for name, one in chosen.items() if one}
