"""What is done with uploads: one module for each thing a person does."""

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
