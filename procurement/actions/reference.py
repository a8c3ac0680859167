"""Loading thresholds, savings priors, assumptions and frameworks from the reference tables."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from procurement.actions.framework_reference import TABLES, load_frameworks
from procurement.models import (
    Assumption,
    FrameworkOwner,
    FrameworkRule,
    SavingPrior,
    Threshold,
)
from registry.loading import Loaded, day_or_none, load_table, read_table


@transaction.atomic
def load_reference(tables: Path = TABLES) -> list[Loaded]:
    """Make the tables of law and market agree with the reference; twice changes nothing."""
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
        load_table(
            FrameworkRule,
            (framework_rule(row) for row in read_table(tables / "framework_rules.csv")),
            key=("code", "applies_from"),
        ),
        load_table(
            FrameworkOwner, (owner(row) for row in read_table(tables / "framework_owners.csv"))
        ),
    ]
    return [*loaded, *load_frameworks(tables)]


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


def framework_rule(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "years": int(row["years"]),
        "meaning": row["meaning"],
        "applies_from": date.fromisoformat(row["applies_from"]),
        "applies_to": day_or_none(row["applies_to"]),
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
    }


def owner(row: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "other_names": row["other_names"],
        "identifier": row["identifier"],
        "source": row["source"],
        "as_at": date.fromisoformat(row["as_at"]),
    }
