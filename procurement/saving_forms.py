"""What a council tells of its realised saving."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from registry.formats import day as in_words
from registry.forms import DayField, PoundsField
from registry.models import Council
from registry.plain_forms import PlainForm

MOST = Decimal(1_000_000_000)


class RealisedSavingForm(PlainForm):
    """The amount, and that finance has verified it; whose only where there is a choice."""

    council = forms.ChoiceField(
        label="Which council?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the council."},
    )
    amount = PoundsField(
        label="What does your council save a year, in pounds?",
        help_text="Against what it paid for the same before, net of fees. "
        "Put a minus in front if it costs more.",
        min_value=-MOST,
        max_value=MOST,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "text", "class": "govuk-input--width-10"}),
        error_messages={
            "required": "Give the amount.",
            "invalid": "Give an amount in pounds, as in 12500 or 12,500.50.",
            "max_decimal_places": "Give pounds and pence, with two digits after the point.",
        },
    )
    verified_by = forms.CharField(
        label="Who in finance verified it?",
        help_text="A post, such as chief accountant, and not a name.",
        max_length=120,
        error_messages={"required": "Give the post of who verified it."},
    )
    verified_on = DayField(
        label="When was it verified?",
        help_text="For example, 31 3 2028",
        error_messages={"required": "Give the day it was verified."},
    )
    note = forms.CharField(
        label="Anything that explains it (optional)",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, councils: Sequence[Council], since: date, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.since, self.today = since, today
        field: Any = self.fields["council"]
        field.choices = [(council.pk, council.name) for council in councils]
        if len(councils) == 1:
            del self.fields["council"]
        self.councils = {council.pk: council for council in councils}

    def told(self) -> dict[str, Any]:
        """The columns of what was told; of the only council, where it was not asked."""
        facts = dict(self.cleaned_data)
        [only, *others] = self.councils
        code = facts["council"] if others else only
        return {**facts, "council": self.councils[code]}

    def clean_verified_on(self) -> date:
        day: date = self.cleaned_data["verified_on"]
        if not self.since <= day <= self.today:
            raise forms.ValidationError(
                f"Give a day from {in_words(self.since)}, when the joint buy began, to today."
            )
        return day
