"""Statements as the database keeps them, read as the folding rules take them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from registry.disagreements import Disagreement, disagreements
from registry.models import Contract, Source, Statement
from registry.models.contracts import StatementQuerySet
from registry.provenance import Origin
from registry.records import Facts
from registry.statements import (
    STATED,
    Stated,
    column_of,
    decode,
    facts_of_columns,
    known_fields,
)
from registry.today import day_of

BATCH = 500


def stated(statement: Statement) -> Stated:
    """One stored statement. A file knows its columns and what follows from them; a person says
    which fields they speak of.
    """
    source = statement.source
    if source.kind == Source.Kind.PERSON:
        return said_by_person(statement)
    return Stated(
        source=source.pk,
        knows=known_fields(source.columns) | frozenset(statement.facts),
        facts=decode(statement.facts),
        row=statement.row,
        corrected=statement.corrected or {},
    )


def said_by_person(statement: Statement) -> Stated:
    columns = statement.source.columns
    given_up = {name for name, notes in columns.items() if "given_up" in notes}
    facts = {name: value for name, value in statement.facts.items() if name not in given_up}
    return Stated(
        source=statement.source_id,
        knows=frozenset(facts).union(columns) - given_up,
        facts=decode(facts),
        by_person=True,
        follows=frozenset(name for name, notes in columns.items() if "follows" in notes),
        despite={name: notes["despite"] for name, notes in columns.items() if "despite" in notes},
    )


def by_contract(statements: StatementQuerySet) -> dict[UUID, list[Stated]]:
    """What was said of each contract, oldest first."""
    found: dict[UUID, list[Stated]] = defaultdict(list)
    for statement in statements.oldest_first():
        found[statement.contract_id].append(stated(statement))
    return found


def origin(source: Source) -> Origin:
    """A source as pages tell of it."""
    return Origin(
        id=source.pk,
        day=day_of(source.recorded_at),
        file=source.file_name,
        sheet=source.sheet,
        columns=source.columns,
        by_person=source.kind == Source.Kind.PERSON,
        event=source.get_event_display(),
        upload=source.upload,
    )


def facts_now(contract: Contract) -> Facts:
    """What stands of a contract today."""
    return facts_of_columns({name: getattr(contract, column_of(name)) for name in STATED})


def people_spoke_of(council: str) -> dict[UUID, list[Stated]]:
    """What people's standing words say of a council's contracts."""
    people = Statement.objects.standing().by_people().filter(contract__council=council)
    return by_contract(people)


def disputed(council: str) -> dict[UUID, list[Disagreement]]:
    """A council's contracts of which the newest file says otherwise than a person."""
    keys = list(people_spoke_of(council))
    found = {
        key: disagreements(said)
        for batch in batches(keys)
        for key, said in by_contract(
            Statement.objects.standing().filter(contract__in=batch)
        ).items()
    }
    return {key: said for key, said in found.items() if said}


def batches(keys: Iterable[UUID]) -> Iterator[list[UUID]]:
    """So many keys at a time as any database takes in one question."""
    all_keys = list(keys)
    for start in range(0, len(all_keys), BATCH):
        yield all_keys[start : start + BATCH]
