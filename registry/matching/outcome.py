"""What the matcher answers."""

from dataclasses import dataclass
from enum import StrEnum

SupplierId = int | str


class Outcome(StrEnum):
    LINK = "link"  # sure enough to be one supplier without asking
    REVIEW = "review"  # a person should look
    NEW = "new"  # nobody known is like it


@dataclass(frozen=True, slots=True)
class Candidate:
    """A known supplier that may be meant, and why."""

    supplier_id: SupplierId
    confidence: float  # 0 to 1: how often such a pair is one supplier
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """The answer for one name. `supplier_id` is the best candidate's, None when new."""

    outcome: Outcome
    supplier_id: SupplierId | None
    confidence: float
    reason: str
    candidates: tuple[Candidate, ...] = ()  # best first; behind a link: others worth a question


def link(supplier_id: SupplierId, confidence: float, reason: str) -> Match:
    candidate = Candidate(supplier_id, confidence, reason)
    return Match(Outcome.LINK, supplier_id, confidence, reason, (candidate,))


def review(candidates: list[Candidate]) -> Match:
    """Ask a person about these, best first."""
    ranked = tuple(sorted(candidates, key=lambda c: (-c.confidence, str(c.supplier_id))))
    best = ranked[0]
    return Match(Outcome.REVIEW, best.supplier_id, best.confidence, best.reason, ranked)


NEW = Match(Outcome.NEW, None, 0.9, "No known supplier has this name or one like it.")
