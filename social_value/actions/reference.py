"""Loading the open measures from the reference table."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from registry.loading import Loaded, load_table, read_table
from social_value.models import Measure

TABLES = Path(__file__).resolve().parent.parent / "reference"


@transaction.atomic
def load_reference(tables: Path = TABLES) -> list[Loaded]:
    """Make the measures agree with the table; twice changes nothing."""
    return [load_table(Measure, (measure(row) for row in read_table(tables / "measures.csv")))]


def measure(row: Mapping[str, str]) -> dict[str, Any]:
    useful = row["useful_amount"]
    return {
        "code": row["code"],
        "name": row["name"],
        "theme": row["theme"],
        "unit": row["unit"],
        "outcomes": row["outcomes"],
        "counts": row["counts"],
        "does_not_count": row["does_not_count"],
        "useful_amount": Decimal(useful).quantize(Decimal("0.0001")) if useful else None,
        "useful_name": row["useful_name"],
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
    }
