"""A contract's category as it is kept: which, how sure, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """A contract's category, None where the service is not sure enough, and why."""

    category: str | None
    confidence: float
    because: str
