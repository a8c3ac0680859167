"""A council's contracts as rows for files and feeds: the one place that fetches them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date
from itertools import islice
from typing import Any

from registry.exports import handover
from registry.exports.calendar import Entry
from registry.exports.cleaned import Sourced
from registry.exports.rows import Agreement, Buyer, Handover, because
from registry.models import (
    Contract,
    Council,
    HandoverDecision,
    Source,
    Statement,
    Succession,
)
from registry.models.contracts import ContractQuerySet
from registry.models.publishing import HIDDEN, shown
from registry.permissions import EVERYBODY, Powers
from registry.provenance import Fact, Origin, facts_with_origin
from registry.statements import STATED, Stated, column_of, facts_of_columns
from registry.summaries import Due, due
from registry.testimony import origin, stated
from registry.today import day_of
from registry.values import months_on

CHUNK = 500
# Names a council for the world, where it is a real one.
ONS_URI = "http://statistics.data.gov.uk/id/statistical-geography/"
FACTS = {shown(column_of(name)): name for name in STATED}
BESIDE = ("pk", "category__name", "earliest_exit", "latest_permitted_end", "changed_at")
WORKED_OUT = (*BESIDE, *map(shown, ("supplier", "yearly_value")))
WITHHELD = {f"{what}_withheld_because": what for what in HIDDEN}
# How far ahead a calendar looks: as far as registers say much.
CALENDAR_MONTHS = 60


def buyer(council: Council) -> Buyer:
    uri = "" if council.invented else f"{ONS_URI}{council.pk}"
    return Buyer(council.pk, council.name, uri)


def published(council: Council) -> Iterator[Agreement]:
    """What anybody may know; contracts of one stated ocid one after another."""
    return agreements(contracts_of(council, EVERYBODY).order_by("ocid", "pk"))


def its_own(council: Council) -> Iterator[Agreement]:
    """Everything its register says, for its officers alone."""
    reader = Powers(councils=frozenset({council.pk}))
    return agreements(contracts_of(council, reader).order_by("end_date", "pk"))


def with_handovers(council: Council) -> Iterator[Agreement]:
    """Its own contracts, with what is decided of each for the day it is replaced."""
    decided = handovers(council)
    for one in its_own(council):
        yield replace(one, handover=decided.get(one.id))


def handovers(council: Council) -> dict[str, Handover]:
    """What stands decided, by contract."""
    standing = HandoverDecision.objects.standing().filter(contract__council=council)
    return {
        str(one.contract_id): Handover(
            one.outcome,
            one.successor.name,
            str(one.decided_by or ""),
            day_of(one.decided_at),
        )
        for one in standing.select_related("successor", "decided_by")
    }


def contracts_of(council: Council, reader: Powers) -> ContractQuerySet:
    return Contract.objects.standing().filter(council=council).as_published_to(reader)


def agreements(contracts: ContractQuerySet) -> Iterator[Agreement]:
    for row in contracts.values(*FACTS, *WORKED_OUT, *WITHHELD).iterator(chunk_size=CHUNK):
        yield agreement(row)


def agreement(row: Mapping[str, Any]) -> Agreement:
    return Agreement(
        id=str(row["pk"]),
        facts=facts_of_columns({name: row[column] for column, name in FACTS.items()}),
        changed_at=row["changed_at"].astimezone(UTC),
        supplier=str(row["shown_supplier"] or ""),
        category=row["category__name"] or "",
        yearly_value=row["shown_yearly_value"],
        earliest_exit=row["earliest_exit"],
        latest_permitted_end=row["latest_permitted_end"],
        withheld={what: row[column] for column, what in WITHHELD.items() if row[column]},
    )


def with_sources(council: Council) -> Iterator[Sourced]:
    """Its own contracts with the file, sheet and cell of each fact."""
    origins = {source.pk: origin(source) for source in council.sources.standing()}
    own = its_own(council)
    while batch := list(islice(own, CHUNK)):
        statements = statements_of(batch)
        for one in batch:
            yield Sourced(one, facts_of(statements[one.id], origins))


def facts_of(statements: Sequence[Stated], origins: Mapping[int, Origin]) -> list[Fact]:
    return facts_with_origin(statements, origins, private=True)


def statements_of(batch: Sequence[Agreement]) -> Mapping[str, list[Stated]]:
    found: dict[str, list[Stated]] = defaultdict(list)
    rows = Statement.objects.filter(
        contract__in=[one.id for one in batch], source__in=Source.objects.standing()
    )
    for row in rows.select_related("source").order_by("source__recorded_at", "source_id"):
        found[str(row.contract_id)].append(stated(row))
    return found


def successions(council: Council) -> list[handover.Succession]:
    found = Succession.objects.filter(predecessor=council).select_related("successor")
    return [
        handover.Succession(one.successor.name, one.vesting_date, one.status)
        for one in found.order_by("vesting_date", "successor__name")
    ]


def calendar_entries(council: Council, *, today: date, link: Callable[[str], str]) -> list[Entry]:
    """The decisions its contracts ask for from today on, as published."""
    found = due(
        contracts_of(council, EVERYBODY), today=today, until=months_on(today, CALENDAR_MONTHS)
    )
    return [entry(one, link) for one in found]


def entry(one: Due, link: Callable[[str], str]) -> Entry:
    contract = one.contract
    reason = contract.supplier_withheld_because  # type: ignore[attr-defined]
    told = because(reason) if reason else contract.supplier_called
    return Entry(
        contract=str(contract.pk),
        title=contract.title,
        supplier=f"Supplier: {told}" if told else "",
        decision=one.decision,
        changed_at=contract.changed_at.astimezone(UTC),
        url=link(contract.get_absolute_url()),
    )
