"""What unknown end dates could add to stored opportunities, from what is public of contracts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from procurement.models import Opportunity
from procurement.undated import Undated, undated
from registry.models import Contract, Membership
from registry.permissions import EVERYBODY
from registry.records import BOUGHT_ANEW

COLUMNS = ("category", "council", "shown_yearly_value")
# A category and a grouping or a council.
Pair = tuple[str, str]


def undated_of(opportunities: Iterable[Opportunity], *, today: date) -> Mapping[Pair, Undated]:
    """By category and grouping, in two queries however many there are."""
    pairs = {(one.category_id, one.grouping_id) for one in opportunities}
    councils = councils_of({grouping for _, grouping in pairs}, today)
    held = undated_contracts({category for category, _ in pairs})
    return {
        (category, grouping): undated(
            (council, value) for council in councils[grouping] for value in held[category, council]
        )
        for category, grouping in pairs
    }


def councils_of(groupings: set[str], today: date) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows = Membership.objects.on(today).filter(grouping__in=groupings)
    for grouping, council in rows.values_list("grouping", "council"):
        found[grouping].add(council)
    return found


def undated_contracts(categories: set[str]) -> Mapping[Pair, list[Decimal | None]]:
    """The public value of each, by category and council."""
    found: dict[Pair, list[Decimal | None]] = defaultdict(list)
    rows = (
        Contract.objects.standing()
        .filter(
            category__in=categories,
            kind__in=BOUGHT_ANEW,
            end_date__isnull=True,
            latest_permitted_end__isnull=True,
            rolling=False,
        )
        .as_published_to(EVERYBODY)
        .values_list(*COLUMNS)
    )
    for category, council, value in rows:
        found[category, council].append(value)
    return found
