"""Opportunities worked out from the registry, what came of them, and law and market."""

from procurement.models.api_keys import ApiKey
from procurement.models.changes import Change, Kind, Touched
from procurement.models.demand import (
    Area,
    DemandPrice,
    DemandSnapshot,
    EndingDemand,
    EndingDemandQuerySet,
    IntendedDemand,
)
from procurement.models.engagements import Engagement, EngagementQuerySet
from procurement.models.framework_files import FrameworkFile, FrameworkOwner
from procurement.models.framework_parts import CallOff, FrameworkAward, Lot, LotSupplier
from procurement.models.frameworks import Framework, FrameworkQuerySet
from procurement.models.joint_buys import (
    ExpectedPrice,
    JointBuy,
    JointBuyMember,
    JointBuyQuerySet,
    Participant,
)
from procurement.models.opportunities import Opportunity, OpportunityQuerySet
from procurement.models.own_places import OwnPlace
from procurement.models.plan_changes import PlanChange
from procurement.models.pledges import Minute, Pledge, Resolution
from procurement.models.prices import PriceQuery, PriceRelease, PriceReleaseQuerySet
from procurement.models.realised import RealisedSaving
from procurement.models.reference import Assumption, FrameworkRule, SavingPrior, Threshold

__all__ = [
    "ApiKey",
    "Area",
    "Assumption",
    "CallOff",
    "Change",
    "DemandPrice",
    "DemandSnapshot",
    "EndingDemand",
    "EndingDemandQuerySet",
    "Engagement",
    "EngagementQuerySet",
    "ExpectedPrice",
    "Framework",
    "FrameworkAward",
    "FrameworkFile",
    "FrameworkOwner",
    "FrameworkQuerySet",
    "FrameworkRule",
    "IntendedDemand",
    "JointBuy",
    "JointBuyMember",
    "JointBuyQuerySet",
    "Kind",
    "Lot",
    "LotSupplier",
    "Minute",
    "Opportunity",
    "OpportunityQuerySet",
    "OwnPlace",
    "Participant",
    "PlanChange",
    "Pledge",
    "PriceQuery",
    "PriceRelease",
    "PriceReleaseQuerySet",
    "RealisedSaving",
    "Resolution",
    "SavingPrior",
    "Threshold",
    "Touched",
]
