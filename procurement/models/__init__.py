"""Opportunities worked out from the registry, what came of them, and law and market."""

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
from procurement.models.opportunities import (
    Member,
    Opportunity,
    OpportunityQuerySet,
)
from procurement.models.own_places import OwnPlace
from procurement.models.pledges import Minute, Pledge, Resolution
from procurement.models.prices import PriceQuery, PriceRelease, PriceReleaseQuerySet
from procurement.models.realised import RealisedSaving
from procurement.models.reference import Assumption, FrameworkRule, SavingPrior, Threshold

__all__ = [
    "Assumption",
    "CallOff",
    "ExpectedPrice",
    "Framework",
    "FrameworkAward",
    "FrameworkFile",
    "FrameworkOwner",
    "FrameworkQuerySet",
    "FrameworkRule",
    "JointBuy",
    "JointBuyMember",
    "JointBuyQuerySet",
    "Lot",
    "LotSupplier",
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
