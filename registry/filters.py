"""How lists of contracts, suppliers and councils are narrowed down and sorted."""

import types
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import django_filters as filters
from django import forms
from django.db.models import Case, Count, F, OrderBy, Q, QuerySet, Sum, When

from registry.models import Category, Contract, Council, Supplier, SupplierName
from registry.models.contracts import ContractQuerySet, may_run
from registry.models.publishing import told_to
from registry.permissions import Powers
from registry.plain_forms import PlainForm
from registry.records import Kind
from registry.search import (
    SLIPS_OF_WORDS,
    UNSEEN,
    contracts_matching,
    matching_or_nearest,
    names_matching,
)
from registry.today import today

LONGEST_SEARCH = 200


class DayInput(forms.DateInput):
    input_type = "date"


NOT_LISTED = "This is not in the list. Choose one of it, or leave it open."
SLIPS_OF: list[tuple[type[forms.Field], dict[str, str]]] = [
    (forms.CharField, SLIPS_OF_WORDS),
    (forms.ChoiceField, {"invalid_choice": NOT_LISTED}),
    (forms.ModelChoiceField, {"invalid_choice": NOT_LISTED}),
]


class PageForm(PlainForm):
    """Its fields speak for themselves, save where Django does not ask them."""

    def add_error(self, field: str | None, error: Any) -> None:
        if getattr(error, "code", "") == UNSEEN:
            error = forms.ValidationError(SLIPS_OF_WORDS[UNSEEN])
        super().add_error(field, error)


class PageFilter(filters.FilterSet):
    """What narrows a page's list down; an address with a slip is answered in words that help."""

    def get_form_class(self) -> type[forms.Form]:
        bases = (PageForm, super().get_form_class())
        made: type[PageForm] = types.new_class(PageForm.__name__, bases)
        for field in made.base_fields.values():
            for kind, slips in SLIPS_OF:
                if isinstance(field, kind):
                    field.error_messages |= slips
        return made


def ascending(column: str) -> list[OrderBy]:
    return [F(column).asc(nulls_last=True), F("pk").asc()]


def descending(column: str) -> list[OrderBy]:
    return [F(column).desc(nulls_last=True), F("pk").desc()]


def ends_next(day: date) -> list[Any]:
    """Ends to come and those not known first, in order; then what has passed, the latest first."""
    passed = When(end_date__lt=day, then=F("end_date"))
    return [
        Case(When(end_date__lt=day, then=1), default=0).asc(),
        Case(passed, default=None).desc(nulls_last=True),
        *ascending("end_date"),
    ]


# What the address asks for to see the contracts whose category the service abstained from.
UNDECIDED = "undecided"


class ContractFilter(PageFilter):
    """Contracts by words, council, category and dates; those not known to be over unless asked.

    It narrows contracts `as_published_to` their reader.
    """

    ORDERS: ClassVar[dict[str, list[OrderBy]]] = {
        "latest": descending("end_date"),
        "value": descending("shown_yearly_value"),
        "title": ascending("title"),
    }

    q = filters.CharFilter(method="find", label="Words", max_length=LONGEST_SEARCH)
    council = filters.ModelChoiceFilter(queryset=Council.objects.all(), empty_label="Every council")
    category = filters.ModelChoiceFilter(
        queryset=Category.objects.all(),
        empty_label="Every category",
        null_label="Not sure: to be reviewed",
        null_value=UNDECIDED,
    )
    supplier = filters.UUIDFilter(method="of_supplier", widget=forms.HiddenInput)
    ends_after = filters.DateFilter("end_date", "gte", label="Ends on or after", widget=DayInput)
    ends_before = filters.DateFilter("end_date", "lte", label="Ends on or before", widget=DayInput)
    kind = filters.ChoiceFilter(
        choices=[(kind, kind.words.capitalize()) for kind in Kind],
        empty_label="Every kind",
    )
    ended = filters.BooleanFilter(
        method="with_ended", label="Ended ones too", widget=forms.CheckboxInput
    )
    sort = filters.ChoiceFilter(
        method="in_order",
        label="Sort by",
        choices=[("latest", "Ends last"), ("value", "Value a year"), ("title", "Title")],
        empty_label="Ends next",
    )

    class Meta:
        model = Contract
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, reader: Powers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.instead = ""  # words searched for in place of those that nothing has
        self.filters["council"].queryset = Council.objects.with_contracts()

    def of_supplier(self, queryset: ContractQuerySet, _name: str, value: UUID) -> QuerySet:
        meant = Supplier.objects.reached_by(value).values("pk")
        return queryset.of_supplier_told_to(self.reader).filter(supplier__in=meant)

    def find(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        found, self.instead = matching_or_nearest(queryset, contracts_matching, value)
        return found

    def with_ended(self, queryset: ContractQuerySet, _name: str, value: bool | None) -> QuerySet:
        if value:
            return queryset
        return queryset.may_run_on(today())

    def in_order(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        return queryset  # `filter_queryset` orders, for want of a choice as well

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        order = self.form.cleaned_data.get("sort") or ""
        found: QuerySet = super().filter_queryset(queryset)
        return found.order_by(*(self.ORDERS[order] if order else ends_next(today())))


class SupplierFilter(PageFilter):
    """Suppliers by any of the names their reader may know."""

    q = filters.CharFilter(method="find", label="Any of its names", max_length=LONGEST_SEARCH)

    class Meta:
        model = Supplier
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, reader: Powers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.instead = ""  # words searched for in place of those that nothing has

    def find(self, queryset: QuerySet, _name: str, value: str) -> QuerySet:
        names = SupplierName.objects.told_to(self.reader)
        named, self.instead = matching_or_nearest(names, names_matching, value)
        return queryset.filter(pk__in=named.values("supplier"))


def with_counts(queryset: QuerySet, reader: Powers) -> QuerySet:
    """Rows that have contracts, with their number and the yearly value this reader may know.

    The number is of all that are registered; what has ended is worth nothing a year.
    """
    standing = Q(contracts__withdrawn=False)
    if queryset.model is Supplier:
        standing &= told_to(reader, "supplier", via="contracts__")
    valued = standing & told_to(reader, "value", via="contracts__")
    valued &= may_run(today(), via="contracts__")
    counted: QuerySet = queryset.annotate(
        number=Count("contracts", filter=standing),
        value=Sum("contracts__yearly_value", filter=valued),
    )
    return counted.filter(number__gt=0)
