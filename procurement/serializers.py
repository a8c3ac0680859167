"""What the API promises of each thing: its fields, public facts alone."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from procurement.models import Opportunity
from procurement.parameters import LISTS
from procurement.sensitivity import undated_of
from procurement.who_joins import who_joins
from registry import records
from registry.models import (
    Category,
    Contract,
    Council,
    Grouping,
    Supplier,
    SupplierIdentifier,
    SupplierName,
)
from registry.models.councils import STORED_KINDS
from registry.permissions import EVERYBODY
from registry.today import today
from social_value.models import Need, Standing

# Said by the register, and told here by the registry's own code and name instead; the currency
# is told of every contract, said or not.
TOLD_OTHERWISE = {"council_name", "council_code", "currency"}
STATED = {
    field.name: "register_category" if field.name == "category" else field.name
    for field in records.FIELDS.values()
    if field.public and field.name not in TOLD_OTHERWISE
}
# The API's name of each fact of a contract, and where it is found from the contract.
CONTRACT_COLUMNS: Mapping[str, str] = {
    "id": "id",
    "council": "council_id",
    "council_name": "council__name",
    "supplier": "supplier",
    "category_name": "category__name",
    **{path: path for path in STATED.values()},
    "category": "category_id",
    "rolling": "rolling",
    "kind": "kind",
    "value_basis": "value_basis",
    "value_vat": "value_vat",
    "currency": "currency",
    "yearly_value": "yearly_value",
    "earliest_exit": "earliest_exit",
    "latest_permitted_end": "latest_permitted_end",
    "changed_at": "changed_at",
    "supplier_withheld": "supplier_withheld_because",
    "value_withheld": "value_withheld_because",
}
CONTRACT_MEANINGS: Mapping[str, str] = {
    "council": "Code of the council.",
    "supplier": "`id` of the supplier; null while the name is under review.",
    "supplier_name": "The supplier's name as the register has it.",
    "category": "Code of the category worked out for it; null while under review.",
    "register_category": "The category the register gives.",
    "value_basis": "Whether `total_value` is a total, a year's value, or not said.",
    "value_vat": "Whether amounts include VAT.",
    "currency": "ISO 4217 code of its amounts as stated: nearly always GBP.",
    "yearly_value": "Pounds a year, stated or worked out; null where it cannot be, and where "
    "`currency` is not GBP.",
    "earliest_exit": "The earliest last day its end, breaks and notice allow.",
    "latest_permitted_end": "The last day with every extension used.",
    "changed_at": "When the registry last recorded a change.",
    "supplier_withheld": "Why the council withholds the supplier from the public; blank if not.",
    "value_withheld": "Why the council withholds the value from the public; blank if not.",
}


def meanings(*names: str) -> dict[str, dict[str, str]]:
    """Descriptions for the document: our own words, else the field's words on pages."""
    labels = {path: records.FIELDS[name].label + "." for name, path in STATED.items()}
    told = {**labels, **CONTRACT_MEANINGS}
    return {name: {"help_text": told[name]} for name in names if name in told}


class IndexSerializer(serializers.Serializer[Mapping[str, str]]):
    """The address of each list."""

    def get_fields(self) -> dict[str, serializers.Field]:
        return {
            many: serializers.URLField(help_text=f"Where its {many} are.", read_only=True)
            for many in LISTS
        }


class ContractSerializer(serializers.ModelSerializer[Contract]):
    """An agreement as its council's register has it, and what follows from its dates and value."""

    # For the API's description: `ContractViewSet` writes rows itself, by `CONTRACT_COLUMNS`.
    url = serializers.URLField(help_text="Its address here.")
    council_name = serializers.CharField(source="council.name", help_text="The council's name.")
    category_name = serializers.CharField(
        source="category.name", allow_null=True, help_text="The category's name."
    )
    supplier_withheld = serializers.CharField(
        help_text=CONTRACT_MEANINGS["supplier_withheld"], allow_blank=True
    )
    value_withheld = serializers.CharField(
        help_text=CONTRACT_MEANINGS["value_withheld"], allow_blank=True
    )

    class Meta:
        model = Contract
        fields = ["url", *CONTRACT_COLUMNS]
        read_only_fields = fields
        extra_kwargs = meanings(*CONTRACT_COLUMNS)


class CouncilSerializer(serializers.ModelSerializer[Council]):
    url = serializers.HyperlinkedIdentityField(view_name="api:council-detail")
    former_codes = serializers.SerializerMethodField()
    replaced_by = serializers.SerializerMethodField()

    class Meta:
        model = Council
        fields = [
            *("url", "code", "name", "short_name", "type", "nation", "region", "county"),
            *("created", "abolished", "replaced_by", "former_codes", "population"),
            *("latitude", "longitude", "invented", "source", "as_at"),
        ]
        read_only_fields = fields

    def get_former_codes(self, council: Council) -> list[str]:
        return council.former_codes.split()

    def get_replaced_by(self, council: Council) -> list[str]:
        return sorted(succession.successor_id for succession in council.successors.all())


class GroupingSerializer(serializers.ModelSerializer[Grouping]):
    url = serializers.HyperlinkedIdentityField(view_name="api:grouping-detail")
    kind = serializers.ChoiceField(choices=STORED_KINDS)

    class Meta:
        model = Grouping
        fields = ["url", "code", "name", "kind", "nation", "note", "source", "as_at"]
        read_only_fields = fields


class GroupingWithCouncilsSerializer(GroupingSerializer):
    councils = serializers.SerializerMethodField(help_text="Codes of its members today.")

    class Meta(GroupingSerializer.Meta):
        fields = [*GroupingSerializer.Meta.fields, "councils"]
        read_only_fields = fields

    def get_councils(self, grouping: Grouping) -> list[str]:
        spells = grouping.memberships.on(today())
        return list(spells.order_by("council").values_list("council", flat=True))


class CategorySerializer(serializers.ModelSerializer[Category]):
    url = serializers.HyperlinkedIdentityField(view_name="api:category-detail")
    cpv_prefixes = serializers.SerializerMethodField()

    class Meta:
        model = Category
        fields = [
            *("url", "code", "name", "kind", "unit", "cpv_prefixes"),
            *("evolution", "visibility", "pooling", "source", "as_at"),
        ]
        read_only_fields = fields

    def get_cpv_prefixes(self, category: Category) -> list[str]:
        return category.cpv_prefixes.split()


class IdentifierSerializer(serializers.ModelSerializer[SupplierIdentifier]):
    class Meta:
        model = SupplierIdentifier
        fields = ["scheme", "value"]
        read_only_fields = fields


class NameSerializer(serializers.ModelSerializer[SupplierName]):
    class Meta:
        model = SupplierName
        fields = ["name", "because", "confidence"]
        read_only_fields = fields


class SupplierSerializer(serializers.ModelSerializer[Supplier]):
    url = serializers.HyperlinkedIdentityField(view_name="api:supplier-detail")
    names = NameSerializer(many=True, help_text="Every name it goes by in registers, and why.")
    identifiers = IdentifierSerializer(many=True, help_text="As in OCDS: org-id.guide schemes.")
    earlier_ids = serializers.SerializerMethodField(
        help_text="Of suppliers that turned out to be this one. Their addresses lead here."
    )

    class Meta:
        model = Supplier
        fields = ["url", "id", "name", "names", "identifiers", "earlier_ids", "invented"]
        read_only_fields = fields

    def get_earlier_ids(self, supplier: Supplier) -> list[UUID]:
        return sorted(one.pk for one in supplier.merged.all())


class MergedSupplierSerializer(serializers.Serializer[Supplier]):
    """Where a supplier went that turned out to be another."""

    id = serializers.UUIDField(help_text="The identifier asked for.")
    merged_into = serializers.UUIDField(
        source="merged_into_id", help_text="The supplier it turned out to be."
    )
    url = serializers.HyperlinkedRelatedField[Supplier](
        source="merged_into", view_name="api:supplier-detail", read_only=True
    )


class OpportunitySerializer(serializers.ModelSerializer[Opportunity]):
    """What follows from public contract facts, and no more."""

    url = serializers.HyperlinkedIdentityField(view_name="api:opportunity-detail")
    category_name = serializers.CharField(source="category.name")
    grouping_name = serializers.CharField(source="grouping.name")
    routes = serializers.ListField(
        child=serializers.CharField(), help_text="References of frameworks that could serve."
    )

    class Meta:
        model = Opportunity
        fields = [
            *("url", "id", "category", "category_name", "grouping", "grouping_name"),
            *("start_date", "alternative", "councils", "contracts"),
            *("annual_value", "total_value", "regime_alone", "regime_pooled", "routes"),
        ]
        read_only_fields = fields


class MemberSerializer(serializers.Serializer[Any]):
    """A contract that could join: facts its council has published, not what it intends."""

    council = serializers.CharField(source="contract.council_id", read_only=True)
    council_name = serializers.CharField(source="council.name")
    contract = serializers.UUIDField(source="contract.pk", read_only=True)
    contract_url = serializers.HyperlinkedRelatedField[Any](
        source="contract", view_name="api:contract-detail", read_only=True
    )
    title = serializers.CharField(source="contract.title")
    end_date = serializers.DateField(source="contract.end_date", allow_null=True)
    latest_end = serializers.DateField(source="ask.latest_end", allow_null=True, read_only=True)
    annual_value = serializers.DecimalField(
        source="published_value",
        max_digits=16,
        decimal_places=2,
        allow_null=True,
        help_text="Pounds a year; null where the council withholds it.",
    )


class UndatedSerializer(serializers.Serializer[Any]):
    """Contracts of the category and grouping without a known end: in no other figure."""

    contracts = serializers.IntegerField()
    councils = serializers.ListField(child=serializers.CharField(), help_text="Their codes.")
    annual_value = serializers.DecimalField(
        max_digits=16, decimal_places=2, help_text="Pounds a year of those with a public value."
    )
    without_value = serializers.IntegerField(help_text="How many have no public value.")
    up_to = serializers.DecimalField(
        max_digits=16,
        decimal_places=2,
        help_text="What the opportunity would be worth a year if all of them could join.",
    )


class OpportunityWithMembersSerializer(OpportunitySerializer):
    members = serializers.SerializerMethodField(help_text="The contracts that could join.")
    undated = serializers.SerializerMethodField()

    class Meta(OpportunitySerializer.Meta):
        fields = [*OpportunitySerializer.Meta.fields, "members", "undated"]
        read_only_fields = fields

    @extend_schema_field(MemberSerializer(many=True))
    def get_members(self, one: Opportunity) -> Any:
        found = who_joins(one, today=today(), reader=EVERYBODY)
        return MemberSerializer(found, many=True, context=self.context).data

    @extend_schema_field(UndatedSerializer)
    def get_undated(self, one: Opportunity) -> Any:
        [found] = undated_of([one], today=today()).values()
        told = {**asdict(found), "up_to": found.up_to(one.annual_value)}
        return UndatedSerializer(told).data


class NeedSerializer(serializers.ModelSerializer[Need]):
    """What is needed, how much, where and by when. Nobody's name or address is part of it."""

    url = serializers.HyperlinkedIdentityField(view_name="api:need-detail")
    council_name = serializers.CharField(source="council.name", help_text="The council's name.")
    measure_name = serializers.CharField(source="measure.name", help_text="The measure in words.")
    unit = serializers.CharField(
        source="measure.unit", help_text="One of the measure: week, hour, device, pound."
    )
    amount = serializers.DecimalField(
        max_digits=16, decimal_places=4, help_text="How much is needed, in the measure's unit."
    )
    standing = serializers.ChoiceField(
        choices=Standing.choices,
        help_text="nothing: no promises come to it yet; possible: promises of councils' contracts "
        "could meet it; asked: their parties are being asked; agreed: they have agreed; delivered: "
        "all of it was done, and it is no longer listed.",
    )

    class Meta:
        model = Need
        fields = [
            *("url", "id", "title", "about", "organisation", "group"),
            *("measure", "measure_name", "unit", "amount"),
            *("council", "council_name", "place", "wanted_from", "wanted_by", "standing"),
        ]
        read_only_fields = fields
        extra_kwargs = {
            "about": {"help_text": "What it will be used for; may be blank."},
            "organisation": {"help_text": "The community organisation it is for."},
            "group": {"help_text": "The people it is for; blank where it is for anybody."},
            "measure": {"help_text": "Code of what it is counted in."},
            "council": {"help_text": "Code of the council in whose area it is needed."},
            "place": {"help_text": "Where in the council's area; may be blank."},
            "wanted_from": {"help_text": "The first day on which it can be used."},
            "wanted_by": {"help_text": "The day by which it is needed."},
        }
