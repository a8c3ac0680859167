"""Who must say yes to a pool: each council whose contract gives a share, and each supplier."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """A council, or with a contract the supplier of that contract."""

    council: str
    contract: UUID | None = None

    @property
    def key(self) -> str:
        """As a form names it."""
        return f"{self.council}/{self.contract or ''}"


class Outcome(StrEnum):
    """What the answers come to so far."""

    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"


def parties_to(shares: Iterable[tuple[str, UUID]]) -> list[Party]:
    """Of the councils and contracts that give something; each council before its suppliers."""
    given = list(shares)
    councils = {Party(council) for council, _ in given}
    suppliers = {Party(council, contract) for council, contract in given}
    return sorted(councils | suppliers, key=lambda one: (one.council, str(one.contract or "")))


def outcome(parties: Collection[Party], answers: Mapping[Party, bool]) -> Outcome:
    """One no is enough; a yes is needed of every one."""
    said = [answers.get(one) for one in parties]
    if False in said:
        return Outcome.REFUSED
    return Outcome.AGREED if said and all(said) else Outcome.OPEN
