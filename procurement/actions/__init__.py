"""Everything that writes to several rows of procurement at once."""

from procurement.actions.opportunities import Rebuilt, rebuild_changed, rebuild_opportunities
from procurement.actions.reference import load_reference

__all__ = ["Rebuilt", "load_reference", "rebuild_changed", "rebuild_opportunities"]
