"""The sharing grid gathered: categories, what the registry shows of each, and their places."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum

from procurement.models import Opportunity
from procurement.pictures.sharing import Spot
from procurement.placement import Evidence, GridRules, Placement, place
from procurement.rules import Rules
from registry.models import Category, Contract
from registry.models.contracts import ContractQuerySet
from registry.permissions import EVERYBODY, Powers


@dataclass(frozen=True, slots=True)
class Placed:
    """A category, its place, the evidence, and its best joint buys this reader may see."""

    category: Category
    evidence: Evidence
    placement: Placement
    opportunities: Sequence[Opportunity]

    @property
    def spot(self) -> Spot:
        return Spot(
            code=self.category.pk,
            name=self.category.name,
            evolution=float(self.placement.evolution),
            visibility=float(self.placement.visibility),
            pounds=self.evidence.pounds,
            day_one=self.placement.day_one,
        )


@dataclass(frozen=True, slots=True)
class SharingGrid:
    """Every category with a place, those to share on day one first, then by spend."""

    rules: GridRules
    categories: Sequence[Placed]


MOST_OPPORTUNITIES = 3


def sharing_grid(*, reader: Powers) -> SharingGrid | None:
    """None where reference data is not loaded. Evidence is what is published, whoever reads."""
    assumed = Rules.of_the_day().assumptions
    if not assumed.keys() >= GridRules.codes():
        return None
    rules = GridRules.assumed(assumed)
    shown = evidence(rules)
    seen = opportunities_by_category(reader)
    placed = [
        Placed(
            category=category,
            evidence=shown.get(category.pk, NOTHING),
            placement=place(
                Decimal(str(category.evolution)),
                Decimal(str(category.visibility)),
                shown.get(category.pk, NOTHING),
                rules,
            ),
            opportunities=seen.get(category.pk, []),
        )
        for category in Category.objects.filter(evolution__isnull=False, visibility__isnull=False)
    ]
    placed.sort(key=lambda one: (not one.placement.day_one, -one.evidence.pounds))
    return SharingGrid(rules, placed)


NOTHING = Evidence(councils=0, councils_in_all=0, suppliers=0)


def evidence(rules: GridRules) -> Mapping[str, Evidence]:
    """What public contracts show of each category, in two questions."""
    contracts = Contract.objects.standing().as_published_to(EVERYBODY)
    everybody = contracts.aggregate(councils=Count("council", distinct=True))["councils"]
    units = alike_units(contracts, rules)
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


def opportunities_by_category(reader: Powers) -> Mapping[str, list[Opportunity]]:
    """The first of each category's list, as far as this reader sees them."""
    seen = Opportunity.objects.seen_by(reader).planned().worthwhile().for_list().best_first()
    found: dict[str, list[Opportunity]] = defaultdict(list)
    for one in seen:
        if len(found[one.category_id]) < MOST_OPPORTUNITIES:
            found[one.category_id].append(one)
    return found
