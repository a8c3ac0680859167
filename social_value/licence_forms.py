"""The form by which a council keys in a value it holds a licence for."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from registry.forms import PoundsField
from registry.plain_forms import PlainForm
from social_value.models import Measure

FIRST_YEAR = 1990


class LicensedValueForm(PlainForm):
    """What one unit of a measure is taken to be worth, by whose values."""

    measure = forms.ModelChoiceField(
        Measure.objects.exclude(unit__in=["pound", "per cent"]),
        label="Measure",
        empty_label="Choose a measure",
        error_messages={"required": "Choose a measure."},
    )
    pounds = PoundsField(
        label="How many pounds is one unit of it worth?",
        help_text="For example, 250 for a week, or 17.20 for an hour.",
        min_value=Decimal(0),
        max_value=Decimal(1_000_000_000),
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={
            "required": "Give the value in pounds.",
            "invalid": "Give pounds in figures, as in 250 or 17.20.",
            "min_value": "Give a value of nothing or more.",
            "max_decimal_places": "Give pounds and pence, with two digits after the point.",
        },
    )
    source = forms.CharField(
        label="Whose values are they, and under which licence?",
        help_text="Your council’s licence has to allow this use: nobody else is shown them here.",
        max_length=300,
        error_messages={"required": "Say whose values they are and under which licence."},
    )
    year = forms.IntegerField(
        label="Of which year are they?",
        help_text="For example, 2026",
        min_value=FIRST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={
            "required": "Give the year.",
            "invalid": "Give the year in figures, as in 2026.",
            "min_value": f"Give a year from {FIRST_YEAR} on.",
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year > self.today.year:
            raise forms.ValidationError("This year is still to come.")
        return year
