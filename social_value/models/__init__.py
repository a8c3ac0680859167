"""What social value keeps: measures, promises, what people said, needs, pools, deliveries."""

from social_value.models.agreed import AgreedPool, AgreedShare, Answer
from social_value.models.books import PromiseBook
from social_value.models.commitments import (
    Commitment,
    CommitmentDecision,
    ReadContract,
    ReadTo,
    UnreadWords,
)
from social_value.models.deliveries import Confirmation, Credit, Delivery
from social_value.models.measures import LicensedValue, Measure
from social_value.models.needs import Need, Standing
from social_value.models.pools import Pool, Share, Unpooled

__all__ = [
    "AgreedPool",
    "AgreedShare",
    "Answer",
    "Commitment",
    "CommitmentDecision",
    "Confirmation",
    "Credit",
    "Delivery",
    "LicensedValue",
    "Measure",
    "Need",
    "Pool",
    "PromiseBook",
    "ReadContract",
    "ReadTo",
    "Share",
    "Standing",
    "Unpooled",
    "UnreadWords",
]
