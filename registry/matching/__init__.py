"""Which known supplier a name belongs to: linked, for review, or new."""

from registry.matching.index import NameIndex
from registry.matching.outcome import Candidate, Match, Outcome, SupplierId

__all__ = ["Candidate", "Match", "NameIndex", "Outcome", "SupplierId"]
