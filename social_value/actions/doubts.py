"""What is asked about before an act is recorded: it may be right, and is more often a slip."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from registry.currencies import POUNDS
from registry.formats import day
from registry.models import Contract
from registry.terms import days_after
from social_value.acts import Act
from social_value.assumptions import assumed
from social_value.models import AgreedPool, Commitment, Credit, Delivery, Measure, Need
from social_value.periods import whole_quantity
from social_value.plausible import too_much, worth
from social_value.quantities import measured

NOTHING = Decimal(0)


def doubts(
    act: Act, measure: Measure, contract: Contract, *, corrected: Delivery | None
) -> list[str]:
    """Sentences on an act begun at a contract: whether its day and its amounts are meant."""
    return [*doubts_of_day(act, contract), *doubts_of_amount(act, measure, contract, corrected)]


def doubts_of_day(act: Act, contract: Contract) -> Iterator[str]:
    """Of the pool that it is for, or else the contract; and of the need, if the pool is not its."""
    pool = AgreedPool.objects.filter(pk=act.pool).first() if act.pool else None
    first: date | None = pool.starts if pool else contract.start_date
    if first and act.done_on < first:
        begins = "the pool it is for begins" if pool else "the contract begins"
        yield f"{day(act.done_on)} is before {begins}, on {day(first)}."
    elif pool and act.done_on > late_after(pool.ends):
        yield f"{day(act.done_on)} is long after the pool it is for ends, on {day(pool.ends)}."
    if act.need and not (pool and pool.need_id == act.need):
        yield from doubts_of_need(act, Need.objects.get(pk=act.need))


def doubts_of_need(act: Act, need: Need) -> Iterator[str]:
    if act.done_on < need.wanted_from:
        yield (
            f"{day(act.done_on)} is before {need.organisation} can make use of it, from "
            f"{day(need.wanted_from)}."
        )
    elif act.done_on > late_after(need.wanted_by):
        yield (
            f"{day(act.done_on)} is long after {need.organisation} needs it, by "
            f"{day(need.wanted_by)}."
        )


def late_after(last: date) -> date:
    return days_after(last, assumed("act_late_days"))


def doubts_of_amount(
    act: Act, measure: Measure, own: Contract, corrected: Delivery | None
) -> Iterator[str]:
    """Contracts that more is then delivered for than they promise."""
    if not measure.adds_up:
        return
    for contract in Contract.objects.filter(pk__in=act.credits).order_by("council", "title", "pk"):
        promised = promised_by(contract.pk, act.measure)
        # What waits for confirmation is told to its council alone.
        done = done_for(contract.pk, act.measure, corrected, waiting=contract == own)
        if (whole := done + act.credits[contract.pk]) > promised:
            yield (
                f"“{contract.title[:120]}” then has {measured(whole, measure.unit)} recorded, of "
                f"{measured(promised, measure.unit)} promised."
            )


def beyond_means(contract: Contract, unit: str, said: Mapping[str, Any]) -> bool:
    """Whether an officer's promise, by its columns, is more than the contract could pay for."""
    starts = said.get("starts") or contract.start_date
    ends = said.get("ends") or contract.end_date
    per_year = bool(said.get("per_year"))
    quantity, _ = whole_quantity(said["quantity"], per_year=per_year, starts=starts, ends=ends)
    return too_much(unit, quantity, pounds_of(contract))


def pounds_of(contract: Contract) -> Decimal | None:
    """What it is worth over its term, where that is known and in pounds."""
    if contract.currency != POUNDS:
        return None
    return worth(
        contract.total_value, contract.yearly_value, contract.start_date, contract.end_date
    )


def promised_by(contract: UUID, measure: str) -> Decimal:
    promises = Commitment.objects.filter(contract=contract, measure=measure)
    return sum(promises.values_list("quantity", flat=True), NOTHING)


def done_for(contract: UUID, measure: str, corrected: Delivery | None, *, waiting: bool) -> Decimal:
    """Confirmed, or with what waits; without the record that is being corrected."""
    credited = Credit.objects.standing() if waiting else Credit.objects.confirmed()
    found = credited.filter(contract=contract, delivery__measure=measure)
    if corrected:
        found = found.exclude(delivery=corrected)
    return sum(found.values_list("amount", flat=True), NOTHING)
