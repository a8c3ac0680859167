"""What is kept of uploads, and of what people say about them."""

from imports.models.answers import Absence, NilReturn, quarter_of
from imports.models.settling import Choice, Correction
from imports.models.uploads import (
    ChangesPage,
    ProblemRow,
    RowProblem,
    Upload,
    where_to_keep,
    where_to_keep_sent_back,
)

__all__ = [
    "Absence",
    "ChangesPage",
    "Choice",
    "Correction",
    "NilReturn",
    "ProblemRow",
    "RowProblem",
    "Upload",
    "quarter_of",
    "where_to_keep",
    "where_to_keep_sent_back",
]
