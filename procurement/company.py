"""With whom a council could buy: by supplier and category, and by category among its like."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum

from procurement.worked_out import SAME, WorkedOut, councils_like, running
from registry.models import Category, Council, Supplier
from registry.models.contracts import UNDATED, ContractQuerySet
from registry.permissions import EVERYBODY

PAIR = ("category", "seller")
FIGURES: Mapping[str, Any] = {
    "councils": Count("council", distinct=True),
    "contracts": Count("pk"),
    "value": Sum("shown_yearly_value"),
    "undated": Sum("shown_yearly_value", filter=UNDATED),
}


@dataclass(frozen=True, slots=True)
class Company:
    """Councils that buy the same, this one among them: so many, with so much a year."""

    category: Category
    supplier: Supplier | None
    grouping: str
    councils: int
    contracts: int
    value: Decimal
    undated: Decimal  # of the value, what has no known end


@dataclass(frozen=True, slots=True)
class Choice:
    """What one may open, the largest first."""

    by_supplier: Sequence[Company]
    like: WorkedOut
    by_category: Sequence[Company]


def company_of(council: Council, *, today: date) -> Choice:
    """From what is public alone, so that nothing withheld shows in a count or a sum."""
    categories = Category.objects.bought_together().in_bulk()
    told = running(today).filter(category__in=categories).as_published_to(EVERYBODY)
    told = told.annotate(seller=F("shown_supplier"))
    mine = told.filter(council=council)
    pairs = {pair for pair in mine.values_list(*PAIR).distinct() if pair[1]}
    like = councils_like(council, today)
    return Choice(
        by_supplier=same_supplier(told, pairs, categories, council.nation),
        like=like,
        by_category=same_category(told, mine, categories, like),
    )


def same_supplier(
    told: ContractQuerySet,
    pairs: set[tuple[str, Any]],
    categories: Mapping[str, Category],
    nation: str,
) -> list[Company]:
    sellers = Supplier.objects.in_bulk(sorted({seller for _, seller in pairs}))
    rows = told.filter(supplier__in=sellers, council__nation=nation)
    found = rows.values(*PAIR).annotate(**FIGURES).order_by(*PAIR)
    return largest_first(
        company(row, categories[row["category"]], sellers[row["seller"]], nation)
        for row in found
        if (row["category"], row["seller"]) in pairs
    )


def same_category(
    told: ContractQuerySet,
    mine: ContractQuerySet,
    categories: Mapping[str, Category],
    like: WorkedOut,
) -> list[Company]:
    own = set(mine.values_list("category", flat=True))
    rows = told.filter(council__in=like.councils, category__in=own)
    found = rows.values("category").annotate(**FIGURES).order_by("category")
    return largest_first(
        company(row, categories[row["category"]], None, like.grouping.code) for row in found
    )


def company(
    row: Mapping[str, Any], category: Category, supplier: Supplier | None, where: str
) -> Company:
    """`where` is the nation of those with one supplier, else the code of the grouping."""
    grouping = where if supplier is None else f"{SAME}{supplier.pk.hex}-{where[0]}"
    return Company(
        category=category,
        supplier=supplier,
        grouping=grouping,
        councils=row["councils"],
        contracts=row["contracts"],
        value=row["value"] or Decimal(0),
        undated=row["undated"] or Decimal(0),
    )


def largest_first(found: Iterable[Company]) -> list[Company]:
    """Those with at least two councils."""
    shared = [one for one in found if one.councils > 1]
    return sorted(shared, key=lambda one: (-one.value, one.category.name, one.grouping))
