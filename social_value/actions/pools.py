"""Pools: made of what promises have left, and put in place of those made before."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from registry import bulk
from registry.formats import count, day
from social_value.actions.commitments import regions_of_councils
from social_value.actions.using import Used, used_of
from social_value.models import (
    AgreedPool,
    AgreedShare,
    Answer,
    Commitment,
    Measure,
    Need,
    Pool,
    Share,
    Unpooled,
)
from social_value.models.pools import pool_id
from social_value.periods import FINEST, less, parts
from social_value.pooling import (
    ANYWHERE,
    GRAINS,
    NO_NEED,
    Made,
    Needs,
    Parcels,
    Pooled,
    Rules,
    pool,
)
from social_value.pooling.fields import FAR

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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be pooled: promises, needs, and what people have said of both."""

    useful: dict[str, Decimal]
    rows: Sequence[Row]
    needs: Sequence[Need]
    used: Used
    refused: frozenset[tuple[uuid.UUID, uuid.UUID | None]]


def rebuild_pools(*, today: date, measures: Collection[str] | None = None) -> Rebuilt:
    """Put what promises now come to in place of the pools of these measures, or of all.

    A function of promises, needs, what people agreed, refused or delivered, and `today`: running
    it again gives the same rows and ids. Where people did any of it meanwhile, it begins again.
    """
    while True:
        asked = what_is_asked(today, useful_amounts(measures))
        numbers = Numbers()
        made, owners = make(asked, numbers, today)
        with transaction.atomic():
            list(Measure.objects.select_for_update().filter(pk__in=asked.useful).order_by("pk"))
            if used_of(asked.useful) == asked.used:
                remove(measures)
                Writing(numbers, asked.rows, owners, asked.needs, asked.useful).write(made)
                return Rebuilt(len(asked.rows), len(made.pools))


def what_is_asked(today: date, useful: dict[str, Decimal]) -> Asked:
    return Asked(
        useful,
        promises(today, useful),
        open_needs(today, useful),
        used_of(useful),
        refusals(useful),
    )


def make(asked: Asked, numbers: Numbers, today: date) -> tuple[Pooled, list[int]]:
    """The pools, and the number of the row that each parcel is of."""
    owners, parcels = parcels_of(asked, today, numbers)
    wanted = needs_of(asked.needs, numbers)
    amounts = np.array([grains(asked.useful[measure]) for measure, _ in numbers.fields], np.int64)
    rules = Rules(today, amounts, barred=barred(asked, owners))
    return pool(parcels, wanted, rules), owners


def barred(asked: Asked, owners: Sequence[int]) -> dict[int, set[int]]:
    """Refusals by the numbers of needs and parcels."""
    found: dict[int, set[int]] = defaultdict(set)
    if not asked.refused:
        return found
    needs: dict[uuid.UUID | None, int] = {one.pk: n for n, one in enumerate(asked.needs)}
    needs[None] = NO_NEED
    parcels: dict[uuid.UUID, list[int]] = defaultdict(list)
    for parcel, owner in enumerate(owners):
        parcels[asked.rows[owner][0]].append(parcel)
    for commitment, need in asked.refused:
        if need in needs:
            found[needs[need]].update(parcels.get(commitment, ()))
    return found


def refusals(measures: Collection[str]) -> frozenset[tuple[uuid.UUID, uuid.UUID | None]]:
    """Promises, and the needs (or None) that a party said no to giving them to."""
    of_measures = AgreedShare.objects.filter(pool__measure__in=list(measures))
    said = Answer.objects.refusals().filter(pool=OuterRef("pool"), council=OuterRef("council"))
    by_party = said.filter(Q(contract__isnull=True) | Q(contract=OuterRef("contract")))
    refused = of_measures.filter(Exists(by_party))
    return frozenset(refused.values_list("commitment", "pool__need"))


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
    """Those that no pool was put to its parties for."""
    found = Need.objects.open_on(today).filter(measure__in=list(measures))
    spoken_for = AgreedPool.objects.standing().filter(need__isnull=False).values("need")
    return list(found.exclude(pk__in=spoken_for).select_related("council").order_by("pk"))


def parcels_of(asked: Asked, today: date, numbers: Numbers) -> tuple[list[int], Parcels]:
    """Each part of each promise that is not past or used, and the number of the row it is of."""
    owners: list[int] = []
    columns: list[tuple[int, ...]] = []
    for n, row in enumerate(asked.rows):
        key, measure, region, confined, council, group, quantity, yearly, *term = row
        field = numbers.field(measure, region)
        place = numbers.place(council) if confined else ANYWHERE
        whole, used = parts(quantity, yearly, *term), asked.used.get(key)
        for part in less(whole, used) if used else whole:
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
            grains(still_open(need)),
            need.wanted_from.toordinal(),
            need.wanted_by.toordinal(),
        )
        for need in needs
    ]
    return Needs(*transposed(columns))


def still_open(need: Need) -> Decimal:
    """What is asked less what was done for it, as `open_on` tells."""
    # SQLite adds up floating numbers.
    left: Decimal = need.amount - need.done.quantize(FINEST)  # type: ignore[attr-defined]
    return left


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
        what = (measure, place, group, first, last, need.pk if need else None)
        columns = (
            *(pool_id(*what), *what[:-1]),
            still_open(need) if need else self.useful[measure],
            *(what[-1], self.because(made, need)),
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
