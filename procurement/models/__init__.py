"""Opportunities worked out from the registry, what came of them, and law and market."""

from procurement.models.api_keys import ApiKey
from procurement.models.changes import Change, Kind, Touched
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
    "ApiKey",
    "Assumption",
    "Change",
    "ExpectedPrice",
    "Framework",
    "FrameworkQuerySet",
    "JointBuy",
    "JointBuyMember",
    "JointBuyQuerySet",
    "Kind",
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
    "Touched",
]
