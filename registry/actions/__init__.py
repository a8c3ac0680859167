"""Everything that writes to several rows of the registry at once."""

from registry.actions.contracts import (
    Recorded,
    Row,
    record_contracts,
    withdraw_sources,
)
from registry.actions.reference import load_reference
from registry.actions.suppliers import ensure_suppliers
from registry.actions.withholding import lift, withhold

__all__ = [
    "Recorded",
    "Row",
    "ensure_suppliers",
    "lift",
    "load_reference",
    "record_contracts",
    "withdraw_sources",
    "withhold",
]
