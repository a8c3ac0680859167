"""How the lists of opportunities and frameworks are narrowed down."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from procurement.models import Framework, FrameworkQuerySet, Opportunity, OpportunityQuerySet
from registry.filters import DayInput, PageFilter
from registry.forms import printable
from registry.models import Category, Contract, Council, Grouping, Membership
from registry.models.contracts import ContractQuerySet
from registry.periods import Period
from registry.permissions import Powers
from registry.today import today

# Amounts people choose between: yearly value from, in pounds.
AMOUNTS = [(amount, f"£{amount:,}") for amount in (50_000, 100_000, 250_000, 500_000, 1_000_000)]


class ByKind(ModelChoiceIterator):
    """Choices of a select, groupings of one kind under its name."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        kinds = list(Grouping.Kind)
        found = sorted(self.queryset, key=lambda one: (kinds.index(one.kind), one.name))
        for kind, those in groupby(found, key=lambda one: one.get_kind_display()):
            yield kind, [self.choice(one) for one in those]


class GroupingField(ModelChoiceField):
    iterator = ByKind


class GroupingFilter(filters.ModelChoiceFilter):
    field_class = GroupingField


class OpportunityPageFilter(PageFilter):
    """Opportunities by what, where, when and how much; runners-up and small ones when asked for."""

    category = filters.ModelChoiceFilter(
        queryset=Category.objects.bought_together(), empty_label="Every category"
    )
    grouping = GroupingFilter(queryset=Grouping.objects.stored(), empty_label="Every grouping")
    starts_after = filters.DateFilter(
        "start_date", "gte", label="Starts on or after", widget=DayInput
    )
    starts_before = filters.DateFilter(
        "start_date", "lte", label="Starts on or before", widget=DayInput
    )
    value = filters.ChoiceFilter(
        field_name="annual_value",
        lookup_expr="gte",
        label="Worth a year at least",
        choices=AMOUNTS,
        empty_label="Any value",
    )
    mine = filters.BooleanFilter(
        method="joined_by_mine", label="My councils could join", widget=forms.CheckboxInput
    )
    runners_up = filters.BooleanFilter(
        method="with_runners_up", label="Runners-up too", widget=forms.CheckboxInput
    )

    small = filters.BooleanFilter(
        method="with_small_ones", label="Small ones too", widget=forms.CheckboxInput
    )

    class Meta:
        model = Opportunity
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, powers: Powers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.powers = powers
        seen = Opportunity.objects.seen_by(powers)
        self.filters["category"].queryset = Category.objects.filter(pk__in=seen.values("category"))
        self.filters["grouping"].queryset = Grouping.objects.filter(pk__in=seen.values("grouping"))
        if not powers.councils:
            del self.filters["mine"]

    def joined_by_mine(
        self, found: OpportunityQuerySet, _name: str, value: bool | None
    ) -> OpportunityQuerySet:
        return found.of_councils(self.powers.councils) if value else found

    def with_runners_up(
        self, found: OpportunityQuerySet, _name: str, value: bool | None
    ) -> OpportunityQuerySet:
        return found if value else found.planned()

    def with_small_ones(
        self, found: OpportunityQuerySet, _name: str, value: bool | None
    ) -> OpportunityQuerySet:
        return found if value else found.worthwhile()


class ComingFilter(PageFilter):
    """Contracts that end, by where and what; offered is only where anything does."""

    grouping = GroupingFilter(
        queryset=Grouping.objects.stored(), method="within", label="Where", empty_label="Everywhere"
    )
    category = filters.ModelChoiceFilter(
        queryset=Category.objects.filter(kind=Category.Kind.COMMODITY), empty_label="Every category"
    )

    class Meta:
        model = Contract
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, spans: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ending = self.queryset.order_by().ending_between(spans[0].first, spans[-1].last)
        valued = ending.filter(shown_yearly_value__gt=0)
        members = Membership.objects.on(today()).filter(council__in=valued.values("council"))
        offered = {"grouping": members.values("grouping"), "category": valued.values("category")}
        for name, codes in offered.items():
            # What the address asks for stays an answer, though nothing is in it.
            known = Q(pk__in=codes) | Q(pk=printable(self.data.get(name, "")))
            self.filters[name].queryset = self.filters[name].queryset.filter(known)

    def within(
        self, found: ContractQuerySet, _name: str, grouping: Grouping | None
    ) -> ContractQuerySet:
        if grouping is None:
            return found
        return found.filter(council__in=Council.objects.in_grouping(grouping.pk, today()))

    def chosen(self, name: str) -> Any:
        """What is chosen in a field, or None."""
        return self.form.cleaned_data.get(name) if self.form.is_valid() else None


class FrameworkPageFilter(PageFilter):
    """Frameworks as suppliers and buyers ask for them; ended ones only when asked for."""

    q = filters.CharFilter(method="called", label="Name, reference or owner", max_length=100)
    joinable = filters.BooleanFilter(
        method="joinable_now", label="Suppliers can join now", widget=forms.CheckboxInput
    )

    category = filters.ModelChoiceFilter(
        method="serving",
        label="Category",
        queryset=Category.objects.filter(
            Q(frameworks__isnull=False) | Q(lots__isnull=False)
        ).distinct(),
        empty_label="Every category",
    )
    council = filters.ModelChoiceFilter(
        queryset=Council.objects.none(),
        method="usable_by",
        label="Council that may use it",
        empty_label="Any council",
    )
    kind = filters.ChoiceFilter(choices=Framework.Kind.choices, empty_label="Every kind")
    ended = filters.BooleanFilter(
        method="with_ended", label="Ended ones too", widget=forms.CheckboxInput
    )

    class Meta:
        model = Framework
        fields: ClassVar[list[str]] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["council"].queryset = Council.objects.existing_on(today()).order_by("name")

    def called(self, found: FrameworkQuerySet, _name: str, words: str) -> FrameworkQuerySet:
        return found.called(words)

    def serving(
        self, found: FrameworkQuerySet, _name: str, category: Category
    ) -> FrameworkQuerySet:
        return found.serving(category.pk)

    def joinable_now(
        self, found: FrameworkQuerySet, _name: str, value: bool | None
    ) -> FrameworkQuerySet:
        return found.joinable_on(today()) if value else found

    def usable_by(
        self, found: FrameworkQuerySet, _name: str, council: Council
    ) -> FrameworkQuerySet:
        return found.usable_by(council.pk, today())

    def with_ended(
        self, found: QuerySet[Framework], _name: str, value: bool | None
    ) -> QuerySet[Framework]:
        return found if value else found.filter(running_from(today()))


def running_from(day: date) -> Q:
    """Usable on a day or later, as far as dates are known: a scheme outlives its frameworks."""
    return Q(ends__isnull=True) | Q(ends__gte=day) | Q(scheme_ends__gte=day)
