"""What the API promises of demand: fields by name, so that what stands behind them is not told."""

from datetime import date
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from procurement.demand import half_year
from procurement.models import DemandPrice, EndingDemand, Engagement, IntendedDemand

CELL = ("category", "category_name", "area", "area_name", "half_from", "half_to")


class CellSerializer(serializers.ModelSerializer[Any]):
    """A category, an area and a half-year."""

    category_name = serializers.CharField(source="category.name", help_text="The category's name.")
    area_name = serializers.CharField(source="area.name", help_text="The grouping's name.")
    half_from = serializers.DateField(source="half", help_text="First day of the half-year.")
    half_to = serializers.SerializerMethodField(help_text="Last day of the half-year.")

    def get_half_to(self, row: Any) -> date:
        return half_year(row.half).last


class DemandSerializer(CellSerializer):
    url = serializers.HyperlinkedIdentityField(view_name="api:demand-detail")
    area_kind = serializers.CharField(source="area.kind", help_text="What sort of area it is.")

    class Meta:
        model = EndingDemand
        fields = [
            *("url", "code", *CELL, "area_kind"),
            *("contracts", "with_value", "yearly_value"),
        ]
        read_only_fields = fields
        extra_kwargs = {
            "code": {"help_text": "The same for the same category, area and half-year, always."},
            "contracts": {
                "help_text": "How many end in the half-year, before any extension; of the one "
                "under way, those that end today or later."
            },
            "with_value": {"help_text": "Of these, with a value that is known and published."},
            "yearly_value": {"help_text": "What those come to, in pounds a year."},
        }


class OfSnapshotSerializer(serializers.ModelSerializer[Any]):
    as_of = serializers.DateField(
        source="snapshot_id", help_text="First day of the quarter whose snapshot it is of."
    )
    released_on = serializers.DateField(
        source="snapshot.released_on", help_text="The day from which everybody could see it."
    )


class IntentionSerializer(OfSnapshotSerializer, CellSerializer):
    url = serializers.HyperlinkedIdentityField(view_name="api:intention-detail")
    councils = serializers.SerializerMethodField(
        help_text="How many councils intend it, at least. The exact number is told to nobody."
    )
    unit = serializers.CharField(source="category.counted_in", help_text="What is counted.")

    class Meta:
        model = IntendedDemand
        fields = [
            *("url", "code", "as_of", "released_on", *CELL),
            *("councils", "low", "below", "unit"),
        ]
        read_only_fields = fields
        extra_kwargs = {
            "code": {"help_text": "Stands for this cell of this snapshot, which never changes."},
            "low": {"help_text": "Councils intend to buy at least so many together."},
            "below": {"help_text": "And fewer than so many."},
        }

    def get_councils(self, _row: IntendedDemand) -> str:
        told: str = self.context["councils"]()
        return told


class PriceSerializer(OfSnapshotSerializer):
    url = serializers.HyperlinkedIdentityField(view_name="api:price-detail")
    category_name = serializers.CharField(source="category.name", help_text="The category's name.")

    class Meta:
        model = DemandPrice
        fields = [
            *("url", "code", "as_of", "released_on", "category", "category_name"),
            *("unit", "low", "high"),
        ]
        read_only_fields = fields
        extra_kwargs = {
            "code": {"help_text": "Stands for this band of this snapshot, which never changes."},
            "unit": {"help_text": "What the price is for."},
            "low": {
                "help_text": "What the cheapest of many councils pay, rounded down, in pounds."
            },
            "high": {"help_text": "What the dearest of them pay, rounded up, in pounds."},
        }

    def to_representation(self, instance: DemandPrice) -> dict[str, Any]:
        found = super().to_representation(instance)
        return found | {
            end: f"{Decimal(found[end]):.2f}" for end in ("low", "high") if end in found
        }


class EngagementSerializer(serializers.ModelSerializer[Engagement]):
    """Without whom to ask, who recorded it and the joint buy it is about."""

    url = serializers.HyperlinkedIdentityField(view_name="api:engagement-detail")
    category_name = serializers.CharField(source="category.name", help_text="The category's name.")
    held_by = serializers.CharField(
        source="held_by.name", help_text="Name of the council, or of the grouping it was held for."
    )
    suppliers = serializers.ListField(
        source="firms", child=serializers.CharField(), help_text="The firms that took part."
    )
    document_url = serializers.CharField(
        help_text="Where what was shown can be read; blank if nowhere.", allow_blank=True
    )

    class Meta:
        model = Engagement
        fields = [
            *("url", "id", "held_on", "how", "category", "category_name"),
            *("council", "grouping", "held_by", "suppliers", "told", "document_url"),
            *("notice", "no_notice_because", "recorded_at"),
        ]
        read_only_fields = fields
        extra_kwargs = {
            "told": {"help_text": "What suppliers were told and asked."},
            "council": {"help_text": "Code of the council; null where it was for a grouping."},
            "grouping": {"help_text": "Code of the grouping; null where it was for a council."},
            "notice": {
                "help_text": "Preliminary market engagement notice (UK2): its number on Find a "
                "Tender or its ocid; blank if there is none."
            },
            "no_notice_because": {"help_text": "Why there is no notice; blank where there is."},
        }
