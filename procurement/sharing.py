"""The sharing grid gathered: categories, what the registry shows of each, and their places."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, QuerySet, Sum

from procurement.models import Opportunity, OwnPlace, PriceRelease
from procurement.pictures.sharing import Spot
from procurement.placement import (
    Evidence,
    GridRules,
    Placement,
    place,
    placed_by_hand,
    price_spread,
)
from procurement.rules import Rules
from registry.models import Category, Contract, Council
from registry.models.contracts import ContractQuerySet
from registry.permissions import EVERYBODY, Powers
from registry.today import today
from registry.values import months_on


@dataclass(frozen=True, slots=True)
class Placed:
    """A category, its national place, the evidence, its best joint buys this reader may see.

    `own` is the place a council gives it itself, where that council's grid is shown.
    """

    category: Category
    evidence: Evidence
    placement: Placement
    opportunities: Sequence[Opportunity]
    own: OwnPlace | None = None

    @property
    def spot(self) -> Spot:
        return Spot(
            code=self.category.pk,
            name=self.category.name,
            evolution=float(self.placement.evolution),
            visibility=float(self.placement.visibility),
            pounds=self.evidence.pounds,
            day_one=self.placement.day_one,
            own=(float(self.own.evolution), float(self.own.visibility)) if self.own else None,
        )

    def placement_by(self, rules: GridRules) -> Placement:
        """The council's own place where it gave one."""
        if self.own is None:
            return self.placement
        return placed_by_hand(self.own.evolution, self.own.visibility, rules)


@dataclass(frozen=True, slots=True)
class SharingGrid:
    """Every category with a place, those to share on day one first, then by spend.

    Order and day one follow the national places, also where a council's own are shown.
    """

    rules: GridRules
    categories: Sequence[Placed]
    council: Council | None = None

    @property
    def placements(self) -> dict[str, Placement]:
        """By name, for whoever draws their own."""
        return {one.category.name: one.placement_by(self.rules) for one in self.categories}


MOST_OPPORTUNITIES = 3


def sharing_grid(*, reader: Powers, council: Council | None = None) -> SharingGrid | None:
    """None where reference data is not loaded. Evidence is what is published, whoever reads.

    With the own places of `council`, if this reader acts for it.
    """
    rules = grid_rules()
    if rules is None:
        return None
    shown = evidence(rules)
    seen = opportunities_by_category(reader)
    own = own_places(reader, council)
    placed = [
        Placed(
            category=category,
            evidence=shown.get(category.pk, NOTHING),
            placement=national(category, shown, rules),
            opportunities=seen.get(category.pk, []),
            own=own.get(category.pk),
        )
        for category in on_the_grid()
    ]
    placed.sort(key=lambda one: (not one.placement.day_one, -one.evidence.pounds))
    return SharingGrid(rules, placed, council)


def grid_rules() -> GridRules | None:
    assumed = Rules.of_the_day().assumptions
    return GridRules.assumed(assumed) if assumed.keys() >= GridRules.codes() else None


def on_the_grid() -> QuerySet[Category]:
    return Category.objects.filter(evolution__isnull=False, visibility__isnull=False)


def national_place(category: Category) -> Placement | None:
    """One category's; None where reference data is not loaded."""
    rules = grid_rules()
    return national(category, evidence(rules), rules) if rules else None


def national(category: Category, shown: Mapping[str, Evidence], rules: GridRules) -> Placement:
    return place(
        Decimal(str(category.evolution)),
        Decimal(str(category.visibility)),
        shown.get(category.pk, NOTHING),
        rules,
    )


def own_places(reader: Powers, council: Council | None) -> Mapping[str, OwnPlace]:
    """By category; told to the council's officers and administrators alone."""
    if council is None or not reader.may_act_for(council.pk):
        return {}
    return {one.category_id: one for one in OwnPlace.objects.standing().filter(council=council)}


NOTHING = Evidence(councils=0, councils_in_all=0, suppliers=0)


def evidence(rules: GridRules) -> Mapping[str, Evidence]:
    """What public contracts that may still run, and released prices, show of each category."""
    day = today()
    since = months_on(day, -int(rules.grid_undated_months))
    running = Contract.objects.may_run_on(day).not_forgotten(since)
    contracts = running.as_published_to(EVERYBODY)
    everybody = contracts.aggregate(councils=Count("council", distinct=True))["councils"]
    units = alike_units(contracts, rules)
    spreads = price_spreads()
    found = (
        contracts.filter(category__isnull=False)
        .values("category")
        .annotate(
            councils=Count("council", distinct=True),
            suppliers=Count("shown_supplier", distinct=True),
            pounds=Sum("shown_yearly_value"),
        )
        .order_by()
    )
    return {
        row["category"]: Evidence(
            councils=row["councils"],
            councils_in_all=everybody,
            suppliers=row["suppliers"],
            pounds=row["pounds"] or Decimal(0),
            price_spread=spreads.get(row["category"]),
            alike_units=units.get(row["category"]),
        )
        for row in found
    }


def alike_units(contracts: ContractQuerySet, rules: GridRules) -> Mapping[str, Decimal]:
    """By category the share of the commonest unit, where enough councils state one."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    stating: dict[str, set[str]] = defaultdict(set)
    rows = contracts.exclude(unit="").values_list("category", "council", "unit")
    for category, council, unit in rows:
        if category:
            found[category][unit.casefold().strip()] += 1
            stating[category].add(council)
    return {
        category: Decimal(max(units.values())) / units.total()
        for category, units in found.items()
        if len(stating[category]) >= rules.grid_least_councils
    }


def price_spreads() -> Mapping[str, Decimal]:
    """By category how wide the band of its most compared unit is, where one is released."""
    # Of the frozen release, never of the contracts as they are today: anybody may look at the grid
    # every day, and a category that moved when one council's price came in would tell that price.
    # So prices move a category when a release changes, once a quarter and by several councils.
    found: dict[str, Decimal] = {}
    for one in PriceRelease.objects.newest().shown().most_compared_first().defer("held"):
        if one.low is not None and one.high is not None:
            found.setdefault(one.category_id, price_spread(one.low, one.high))
    return found


def opportunities_by_category(reader: Powers) -> Mapping[str, list[Opportunity]]:
    """The first of each category's list, as far as this reader sees them."""
    seen = Opportunity.objects.seen_by(reader).planned().worthwhile().for_list().best_first()
    # Of so many those columns alone that a link needs.
    seen = seen.defer("joins", "council_codes", "saving_reasons")
    found: dict[str, list[Opportunity]] = defaultdict(list)
    for one in seen:
        if len(found[one.category_id]) < MOST_OPPORTUNITIES:
            found[one.category_id].append(one)
    return found
