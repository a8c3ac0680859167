"""Consent that a council about to be dissolved needs before it commits its successor.

Local Government and Public Involvement in Health Act 2007: a direction under section 24 asks for
written consent to contracts above a value that may run past the day it names; section 27 adds
together all contracts since 31 December 2006 with one counterparty or of one kind. Whether a
direction names a council is for its lawyers: what is worked out is whether one would bite.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.formats import day as in_words
from registry.formats import money_short

# Contracts of this day and before are not added: section 27.
ADDED_AFTER = date(2006, 12, 31)


@dataclass(frozen=True, slots=True)
class Limits:
    """Pounds above which consent is asked: for capital contracts, and for all others."""

    revenue: Decimal
    capital: Decimal


@dataclass(frozen=True, slots=True)
class Dissolving:
    """A council that is replaced, and what it brings to a joint buy.

    `share` is its part of the new contract over its whole term; `others` are the values of its
    contracts of the same kind; `unknown` counts those whose value nobody states.
    """

    vesting: date
    share: Decimal
    others: Iterable[Decimal] = ()
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a direction would ask for consent, and why."""

    needed: bool
    added: Decimal
    because: str


def consent(one: Dissolving, limits: Limits, *, signing: date) -> Consent:
    """Judged on the day of signing: after vesting day the successor signs, and needs none."""
    others = sum(one.others, Decimal(0))
    added = one.share + others
    if signing >= one.vesting:
        words = f"Signed after {in_words(one.vesting)}, it is the successor’s own."
        return Consent(needed=False, added=added, because=words)
    said = (
        f"{money_short(one.share)} of this and {money_short(others)} of its contracts of the same "
        f"kind come to {money_short(added)}"
    )
    if added <= limits.revenue:
        doubt = f", {one.unknown} more without a value not counted" if one.unknown else ""
        return Consent(
            needed=False,
            added=added,
            because=f"{said}: not above {money_short(limits.revenue)}{doubt}.",
        )
    capital = " and also if it is capital" if added > limits.capital else " unless it is capital"
    return Consent(
        needed=True,
        added=added,
        because=f"{said}: above {money_short(limits.revenue)}, so needed{capital}.",
    )
