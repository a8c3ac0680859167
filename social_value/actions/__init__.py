"""What is written across rows of social value.

Pooling loads numpy, which web processes do without: each name is loaded when asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from social_value.actions.books import take_book
    from social_value.actions.commitments import read_all, read_changed, read_contracts
    from social_value.actions.deliveries import (
        confirm_delivery,
        correct_delivery,
        record_delivery,
        take_back_delivery,
    )
    from social_value.actions.pools import rebuild_pools
    from social_value.actions.reference import load_reference

__all__ = [
    "confirm_delivery",
    "correct_delivery",
    "load_reference",
    "read_all",
    "read_changed",
    "read_contracts",
    "rebuild_pools",
    "record_delivery",
    "take_back_delivery",
    "take_book",
]

_MODULES = {
    "books": ("take_book",),
    "commitments": ("read_all", "read_changed", "read_contracts"),
    "deliveries": (
        *("confirm_delivery", "correct_delivery", "record_delivery", "take_back_delivery"),
    ),
    "pools": ("rebuild_pools",),
    "reference": ("load_reference",),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"social_value.actions.{module}"), name)
    raise AttributeError(f"social_value.actions has no {name}")
