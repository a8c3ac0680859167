"""The API's lists for suppliers: what is coming, what councils intend, and what was talked of."""

from functools import cache
from typing import Any

from django.db.models import QuerySet

from procurement import demand_filters, demand_serializers
from procurement.api import A_CODE, AN_ID, PublicViewSet
from procurement.demand import councils_behind
from procurement.models import DemandPrice, EndingDemand, Engagement, IntendedDemand
from procurement.pagination import Order
from procurement.rules import stated_demand_rules
from registry.today import today

WITH_CELL = ("category", "area", "snapshot")


class DemandViewSet(PublicViewSet):
    """Public contracts that end, counted by category, area and half-year.

    Sums of facts that councils publish: what they withhold is in none. In order of half-year.
    Areas are nations and regions, combined authorities and counties, which overlap: add up those
    of one kind only.
    """

    queryset = EndingDemand.objects.select_related("category", "area")
    serializer_class = demand_serializers.DemandSerializer
    filterset_class = demand_filters.DemandFilter
    lookup_value_regex = A_CODE

    def order(self) -> Order:
        return Order("half")


class IntentionViewSet(PublicViewSet):
    """What councils intend to buy, as snapshots that are released to everybody on one day.

    One snapshot a quarter, as of the quarter's first day; none ever changes. A row is shown where
    five councils or more stand behind it of which neither one nor two make up most, as a wide band,
    and changes only when three councils' answers did. Rows never overlap, and there are no totals.
    """

    queryset = IntendedDemand.objects.all()
    serializer_class = demand_serializers.IntentionSerializer
    filterset_class = demand_filters.IntentionFilter
    lookup_value_regex = A_CODE

    def get_queryset(self) -> QuerySet[IntendedDemand]:
        return IntendedDemand.objects.released_by(today()).select_related(*WITH_CELL)

    def get_serializer_context(self) -> dict[str, Any]:
        # Looked up where a row is told: the API's description is made without the database.
        return {**super().get_serializer_context(), "councils": cache(councils_told)}


def councils_told() -> str:
    rules = stated_demand_rules()
    return councils_behind(rules) if rules else ""


class PriceViewSet(PublicViewSet):
    """What many councils pay for one, by category and unit: wide bands, the same everywhere.

    Of the quarter before a snapshot's; part of that snapshot, and never changed.
    """

    queryset = DemandPrice.objects.all()
    serializer_class = demand_serializers.PriceSerializer
    filterset_class = demand_filters.PriceFilter
    lookup_value_regex = A_CODE

    def get_queryset(self) -> QuerySet[DemandPrice]:
        return DemandPrice.objects.released_by(today()).select_related("category", "snapshot")


class EngagementViewSet(PublicViewSet):
    """Early talks with suppliers before a tender: whom councils met, when, and what was said.

    In order of their day.
    """

    queryset = Engagement.objects.standing().select_related("category", "council", "grouping")
    serializer_class = demand_serializers.EngagementSerializer
    filterset_class = demand_filters.EngagementFilter
    lookup_value_regex = AN_ID

    def order(self) -> Order:
        return Order("held_on")
