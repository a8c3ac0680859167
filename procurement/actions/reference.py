"""Loading thresholds, savings priors, assumptions and frameworks from the reference tables."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from procurement.models import Assumption, Framework, Lot, SavingPrior, Threshold
from registry.loading import Loaded, day_or_none, load_table, read_table
from registry.models import Category

TABLES = Path(__file__).resolve().parent.parent / "reference"


@transaction.atomic
def load_reference(tables: Path = TABLES) -> list[Loaded]:
    """Make the tables of law and market agree with the reference; twice changes nothing."""
    frameworks = read_table(tables / "frameworks.csv")
    loaded = [
        load_table(
            Threshold,
            (threshold(row) for row in read_table(tables / "thresholds.csv")),
            key=("code", "applies_from"),
        ),
        load_table(
            SavingPrior,
            (prior(row) for row in read_table(tables / "savings_priors.csv")),
            key=("category_id",),
        ),
        load_table(Assumption, (assumption(row) for row in read_table(tables / "assumptions.csv"))),
        load_table(Framework, (framework(row) for row in frameworks)),
        load_table(Lot, lots(frameworks), key=("framework_id", "number")),
    ]
    for row in frameworks:
        set_categories(row)
    return loaded


def threshold(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "meaning": row["meaning"],
        "amount": Decimal(row["amount"]).quantize(Decimal("0.01")),
        "vat": row["vat"],
        "applies_from": date.fromisoformat(row["applies_from"]),
        "applies_to": day_or_none(row["applies_to"]),
        "nation": row["nation"],
        "source": row["source"],
    }


def prior(row: Mapping[str, str]) -> dict[str, Any]:
    percents = {
        name: Decimal(row[name]).quantize(Decimal("0.01"))
        for name in ("low_percent", "mid_percent", "high_percent")
    }
    as_at = date.fromisoformat(row["as_at"])
    return {"category_id": row["category"], **percents, "source": row["source"], "as_at": as_at}


def assumption(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "meaning": row["meaning"],
        "value": Decimal(row["value"]).quantize(Decimal("0.0001")),
        "unit": row["unit"],
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
    }


def framework(row: Mapping[str, str]) -> dict[str, Any]:
    fee = row["fee_percent"]
    return {
        "reference": row["reference"],
        "name": row["name"],
        "owner": row["owner"],
        "kind": row["kind"],
        "starts": day_or_none(row["starts"]),
        "ends": day_or_none(row["ends"]),
        "scheme_ends": day_or_none(row["scheme_ends"]),
        "fee_percent": Decimal(fee).quantize(Decimal("0.01")) if fee else None,
        "users": row["users"],
        "note": row["note"],
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
    }


def lots(frameworks: Iterable[Mapping[str, str]]) -> Iterable[dict[str, Any]]:
    for row in frameworks:
        names = filter(None, row["lots"].split("|"))
        for number, name in enumerate(names, start=1):
            yield {"framework_id": row["reference"], "number": number, "name": name}


def set_categories(row: Mapping[str, str]) -> None:
    held = Framework.objects.get(pk=row["reference"])
    if not held.edited:
        held.categories.set(Category.objects.filter(pk__in=row["categories"].split()))
