"""The registry's forms."""

import re
import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from registry.digests import topics
from registry.formats import day as written
from registry.mailboxes import as_kept
from registry.models import Category, Council, Digest, HandoverDecision, Source, Withholding
from registry.plain_forms import PlainForm
from registry.search import SLIPS_OF_WORDS, UNSEEN

LONGEST_NAME = 150  # as `User` keeps it
REACHES_SOMEBODY = re.compile(r"@|\+44|\b0\d{2,4}[ -]?\d{3,4}[ -]?\d{3,4}\b")


def reaches_somebody(text: str) -> bool:
    """Whether words for everybody hold an e-mail address or a telephone number."""
    return bool(REACHES_SOMEBODY.search(unicodedata.normalize("NFKC", text)))


def printable(text: str) -> str:
    """Without what is not seen: it turns words around, or leaves nothing where something is."""
    return "".join(one for one in text if one.isprintable() or one.isspace())


class SignInForm(PlainForm, AuthenticationForm):
    """User name and password, with errors that say what to do."""

    error_messages = {
        "invalid_login": "The user name or the password is wrong. Check both; capitals matter.",
        "inactive": "This account has been closed. Ask your administrator.",
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "User name"
        self.fields["username"].error_messages["required"] = "Enter your user name"
        self.fields["password"].error_messages["required"] = "Enter your password"


def name_to_count(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str | None:
    """The user name under which failed attempts are counted, no longer than any account's."""
    given = credentials or getattr(request, "POST", {})
    name = given.get("username")
    return name[:LONGEST_NAME] if name else name


class DayInput(forms.MultiWidget):
    """Day, month and year apart, as the design system asks for days people know by heart."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__([forms.TextInput] * 3, attrs)

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.day, value.month, value.year] if value else [None] * 3


NOT_A_DAY = "This is not a date. Give day, month and year as numbers, as in 31 3 2027."


class DayField(forms.MultiValueField):
    """A day of three numbers; None where all are left blank."""

    widget = DayInput
    default_error_messages = dict.fromkeys(("invalid", "incomplete"), NOT_A_DAY)

    def __init__(self, **kwargs: Any) -> None:
        slips = {UNSEEN: NOT_A_DAY}
        parts = [forms.CharField(required=False, error_messages=slips) for _ in range(3)]
        super().__init__(fields=parts, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> date | None:
        if not any(data_list):
            # Django takes boxes of spaces alone for filled in.
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            day, month, year = (int(part) for part in data_list)
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise forms.ValidationError(NOT_A_DAY) from None


class PoundsField(forms.DecimalField):
    """Pounds as people write them: "£12,500"."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("£", "").replace(",", "").replace("−", "-")
        return super().to_python(value)


ANOTHER = "another"


class DecisionForm(PlainForm):
    """What happened to a contract, and the day it moves the end to."""

    event = forms.ChoiceField(
        label="What was decided, or happened?",
        widget=forms.RadioSelect,
        choices=[
            (Source.Event.EXTENDED, "It was extended"),
            (Source.Event.NOTICE, "Notice was given"),
            (Source.Event.ENDED, "It has ended"),
        ],
        error_messages={"required": "Choose what happened."},
    )
    until = forms.ChoiceField(
        label="If it was extended, to which day?", widget=forms.RadioSelect, required=False
    )
    day = DayField(
        label="Last day",
        required=False,
        help_text="For notice and an end, or another day of extension. For example, 31 3 2027.",
    )

    def __init__(
        self, *args: Any, start: date | None, options: list[date], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.start, self.today = start, today
        until: Any = self.fields["until"]
        if options:
            until.choices = [(d.isoformat(), written(d)) for d in options]
            until.choices += [(ANOTHER, "Another day, given below")]
        else:
            del self.fields["until"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        until = cleaned.get("until") or ANOTHER
        offered = until != ANOTHER and cleaned.get("event") == Source.Event.EXTENDED
        last = date.fromisoformat(until) if offered else cleaned.get("day")
        if fault := self.fault(cleaned.get("event"), last):
            self.add_error("day", fault)
        return {**cleaned, "last": last}

    def fault(self, event: str | None, last: date | None) -> str:
        if last is None:
            return "" if "day" in self.errors else "Give the last day."
        if self.start and last < self.start:
            return f"It began on {written(self.start)}, so it cannot end before that."
        if event == Source.Event.ENDED and last > self.today:
            return "This day is still to come. Choose “Notice was given”, or give the day it ended."
        return ""


class SearchForm(PlainForm):
    """One box of words."""

    q = forms.CharField(label="Name", max_length=200, required=False, error_messages=SLIPS_OF_WORDS)


class CategoryForm(PlainForm):
    """One category of all."""

    category = forms.ModelChoiceField(
        queryset=Category.objects.order_by("kind", "name"),
        label="Category",
        empty_label="Choose a category",
        error_messages={"required": "Choose a category."},
    )


class HistoryForm(PlainForm):
    """The day on which to see a contract."""

    day = DayField(
        label="See it as on a day",
        help_text="For example, 31 3 2027.",
        error_messages={"required": "Give a day."},
    )


class WithholdForm(PlainForm):
    """Which facts of a contract to keep from the public, each with its reason."""

    what = forms.MultipleChoiceField(
        label="What should the public not see?",
        help_text="The reason is published in its place.",
        choices=Withholding.What.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the supplier’s name, the value, or both"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for what in Withholding.What:
            self.fields[reason_of(what)] = forms.ChoiceField(
                label=f"Why {what.label.lower()}?",
                choices=Withholding.Reason.choices,
                widget=forms.RadioSelect,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        for what in self.cleaned_data.get("what", ()):
            if not self.cleaned_data.get(reason_of(what)):
                said = Withholding.What(what).label.lower()
                self.add_error(reason_of(what), f"Choose why {said} is withheld")
        return self.cleaned_data

    @property
    def reasons(self) -> dict[str, str]:
        """By what is withheld, why. A reason for what was not ticked says nothing."""
        return {what: self.cleaned_data[reason_of(what)] for what in self.cleaned_data["what"]}

    def things(self) -> list[tuple[forms.boundfield.BoundWidget, forms.BoundField]]:
        """Each thing to tick, with the question that follows from it."""
        return [(one, self[reason_of(one.data["value"])]) for one in self["what"]]


def reason_of(what: str) -> str:
    return f"{what}_reason"


class HandoverForm(PlainForm):
    """What becomes of a contract, and which successor takes or hosts it."""

    outcome = forms.ChoiceField(
        label="What becomes of it?",
        choices=HandoverDecision.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of it"},
    )
    successor = forms.ModelChoiceField(
        label="Which council takes it, or hosts it?",
        queryset=Council.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choose a successor"},
    )

    def __init__(
        self, *args: Any, predecessor: str, standing: HandoverDecision | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found = Council.objects.filter(predecessors__predecessor=predecessor).order_by("name")
        self.fields["successor"].queryset = found  # type: ignore[attr-defined]
        self.initial = {
            "outcome": standing.outcome if standing else None,
            "successor": standing.successor if standing else found.first(),
        }


# Who has an account chooses; others are all written to on one day.
BY_ACCOUNT = (Digest.Every.WEEK, Digest.Every.MONTH)


class AddressField(forms.CharField):
    """An e-mail address, as `registry.mailboxes` keeps and compares it."""

    widget = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})

    def to_python(self, value: Any) -> str:
        written = super().to_python(value)
        try:
            return as_kept(written) if written else ""
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from None


class DigestForm(PlainForm):
    """How often to be written to, and where."""

    every = forms.ChoiceField(
        label="How often should we write?",
        choices=[("", "Never"), *((one.value, one.label) for one in BY_ACCOUNT)],
        widget=forms.RadioSelect,
        required=False,
    )
    topics = forms.MultipleChoiceField(
        label="What should it tell?",
        help_text="What is new in your saved searches is told in any case.",
        choices=lambda: [(topic.key, topic.words) for topic in topics()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    email = AddressField(label="To which e-mail address?", required=False)

    @property
    def without(self) -> list[str]:
        """What is not asked for; of topics that come later people are told."""
        return [one.key for one in topics() if one.key not in self.cleaned_data["topics"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("every") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Give an e-mail address to write to.")
        return cleaned
