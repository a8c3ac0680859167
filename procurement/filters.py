"""What lists of the API can be asked for, as people ask it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django_filters import FilterSet

from procurement.models import Change, Framework, OpportunityQuerySet
from procurement.models.frameworks import CALLED
from procurement.parameters import Amount, Code, Codes, Day, Flag, Id, Moment, OneOf, Words
from procurement.searching import with_words
from registry.models import (
    Category,
    Contract,
    Council,
    Membership,
    Supplier,
    SupplierIdentifier,
)
from registry.models.contracts import ContractQuerySet
from registry.models.councils import STORED_KINDS
from registry.permissions import EVERYBODY
from registry.records import Kind
from registry.today import today

# As councils have them: the nine of England, and the other nations.
REGIONS = (
    *("East Midlands", "East of England", "London", "North East", "North West"),
    *("South East", "South West", "West Midlands", "Yorkshire and The Humber"),
    *("Scotland", "Wales", "Northern Ireland"),
)
NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")


def members_of(grouping: str) -> QuerySet[Any, Any]:
    """Codes of the councils in a grouping today."""
    return Membership.objects.on(today()).filter(grouping=grouping).values("council")


def groupings_of(council: str) -> QuerySet[Any, Any]:
    return Membership.objects.on(today()).filter(council=council).values("grouping")


def with_company_number(number: str) -> QuerySet[Any, Any]:
    """Suppliers by number, which spreadsheets like to rob of its zeros."""
    found = SupplierIdentifier.objects.filter(scheme="GB-COH", value=number.upper().zfill(8))
    return found.values("supplier")


def having_contracts(councils: QuerySet[Council], wanted: bool) -> QuerySet[Council]:
    found = Exists(Contract.objects.standing().filter(council=OuterRef("pk")))
    return councils.filter(found if wanted else ~found)


def joined_by(opportunities: OpportunityQuerySet, council: str) -> OpportunityQuerySet:
    return opportunities.of_councils([council])


def joinable_now(frameworks: QuerySet[Framework], wanted: bool) -> QuerySet[Framework]:
    these = Framework.objects.joinable_on(today()).values("pk")
    return frameworks.filter(pk__in=these) if wanted else frameworks.exclude(pk__in=these)


class CouncilFilter(FilterSet):
    region = OneOf("The region, or the nation outside England, it is in.", words=REGIONS)
    nation = OneOf("The nation it is in.", words=NATIONS)
    grouping = Code(
        "Members today of this grouping, such as the region E12000006.",
        by=lambda councils, code: councils.filter(pk__in=members_of(code)),
    )
    existing_on = Day(
        "Councils that existed on this day.", by=lambda councils, day: councils.existing_on(day)
    )
    with_contracts = Flag("Councils whose contracts are in the registry.", by=having_contracts)
    q = Words("Words of the name.", columns=["name"])


class GroupingFilter(FilterSet):
    kind = OneOf("What makes the councils one group.", words=[kind for kind, _ in STORED_KINDS])
    council = Code(
        "Groupings this council is in today.",
        by=lambda groupings, code: groupings.filter(pk__in=groupings_of(code)),
    )
    q = Words("Words of the name.", columns=["name"])


class CategoryFilter(FilterSet):
    kind = OneOf(
        "commodity: bought alike by many; out: other IT; non: not IT.", words=Category.Kind.values
    )


class SupplierFilter(FilterSet):
    company_number = Code(
        "Companies House number, with its zeros.",
        by=lambda suppliers, number: suppliers.filter(pk__in=with_company_number(number)),
    )
    q = Words("Words of the name.", columns=["name"])


def reached_by(key: Any) -> Any:
    return Supplier.objects.reached_by(key).values("pk")


def of_suppliers(contracts: ContractQuerySet, suppliers: Any) -> ContractQuerySet:
    """Their contracts, less those that withhold whose they are."""
    return contracts.of_supplier_told_to(EVERYBODY).filter(supplier__in=suppliers)


class ContractFilter(FilterSet):
    council = Codes("Codes of councils.")
    category = Codes("Codes of categories.")
    grouping = Code(
        "Of councils that are members of this grouping today.",
        by=lambda contracts, code: contracts.filter(council__in=members_of(code)),
    )
    region = OneOf(
        "Of councils in this region, or nation outside England.",
        words=REGIONS,
        by=lambda contracts, name: contracts.filter(
            council__in=Council.objects.filter(region=name).values("pk")
        ),
    )
    supplier = Id(
        "`id` of a supplier, under any of its names; one that was merged into another stands for "
        "that.",
        by=lambda contracts, key: of_suppliers(contracts, reached_by(key)),
    )
    company_number = Code(
        "The supplier's Companies House number.",
        by=lambda contracts, number: of_suppliers(contracts, with_company_number(number)),
    )
    ends_after = Day("Ends later than this day.", field_name="end_date", lookup_expr="gt")
    ends_before = Day("Ends earlier than this day.", field_name="end_date", lookup_expr="lt")
    starts_after = Day("Starts later than this day.", field_name="start_date", lookup_expr="gt")
    starts_before = Day("Starts earlier than this day.", field_name="start_date", lookup_expr="lt")
    live_on = Day(
        "Begun by this day, and not past the last day that its extensions allow.",
        by=lambda contracts, day: contracts.live_on(day),
    )
    changed_since = Moment(
        "Recorded or changed at this moment or later. The list is then in order of change.",
        field_name="changed_at",
        lookup_expr="gte",
    )
    min_yearly_value = Amount(
        "Worth so many pounds a year or more.", field_name="shown_yearly_value", lookup_expr="gte"
    )
    rolling = Flag("Whether it runs on until notice is given.")
    kind = OneOf("What sort of agreement it is.", words=[kind.value for kind in Kind])
    q = Words(
        "Words of the title, reference or supplier, or how they begin, in any order.",
        by=with_words,
    )


class OpportunityFilter(FilterSet):
    category = Codes("Codes of categories.")
    grouping = Codes("Codes of groupings.")
    council = Code("A contract of this council could join.", by=joined_by)
    starts_after = Day("Starts later than this day.", field_name="start_date", lookup_expr="gt")
    starts_before = Day("Starts earlier than this day.", field_name="start_date", lookup_expr="lt")
    alternative = Flag("Whether it is a runner-up to a date of the plan.")
    min_annual_value = Amount(
        "Worth so many pounds a year or more.", field_name="annual_value", lookup_expr="gte"
    )


class FrameworkFilter(FilterSet):
    category = Code(
        "Serves this category, as a whole or in one of its lots.",
        by=lambda frameworks, code: frameworks.serving(code),
    )
    kind = OneOf("What it is in law.", words=Framework.Kind.values)
    live_on = Day(
        "Buyers can use it on this day, as far as its dates are known.",
        by=lambda frameworks, day: frameworks.live_on(day),
    )
    joinable_on = Day(
        "Suppliers can apply on this day, as far as is known: dynamic markets that stand then, and "
        "frameworks whose owner has announced a window for applying that is open then.",
        by=lambda frameworks, day: frameworks.joinable_on(day),
    )
    joinable_now = Flag(
        "Whether suppliers can apply today, as `joinable_on` has it.",
        by=joinable_now,
    )
    usable_by = Code(
        "Less those that say they are not for this council (its code): frameworks that do not say "
        "who may use them are among the answers.",
        by=lambda frameworks, council: frameworks.usable_by(council, today()),
    )
    ends_after = Day("Ends later than this day.", field_name="ends", lookup_expr="gt")
    ends_before = Day("Ends earlier than this day.", field_name="ends", lookup_expr="lt")
    q = Words(
        "Words of the reference, of the name or owner, or of any other name these go by.",
        columns=CALLED,
    )


class NeedFilter(FilterSet):
    measure = Codes("Codes of measures, such as apprenticeship_weeks.")
    council = Codes("Codes of councils.")
    grouping = Code(
        "Of councils that are members of this grouping today.",
        by=lambda needs, code: needs.filter(council__in=members_of(code)),
    )
    wanted_after = Day("Needed by a later day than this.", field_name="wanted_by", lookup_expr="gt")
    wanted_before = Day(
        "Needed by an earlier day than this.", field_name="wanted_by", lookup_expr="lt"
    )
    q = Words(
        "Words of the title, the organisation or its use.",
        columns=["title", "organisation", "about"],
    )


def of_list(changes: QuerySet[Change], many: str) -> QuerySet[Change]:
    return changes.filter(kind=many.removesuffix("s"))


class ChangeFilter(FilterSet):
    after = Amount("Behind this `position`: the last you read.", field_name="pk", lookup_expr="gt")
    list = OneOf("Of this list alone.", words=("contracts", "suppliers", "frameworks"), by=of_list)
