"""Many small promises made into useful things: matched to needs first, then to each other.

Promises come as parcels: so much of one measure, in one region, between two days. A parcel is
given to a need it fits, or to a pool of parcels that share a quarter, a place and a group of
people. It may be divided, and never gives more than it holds. Needs are met in full or not at
all, and a pool reaches the useful amount or is not made. Which are made is worked out exactly
where up to `exact.MOST` of them compete for the same parcels, and greedily, then improved, where
more do. Amounts are whole numbers (`GRAINS` to one of a measure's unit), so that sums are exact.
"""

from social_value.pooling.columns import (
    ANYWHERE,
    GRAINS,
    NO_NEED,
    Made,
    Needs,
    Parcels,
    Pooled,
    Remainder,
    Rules,
)
from social_value.pooling.fields import pool

__all__ = [
    "ANYWHERE",
    "GRAINS",
    "NO_NEED",
    "Made",
    "Needs",
    "Parcels",
    "Pooled",
    "Remainder",
    "Rules",
    "pool",
]
