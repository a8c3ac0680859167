"""What the API promises of frameworks."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers

from procurement.frameworks.joining import Joining
from procurement.frameworks.law import Law
from procurement.models import Framework, FrameworkAward, Lot, LotSupplier
from procurement.rules import framework_law
from registry.models import Supplier
from registry.permissions import EVERYBODY
from registry.today import today


class AwardSerializer(serializers.ModelSerializer[FrameworkAward]):
    class Meta:
        model = FrameworkAward
        fields = [
            *("number", "awarded_on", "ends", "apply_from", "apply_to", "single_supplier"),
            *("source", "as_at"),
        ]
        read_only_fields = fields
        extra_kwargs: Mapping[str, Mapping[str, Any]] = {
            "awarded_on": {"help_text": "Past or planned."},
            "ends": {"help_text": "Last day of the framework so awarded; null where not stated."},
            "apply_from": {"help_text": "First day on which suppliers can apply for it."},
            "apply_to": {"help_text": "Last day on which suppliers can apply for it."},
        }


class LotSerializer(serializers.ModelSerializer[Lot]):
    categories = serializers.SerializerMethodField(help_text="Codes of categories.")

    class Meta:
        model = Lot
        fields = ["number", "name", "categories", "maximum_value"]
        read_only_fields = fields
        extra_kwargs = {"maximum_value": {"help_text": "Pounds; null where not known."}}

    def get_categories(self, lot: Lot) -> list[str]:
        return sorted(category.pk for category in lot.categories.all())


class LotSupplierSerializer(serializers.ModelSerializer[LotSupplier]):
    supplier = serializers.SerializerMethodField(
        help_text="`id` of the supplier here; null where it holds no published contract."
    )

    class Meta:
        model = LotSupplier
        fields = ["name", "company_number", "supplier"]
        read_only_fields = fields

    def get_supplier(self, one: LotSupplier) -> UUID | None:
        return one.supplier_id if one.supplier_id in self.context["shared"]["told"] else None


class LotWithSuppliersSerializer(LotSerializer):
    suppliers = LotSupplierSerializer(
        many=True, help_text="Who is on it, as its source names them."
    )

    class Meta(LotSerializer.Meta):
        fields = [*LotSerializer.Meta.fields, "suppliers"]
        read_only_fields = fields


class FrameworkSerializer(serializers.ModelSerializer[Framework]):
    url = serializers.HyperlinkedIdentityField(view_name="api:framework-detail")
    other_names = serializers.SerializerMethodField(help_text="Other names it goes by.")
    owner_other_names = serializers.SerializerMethodField(
        help_text="Other names its owner goes or went by."
    )
    categories = serializers.SerializerMethodField(help_text="Codes of categories.")
    places = serializers.SerializerMethodField(
        help_text="Codes of the groupings whose councils alone may use it; none: anywhere."
    )
    awards = AwardSerializer(
        many=True, help_text="Its awards; of an open framework, those of its scheme."
    )
    lots = LotSerializer(many=True)
    suppliers_may_join = serializers.CharField(help_text="When a supplier can join such a one.")
    can_join_now = serializers.SerializerMethodField(
        help_text="Whether a supplier can apply today, as far as is known."
    )
    can_join_from = serializers.SerializerMethodField(
        help_text="First day on which one can, where it is still to come and known."
    )
    can_join_because = serializers.SerializerMethodField(help_text="The same in words, and why.")

    class Meta:
        model = Framework
        fields = [
            *("url", "reference", "name", "other_names", "owner", "owner_other_names"),
            *(
                "kind",
                "starts",
                "ends",
                "scheme_ends",
                "awards",
                "suppliers_may_join",
                "can_join_now",
                "can_join_from",
            ),
            *("can_join_because", "call_off_by", "fee_percent", "maximum_value"),
            *("maximum_value_vat", "categories", "lots", "open_to", "places", "users", "note"),
            *("source", "as_at"),
        ]
        read_only_fields = fields
        extra_kwargs: Mapping[str, Mapping[str, Any]] = {
            "call_off_by": {"help_text": "How councils buy under it; blank where not known."},
            "fee_percent": {"help_text": "Fixed percentage that suppliers pay; null: not known."},
            "maximum_value": {"help_text": "Pounds; null where not known."},
            "maximum_value_vat": {"help_text": "Whether that includes VAT; blank: not known."},
            "open_to": {"help_text": "Which bodies may use it; blank where not known."},
            "users": {"help_text": "Who may use it, in its owner's words."},
        }

    def get_other_names(self, framework: Framework) -> list[str]:
        return list(framework.names[1:])

    def get_owner_other_names(self, framework: Any) -> list[str]:
        return [name for name in framework.owner_other_names.split("|") if name]

    def get_categories(self, framework: Framework) -> list[str]:
        return sorted(category.pk for category in framework.categories.all())

    def get_places(self, framework: Framework) -> list[str]:
        return sorted(place.pk for place in framework.places.all())

    def get_can_join_now(self, framework: Framework) -> bool:
        return self.joining(framework).now

    def get_can_join_from(self, framework: Framework) -> str | None:
        day = self.joining(framework).next_on
        return day.isoformat() if day else None

    def get_can_join_because(self, framework: Framework) -> str:
        return self.joining(framework).says

    def joining(self, framework: Framework) -> Joining:
        """The law is read once for an answer."""
        law: Law = kept(self.context, "law", framework_law)
        return framework.joining(law, today=today())


def kept(context: Mapping[str, Any], name: str, make: Callable[[], Any]) -> Any:
    """What serializers of one answer share, made when it is first asked for."""
    shared: dict[str, Any] = context.setdefault("shared", {})  # type: ignore[attr-defined]
    if name not in shared:
        shared[name] = make()
    return shared[name]


class FrameworkWithSuppliersSerializer(FrameworkSerializer):
    lots = LotWithSuppliersSerializer(many=True)

    def to_representation(self, framework: Framework) -> dict[str, Any]:
        kept(self.context, "told", lambda: told_of(framework))
        shown: dict[str, Any] = super().to_representation(framework)
        return shown


def told_of(framework: Framework) -> set[UUID]:
    """Suppliers on its lots that everybody may know of here."""
    on_it = {one.supplier_id for lot in framework.lots.all() for one in lot.suppliers.all()}
    keys = {key for key in on_it if key}
    found = Supplier.objects.told_to(EVERYBODY).filter(pk__in=keys)
    return set(found.values_list("pk", flat=True))
