"""Which missing facts of a council's contracts would open which joint buys."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from procurement.models import Opportunity
from procurement.wanting import Held, Want, wants
from registry.currencies import POUNDS
from registry.models import Contract, Council
from registry.permissions import Powers, groupings_of
from registry.records import BOUGHT_ANEW


@dataclass(frozen=True, slots=True)
class Opening:
    """One fact to give, and the joint buy it would help into or count for more in."""

    contract: Contract
    opportunity: Opportunity
    fact: str
    effect: str
    worth: Decimal


def openings(council: Council, *, today: date, reader: Powers) -> list[Opening]:
    """The most valuable first: by what the contract costs a year, else what such a one does."""
    planned = planned_by_category(council, today)
    contracts = lacking(council, planned, reader)
    found = [one for c in contracts for one in openings_of(c, planned)]
    return sorted(found, key=lambda one: (-one.worth, one.contract.title))


def planned_by_category(council: Council, today: date) -> Mapping[str, list[Opportunity]]:
    """Joint buys of its groupings that still lie ahead, the largest first."""
    found: dict[str, list[Opportunity]] = defaultdict(list)
    ahead = Opportunity.objects.planned().filter(
        grouping__in=groupings_of(council.pk), start_date__gt=today
    )
    for one in ahead.for_list().order_by("-annual_value", "start_date", "pk"):
        found[one.category_id].append(one)
    return found


def lacking(
    council: Council, planned: Mapping[str, Sequence[Opportunity]], reader: Powers
) -> list[Contract]:
    mine = Contract.objects.standing().filter(
        council=council, category__in=list(planned), kind__in=BOUGHT_ANEW
    )
    return [one for one in mine.as_published_to(reader) if any(wants(held(one)))]


def held(contract: Contract) -> Held:
    return Held(
        end=contract.end_date is not None,
        value=contract.yearly_value is not None or contract.currency != POUNDS,
        notice=bool(contract.notice_period),
        rolling=contract.rolling,
    )


def openings_of(
    contract: Contract, planned: Mapping[str, Sequence[Opportunity]]
) -> Iterator[Opening]:
    for want in wants(held(contract)):
        one = best(contract, want, planned[str(contract.category_id)])
        if one:
            worth = contract.yearly_value or one.annual_value / one.contracts
            yield Opening(contract, one, want.fact, want.effect, worth)


def best(contract: Contract, want: Want, planned: Sequence[Opportunity]) -> Opportunity | None:
    """The largest joint buy the fact bears on: one to get into, or one it is in already."""
    started = contract.start_date or date.min
    fitting = (one for one in planned if one.start_date > started)
    return next((one for one in fitting if (contract.pk.hex in one.joins) == want.once_in), None)
