"""Why no opportunity is found: the first thing that lacks, in a sentence that says what to do."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from procurement.models import Assumption
from registry.formats import count
from registry.models import Category, Contract, Membership
from registry.models.contracts import ContractQuerySet
from registry.records import BOUGHT_ANEW

NO_REFERENCE = "Reference data is not loaded. An administrator runs: manage.py load_reference."
# A category, a council, and whether it has a contract of it whose end is known.
Held = Mapping[tuple[str, str], bool]


@dataclass(frozen=True, slots=True)
class Where:
    """Among which councils; all of them where neither is given."""

    groupings: Collection[str] | None = None
    councils: Collection[str] | None = None

    def members(self, day: date) -> list[set[str]]:
        """The councils of each grouping that is meant."""
        rows = Membership.objects.on(day)
        if self.groupings is not None:
            rows = rows.filter(grouping__in=self.groupings)
        found: dict[str, set[str]] = defaultdict(set)
        for grouping, council in rows.values_list("grouping", "council"):
            found[grouping].add(council)
        wanted = self.councils
        return [one for one in found.values() if wanted is None or not one.isdisjoint(wanted)]


def why_none(where: Where, *, today: date, lead_months: int | None = None) -> str:
    """Read once nothing is found: each reason is looked for only when those before it are not."""
    lead = lead_time()
    if lead is None:
        return NO_REFERENCE
    members = [one for one in where.members(today) if len(one) > 1]
    if not members:
        return (
            "No grouping has two councils today, so there is nobody to buy together with. Look at "
            "the groupings and their members, or load reference data again."
        )
    contracts = Contract.objects.standing().filter(council__in=set().union(*members))
    own = contracts if where.councils is None else contracts.filter(council__in=where.councils)
    return lacking(own) or unmatched(
        held_of(contracts), members, where.councils, lead if lead_months is None else lead_months
    )


def lead_time() -> int | None:
    """The months a procurement is taken to need; None where reference data is not loaded."""
    held = Assumption.objects.filter(pk="lead_months").first()
    return int(held.value) if held and Category.objects.bought_together().exists() else None


def lacking(contracts: ContractQuerySet) -> str:
    """What no contract of theirs has; nothing where some could be replaced together."""
    number = contracts.count()
    if not number:
        return "None of these councils has shared its contract register yet. Upload registers."
    if not commodities(contracts).exists():
        return (
            f"Of {count(number, 'contract')} none is of a category that is bought together. Look "
            "through those whose category is still open."
        )
    return ""


def commodities(contracts: ContractQuerySet) -> ContractQuerySet:
    together = Category.objects.bought_together()
    return contracts.filter(category__in=together, kind__in=BOUGHT_ANEW)


def held_of(contracts: ContractQuerySet) -> Held:
    dated = Q(end_date__isnull=False) | Q(latest_permitted_end__isnull=False) | Q(rolling=True)
    pairs = ("category", "council")
    every = commodities(contracts).order_by().values_list(*pairs).distinct()
    known = set(commodities(contracts).filter(dated).order_by().values_list(*pairs).distinct())
    return {pair: pair in known for pair in every}


def unmatched(
    held: Held,
    members: Collection[set[str]],
    councils: Collection[str] | None,
    lead_months: int,
) -> str:
    if not in_common(held, members, councils):
        return (
            "No two councils of a grouping have shared contracts of the same category, so there is "
            "nothing to buy together. More registers help."
        )
    if not in_common([pair for pair, dated in held.items() if dated], members, councils):
        return (
            "No two councils of a grouping have contracts of the same category whose ends are "
            "known. Ask them when those contracts end: no date is guessed."
        )
    return (
        "No start date suits two councils of a grouping: their contracts of the same category "
        "cannot end together, the days to decide have passed, or less time is left than the "
        f"{count(lead_months, 'month')} that a procurement needs."
    )


def in_common(
    pairs: Collection[tuple[str, str]],
    members: Collection[set[str]],
    councils: Collection[str] | None,
) -> bool:
    """Whether two councils of one grouping, one of those meant among them, have one category."""
    having: dict[str, set[str]] = defaultdict(set)
    for category, council in pairs:
        having[category].add(council)
    both = [have & these for have in having.values() for these in members]
    return any(len(one) > 1 and (councils is None or one & set(councils)) for one in both)
