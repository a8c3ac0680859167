"""What an officer sends: a file, for a council, or a contract typed in."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat

from registry.currencies import CURRENCIES, POUNDS
from registry.forms import DayField
from registry.models import Council
from registry.plain_forms import PlainForm
from registry.records import FIELDS, Facts, FieldType


class OneFileForm(PlainForm):
    """A form with one file, which is not too large."""

    too_large: str

    def clean_file(self) -> UploadedFile:
        if len(self.files.getlist("file")) > 1:  # else the last would be taken, and nothing said
            raise forms.ValidationError("Choose one file. Send the others one after another.")
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
            raise forms.ValidationError(self.too_large.format(limit=limit))
        return file


class UploadForm(OneFileForm):
    """Asks for the council only where there is a choice."""

    too_large = "This file is larger than {limit}. Send the sheet of the register alone."
    council = forms.ModelChoiceField(
        queryset=Council.objects.none(),
        empty_label="Choose a council",
        label="Whose register is it?",
        error_messages={"required": "Choose whose register it is."},
    )
    file = forms.FileField(
        label="The register",
        help_text=(
            "Any layout, as you keep it: .xlsx .xlsm .xls .xlsb .ods .csv .tsv .txt, "
            "up to {limit}. Nothing is recorded until you have seen what was read."
        ),
        error_messages={
            "required": "Choose the file of the register.",
            "empty": "This file is empty. Choose the file that holds the register.",
        },
    )

    def __init__(self, *args: Any, councils: QuerySet[Council], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["council"]
        field.queryset = councils
        only = list(councils[:2])
        if len(only) == 1:
            field.initial, field.empty_label = only[0], None
        limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
        self.fields["file"].help_text = self.fields["file"].help_text.format(limit=limit)


class SentBackForm(OneFileForm):
    """The workbook of problem rows, corrected."""

    too_large = "This file is larger than the workbook you were given."

    file = forms.FileField(
        label="Your corrected workbook",
        error_messages={
            "required": "Choose the workbook of problem rows that you corrected.",
            "empty": "This file is empty. Choose the workbook of problem rows.",
        },
    )


class PromisesForm(OneFileForm):
    """The workbook of promises, filled in."""

    too_large = "This file is larger than the workbook you were given."

    file = forms.FileField(
        label="The workbook you filled in",
        error_messages={
            "required": "Choose the workbook of promises that you filled in.",
            "empty": "This file is empty. Choose the workbook of promises.",
        },
    )


# What officers need to say of a contract, in the order in which they think of it.
BY_HAND = (
    *("title", "reference", "department", "description", "supplier_name"),
    *("supplier_company_number", "start_date", "end_date", "extension", "latest_end_date"),
    *("notice_period", "break_clause", "review_date", "total_value", "annual_value"),
    *("contact_name", "contact_email"),
)
HINTS = {
    "extension": "As in the contract: “2 x 12 months”, “up to 24 months”, “none”.",
    "notice_period": "For example, 3 months.",
    "total_value": "Over the whole term.",
    "annual_value": "A year.",
}
CURRENCY_HINT = "What is not in pounds is in no sum, and its value is not known to joint buys."


ROLLING = "It goes on until somebody ends it (rolling)"
NOT_BOTH = "It cannot both end on a day and be rolling. Take the end out, or untick “{rolling}”."


class ContractForm(PlainForm):
    """A contract by hand. Days are given in three parts, all else as it would stand in a cell."""

    facts: Facts

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in BY_HAND:
            self.fields[name] = input_for(name)
            if name == "end_date":
                self.fields["rolling"] = forms.BooleanField(label=ROLLING, required=False)
            if name == "annual_value":
                self.fields["currency"] = currency_field()
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = "Give the contract a title."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("rolling") and cleaned.get("end_date"):
            self.add_error("end_date", NOT_BOTH.format(rolling=ROLLING))
        return cleaned

    @property
    def currency(self) -> str:
        """What the amounts are in: as chosen, else as it was."""
        was: str = self.get_initial_for_field(self.fields["currency"], "currency")
        return self.cleaned_data["currency"] or was

    @property
    def said(self) -> dict[str, str]:
        """What was typed, by field, as a cell would hold it."""
        cleaned = ((name, self.cleaned_data.get(name)) for name in BY_HAND)
        return {name: "" if value is None else str(value) for name, value in cleaned}


def currency_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="The amounts are in",
        choices=[(one.code, one.words) for one in CURRENCIES.values()],
        initial=POUNDS,
        required=False,
        help_text=CURRENCY_HINT,
    )


def input_for(name: str) -> forms.Field:
    field = FIELDS[name]
    hint = HINTS.get(name, "")
    if field.type is FieldType.DATE:
        return DayField(label=field.label, required=False)
    widget = forms.Textarea({"rows": 3}) if name == "description" else forms.TextInput()
    return forms.CharField(
        label=field.label,
        required=False,
        widget=widget,
        help_text=hint,
        max_length=field.max_length or None,
    )
