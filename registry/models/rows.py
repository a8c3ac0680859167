"""How rows of the tables that pages fetch by hundreds become instances."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState


class FromRow(models.Model):
    """A row's values are taken as they are, all at once.

    Django sets each field by itself and sends two signals, which takes a page of hundreds of
    contracts more time than fetching them. None of these models' fields or listeners needs that.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # types are of Django 6, which gives more
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """Fields that were not fetched are left out, so that Django fetches them when asked."""
        made = cls.__new__(cls)
        made._state = ModelState()
        made._state.db, made._state.adding = db, False
        made.__dict__.update(zip(field_names, values, strict=True))
        return made
