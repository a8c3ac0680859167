"""What the API's lists of demand can be asked for."""

from django_filters import FilterSet

from procurement.models import Area
from procurement.parameters import Code, Codes, Day, OneOf


class CellFilter(FilterSet):
    """What is counted by category, area and half-year."""

    category = Codes("Codes of categories.")
    area = Codes("Codes of groupings, such as the region E12000004.")
    half_from = Day(
        "Half-years that begin on this day or later.", field_name="half", lookup_expr="gte"
    )
    half_to = Day(
        "Half-years that begin on this day or earlier.", field_name="half", lookup_expr="lte"
    )


class DemandFilter(CellFilter):
    area_kind = OneOf(
        "Areas of this kind. Only those of one kind may be added up: kinds overlap.",
        words=Area.values,
        field_name="area__kind",
    )


class IntentionFilter(CellFilter):
    as_of = Day("Of the snapshot as of this first day of a quarter.", field_name="snapshot")


class PriceFilter(FilterSet):
    category = Codes("Codes of categories.")
    as_of = Day("Of the snapshot as of this first day of a quarter.", field_name="snapshot")


class EngagementFilter(FilterSet):
    category = Codes("Codes of categories.")
    council = Code("Held by this council.", field_name="council")
    grouping = Code("Held for this grouping.", field_name="grouping")
    held_after = Day("Held later than this day.", field_name="held_on", lookup_expr="gt")
    held_before = Day("Held earlier than this day.", field_name="held_on", lookup_expr="lt")
