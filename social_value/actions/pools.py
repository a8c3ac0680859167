"""Pools: made of what promises have left, and put in place of those made before."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from django.db import transaction

from registry import bulk
from registry.formats import count, day
from social_value.actions.commitments import regions_of_councils
from social_value.models import Commitment, Measure, Need, Pool, Share, Unpooled
from social_value.periods import parts
from social_value.pooling import ANYWHERE, GRAINS, Made, Needs, Parcels, Pooled, Rules, pool
from social_value.pooling.fields import FAR

# Gives a pool the same id whenever its measure, place, group, time and need are the same.
NAMESPACE = uuid.UUID("2f6f6a0e-61f3-5c0e-8a39-0b9d5f2f4d17")

COLUMNS = (
    *("pk", "measure_id", "region", "confined", "council_id", "group", "quantity", "yearly"),
    *("starts", "ends"),
)
Row = tuple[uuid.UUID, str, str, bool, str, str, Decimal, Decimal | None, date | None, date | None]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild looked at and made."""

    commitments_considered: int
    pools: int


class Numbers:
    """Fields, places and groups by number, as the arrays want them."""

    def __init__(self) -> None:
        self.fields: dict[tuple[str, str], int] = {}
        self.places: dict[str, int] = {}
        self.groups: dict[str, int] = {"": 0}

    def field(self, measure: str, region: str) -> int:
        return self.fields.setdefault((measure, region), len(self.fields))

    def place(self, council: str) -> int:
        return self.places.setdefault(council, len(self.places))

    def group(self, group: str) -> int:
        return self.groups.setdefault(group, len(self.groups))


def rebuild_pools(*, today: date, measures: Collection[str] | None = None) -> Rebuilt:
    """Put what promises now come to in place of the pools of these measures, or of all.

    A function of promises, needs and `today`: running it again gives the same rows and ids.
    """
    useful = useful_amounts(measures)
    rows, needs, numbers = promises(today, useful), open_needs(today, useful), Numbers()
    owners, parcels = parcels_of(rows, today, numbers)
    wanted = needs_of(needs, numbers)
    amounts = [grains(useful[measure]) for measure, _ in numbers.fields]
    made = pool(parcels, wanted, Rules(today, np.array(amounts, np.int64)))
    writing = Writing(numbers, rows, owners, needs, useful)
    with transaction.atomic():
        remove(measures)
        writing.write(made)
    return Rebuilt(len(rows), len(made.pools))


def remove(measures: Collection[str] | None) -> None:
    """Shares first, so that pools have none to look up when they go."""
    of_measures = {} if measures is None else {"measure__in": list(measures)}
    of_pools = {f"pool__{name}": value for name, value in of_measures.items()}
    Share.objects.filter(**of_pools).delete()
    Pool.objects.filter(**of_measures).delete()
    Unpooled.objects.filter(**of_measures).delete()


def useful_amounts(measures: Collection[str] | None) -> dict[str, Decimal]:
    found = Measure.objects.pooled()
    if measures is not None:
        found = found.filter(pk__in=measures)
    return {code: amount for code, amount in found.values_list("pk", "useful_amount") if amount}


def promises(today: date, measures: Collection[str]) -> list[Row]:
    """Those not past their end, of contracts that stand."""
    found = Commitment.objects.of_standing_contracts().filter(measure__in=list(measures))
    found = found.exclude(ends__lt=today)
    return list(found.order_by("pk").values_list(*COLUMNS))


def open_needs(today: date, measures: Collection[str]) -> list[Need]:
    found = Need.objects.open_on(today).filter(measure__in=list(measures))
    return list(found.select_related("council").order_by("pk"))


def parcels_of(rows: Sequence[Row], today: date, numbers: Numbers) -> tuple[list[int], Parcels]:
    """Each part of each promise that is not past, and the number of the row it is of."""
    owners: list[int] = []
    columns: list[tuple[int, ...]] = []
    for n, (_, measure, region, confined, council, group, quantity, yearly, *term) in enumerate(
        rows
    ):
        field = numbers.field(measure, region)
        place = numbers.place(council) if confined else ANYWHERE
        for part in parts(quantity, yearly, *term):
            if part.last is None or part.last >= today:
                first = part.first.toordinal() if part.first else today.toordinal()
                last = part.last.toordinal() if part.last else FAR
                owners.append(n)
                columns.append(
                    (field, place, numbers.group(group), grains(part.amount), first, last)
                )
    return owners, Parcels(*transposed(columns))


def needs_of(needs: Sequence[Need], numbers: Numbers) -> Needs:
    regions = regions_of_councils()
    columns = [
        (
            numbers.field(need.measure_id, regions.get(need.council_id, need.council_id)),
            numbers.place(need.council_id),
            numbers.group(need.group),
            grains(need.amount),
            need.wanted_from.toordinal(),
            need.wanted_by.toordinal(),
        )
        for need in needs
    ]
    return Needs(*transposed(columns))


def transposed(columns: Sequence[tuple[int, ...]]) -> Iterator[np.ndarray]:
    return iter(np.array(columns, np.int64).reshape(-1, 6).T.copy())


def grains(amount: Decimal) -> int:
    return int(amount * GRAINS)


def amount_of(number: int) -> Decimal:
    return Decimal(number) / GRAINS


class Writing:
    """Pools and what is left, as rows."""

    def __init__(
        self,
        numbers: Numbers,
        rows: Sequence[Row],
        owners: Sequence[int],
        needs: Sequence[Need],
        useful: dict[str, Decimal],
    ) -> None:
        self.rows, self.owners, self.needs, self.useful = rows, owners, needs, useful
        self.fields = list(numbers.fields)
        self.places, self.groups = list(numbers.places), list(numbers.groups)

    def write(self, made: Pooled) -> None:
        found = [self.pool(one) for one in made.pools]
        bulk.insert(
            Pool,
            [
                *("id", "measure", "place", "group", "starts", "ends", "useful_amount"),
                *("need", "because"),
            ],
            [row for row, _ in found],
        )
        bulk.insert(
            Share,
            ["pool", "commitment", "amount"],
            [(row[0], key, amount) for row, shares in found for key, amount in shares.items()],
        )
        bulk.insert(
            Unpooled,
            ["measure", "place", "group", "amount", "missing"],
            [
                (
                    self.fields[one.field][0],
                    self.place(one.field, one.place),
                    self.groups[one.group],
                    amount_of(one.amount),
                    amount_of(one.missing),
                )
                for one in made.left
            ],
        )

    def place(self, field: int, place: int) -> str:
        return self.fields[field][1] if place == ANYWHERE else self.places[place]

    def pool(self, made: Made) -> tuple[tuple[object, ...], dict[uuid.UUID, Decimal]]:
        """The pool's columns, and what each promise gives to it."""
        measure, place = self.fields[made.field][0], self.place(made.field, made.place)
        group, need = self.groups[made.group], self.needs[made.need] if made.need >= 0 else None
        first, last = date.fromordinal(made.first), date.fromordinal(made.last)
        shares: dict[uuid.UUID, Decimal] = defaultdict(Decimal)
        for parcel, amount in made.shares:
            shares[self.rows[self.owners[parcel]][0]] += amount_of(amount)
        what = f"{measure}/{place}/{group}/{first}/{last}/{need.pk if need else ''}"
        columns = (
            *(uuid.uuid5(NAMESPACE, what), measure, place, group, first, last),
            *(self.useful[measure], need.pk if need else None, self.because(made, need)),
        )
        return columns, shares

    def because(self, made: Made, need: Need | None) -> list[str]:
        """Why these promises may be used together."""
        rows = [self.rows[self.owners[parcel]] for parcel, _ in made.shares]
        councils = {row[4] for row in rows}
        first, last = date.fromordinal(made.first), date.fromordinal(made.last)
        said = [
            f"{count(len({row[0] for row in rows}), 'promise')} of "
            f"{count(len(councils), 'council')} can be kept between {day(first)} and {day(last)}"
        ]
        if need:
            said.append(f"{need.organisation} asks for it by {day(need.wanted_by)}")
        if any(row[3] for row in rows):
            said.append("some of it may be used in the area of its council alone")
        if not all(row[3] for row in rows):
            said.append("what names no place may be used in its region, if its council agrees")
        if made.group:
            said.append(f"it is for {self.groups[made.group]}: what names nobody may be used too")
        return said
