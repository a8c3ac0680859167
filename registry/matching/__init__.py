"""Which names in registers are one supplier.

`NameIndex` holds all known names and finds those that a rule ties to one, `LikeNames` those that
are merely alike. `partition` says which of some names are one supplier, with a confidence and a
reason in words, and what a person is to be asked.
"""

from registry.matching.alike import SHOWN, WORDS_SHARED, Alike, LikeNames, likely
from registry.matching.index import Bond, NameIndex
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
    "SHOWN",
    "WORDS_SHARED",
    "Alike",
    "Because",
    "Bond",
    "Group",
    "LikeNames",
    "Mention",
    "NameIndex",
    "Partition",
    "Question",
    "Rulings",
    "conflict",
    "likely",
    "partition",
    "plain",
]
