"""Loading reference tables: idempotent, and never over what an administrator edited."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models


@dataclass(slots=True)
class Loaded:
    """What loading one table did, and where it kept an administrator's value instead."""

    table: str
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)  # "G-Cloud 15, ends: 2028-01-01 here, 2028-03-16"


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def load_table(
    model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, key: tuple[str, ...] = ("pk",)
) -> Loaded:
    """Make a table agree with its reference rows; `key` names the columns that identify one.

    Rows an administrator edited are left as they are, and what differs is listed.
    """
    loaded = Loaded(str(model._meta.verbose_name_plural))
    names = tuple(primary_key(model) if k == "pk" else k for k in key)
    present = {tuple(getattr(row, k) for k in names): row for row in model._default_manager.all()}
    added = []
    for row in rows:
        here = present.get(tuple(row[k] for k in names))
        if here is None:
            added.append(model(**row))
        else:
            refresh(here, row, loaded)
    model._default_manager.bulk_create(added)
    loaded.added = len(added)
    return loaded


def primary_key(model: type[models.Model]) -> str:
    key = model._meta.pk
    if key is None:
        raise TypeError(f"{model.__name__} has no primary key")
    return key.attname


def refresh(here: models.Model, row: Mapping[str, Any], loaded: Loaded) -> None:
    """Give a stored row its reference values, unless an administrator has edited it."""
    differences = differing(here, row)
    if not differences:
        loaded.unchanged += 1
    elif getattr(here, "edited", False):
        loaded.kept += [f"{here}, {text}" for text in differences.values()]
    else:
        for column in differences:
            setattr(here, column, row[column])
        here.save()
        loaded.updated += 1


def differing(here: models.Model, row: Mapping[str, Any]) -> dict[str, str]:
    """Columns in which a stored row differs from its reference, with the words to say so."""
    return {
        column: f"{column}: {getattr(here, column)} here, {value} in the reference"
        for column, value in row.items()
        if getattr(here, column) != value
    }
