"""Text that a spreadsheet program will not take for a formula."""

from datetime import date
from decimal import Decimal
from typing import Any

# What makes Excel, LibreOffice or Google Sheets read a cell as a formula or a command.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: Any) -> str:
    """One cell of a download: exact and plain; text that looks like a formula is quoted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | int | float):
        return str(value)
    text = str(value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
