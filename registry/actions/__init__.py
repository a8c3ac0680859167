"""What is written across rows of the registry.

Recording loads what classifies, which web processes do without: each name is loaded when asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from registry.actions.contracts import Recorded, Row, record_contracts, withdraw_sources
    from registry.actions.reference import load_reference
    from registry.actions.suppliers import ensure_suppliers
    from registry.actions.withholding import lift, withhold, withhold_each

__all__ = [
    "Recorded",
    "Row",
    "ensure_suppliers",
    "lift",
    "load_reference",
    "record_contracts",
    "withdraw_sources",
    "withhold",
    "withhold_each",
]

_MODULES = {
    "contracts": ("Recorded", "Row", "record_contracts", "withdraw_sources"),
    "reference": ("load_reference",),
    "suppliers": ("ensure_suppliers",),
    "withholding": ("lift", "withhold", "withhold_each"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"registry.actions.{module}"), name)
    raise AttributeError(f"registry.actions has no {name}")
