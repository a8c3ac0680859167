"""The API's list of social value: what contracts promise, and what of it is due, done and late."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django_filters import FilterSet
from rest_framework import serializers
from rest_framework.serializers import BaseSerializer

from procurement.api import AN_ID, PublicViewSet
from procurement.filters import members_of, reached_by
from procurement.parameters import Code, Codes, Day, Id
from registry.models.publishing import told_to
from registry.permissions import EVERYBODY
from registry.today import today
from social_value.models import Commitment
from social_value.tallies import kept_of

OPENLY = told_to(EVERYBODY, "supplier", via="contract__")


def of_suppliers(promises: QuerySet[Commitment], key: Any) -> QuerySet[Commitment]:
    """Of contracts that do not withhold whose they are."""
    return promises.filter(OPENLY, contract__supplier__in=reached_by(key))


class PromiseFilter(FilterSet):
    measure = Codes("Codes of measures, such as apprenticeship_weeks.")
    council = Codes("Codes of councils.")
    grouping = Code(
        "Of councils that are members of this grouping today.",
        by=lambda promises, code: promises.filter(council__in=members_of(code)),
    )
    contract = Id("`id` of a contract.", field_name="contract")
    supplier = Id(
        "`id` of a supplier, under any of its names; one that was merged into another stands for "
        "that. Contracts that withhold their supplier are not found by it.",
        by=of_suppliers,
    )
    ends_after = Day("Its time ends later than this day.", field_name="ends", lookup_expr="gt")
    ends_before = Day("Its time ends earlier than this day.", field_name="ends", lookup_expr="lt")


def amount(source: str, means: str) -> serializers.DecimalField:
    return serializers.DecimalField(max_digits=16, decimal_places=4, source=source, help_text=means)


class PromiseSerializer(serializers.ModelSerializer[Commitment]):
    """One promise: how much, of what, by when; and what of it is due, was delivered, and is late.

    What was delivered counts for the promises of its contract and measure as they fall due, so
    that amounts of one measure can be added up; what was done above them all is in no promise.
    """

    url = serializers.HyperlinkedIdentityField(view_name="api:promise-detail")
    contract = serializers.UUIDField(source="contract_id", help_text="`id` of its contract.")
    council_name = serializers.CharField(source="council.name", help_text="The council's name.")
    supplier = serializers.UUIDField(
        allow_null=True,
        source="shown_supplier",
        help_text="`id` of the supplier; null while under review, and where it is withheld.",
    )
    supplier_name = serializers.CharField(
        allow_blank=True,
        source="shown_supplier_name",
        help_text="The supplier's name; blank where the council withholds it.",
    )
    measure_name = serializers.CharField(source="measure.name", help_text="The measure in words.")
    unit = serializers.CharField(
        source="measure.unit",
        help_text="One of the measure: week, hour, device, pound. Amounts in per cent do not add "
        "up.",
    )
    promised = amount("quantity", "How much is promised in all, in that unit.")
    due = amount("kept.due", "How much of it should be done: its time is over.")
    delivered = amount(
        "kept.delivered",
        "How much of it was done, as its council confirmed, and its community where it was for "
        "one.",
    )
    late = amount("kept.late", "How much of what is due was not delivered.")

    class Meta:
        model = Commitment
        fields = [
            *("url", "id", "contract", "council", "council_name", "supplier", "supplier_name"),
            *("measure", "measure_name", "unit", "starts", "ends", "place", "group"),
            *("promised", "due", "delivered", "late"),
        ]
        read_only_fields = fields
        extra_kwargs = {
            "council": {"help_text": "Code of the council whose contract it is."},
            "measure": {"help_text": "Code of what it is counted in."},
            "starts": {"help_text": "The first day of its time; null where it is not known."},
            "ends": {"help_text": "The last day of its time; null where it is not known."},
            "place": {"help_text": "Where it is to be kept, where its words say so."},
            "group": {"help_text": "The people it is for; blank where it is for anybody."},
        }


class PromiseViewSet(PublicViewSet):
    """What councils' contracts promise beside the goods, as read from their registers.

    A promise keeps its `id` while its contract's words stay. A supplier that a council withholds
    is told neither here nor by a filter.
    """

    queryset = Commitment.objects.of_standing_contracts()
    serializer_class = PromiseSerializer
    filterset_class = PromiseFilter
    lookup_value_regex = AN_ID

    def get_queryset(self) -> QuerySet[Commitment]:
        name = Coalesce("contract__supplier__name", "contract__supplier_name")
        shown = {
            "shown_supplier": Case(When(OPENLY, then=F("contract__supplier"))),
            "shown_supplier_name": Case(When(OPENLY, then=name), default=Value("")),
        }
        found = Commitment.objects.of_standing_contracts().annotate(**shown)
        return found.select_related("measure", "council")

    def get_serializer(self, *args: Any, **kwargs: Any) -> BaseSerializer[Any]:
        """Each promise with what of it was kept: of a whole page in one go."""
        if args:
            put_kept(args[0] if kwargs.get("many") else [args[0]])
        return super().get_serializer(*args, **kwargs)


def put_kept(promises: Sequence[Any]) -> None:
    found = kept_of(promises, today=today())
    for one in promises:
        one.kept = found[one.pk]
