"""What lists of the API can be asked for, as people ask it."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import FilterSet

from procurement.models import Framework, Member, Opportunity
from procurement.parameters import Amount, Code, Codes, Day, Flag, Id, Moment, OneOf, Words
from registry.models import (
    Category,
    Contract,
    Council,
    Grouping,
    Membership,
    Supplier,
    SupplierIdentifier,
)
from registry.models.contracts import ContractQuerySet
from registry.permissions import EVERYBODY
from registry.records import Kind
from registry.today import today

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


def joined_by(opportunities: QuerySet[Opportunity], council: str) -> QuerySet[Opportunity]:
    joined = Member.objects.filter(opportunity=OuterRef("pk"), council=council)
    return opportunities.filter(Exists(joined))


def live_on(frameworks: QuerySet[Framework], day: date) -> QuerySet[Framework]:
    return frameworks.filter(
        Q(starts__isnull=True) | Q(starts__lte=day), Q(ends__isnull=True) | Q(ends__gte=day)
    )


class CouncilFilter(FilterSet):
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
    kind = OneOf("What makes the councils one group.", words=Grouping.Kind.values)
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
        "Words of the title, reference or supplier, in any order.",
        columns=["title", "reference", "shown_supplier_name"],
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
    category = Code("Serves this category.", field_name="categories")
    kind = OneOf("What it is in law.", words=Framework.Kind.values)
    live_on = Day("Buyers can use it on this day, as far as its dates are known.", by=live_on)
    joinable_on = Day(
        "Suppliers can ask to join on this day: dynamic markets that run then. Frameworks are "
        "closed once awarded; open frameworks only reopen at times their owner announces.",
        by=lambda frameworks, day: live_on(frameworks, day).filter(
            kind=Framework.Kind.DYNAMIC_MARKET
        ),
    )
    ends_after = Day("Ends later than this day.", field_name="ends", lookup_expr="gt")
    ends_before = Day("Ends earlier than this day.", field_name="ends", lookup_expr="lt")
    q = Words("Words of the name, reference or owner.", columns=["name", "reference", "owner"])


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
