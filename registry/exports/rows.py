"""A contract as the builders of files take it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from registry.currencies import POUNDS, words_of
from registry.records import Facts

# Why something is withheld, as sentences go on.
REASONS: Mapping[str, str] = {
    "sole trader": "the supplier is a person trading alone",
    "security": "publishing it would put security at risk",
    "commercial": "publishing it would harm commercial interests",
}


@dataclass(frozen=True, slots=True)
class Buyer:
    """The council whose contracts they are; `uri` names it for the world, blank if invented."""

    code: str
    name: str
    uri: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """What is decided of a contract for the day its council is replaced."""

    outcome: str  # a word: transfer, host or novate
    successor: str
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Agreement:
    """One contract: what is stated, what follows from it, and what is withheld and why.

    `withheld` maps "supplier" or "value" to its reason. As published, the facts that would tell
    are not in `facts`; in a council's own files they are.
    """

    id: str
    facts: Facts
    changed_at: datetime
    supplier: str = ""  # its stable identifier
    category: str = ""  # the category's name
    yearly_value: Decimal | None = None
    earliest_exit: date | None = None
    latest_permitted_end: date | None = None
    withheld: Mapping[str, str] = field(default_factory=dict)
    handover: Handover | None = None  # in a council's own files alone

    @property
    def currency(self) -> str:
        """Of every amount of it; `yearly_value` is of pounds alone."""
        return self.facts.get("currency", POUNDS)

    @property
    def currency_words(self) -> str:
        """The currency's name where it is not pounds, for files that have no place for a code."""
        return "" if self.currency == POUNDS else words_of(self.currency)


def because(reason: str) -> str:
    """Withheld: the supplier is a person trading alone."""
    return f"Withheld: {REASONS.get(reason, reason)}"


def withheld_words(agreement: Agreement) -> str:
    """What of it is kept from the public and why, for a council's own files."""
    return "; ".join(
        f"{what}: {REASONS.get(reason, reason)}" for what, reason in agreement.withheld.items()
    )
