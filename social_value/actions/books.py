"""A council's promises as a workbook: its rows, and what comes back of it put in place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from registry.models import Contract, Council, User
from social_value.actions.deciding import decide, withdraw
from social_value.actions.deliveries import (
    TWICE,
    Evidence,
    NotRecordedError,
    record_delivery,
)
from social_value.actions.doubts import beyond_means, doubts
from social_value.acts import Act
from social_value.book import (
    AMOUNT,
    DELIVERED,
    KEY,
    RIGHT,
    WORDS,
    Fault,
    Known,
    Row,
    Said,
    as_text,
    said_in,
)
from social_value.models import Commitment, CommitmentDecision, Delivery, Measure, UnreadWords
from social_value.plausible import TOO_MUCH
from social_value.promises import key_of
from social_value.reading import TABLES

IF_RIGHT = f"If it is meant, write Yes under {RIGHT}."
MAY_BE_SAME = "As much was recorded on the same day, so it may be the same act."
NOT_SENT = "This row is not one of those downloaded, or has changed since. Download again"
# More contracts without promises would hide those that have some.
MOST_WITHOUT = 2_000
MOST_PROBLEMS = 500
LIKE_A_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(slots=True)
class Taken:
    """What a workbook that came back did."""

    changed: int = 0
    delivered: int = 0
    again: int = 0  # deliveries that were recorded before
    problems: list[dict[str, str]] = field(default_factory=list)
    measures: set[str] = field(default_factory=set)


def known() -> Known:
    measures = list(Measure.objects.all())
    return Known(
        {one.name: one.pk for one in measures},
        {one.name: one.unit for one in measures},
        sorted({group.name for group in TABLES.groups}),
    )


def rows_of(council: Council) -> Iterator[Row]:
    """Promises as they stand, words that were not understood, contracts that have neither."""
    contracts = Contract.objects.standing().filter(council=council)
    promises = Commitment.objects.filter(contract__in=contracts).in_order()
    for one in promises.select_related("contract", "decision"):
        yield row_of(one)
    unread = UnreadWords.objects.filter(contract__in=contracts).select_related("contract")
    for words in unread.order_by("contract", "pk"):
        yield blank(words.contract, words.words)
    told = [promises.values("contract"), unread.values("contract")]
    rest = contracts.exclude(pk__in=told[0]).exclude(pk__in=told[1])
    for contract in rest.order_by("title", "pk")[:MOST_WITHOUT]:
        yield blank(contract)


def row_of(one: Commitment) -> Row:
    by_hand = f"/{one.decision_id}" if one.decision_id and not one.words else ""
    return Row(
        key=f"{one.contract_id}{by_hand}",
        contract=one.contract.title,
        supplier=one.contract.supplier_name,
        words=one.words,
        measure=one.measure.name,
        amount=one.yearly or one.quantity,
        yearly=one.yearly is not None,
        starts=one.starts,
        ends=one.ends,
        place=one.place,
        group=one.group,
        responsible=one.responsible,
        own_days=days_of(one.decision),
    )


def days_of(said: CommitmentDecision | None) -> tuple[date | None, date | None]:
    return (said.starts, said.ends) if said else (None, None)


def blank(contract: Contract, words: str = "") -> Row:
    return Row(
        *(str(contract.pk), contract.title, contract.supplier_name, words),
        responsible=contract.department,
    )


def take_book(
    council: Council, rows: Sequence[tuple[int, Mapping[str, str]]], *, by: User | None
) -> Taken:
    """Put in place what rows (number, texts by heading) say that is new; each row for itself."""
    sent = {key_of_row(row.key, row.words): row for row in rows_of(council)}
    contracts = Contract.objects.standing().filter(council=council).in_bulk()
    choices, taken = known(), Taken()
    units = {code: choices.units[name] for name, code in choices.measures.items()}
    for number, cells in rows:
        key, words = cells.get(KEY, ""), cells.get(WORDS, "")
        was, contract = sent.get(key_of_row(key, words)), contracts.get(contract_in(key))
        if contract is None:
            said = Said(faults=[Fault(KEY, key, NOT_SENT)])
        elif was is None:
            was = row_before(contract, key, words)
            said = beyond_the_promise(contract, was, said_in(cells, was, choices))
        else:
            said = said_in(cells, was, choices)
            if was.words and not said.faults and in_place(contract, was, said):
                said = replace(said, changes=False, promise={})
            said = asked_of(contract, said, units)
        if contract and was and not said.faults and (said.changes or said.delivery):
            said = take_row(contract, was, said, taken, by)
        taken.problems += [in_words(number, fault) for fault in said.faults]
    return taken


def asked_of(contract: Contract, said: Said, units: Mapping[str, str]) -> Said:
    """With the question whether so much is meant, as the page of one promise asks it."""
    promise = said.promise
    if said.faults or said.right or not promise:
        return said
    if not beyond_means(contract, units[promise["measure_id"]], promise):
        return said
    asked = f"{TOO_MUCH} {IF_RIGHT.rstrip('.')}"
    return Said(faults=[Fault(AMOUNT, as_text(promise["quantity"]), asked)])


def row_before(contract: Contract, key: str, words: str) -> Row:
    """A row that is no more, as far as matters for what is said of it: its key and its days."""
    was, by_hand = replace(blank(contract, words), key=key), decision_in(key)
    if by_hand is None:
        return was
    one = CommitmentDecision.objects.filter(contract=contract, pk=by_hand).first()
    own = starts, ends = days_of(one)
    starts, ends = starts or contract.start_date, ends or contract.end_date
    return replace(was, starts=starts, ends=ends, own_days=own)


def beyond_the_promise(contract: Contract, was: Row, said: Said) -> Said:
    """What is left to take of a row that went because what it says of the promise is in place."""
    if said.faults:
        return said
    if not in_place(contract, was, said):
        return Said(faults=[Fault(KEY, was.key, NOT_SENT)])
    return replace(said, changes=False, promise={})


def in_place(contract: Contract, was: Row, said: Said) -> bool:
    decisions = CommitmentDecision.objects.filter(contract=contract)
    if not said.changes:
        return False
    if said.promise:
        return decisions.standing().filter(key=key_of(was.words), **said.promise).exists()
    if was.words:
        return decisions.standing().filter(key=key_of(was.words), measure=None).exists()
    # A promise by hand of which Nothing is said is taken back.
    by_hand = decision_in(was.key)
    return by_hand is not None and decisions.filter(pk=by_hand, withdrawn_at__isnull=False).exists()


def decision_in(key: str) -> int | None:
    number = key.partition("/")[2]
    return int(number) if LIKE_A_NUMBER.fullmatch(number) else None


def key_of_row(key: str, words: str) -> tuple[str, str]:
    return key, key_of(words)


def contract_in(key: str) -> Any:
    try:
        return UUID(key.partition("/")[0])
    except ValueError:
        return None


def in_words(number: int, fault: Fault) -> dict[str, str]:
    return {
        "row": str(number),
        "heading": fault.heading,
        "value": fault.value[:200],
        "problem": f"{fault.problem}.",
    }


def take_row(contract: Contract, was: Row, said: Said, taken: Taken, by: User | None) -> Said:
    """One row whole or not at all; what was done is asked about beside what is now promised."""
    try:
        with transaction.atomic():
            if said.changes:
                taken.measures |= change(contract, was, said, by)
            if said.delivery:
                deliver(contract, said.delivery, by, right=said.right)
    except NotRecordedError as why:
        if str(why) == TWICE and not said.changes:
            taken.again += 1
            return Said()
        amount = as_text(said.delivery and said.delivery["amount"])
        return Said(faults=[Fault(DELIVERED, amount, str(why).rstrip("."))])
    taken.changed += said.changes
    taken.delivered += said.delivery is not None
    return said


def change(contract: Contract, was: Row, said: Said, by: User | None) -> set[str]:
    _, _, by_hand = was.key.partition("/")
    measures = withdraw(contract, int(by_hand)).measures if by_hand else set()
    if said.promise or was.words:
        measures |= decide(contract, was.words, by=by, **said.promise).measures
    return measures


def deliver(contract: Contract, done: Mapping[str, Any], by: User | None, *, right: bool) -> None:
    act = Act(
        measure=done["measure"],
        amount=done["amount"],
        done_on=done["done_on"],
        area=contract.council_id,
        credits={contract.pk: done["amount"]},
        words=done["words"],
    )
    made = record_delivery(act, Evidence(link=done["link"]), by=by)
    # What was recorded before was told so by now, and is not asked about again.
    if not right and (asked := asked_about(made, act, contract)):
        raise NotRecordedError(f"{' '.join(asked)} {IF_RIGHT}")


def asked_about(made: Delivery, act: Act, contract: Contract) -> list[str]:
    """The questions that the page asks as well, of a row that was just recorded."""
    found = doubts(act, made.measure, contract, corrected=made)
    alike = Delivery.objects.like(
        list(act.credits), measure=act.measure, amount=act.amount, done_on=act.done_on
    )
    return [*found, MAY_BE_SAME] if alike.exclude(pk=made.pk).exists() else found
