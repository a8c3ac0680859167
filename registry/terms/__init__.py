"""Lengths, extensions, notice and break clauses: from a register's words to dates."""

from registry.terms.extensions import (
    Extension,
    ExtensionKind,
    SumReading,
    against_term,
    latest_end,
    read_extension,
)
from registry.terms.lengths import (
    Length,
    add,
    days_after,
    find_dates,
    in_month,
    last_day,
    month_number,
    read_length,
)
from registry.terms.notice import Break, read_break, read_notice

__all__ = [
    "Break",
    "Extension",
    "ExtensionKind",
    "Length",
    "SumReading",
    "add",
    "against_term",
    "days_after",
    "find_dates",
    "in_month",
    "last_day",
    "latest_end",
    "month_number",
    "read_break",
    "read_extension",
    "read_length",
    "read_notice",
]
