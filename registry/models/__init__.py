"""Facts everybody shares: people, councils, suppliers, categories, contracts, sources, jobs."""

from registry.models.alerts import Digest, SavedSearch
from registry.models.calendars import CalendarFeed
from registry.models.categories import Category, CategoryDecision
from registry.models.contracts import Changed, Contract, Statement
from registry.models.councils import Council, Grouping, Membership, Succession
from registry.models.handing import HandoverDecision
from registry.models.jobs import Job
from registry.models.judgements import (
    GroupMember,
    SupplierGroup,
    SupplierJudgement,
    SupplierQuestion,
    SupplierRuling,
)
from registry.models.people import Role, User
from registry.models.sources import Source
from registry.models.suppliers import (
    NamesToCompare,
    Supplier,
    SupplierDecision,
    SupplierIdentifier,
    SupplierName,
)
from registry.models.withholdings import Withholding
from registry.models.words import Word

__all__ = [
    "CalendarFeed",
    "Category",
    "CategoryDecision",
    "Changed",
    "Contract",
    "Council",
    "Digest",
    "GroupMember",
    "Grouping",
    "HandoverDecision",
    "Job",
    "Membership",
    "NamesToCompare",
    "Role",
    "SavedSearch",
    "Source",
    "Statement",
    "Succession",
    "Supplier",
    "SupplierDecision",
    "SupplierGroup",
    "SupplierIdentifier",
    "SupplierJudgement",
    "SupplierName",
    "SupplierQuestion",
    "SupplierRuling",
    "User",
    "Withholding",
    "Word",
]
