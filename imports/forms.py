"""What an officer sends: a file, for a council."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.template.defaultfilters import filesizeformat

from registry.models import Council


class UploadForm(forms.Form):
    """Asks for the council only where there is a choice."""

    council = forms.ModelChoiceField(
        queryset=Council.objects.none(),
        empty_label="Choose a council",
        label="Whose register is it?",
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

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            limit = filesizeformat(settings.UPLOAD_MAX_BYTES)
            raise forms.ValidationError(
                f"This file is larger than {limit}. Send the sheet of the register alone."
            )
        return file


class SentBackForm(forms.Form):
    """The workbook of problem rows, corrected."""

    file = forms.FileField(
        label="Your corrected workbook",
        error_messages={
            "required": "Choose the workbook of problem rows that you corrected.",
            "empty": "This file is empty. Choose the workbook of problem rows.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError("This file is larger than the workbook you were given.")
        return file
