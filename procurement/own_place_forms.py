"""What a council says of its own place for a category."""

from typing import Any

from django import forms

from registry.plain_forms import PlainForm

SHARE = {"inputmode": "decimal", "class": "govuk-input--width-4"}


class ShareField(forms.DecimalField):
    """A number from 0 to 1, with two digits after the point at most."""

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        wrong = ("required", "invalid", "min_value", "max_value", "max_decimal_places")
        said = f"Say {what} as a number from 0 to 1, as in 0.75."
        super().__init__(
            min_value=0,
            max_value=1,
            decimal_places=2,
            widget=forms.TextInput(attrs=SHARE),
            error_messages=dict.fromkeys(wrong, said),
            **kwargs,
        )


class OwnPlaceForm(PlainForm):
    """How much of a commodity, how close to residents, and why."""

    evolution = ShareField(
        what="how much of a commodity it is",
        label="How much of a commodity is it for your council?",
        help_text="From 0, novel and made for you alone, to 1, sold alike by many. For example, "
        "0.75.",
    )
    visibility = ShareField(
        what="how close to residents it is",
        label="How close is it to your residents?",
        help_text="From 0, in the back office where nobody sees it, to 1, what residents use "
        "themselves.",
    )
    reason = forms.CharField(
        label="Why does it lie elsewhere for your council?",
        help_text="For example, a system it is tied to. Up to 300 characters.",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why it lies elsewhere for your council.",
            "max_length": "Say it in 300 characters at most.",
        },
    )
