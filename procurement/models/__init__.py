"""Opportunities worked out from the registry, and the law and market they are judged by."""

from procurement.models.frameworks import Framework, FrameworkQuerySet, Lot
from procurement.models.opportunities import (
    Member,
    Opportunity,
    OpportunityQuerySet,
)
from procurement.models.reference import Assumption, SavingPrior, Threshold

__all__ = [
    "Assumption",
    "Framework",
    "FrameworkQuerySet",
    "Lot",
    "Member",
    "Opportunity",
    "OpportunityQuerySet",
    "SavingPrior",
    "Threshold",
]
