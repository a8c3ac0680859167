"""The form by which an officer records what parties said of a pool."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from registry.formats import day as written
from registry.forms import DayField, printable
from registry.plain_forms import PlainForm

YES, NO = "yes", "no"


def readable(text: str) -> str:
    """Words that the other parties read."""
    return " ".join(printable(text).split())


class AnswerForm(PlainForm):
    """Whose answer it is, what it is, and who gave it when."""

    parties = forms.MultipleChoiceField(
        label="Whose answer is it?",
        help_text="Suppliers have no accounts here: ask yours, and record what they said.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose whose answer it is.",
            "invalid_choice": "This is none of the parties you answer for. Choose from the list.",
        },
    )
    agrees = forms.ChoiceField(
        label="May the promises be used for this?",
        choices=[(YES, "Yes"), (NO, "No: the pool falls, and these promises are left out of it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no."},
    )
    said_by = forms.CharField(
        label="Who said so?",
        help_text="A post, such as contract manager, and not a name.",
        max_length=120,
        error_messages={"required": "Give the post of who said so."},
    )
    said_on = DayField(
        label="When?",
        help_text="For example, 20 11 2026",
        error_messages={"required": "Give the day on which it was said."},
    )
    reason = forms.CharField(
        label="Why not?",
        help_text="Needed where the answer is no. The parties read it. Up to 300 characters.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        choices: Sequence[tuple[str, str]],
        today: date,
        since: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.since = today, since
        parties: Any = self.fields["parties"]
        parties.choices = choices

    def clean_said_on(self) -> date:
        day: date = self.cleaned_data["said_on"]
        if day > self.today:
            raise forms.ValidationError("This day is still to come.")
        if self.since and day < self.since:
            agreed = f"It was agreed on {written(self.since)}: give that day or a later one."
            raise forms.ValidationError(agreed)
        return day

    def clean_said_by(self) -> str:
        return readable(self.cleaned_data["said_by"])

    def clean_reason(self) -> str:
        return readable(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("agrees") == NO and not said.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Say why not: the other parties read it.")
        return said


class LeaveForm(AnswerForm):
    """Who withdraws from a pool that was agreed, who said so when, and why."""

    agrees = None  # type: ignore[assignment]  # Django's way to leave a field out

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parties"].label = "Who withdraws?"
        reason = self.fields["reason"]
        reason.label, reason.required = "Why?", True
        reason.help_text = "The other parties read it. Up to 300 characters."
        reason.error_messages["required"] = "Say why: the other parties read it."
