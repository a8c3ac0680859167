"""Which conditional commitments hold together, who falls out, and why.

Conditions only ask for more councils, for more to be bought, for a lower price or for a lead, and
a price never rises with what is bought. So one council more never hurts another, and under each
lead there is one largest set in which everybody's conditions are met: let those fall out whose
conditions the rest does not meet, until nobody does. (The greatest fixed point of a monotone
function: A. Tarski, Pacific Journal of Mathematics 5, 1955.)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import count, pairwise

from registry.formats import money_exact

# Fewer do not buy together.
LEAST_COUNCILS = 2
NO_LEAD = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """On what a council commits: all of it must be met. Nothing is asked where nothing is said."""

    councils: int = 0  # at least so many, itself among them
    quantity: int = 0  # at least so many bought together
    price: Decimal | None = None  # at most so many pounds each
    leads: frozenset[str] = frozenset()  # one of these leads


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a council would buy, and on what conditions; one that has signed has none."""

    council: str
    quantity: int
    conditions: Conditions = field(default_factory=Conditions)


@dataclass(frozen=True, slots=True)
class Prices:
    """Pounds each from so many on. A price that rises with what is bought is refused."""

    steps: tuple[tuple[int, Decimal], ...] = ()

    def __post_init__(self) -> None:
        for (fewer, dearer), (more, cheaper) in pairwise(self.steps):
            if more <= fewer or cheaper > dearer:
                raise ValueError("Each price must be for more than the one before, and not dearer.")

    def at(self, quantity: int) -> Decimal | None:
        """The price each of so many; None where none is known for so few."""
        reached = [price for least, price in self.steps if least <= quantity]
        return reached[-1] if reached else None


class Lack(StrEnum):
    """What was not met."""

    COUNCILS = "councils"
    QUANTITY = "quantity"
    PRICE = "price"
    LEAD = "lead"
    LEAD_FELL_OUT = "lead fell out"


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition that was not met: what it asks for, and what there was when it fell out."""

    lack: Lack
    asked: str
    had: str


@dataclass(frozen=True, slots=True)
class Fallen:
    """A council that falls out: in which round, counted from 1, and for want of what."""

    council: str
    round: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who holds under a lead, what they buy at what price, and who fell out."""

    lead: str
    holding: tuple[str, ...]
    fallen: tuple[Fallen, ...]
    quantity: int
    price: Decimal | None


def resolve(
    commitments: Iterable[Commitment], *, prices: Prices, leads: Sequence[str] = ()
) -> Outcome:
    """The largest set that holds under any of these leads; then the one that buys most.

    Without leads nobody leads, which does for those who ask for none.
    """
    offered = {one.council: one for one in commitments}
    outcomes = [under(lead, offered, prices) for lead in leads or [NO_LEAD]]
    return min(outcomes, key=lambda one: (-len(one.holding), -one.quantity, one.lead))


def under(lead: str, offered: Mapping[str, Commitment], prices: Prices) -> Outcome:
    """The largest set that holds under this lead, which must hold too if it has committed."""
    standing, fallen = dict(offered), list[Fallen]()
    for round_ in count(1):
        together = Together(standing, prices, lead, lead_fell_out=lead in offered.keys() - standing)
        out = {c: reasons for c in sorted(standing) if (reasons := together.lacks(standing[c]))}
        if not out:
            return Outcome(
                lead, tuple(sorted(standing)), tuple(fallen), together.quantity, together.price
            )
        fallen += [Fallen(council, round_, reasons) for council, reasons in out.items()]
        standing = {c: one for c, one in standing.items() if c not in out}
    raise AssertionError  # pragma: no cover  each round has fewer councils


class Together:
    """What those still standing come to."""

    def __init__(
        self, standing: Mapping[str, Commitment], prices: Prices, lead: str, *, lead_fell_out: bool
    ) -> None:
        self.councils = len(standing)
        self.quantity = sum(one.quantity for one in standing.values())
        self.price = prices.at(self.quantity) if standing else None
        self.lead, self.lead_fell_out = lead, lead_fell_out

    def lacks(self, one: Commitment) -> tuple[Reason, ...]:
        """What this council misses; nothing where it holds."""
        return tuple(self._lacks(one.conditions))

    def _lacks(self, asked: Conditions) -> Iterable[Reason]:
        least = max(asked.councils, LEAST_COUNCILS)
        if self.councils < least:
            yield Reason(Lack.COUNCILS, str(least), str(self.councils))
        if self.quantity < asked.quantity:
            yield Reason(Lack.QUANTITY, str(asked.quantity), str(self.quantity))
        if asked.price is not None and (self.price is None or self.price > asked.price):
            yield Reason(
                Lack.PRICE, str(asked.price), "" if self.price is None else str(self.price)
            )
        if asked.leads and self.lead not in asked.leads:
            yield Reason(Lack.LEAD, " ".join(sorted(asked.leads)), self.lead)
        if self.lead_fell_out:
            yield Reason(Lack.LEAD_FELL_OUT, self.lead, NO_LEAD)


# What everybody else is told of one that falls out: neither what it asked for nor what there was.
TOLD_OTHERS = "Its own conditions were not met."


def pounds(figure: str) -> str:
    return money_exact(Decimal(figure))


def told_in_full(reason: Reason, names: Mapping[str, str]) -> str:
    """For the lead authority and the buyer, who see all figures; names by council's code."""
    asked, had = reason.asked, reason.had
    match reason.lack:
        case Lack.COUNCILS:
            return f"It wants at least {asked} councils, and {had} were left."
        case Lack.QUANTITY:
            return f"It wants at least {asked} bought together, and {had} were left."
        case Lack.PRICE:
            price = f"the price would be {pounds(had)}" if had else "no price is known for so few"
            return f"It pays at most {pounds(asked)} each, and {price}."
        case Lack.LEAD:
            wanted = " or ".join(names.get(code, code) for code in asked.split())
            lead = f"{names.get(had, had)} would lead" if had else "nobody leads"
            return f"It wants {wanted} to lead, and {lead}."
        case Lack.LEAD_FELL_OUT:
            return f"{names.get(asked, asked)} would lead, and fell out itself."


def told_itself(reason: Reason, names: Mapping[str, str]) -> str:
    """For the council whose condition it is: what it asked for, and no figure of others."""
    asked, had = reason.asked, reason.had
    match reason.lack:
        case Lack.COUNCILS:
            return f"You want at least {asked} councils, and {had} were left."
        case Lack.QUANTITY:
            return f"You want at least {asked} bought together, and fewer were left."
        case Lack.PRICE:
            most = pounds(asked)
            return f"You pay at most {most} each, and the price would be more or is not known."
        case Lack.LEAD:
            wanted = " or ".join(names.get(code, code) for code in asked.split())
            return f"You want {wanted} to lead, who would not."
        case Lack.LEAD_FELL_OUT:
            return "The council that would lead fell out itself."
