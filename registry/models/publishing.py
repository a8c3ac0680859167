"""Which facts of contracts are shown to whom: the one place that keeps back what is withheld.

A council may withhold a contract's supplier or its value from the public. Its officers and
administrators still see them; nobody else does, whether on a page, in a list's order, in a sum, or
by searching. `ContractQuerySet.as_published_to` is how every page, feed and download asks.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DecimalField,
    F,
    Model,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.query import ModelIterable

from registry.values import PENNY

if TYPE_CHECKING:
    from registry.permissions import Powers

# The columns that would tell what is withheld, by what that is.
HIDDEN: Mapping[str, tuple[str, ...]] = {
    "supplier": (
        *("supplier", "supplier_name", "supplier_company_number", "supplier_charity_number"),
        # Why a category was chosen may name who sells it.
        *("supplier_other_id", "category_because"),
    ),
    "value": ("total_value", "annual_value", "yearly_value", "irrecoverable_vat", "unit_price"),
}

SHOWN = frozenset(f"shown_{column}" for columns in HIDDEN.values() for column in columns)


def told_to(reader: "Powers", what: str, *, via: str = "") -> Q:
    """Contracts whose supplier or value (`what`) this reader may know; `via` leads to them."""
    if reader.administrator:
        return Q(**{f"{via}{what}_withheld__isnull": False})  # all: it is always said
    openly = Q(**{f"{via}{what}_withheld": False})
    own = Q(**{f"{via}council__in": sorted(reader.councils)}) if reader.councils else Q()
    return openly | own


def shown_columns(model: type[Model], reader: "Powers") -> dict[str, Any]:
    """Annotations: each column that may hide something as this reader is shown it, and why not."""
    found: dict[str, Any] = {}
    for what, columns in HIDDEN.items():
        told = told_to(reader, what)
        for column in columns:
            found[shown(column)] = as_shown(model._meta.get_field(column), told)
        found[f"hides_{what}"] = Case(
            When(told, then=Value(False)), default=Value(True), output_field=BooleanField()
        )
        found[f"{what}_withheld_because"] = reason(model, what)
    return found


def as_shown(column: Any, told: Q) -> Case:
    """The column where its reader may know it; blank elsewhere."""
    is_amount = isinstance(column, DecimalField)
    return Case(
        When(told, then=F(column.name)),
        default=Value(None if column.null else ""),
        output_field=Pounds(max_digits=16, decimal_places=2) if is_amount else None,
    )


def shown(column: str) -> str:
    """What a column is called as published: `shown_yearly_value`; most columns hide nothing."""
    return f"shown_{column}" if f"shown_{column}" in SHOWN else column


def reason(model: type[Model], what: str) -> Case:
    """Why it is withheld from the public, for those who see it as well; blank when it is not."""
    standing = (
        model._meta.get_field("withholdings")
        .related_model.objects.standing()  # type: ignore[union-attr]
        .filter(contract=OuterRef("pk"), what=what)
    )
    return Case(
        When(**{f"{what}_withheld": True}, then=Subquery(standing.values("reason")[:1])),
        default=Value(""),
        output_field=CharField(),
    )


class Pounds(DecimalField):
    """An amount out of an expression, in which SQLite forgets the pennies that are nought."""

    def from_db_value(self, value: Decimal | None, *_: Any) -> Decimal | None:
        return None if value is None else value.quantize(PENNY)


class PublishedIterable(ModelIterable):
    """Contracts as their reader is shown them: hidden facts are blank, so no page can tell them.

    They are for showing, never for saving. What a row hides is blanked here, so that `shown_`
    columns, by which it was found, need not be fetched beside its own.
    """

    def __iter__(self) -> Iterator[Any]:
        self.queryset = self.queryset.all()  # whoever asks more of it still has its columns
        told = self.queryset.query.annotation_select.keys() - SHOWN
        self.queryset.query.set_annotation_mask(told)
        for contract in super().__iter__():
            for what, columns in HIDDEN.items():
                if getattr(contract, f"hides_{what}", False):
                    blank(contract, columns)
            yield contract


def blank(contract: Model, columns: tuple[str, ...]) -> None:
    for column in columns:
        setattr(contract, column, None if contract._meta.get_field(column).null else "")
