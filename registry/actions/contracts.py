"""Recording what councils say of their contracts, and withdrawing it again."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import bulk
from registry.actions.categories import place
from registry.actions.deciding import Decided, decided_of
from registry.actions.marks import mark_changed, marks_of
from registry.actions.naming import name_by_use
from registry.actions.suppliers import ensure_suppliers
from registry.actions.vocabulary import learn_words
from registry.bulk import in_batches
from registry.keys import new_key
from registry.models import Contract, Source, Statement
from registry.placing import Placed
from registry.records import ContractRecord, Facts
from registry.resolution import StatedSupplier
from registry.statements import (
    STATED,
    Stated,
    column_of,
    column_value,
    facts_of_columns,
    fold,
    overlaid,
)
from registry.testimony import by_contract
from registry.workings import work_out

# New rows from which the database is told of them at once; fewer do no harm until it notices.
MANY = 1_000

WORKED_OUT = [
    "supplier",
    "category",
    "category_confidence",
    "category_because",
    "earliest_exit",
    "latest_permitted_end",
    "yearly_value",
    "withdrawn",
    "changed_at",
]


@dataclass(frozen=True, slots=True)
class Row:
    """A row to record: the contract it is about, or None for a new one, and where it stands."""

    record: ContractRecord
    source: int
    contract: uuid.UUID | None = None
    says_new: bool = True  # False: it says what the registry holds already


@dataclass(slots=True)
class Recorded:
    """What recording did: ids in the order of the rows, and the marks it left."""

    contracts: list[uuid.UUID] = field(default_factory=list)
    touched: set[tuple[str | None, str]] = field(default_factory=set)  # (category, council)
    suppliers: set[uuid.UUID] = field(default_factory=set)


@transaction.atomic
def record_contracts(
    *, council: str, rows: Sequence[Row], knows: Mapping[int, frozenset[str]]
) -> Recorded:
    """Make the registry agree with what a council's rows say; saying it twice changes nothing.

    `knows`: the fields each source speaks of. A blank there is a blank, any other field stays.
    """
    recorded = Recorded([row.contract or new_key() for row in rows])
    new = [(key, r.record.facts) for key, r in _with_ids(recorded, rows) if r.contract is None]
    changed = [(key, row) for key, row in _with_ids(recorded, rows) if _rewrites(row)]
    _insert_contracts(council, new, recorded)
    _rewrite_contracts(council, _with_what_was_held(changed, knows), recorded)
    learn_words(row.record.facts for row in rows if row.says_new)
    bulk.insert(
        Statement,
        ["contract", "source", "row", "facts", "extra"],
        (
            (key, row.source, row.record.row, row.record.facts, row.record.extra)
            for key, row in _with_ids(recorded, rows)
        ),
    )
    name_by_use(recorded.suppliers)
    mark_changed(recorded.touched)
    return recorded


def _with_ids(recorded: Recorded, rows: Sequence[Row]) -> Iterator[tuple[uuid.UUID, Row]]:
    return zip(recorded.contracts, rows, strict=True)


def _rewrites(row: Row) -> bool:
    return row.contract is not None and row.says_new


def _with_what_was_held(
    changed: Sequence[tuple[uuid.UUID, Row]], knows: Mapping[int, frozenset[str]]
) -> list[tuple[uuid.UUID, Facts]]:
    """Each row over the contract's facts; people's word over both."""
    keys = [key for key, _ in changed]
    before, people = _held_facts(keys), standing_statements(keys, by_people=True)
    facts = []
    for key, row in changed:
        said = overlaid(before.get(key, Facts()), row.record.facts, knows[row.source])
        held = Stated(row.source, frozenset(said), said)
        facts.append((key, fold([held, *people.get(key, ())])))
    return facts


def _insert_contracts(
    council: str, new: Sequence[tuple[uuid.UUID, Facts]], recorded: Recorded
) -> None:
    said = set[str]().union(*(facts for _, facts in new))
    stated = [name for name in STATED if name in said]
    columns = ["id", "council", *(column_of(name) for name in stated), *WORKED_OUT]
    bulk.insert(Contract, columns, _contract_rows(council, new, stated, recorded))
    if len(new) >= MANY:
        bulk.tell_planner(Contract)


def _rewrite_contracts(
    council: str, changed: Sequence[tuple[uuid.UUID, Facts]], recorded: Recorded
) -> None:
    if not changed:
        return
    recorded.touched |= set(marks_of(key for key, _ in changed))
    recorded.suppliers |= set(suppliers_of(key for key, _ in changed))
    columns = ["id", "council", *(column_of(name) for name in STATED), *WORKED_OUT]
    bulk.update(Contract, columns, _contract_rows(council, changed, STATED, recorded))


def _contract_rows(
    council: str,
    contracts: Sequence[tuple[uuid.UUID, Facts]],
    stated: Sequence[str],
    recorded: Recorded,
) -> Iterator[Sequence[Any]]:
    """Rows for the contract table: id, council, what is stated, what follows from it.

    All that asks the database is done before the first row: PostgreSQL takes no question while
    rows are copied to it.
    """
    decided = decided_of(council)
    suppliers = _suppliers_of([facts for _, facts in contracts], decided)
    recorded.suppliers |= set(filter(None, suppliers))
    places = _places_of([facts for _, facts in contracts], decided)
    blanks = [column_value(name, Facts()) for name in stated]
    now = timezone.now()

    def rows() -> Iterator[Sequence[Any]]:
        for (key, facts), supplier, placed in zip(contracts, suppliers, places, strict=True):
            recorded.touched.add((placed.category, council))
            stands = map(facts.get, stated, blanks)
            yield (key, council, *stands, supplier, *_worked_out(facts, placed, now))

    return rows()


def _worked_out(facts: Facts, placed: Placed, now: datetime) -> Sequence[Any]:
    workings = work_out(facts)
    return (
        placed.category,
        placed.confidence,
        placed.because,
        workings.earliest_exit,
        workings.latest_permitted_end,
        workings.yearly_value,
        False,
        now,
    )


def _places_of(all_facts: Sequence[Facts], decided: Decided) -> Iterable[Placed]:
    """The category of each: what a person decided for its title, else what its words tell."""
    told = place(all_facts)
    if not decided.categories:
        return told
    return (
        decided.category(facts.get("title", "")) or placed
        for facts, placed in zip(all_facts, told, strict=True)
    )


def _suppliers_of(all_facts: Sequence[Facts], decided: Decided) -> list[uuid.UUID | None]:
    """The supplier of each: whom a person said its name means, else whom the registry finds."""
    stated = [stated_supplier(facts) for facts in all_facts]
    settled = [decided.supplier(one.name) for one in stated]
    open_ones = {
        one
        for one, known in zip(stated, settled, strict=True)
        if known is None and (one.name or one.identifiers)
    }
    found = ensure_suppliers(open_ones)
    return [known or found.get(one) for one, known in zip(stated, settled, strict=True)]


def stated_supplier(facts: Facts) -> StatedSupplier:
    return StatedSupplier(
        name=facts.get("supplier_name", ""),
        company=facts.get("supplier_company_number", ""),
        charity=facts.get("supplier_charity_number", ""),
        other=facts.get("supplier_other_id", ""),
    )


def _held_facts(contracts: Iterable[uuid.UUID]) -> dict[uuid.UUID, Facts]:
    """What standing contracts say; of a withdrawn one nothing is held any more."""
    columns = {column_of(name): name for name in STATED}
    held: dict[uuid.UUID, Facts] = {}
    for batch in in_batches(contracts):
        for values in Contract.objects.standing().filter(pk__in=batch).values("pk", *columns):
            key = values.pop("pk")
            held[key] = facts_of_columns({columns[c]: v for c, v in values.items()})
    return held


@transaction.atomic
def withdraw_sources(sources: Sequence[Source]) -> int:
    """Fold every contract these sources speak of without them; how many that changed.

    A contract nobody else speaks of is withdrawn, not deleted: its identifier and history stay.
    """
    Source.objects.filter(pk__in=[s.pk for s in sources]).update(withdrawn_at=timezone.now())
    keys = set(Statement.objects.filter(source__in=sources).values_list("contract", flat=True))
    by_council: dict[str, list[uuid.UUID]] = defaultdict(list)
    for batch in in_batches(sorted(keys)):
        for key, council in Contract.objects.filter(pk__in=batch).values_list("pk", "council"):
            by_council[council].append(key)
    return sum(refold(council, contracts) for council, contracts in by_council.items())


def refold(council: str, contracts: Sequence[uuid.UUID]) -> int:
    """Make contracts what their standing statements leave of them; how many that changed.

    What somebody said of a contract's dates is no contract: without a title nothing says that
    there is one. Their word stays on record, and holds again when a file lists the contract.
    """
    statements = standing_statements(contracts)
    held = _held_facts(contracts)
    left = {key: fold(statements.get(key, ())) for key in contracts}
    gone = [key for key, facts in left.items() if not facts.get("title")]
    changed = [
        (key, facts)
        for key, facts in left.items()
        if facts.get("title") and _differs(facts, held.get(key, Facts()))
    ]
    recorded = Recorded(touched=set(marks_of(gone)), suppliers=set(suppliers_of(gone)))
    for batch in in_batches(gone):
        Contract.objects.filter(pk__in=batch).update(withdrawn=True, changed_at=timezone.now())
    _rewrite_contracts(council, changed, recorded)
    name_by_use(recorded.suppliers)
    mark_changed(recorded.touched)
    return len(changed) + len(gone)


def suppliers_of(contracts: Iterable[uuid.UUID]) -> Iterator[uuid.UUID]:
    """Whose these contracts are, as the database has it."""
    for batch in in_batches(contracts):
        held = Contract.objects.filter(pk__in=batch, supplier__isnull=False)
        yield from filter(None, held.values_list("supplier", flat=True).distinct())


def _differs(one: Facts, other: Facts) -> bool:
    return any(column_value(name, one) != column_value(name, other) for name in STATED)


def standing_statements(
    contracts: Iterable[uuid.UUID], *, by_people: bool = False
) -> dict[uuid.UUID, list[Stated]]:
    """Statements of sources that stand, oldest first, by contract; all or people's only."""
    statements = Statement.objects.standing()
    if by_people:
        statements = statements.by_people()
    found: dict[uuid.UUID, list[Stated]] = {}
    for batch in in_batches(contracts):
        found |= by_contract(statements.filter(contract__in=batch))
    return found
