"""Which known supplier a name in a register belongs to.

`NameIndex` holds all known names and finds those that may bear on one. `partition` says which of
some names are one supplier, with a confidence and a reason in words, and what a person is to be
asked.
"""

from registry.matching.index import NameIndex
from registry.matching.outcome import Candidate, Match, Outcome, SupplierId
from registry.matching.partition import (
    FIRST_SEEN,
    Because,
    Group,
    Mention,
    Partition,
    Question,
    Rulings,
    conflict,
    partition,
    plain,
)

__all__ = [
    "FIRST_SEEN",
    "Because",
    "Candidate",
    "Group",
    "Match",
    "Mention",
    "NameIndex",
    "Outcome",
    "Partition",
    "Question",
    "Rulings",
    "SupplierId",
    "conflict",
    "partition",
    "plain",
]
