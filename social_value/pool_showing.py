"""What pages show of a pool: its shares, as their contracts may be told, and its parties."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from registry.models import Contract, Council, Grouping
from registry.permissions import EVERYBODY, Powers
from social_value.actions.agreeing import answers_of, changed_promises, earlier_of
from social_value.models import AgreedPool, Answer, Pool
from social_value.parties import Party, parties_to
from social_value.pictures import Giving, flows
from social_value.quantities import measured

WIDE, NARROW = 900, 420


@dataclass(frozen=True, slots=True)
class Given:
    """What one contract's promise gives: `changed` where its register says otherwise by now."""

    council: Council
    contract: Contract
    words: str
    promised: Decimal
    amount: Decimal
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """A party, and what it answered if it has."""

    party: Party
    council: Council
    contract: Contract | None
    answer: Answer | None
    mine: bool
    earlier: Answer | None = None  # what it said before


def shares_of(this: Pool | AgreedPool) -> list[Given]:
    """The largest first. Contracts are as everybody may know them."""
    if isinstance(this, AgreedPool):
        kept = list(this.shares.select_related("council"))
        contracts = published(one.contract_id for one in kept)
        gone = changed_promises(this) if this.state != AgreedPool.State.FALLEN else set()
        return [
            Given(
                one.council,
                contracts[one.contract_id],
                one.words,
                one.promised,
                one.amount,
                one.commitment in gone,
            )
            for one in kept
        ]
    derived = this.shares.select_related("commitment__council").order_by("-amount", "pk")
    found = [(one.commitment, one.amount) for one in derived]
    contracts = published(promise.contract_id for promise, _ in found)
    return [
        Given(
            promise.council,
            contracts[promise.contract_id],
            promise.words,
            promise.quantity,
            amount,
        )
        for promise, amount in found
    ]


def published(keys: Iterable[UUID]) -> dict[UUID, Contract]:
    found = Contract.objects.as_published_to(EVERYBODY).select_related("supplier")
    return {one.pk: one for one in found.filter(pk__in=set(keys))}


def shown(this: Pool | AgreedPool, shares: Sequence[Given]) -> dict[str, Any]:
    """What the pages of both kinds of pool have in common."""
    unit = this.measure.unit
    givings = [Giving(s.council.short_name, s.amount, measured(s.amount, unit)) for s in shares]
    return {
        "pool": this,
        "place": names_of({this.place}).get(this.place, this.place),
        "amount": sum(s.amount for s in shares),
        "councils": len({s.council.pk for s in shares}),
        "shares": shares,
        "drawings": [flows(givings, this.useful_amount, width=w) for w in (WIDE, NARROW)],
    }


def names_of(places: set[str]) -> dict[str, str]:
    """Names of groupings and councils by their codes."""
    return {
        **dict(Council.objects.filter(pk__in=places).values_list("pk", "name")),
        **dict(Grouping.objects.filter(pk__in=places).values_list("pk", "name")),
    }


def parties_asked(
    shares: Sequence[Given], powers: Powers, answers: dict[Party, Answer] | None = None
) -> list[Asking]:
    councils = {one.council.pk: one.council for one in shares}
    contracts = {one.contract.pk: one.contract for one in shares}
    return [
        Asking(
            party,
            councils[party.council],
            contracts[party.contract] if party.contract else None,
            (answers or {}).get(party),
            powers.may_act_for(party.council),
        )
        for party in parties_to((one.council.pk, one.contract.pk) for one in shares)
    ]


def asked_of(this: AgreedPool, shares: Sequence[Given], powers: Powers) -> list[Asking]:
    """The parties with their answers: for those who act for one, and who buys for them."""
    earlier = earlier_of(this)
    asked = parties_asked(shares, powers, answers_of(this))
    return [replace(one, earlier=earlier.get(one.party)) for one in asked]


def may_read_answers(shares: Sequence[Given], powers: Powers, place: str) -> bool:
    """What councils intend is for those they would do it with, and no secret once agreed."""
    ours = powers.administrator or place in powers.groupings
    return ours or any(powers.may_act_for(one.council.pk) for one in shares)
