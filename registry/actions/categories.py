"""The category of each contract, decided once for each distinct wording."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.records import Facts


@dataclass(frozen=True, slots=True)
class Placed:
    """A contract's category, None where the service is not sure enough, and why."""

    category: str | None
    confidence: float
    because: str


def place(all_facts: Iterable[Facts]) -> Iterator[Placed]:
    """A category for each, in order."""
    raise NotImplementedError
