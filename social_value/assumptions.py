"""Numbers that social value's pages and actions go by: dated judgements with a source."""

import csv
from functools import cache

from social_value.reading.tables import REFERENCE


@cache
def assumed(code: str) -> int:
    """One of `reference/assumptions.csv`, in the unit it gives."""
    with (REFERENCE / "assumptions.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: int(row["value"]) for row in csv.DictReader(file)}[code]
