"""Recording what people say of contracts: by hand, an event, an answer; and taking it back."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry import events
from registry.actions.contracts import (
    Row,
    record_contracts,
    refold,
    standing_statements,
    withdraw_sources,
)
from registry.models import Contract, Council, Source, Statement, User
from registry.records import FIELDS, ContractRecord, Facts
from registry.statements import encode, fold, overlaid
from registry.testimony import facts_now
from registry.workings import end_of_total, terms_of

Event = Source.Event


@transaction.atomic
def say(
    contract: Contract, word: events.Word, *, event: Source.Event, by: User | None, note: str = ""
) -> Source:
    """Record a person's word on one contract, and make the contract what it now is."""
    _lock([contract.council_id])
    source = _source(contract.council_id, word, event=event, by=by, note=note)
    source.save()
    Statement.objects.create(contract=contract, source=source, facts=encode(word.facts))
    refold(contract.council_id, [contract.pk])
    return source


def _source(
    council: str, word: events.Word, *, event: Source.Event, by: User | None, note: str = ""
) -> Source:
    return Source(
        council_id=council,
        kind=Source.Kind.PERSON,
        event=event,
        note=note,
        recorded_by=by,
        columns=dict(word.columns),
    )


def extend(contract: Contract, to: date, *, by: User | None) -> Source:
    word = events.extended(terms_of(facts_now(contract)), to)
    return _move_end(contract, word, event=Event.EXTENDED, by=by)


def give_notice(contract: Contract, ends: date, *, by: User | None) -> Source:
    return _move_end(contract, events.ends(ends), event=Event.NOTICE, by=by)


def end(contract: Contract, on: date, *, by: User | None) -> Source:
    return _move_end(contract, events.ends(on), event=Event.ENDED, by=by)


def _move_end(
    contract: Contract, word: events.Word, *, event: Source.Event, by: User | None
) -> Source:
    [word] = _covering([contract], [word])
    return say(contract, word, event=event, by=by)


def _covering(contracts: Sequence[Contract], words: Iterable[events.Word]) -> list[events.Word]:
    """Each word with the term that its contract's total is for, which earlier events may say."""
    people = standing_statements([contract.pk for contract in contracts], by_people=True)
    covered = []
    for contract, word in zip(contracts, words, strict=True):
        facts = overlaid(fold(people.get(contract.pk, ())), facts_now(contract), frozenset())
        to = end_of_total(facts)
        covered.append(events.covering(word, total=facts.get("total_value"), to=to))
    return covered


@transaction.atomic
def end_all(contracts: Sequence[tuple[Contract, date]], *, by: User | None) -> None:
    """Each with a word of its own, so that each can be taken back singly."""
    by_council: dict[str, list[uuid.UUID]] = defaultdict(list)
    for contract, _ in contracts:
        by_council[contract.council_id].append(contract.pk)
    _lock(by_council)
    words = _covering([one for one, _ in contracts], [events.ends(on) for _, on in contracts])
    sources = Source.objects.bulk_create(
        _source(contract.council_id, word, event=Event.ENDED, by=by)
        for (contract, _), word in zip(contracts, words, strict=True)
    )
    Statement.objects.bulk_create(
        Statement(contract=contract, source=source, facts=encode(word.facts))
        for (contract, _), source, word in zip(contracts, sources, words, strict=True)
    )
    for council, keys in by_council.items():
        refold(council, keys)


def edit(contract: Contract, facts: Facts, fields: Iterable[str], *, by: User | None) -> Source:
    """Correct these fields by hand; one named and not in `facts` is blank."""
    word = events.Word(facts, columns_of(fields))
    return say(contract, word, event=Event.EDITED, by=by)


@transaction.atomic
def enter(council: Council, facts: Facts, *, by: User | None) -> uuid.UUID:
    """Add a contract by hand; its identifier."""
    _lock([council.pk])
    columns = columns_of(facts)
    source = Source.objects.create(
        council=council,
        kind=Source.Kind.PERSON,
        event=Event.ENTERED,
        recorded_by=by,
        columns=columns,
    )
    record = ContractRecord(sheet="", row=0, facts=facts)
    recorded = record_contracts(
        council=council.pk, rows=[Row(record, source.pk)], knows={source.pk: frozenset(columns)}
    )
    Statement.objects.filter(source=source).update(row=None)
    return recorded.contracts[0]


def columns_of(fields: Iterable[str]) -> dict[str, Mapping[str, object]]:
    """What is no field of a register follows from those that are: rolling from having no end.

    A currency is said with its amounts, and is no word of its own.
    """
    said = dict.fromkeys(fields)
    if "rolling" in said:
        said.setdefault("end_date")
    own = FIELDS.keys() - {"currency"}
    return {name: {} if name in own else events.FOLLOWS for name in said}


def take_back(source: Source) -> None:
    """Withdraw a person's word; what was said before it stands again."""
    withdraw_sources([source])


@dataclass(frozen=True, slots=True)
class Answered:
    """A field of a person's word, and what the file says of it as JSON keeps it."""

    field: str
    theirs: str


@transaction.atomic
def uphold(source: Source, answers: Iterable[Answered], *, by: User | None) -> None:
    """Ours stands: the word is not questioned again until a file says something new."""
    for answer in answers:
        _note(source, answer.field, despite=answer.theirs, upheld=_who_and_when(by))
    source.save(update_fields=["columns"])


@transaction.atomic
def give_up(source: Source, fields: Iterable[str], *, by: User | None) -> None:
    """The file is right of these fields; a word with nothing else to say is withdrawn."""
    spoken = {
        n for n, notes in source.columns.items() if not notes.keys() & {"follows", "given_up"}
    }
    left = spoken.difference(fields)
    if not left:
        take_back(source)
        return
    for name in spoken & set(fields):
        _note(source, name, given_up=_who_and_when(by))
    source.save(update_fields=["columns"])
    for contract in Contract.objects.filter(statements__source=source):
        refold(contract.council_id, [contract.pk])


def _note(source: Source, name: str, **notes: Any) -> None:
    source.columns[name] = {**source.columns.get(name, {}), **notes}


def _who_and_when(by: User | None) -> Mapping[str, str]:
    return {"by": by.get_username() if by else "", "at": timezone.now().isoformat()}


def _lock(councils: Iterable[str]) -> None:
    """One change a council at a time, uploads among them."""
    list(Council.objects.select_for_update().filter(pk__in=councils).order_by("pk"))
