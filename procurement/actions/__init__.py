"""Everything that writes to several rows of procurement at once.

Finding opportunities loads numpy, which web processes do without: each name is loaded when asked
for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from procurement.actions.opportunities import (
        Rebuilt,
        rebuild_changed,
        rebuild_opportunities,
    )
    from procurement.actions.reference import load_reference
    from procurement.actions.together import find_together

__all__ = ["Rebuilt", "find_together", "load_reference", "rebuild_changed", "rebuild_opportunities"]

_MODULES = {
    "opportunities": ("Rebuilt", "rebuild_changed", "rebuild_opportunities"),
    "reference": ("load_reference",),
    "together": ("find_together",),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"procurement.actions.{module}"), name)
    raise AttributeError(f"procurement.actions has no {name}")
