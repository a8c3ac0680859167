"""Promises derived from what the registry says, and put in place of those derived before.

The registry knows nothing of this: contracts are looked at again when they changed since the
last look, and left alone where all that their promises follow from is as it was.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from registry import bulk
from registry.currencies import POUNDS
from registry.models import Contract, Grouping, Membership
from registry.today import today
from social_value.models import (
    Commitment,
    CommitmentDecision,
    ReadContract,
    ReadTo,
    UnreadWords,
)
from social_value.plausible import worth
from social_value.promises import Derived, Said, Terms, derive, mark_of
from social_value.reading import Unread

TERMS = (
    *("council", "withdrawn", "start_date", "end_date", "department", "social_value"),
    *("changed_at", "total_value", "yearly_value", "value_withheld", "currency"),
)
# A change bears the time at which its transaction worked, and is seen once that has ended.
LONGEST_WRITE = timedelta(minutes=30)


@dataclass(slots=True)
class Looked:
    """What a look at contracts found anew: their number, and the measures it bears on."""

    contracts: int = 0
    measures: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Found:
    """One contract's promises before they are written."""

    terms: Terms
    council: str
    region: str
    mark: str
    changed_at: datetime
    promises: Sequence[Derived]
    unread: Sequence[Unread]


@transaction.atomic
def read_changed() -> Looked:
    """Look at what changed in the registry since the last look. Safe to run at any time."""
    now, last = timezone.now(), ReadTo.objects.select_for_update().first()
    contracts = of_interest().exclude(social_value_read__changed_at=F("changed_at"))
    if last is not None:
        contracts = contracts.filter(changed_at__gte=last.moment - LONGEST_WRITE)
    looked = read_contracts(contracts.values_list("pk", flat=True))
    ReadTo.objects.update_or_create(id=1, defaults={"moment": now})
    return looked


def read_all() -> Looked:
    """Look at every contract."""
    return read_contracts(of_interest().values_list("pk", flat=True))


def of_interest() -> "QuerySet[Contract]":
    """Those that say something of social value, that were read before, or that people spoke of."""
    return Contract.objects.filter(
        ~Q(social_value="")
        | Q(social_value_read__isnull=False)
        | Q(pk__in=CommitmentDecision.objects.standing().values("contract"))
    )


@transaction.atomic
def read_contracts(keys: Iterable[uuid.UUID]) -> Looked:
    """Derive these contracts' promises anew, where anything they follow from changed."""
    looked, regions = Looked(), regions_of_councils()
    for batch in bulk.in_batches(list(keys)):
        marks = dict(ReadContract.objects.filter(pk__in=batch).values_list("pk", "mark"))
        found = list(found_in(batch, regions))
        new = [one for one in found if marks.get(one.terms.contract) != one.mark]
        looked.contracts += len(new)
        looked.measures |= put(new)
        remember(found)
    return looked


def remember(found: Sequence[Found]) -> None:
    """That these contracts were looked at as they are now."""
    ReadContract.objects.filter(contract__in=[f.terms.contract for f in found]).delete()
    bulk.insert(
        ReadContract,
        ["contract", "mark", "changed_at"],
        [(f.terms.contract, f.mark, f.changed_at) for f in found],
    )


def regions_of_councils() -> dict[str, str]:
    """The region each council is in today."""
    regions = Membership.objects.on(today()).filter(grouping__kind=Grouping.Kind.REGION)
    return dict(regions.order_by("grouping").values_list("council", "grouping"))


def found_in(keys: Sequence[uuid.UUID], regions: Mapping[str, str]) -> Iterable[Found]:
    said = said_of(keys)
    for one in Contract.objects.filter(pk__in=keys).order_by("pk").only(*TERMS):
        text = "" if one.withdrawn else one.social_value
        terms = Terms(one.pk, text, one.start_date, one.end_date, one.department, pounds_of(one))
        spoken = () if one.withdrawn else said.get(one.pk, ())
        region = regions.get(one.council_id, one.council_id)
        promises, unread = derive(terms, spoken)
        mark = mark_of(terms, region, spoken)
        yield Found(terms, one.council_id, region, mark, one.changed_at, promises, unread)


def pounds_of(contract: Contract) -> Decimal | None:
    """What it is worth, where that is public and in pounds: what is asked about is public too."""
    if contract.value_withheld or contract.currency != POUNDS:
        return None
    return worth(
        contract.total_value, contract.yearly_value, contract.start_date, contract.end_date
    )


def said_of(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Said]]:
    """What officers said of these contracts' promises, oldest first."""
    found: dict[uuid.UUID, list[Said]] = defaultdict(list)
    for one in CommitmentDecision.objects.standing().filter(contract__in=keys).order_by("pk"):
        found[one.contract_id].append(
            Said(
                one.pk,
                one.words,
                one.measure_id,
                one.quantity,
                one.per_year,
                one.group,
                one.place,
                one.responsible,
                one.starts,
                one.ends,
            )
        )
    return found


def put(found: Sequence[Found]) -> set[str]:
    """Write these contracts' promises in place of what was there; the measures that bears on."""
    keys = [one.terms.contract for one in found]
    before = Commitment.objects.filter(contract__in=keys)
    measures = set(before.values_list("measure", flat=True))
    before.delete()
    UnreadWords.objects.filter(contract__in=keys).delete()
    write_commitments(found)
    bulk.insert(
        UnreadWords,
        ["contract", "council", "words", "problem"],
        [(f.terms.contract, f.council, one.words, one.problem) for f in found for one in f.unread],
    )
    return measures | {one.promise.measure for f in found for one in f.promises}


COLUMNS = (
    *("id", "contract", "council", "measure", "quantity", "yearly", "starts", "ends", "region"),
    *("confined", "place", "group", "responsible", "words", "because", "decision", "position"),
)


def write_commitments(found: Sequence[Found]) -> None:
    bulk.insert(
        Commitment,
        COLUMNS,
        [
            (
                *(one.id, f.terms.contract, f.council, one.promise.measure, one.quantity),
                one.promise.quantity if one.promise.per_year else None,
                *(*one.term, f.region, bool(one.promise.place), one.promise.place[:200]),
                *(one.promise.group, one.responsible[:300], one.promise.words),
                *(list(one.because), one.decision, position),
            )
            for f in found
            for position, one in enumerate(f.promises)
        ],
    )
