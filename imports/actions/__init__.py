"""What is done with uploads: one module for each thing a person does.

Those that read files load pandas, which web processes do without: they are loaded when asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from imports.actions.uploads import (
        NotAppliedError,
        Undone,
        apply_upload,
        read_upload,
        record_study,
        study,
        undo_upload,
    )

__all__ = [
    "NotAppliedError",
    "Undone",
    "apply_upload",
    "read_upload",
    "record_study",
    "study",
    "undo_upload",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"imports.actions has no {name}")
    return getattr(import_module("imports.actions.uploads"), name)
