"""What promises and deliveries of contracts come to, fetched for pages and digests."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, QuerySet, Sum, Value, When

from registry.models import Contract
from social_value.models import Commitment, Credit, Measure
from social_value.periods import Part, parts
from social_value.progress import Done, Kept, Progress, Promised, by_contract, promise_by_promise

PROMISED = ("contract", "measure", "quantity", "yearly", "starts", "ends")


@dataclass(frozen=True, slots=True)
class Together:
    """How much of a measure several contracts together promised and did."""

    measure: Measure
    progress: Progress


@dataclass(frozen=True, slots=True)
class Line:
    """How much of a measure one contract promised and did."""

    measure: Measure
    progress: Progress
    contract: UUID
    name: str
    url: str


def progress_of(
    contracts: "QuerySet[Contract]", known: Mapping[str, Measure], *, today: date
) -> dict[tuple[UUID, str], Progress]:
    """By contract and measure, of these contracts as far as they stand."""
    keys = contracts.standing().order_by().values("pk")  # type: ignore[attr-defined]
    promises = Commitment.objects.filter(contract__in=keys).values_list(*PROMISED)
    return by_contract(
        (Promised(*row) for row in promises),
        done_for(keys),
        frozenset(key for key, measure in known.items() if measure.adds_up),
        today=today,
    )


def kept_of(promises: Sequence[Commitment], *, today: date) -> dict[UUID, Kept]:
    """What of each was kept, beside the other promises of its contract and measure."""
    keys = {one.contract_id for one in promises}
    done: dict[tuple[UUID, str], list[Done]] = defaultdict(list)
    for act in done_for(keys):
        done[act.contract, act.measure].append(act)
    beside: dict[tuple[UUID, str], dict[UUID, list[Part]]] = defaultdict(dict)
    rows = Commitment.objects.filter(contract__in=keys).order_by("position", "pk")
    for pk, *row in rows.values_list("pk", *PROMISED):
        one = Promised(*row)
        beside[one.contract, one.measure][pk] = parts(
            one.quantity, one.yearly, one.starts, one.ends
        )
    found: dict[UUID, Kept] = {}
    for contract, measure, adds_up in {
        (one.contract_id, one.measure_id, one.measure.adds_up) for one in promises
    }:
        key = (contract, measure)
        found |= promise_by_promise(beside[key], done[key], adds_up=adds_up, today=today)
    return found


def done_for(contracts: Any) -> list[Done]:
    confirmed = Exists(Credit.objects.confirmed().filter(pk=OuterRef("pk")))
    found = Credit.objects.standing().filter(contract__in=contracts)
    rows = found.annotate(
        is_confirmed=Case(
            When(confirmed, then=Value(True)), default=Value(False), output_field=BooleanField()
        )
    ).values_list("contract", "delivery__measure", "amount", "delivery__done_on", "is_confirmed")
    return [Done(*row) for row in rows]


def measures() -> dict[str, Measure]:
    return {one.pk: one for one in Measure.objects.all()}


def by_measure(
    found: Mapping[tuple[UUID, str], Progress], known: Mapping[str, Measure]
) -> list[Together]:
    """Of all together; shares of something are not added up, and so are not here."""
    sums: dict[str, Progress] = defaultdict(Progress)
    for (_, measure), one in found.items():
        sums[measure] += one
    kept = [known[key] for key in sums if known[key].adds_up]
    return [Together(one, sums[one.pk]) for one in sorted(kept, key=lambda m: (m.theme, m.name))]


def known_as(contract: Contract) -> str:
    """Its supplier under the one name it is shown by everywhere, else as the register has it."""
    return contract.supplier.name if contract.supplier else contract.supplier_called


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises somebody has, by contract and measure, and how many of them are late."""

    name: str
    url: str
    promises: int
    late: int
    kept: int


def tallied(lines: Iterable[tuple[tuple[str, str], Line]]) -> list[Tally]:
    """By name and address, those with most late first."""
    by: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for who, line in lines:
        by[who].append(line)
    found = [
        Tally(
            name,
            url,
            promises=len(theirs),
            late=sum(1 for line in theirs if line.progress.late),
            kept=sum(1 for line in theirs if not line.progress.owed),
        )
        for (name, url), theirs in by.items()
    ]
    return sorted(found, key=lambda one: (-one.late, -one.promises, one.name))


def worst_first(lines: list[Line]) -> list[Line]:
    """Those late before those that are not, then by what falls due next."""
    return sorted(
        lines,
        key=lambda line: (
            not line.progress.late,
            line.progress.next_due is None,
            line.progress.next_due or date.max,
            line.measure.name,
            line.name,
        ),
    )


@dataclass(frozen=True, slots=True)
class Delivered:
    """How much of a measure was delivered somewhere, in how many acts, as councils confirmed.

    Where nothing was, how much is `promised` in all.
    """

    measure: Measure
    where: str
    amount: Decimal
    acts: int
    promised: Decimal | None = None


def delivered(*, region: str = "") -> list[Delivered]:
    """By region; of one region, by council. Shares of something are not added up."""
    by = "delivery__area__short_name" if region else "delivery__area__region"
    found = Credit.objects.confirmed().filter(delivery__measure__useful_amount__isnull=False)
    if region:
        found = found.filter(delivery__area__region=region)
    rows = (
        found.values_list("delivery__measure", by)
        .annotate(amount=Sum("amount"), acts=Count("delivery", distinct=True))
        .order_by("delivery__measure__theme", "delivery__measure__name", by)
    )
    known = measures()
    return [
        Delivered(known[measure], where, amount.quantize(Decimal("0.0001")), acts)
        for measure, where, amount, acts in rows
    ]


def with_nothing_done(
    rows: Sequence[Delivered], promised: Mapping[str, Decimal]
) -> list[Delivered]:
    """With what was promised and nowhere delivered: it would flatter to leave it out."""
    done, known = {row.measure.pk for row in rows}, measures()
    nothing = [
        Delivered(known[key], "", Decimal(0), acts=0, promised=amount)
        for key, amount in promised.items()
        if key not in done and known[key].adds_up
    ]
    return sorted([*rows, *nothing], key=lambda row: (row.measure.theme, row.measure.name))


def promised_in_all() -> dict[str, Decimal]:
    """By measure, by contracts that stand."""
    found = Commitment.objects.of_standing_contracts().order_by()
    return dict(found.values_list("measure").annotate(Sum("quantity")))
