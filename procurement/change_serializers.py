"""What the API promises of each change in the feed."""

from rest_framework import serializers

from procurement.framework_serializers import FrameworkSerializer
from procurement.models import Change
from procurement.serializers import ContractSerializer, SupplierSerializer


class ChangeSerializer(serializers.ModelSerializer[Change]):
    """One change, and the thing as it stands when the feed is read."""

    # For the API's description: `ChangeViewSet` writes changes itself.
    position = serializers.IntegerField(min_value=1, help_text="Its place in the feed for good.")
    list = serializers.ChoiceField(
        choices=["contracts", "suppliers", "frameworks"], help_text="The list it is of."
    )
    key = serializers.CharField(help_text="Its `id` or `reference` there.")
    url = serializers.URLField(help_text="Its address here.")
    state = serializers.ChoiceField(
        choices=["standing", "merged", "withdrawn"],
        help_text="`standing`: here it is, what is withheld of it blank with the reason. `merged`: "
        "it turned out to be another supplier, to which its address leads. `withdrawn`: no "
        "register lists it any more, or it may no longer be told; delete what you have of it.",
    )
    contract = ContractSerializer(allow_null=True, help_text="If it is one that stands.")
    supplier = SupplierSerializer(allow_null=True, help_text="If it is one that stands.")
    framework = FrameworkSerializer(allow_null=True, help_text="If it is one that stands.")

    class Meta:
        model = Change
        fields = [
            *("position", "placed_at", "list", "key", "url", "state"),
            *("contract", "supplier", "framework"),
        ]
        read_only_fields = fields
