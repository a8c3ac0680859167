"""Opportunities worked out from the registry, what came of them, and law and market."""

from procurement.models.demand import (
    Area,
    DemandPrice,
    DemandSnapshot,
    EndingDemand,
    EndingDemandQuerySet,
    IntendedDemand,
)
from procurement.models.engagements import Engagement, EngagementQuerySet
from procurement.models.frameworks import Framework, FrameworkQuerySet, Lot
from procurement.models.joint_buys import (
    ExpectedPrice,
    JointBuy,
    JointBuyMember,
    JointBuyQuerySet,
    Participant,
)
from procurement.models.opportunities import (
    Member,
    Opportunity,
    OpportunityQuerySet,
)
from procurement.models.own_places import OwnPlace
from procurement.models.pledges import Minute, Pledge, Resolution
from procurement.models.prices import PriceQuery, PriceRelease, PriceReleaseQuerySet
from procurement.models.realised import RealisedSaving
from procurement.models.reference import Assumption, SavingPrior, Threshold

__all__ = [
    "Area",
    "Assumption",
    "DemandPrice",
    "DemandSnapshot",
    "EndingDemand",
    "EndingDemandQuerySet",
    "Engagement",
    "EngagementQuerySet",
    "ExpectedPrice",
    "Framework",
    "FrameworkQuerySet",
    "IntendedDemand",
    "JointBuy",
    "JointBuyMember",
    "JointBuyQuerySet",
    "Lot",
    "Member",
    "Minute",
    "Opportunity",
    "OpportunityQuerySet",
    "OwnPlace",
    "Participant",
    "Pledge",
    "PriceQuery",
    "PriceRelease",
    "PriceReleaseQuerySet",
    "RealisedSaving",
    "Resolution",
    "SavingPrior",
    "Threshold",
]
