"""The forms of social value."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from registry.forms import DayField
from registry.models import Contract
from registry.plain_forms import PlainForm
from social_value.actions.doubts import beyond_means
from social_value.models import Measure
from social_value.periods import CHECK_THE_YEAR, YEARS
from social_value.plausible import TOO_MUCH
from social_value.quantities import many
from social_value.reading import TABLES

NOTHING, PROMISED = "nothing", "promised"
FINEST = Decimal("0.0001")
# As people think of a promise; what is asked about an amount stands below it.
ORDER = (
    *("what", "measure", "quantity", "right", "per_year", "starts", "ends", "group", "place"),
    "responsible",
)


def groups_of_people() -> list[tuple[str, str]]:
    """Whom something can be for, as a form offers it."""
    names = sorted({group.name for group in TABLES.groups})
    return [("", "Anybody"), *((name, name.capitalize()) for name in names)]


def measure_with_unit(measure: Measure) -> str:
    return f"{measure.name}, in {'£' if measure.unit == 'pound' else many(measure.unit)}"


class CommitmentForm(PlainForm):
    """What words of a contract promise, as its officer says."""

    what = forms.ChoiceField(
        label="What do these words promise?",
        choices=[(PROMISED, "What I give below"), (NOTHING, "Nothing")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether these words promise anything"},
    )
    measure = forms.ModelChoiceField(Measure.objects.all(), label="Measure", required=False)
    quantity = forms.DecimalField(
        label="How much, in the measure’s unit",
        required=False,
        min_value=FINEST,
        max_digits=13,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={"invalid": "Give the amount in figures, as in 52 or 0.5"},
    )
    per_year = forms.BooleanField(label="So much every year of the contract", required=False)
    group = forms.ChoiceField(label="For whom", required=False)
    place = forms.CharField(
        label="Where, if it may be used in your council’s area alone",
        required=False,
        max_length=200,
    )
    responsible = forms.CharField(label="Who is responsible", required=False, max_length=200)
    starts = DayField(
        label="From which day", required=False, help_text="Blank: from the start of the contract."
    )
    ends = DayField(
        label="By which day",
        required=False,
        help_text="Blank: by the end of the contract. For example, 31 3 2027.",
    )

    def __init__(self, *args: Any, contract: Contract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contract = contract
        self.fields["group"] = forms.ChoiceField(
            label="For whom", required=False, choices=groups_of_people()
        )
        measure: Any = self.fields["measure"]
        measure.label_from_instance = measure_with_unit
        self.order_fields(ORDER)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("what") == PROMISED:
            for name, asked in (("measure", "Choose a measure"), ("quantity", "Give an amount")):
                if said.get(name) is None and name not in self.errors:
                    self.add_error(name, asked)
            self.check_days(said.get("starts"), said.get("ends"))
            if not self.errors and "right" not in self.data:
                self.ask_about(said)
        return said

    def check_days(self, starts: date | None, ends: date | None) -> None:
        for name, day in (("starts", starts), ("ends", ends)):
            if day and day.year not in YEARS:
                self.add_error(name, f"{CHECK_THE_YEAR}.")
        if starts and ends and ends < starts:
            self.add_error("ends", "It cannot end before it starts.")

    def ask_about(self, said: dict[str, Any]) -> None:
        """What the contract could not pay for is kept once somebody says that it is meant."""
        if beyond_means(self.contract, said["measure"].unit, said):
            self.add_error("quantity", TOO_MUCH)
            self.fields["right"] = forms.BooleanField(
                label="This is right: so much was promised", required=False
            )
            self.order_fields(ORDER)
