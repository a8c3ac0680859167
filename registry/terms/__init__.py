"""Lengths, extensions, notice and break clauses: from a register's words to dates."""

from registry.terms.extensions import (
    Extension,
    ExtensionKind,
    SumReading,
    against_term,
    latest_end,
    read_extension,
)
from registry.terms.lengths import Length, add, find_dates, last_day, read_length
from registry.terms.notice import Break, read_break, read_notice

__all__ = [
    "Break",
    "Extension",
    "ExtensionKind",
    "Length",
    "SumReading",
    "add",
    "against_term",
    "find_dates",
    "last_day",
    "latest_end",
    "read_break",
    "read_extension",
    "read_length",
    "read_notice",
]
