"""What administrators say of frameworks: each form refuses what the law or the calendar does."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import models

from procurement.frameworks.cells import MOST_POUNDS, CellError
from procurement.frameworks.cells import reference as read_reference
from procurement.frameworks.law import Award, Terms, faults
from procurement.models import Framework, FrameworkAward, Lot, LotSupplier
from procurement.rules import framework_law
from registry.forms import DayField, PoundsField
from registry.identifiers import company_number
from registry.models import Category, Grouping
from registry.plain_forms import PlainForm

MOST_BYTES = 10_000_000
MOST_SUPPLIERS = 20_000
A_DAY = "For example, 31 3 2027"
SOURCES = {"starts": "start", "ends": "last day", "scheme_ends": "scheme’s last day"}
LABELS: Mapping[str, tuple[str, str]] = {
    "reference": ("Reference", "As its owner writes it, as in RM1557.15. It cannot be changed."),
    "name": ("Name", ""),
    "other_names": ("Other names (optional)", "Divided by |, as in G-Cloud 15|GCloud 15"),
    "owner": ("Owner", "The body that runs it"),
    "kind": ("What is it?", ""),
    "suppliers": ("How many suppliers can be on it?", ""),
    "sector": ("Is it for one of these?", "They may last longer"),
    "call_off_by": ("How do councils buy under it?", ""),
    "fee_percent": ("Fee, in per cent (optional)", "A fixed percentage of what is bought"),
    "maximum_value": ("Most it can be used for, in pounds (optional)", "As in 12,000,000"),
    "maximum_value_vat": ("Does that include VAT?", ""),
    "longer_because": (
        "Why it lasts longer than usual (optional)",
        "The reasons its notice gives, where it lasts longer than the law’s usual term",
    ),
    "note": ("What else to know (optional)", ""),
    "source": ("Source", "Where this is stated, as in Find a Tender notice 056289-2025"),
    "as_at": ("As at which day?", A_DAY),
    "starts": ("First day", A_DAY),
    "ends": ("Last day", A_DAY),
    "scheme_ends": ("Last day of the scheme", "Of open frameworks only. For example, 31 3 2030"),
    "open_to": ("Which bodies may use it?", ""),
    "places": ("Only those in (optional)", "None ticked: anywhere"),
    "users": ("In its owner’s words (optional)", "Up to 300 characters"),
    "categories": ("What is bought under it?", ""),
    "number": ("Number", "From 1 up"),
    "awarded_on": ("Day of the award", f"Past or planned. {A_DAY}"),
    "apply_from": ("Suppliers can apply from (optional)", A_DAY),
    "apply_to": ("Suppliers can apply until (optional)", A_DAY),
    "single_supplier": ("It is awarded to a single supplier", ""),
    **{
        name: text
        for field, what in SOURCES.items()
        for name, text in {
            f"{field}_source": (f"Where the {what} is stated (optional)", "If elsewhere"),
            f"{field}_as_at": (f"As at which day the {what} is stated (optional)", A_DAY),
        }.items()
    },
}
RADIOS = {"kind", "suppliers", "sector", "call_off_by", "maximum_value_vat", "open_to"}

NO_PERCENTAGE = ("invalid", "max_digits", "max_whole_digits", "min_value", "max_value")


def field_for(column: models.Field, **kwargs: Any) -> forms.Field | None:
    """A column as the design system asks for it, with its label and what to do when it is empty."""
    label, help_text = LABELS[column.name]
    words: dict[str, Any] = {"label": label, "help_text": help_text}
    said: dict[str, Any] = {"error_messages": {"required": missing(label)}}
    if isinstance(column, models.DateField):
        return DayField(required=not column.blank, **words, **said)
    if isinstance(column, models.ManyToManyField):
        return forms.ModelMultipleChoiceField(
            choices_of(column), required=False, widget=forms.CheckboxSelectMultiple, **words
        )
    if column.name == "maximum_value":
        return PoundsField(
            required=False,
            min_value=0,
            max_value=MOST_POUNDS - 1,
            decimal_places=2,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
            error_messages={"invalid": "Give an amount in pounds, as in 12,000,000."},
            **words,
        )
    if column.name == "fee_percent":
        said["error_messages"] |= dict.fromkeys(NO_PERCENTAGE, "Give a number from 0 to 100.")
    if column.name in RADIOS:
        return forms.ChoiceField(
            choices=column.choices or (),
            required=not column.blank,
            widget=forms.RadioSelect,
            **words,
            **said,
        )
    return column.formfield(**kwargs, **words, **said)


def missing(label: str) -> str:
    """What to do where nothing was said: a question is answered, anything else given."""
    return f"Answer “{label}”" if label.endswith("?") else f"Give the {label.lower()}."


def choices_of(column: models.ManyToManyField) -> models.QuerySet:
    if column.name == "places":
        return Grouping.objects.filter(kind=Grouping.Kind.REGION).order_by("nation", "name")
    return Category.objects.order_by("kind", "name")


class LawfulForm(PlainForm, forms.ModelForm):
    """Refuses what would make the framework what the law does not allow."""

    def terms(self, cleaned: Mapping[str, Any]) -> Terms:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for fault in faults(self.terms(cleaned), framework_law()):
                self.add_error(fault.field if fault.field in self.fields else None, fault.says)
        return cleaned


class FrameworkForm(LawfulForm):
    """Some of a framework's facts, the others being as they are held."""

    def terms(self, cleaned: Mapping[str, Any]) -> Terms:
        held = self.instance.terms() if self.instance.source else Terms(kind=cleaned["kind"])
        known = {field.name for field in fields(Terms)} & cleaned.keys()
        return replace(held, **{name: cleaned[name] for name in known})


class NewFrameworkForm(FrameworkForm):
    class Meta:
        model = Framework
        fields: ClassVar[list[str]] = ["reference", "name", "owner", "kind", "source", "as_at"]
        formfield_callback = field_for

    def clean_reference(self) -> str:
        try:
            reference = read_reference(self.cleaned_data["reference"].strip())
        except CellError as fault:
            raise forms.ValidationError(f"This {fault}") from None
        if Framework.objects.filter(pk=reference).exists():
            raise forms.ValidationError(f"{reference} is here already. Change it instead.")
        return reference


class AboutForm(FrameworkForm):
    class Meta:
        model = Framework
        fields: ClassVar[list[str]] = [
            *("name", "other_names", "owner", "kind", "suppliers", "sector", "call_off_by"),
            *("fee_percent", "maximum_value", "maximum_value_vat", "longer_because", "note"),
            *("source", "as_at"),
        ]
        formfield_callback = field_for


class DatesForm(FrameworkForm):
    class Meta:
        model = Framework
        fields: ClassVar[list[str]] = [
            *("starts", "starts_source", "starts_as_at"),
            *("ends", "ends_source", "ends_as_at"),
            *("scheme_ends", "scheme_ends_source", "scheme_ends_as_at"),
        ]
        formfield_callback = field_for


class UsersForm(FrameworkForm):
    class Meta:
        model = Framework
        fields: ClassVar[list[str]] = ["open_to", "places", "users"]
        formfield_callback = field_for


class CategoriesForm(FrameworkForm):
    class Meta:
        model = Framework
        fields: ClassVar[list[str]] = ["categories"]
        formfield_callback = field_for


SECTIONS: Mapping[str, tuple[str, type[FrameworkForm]]] = {
    "about": ("What is it?", AboutForm),
    "dates": ("When does it run?", DatesForm),
    "users": ("Who may use it?", UsersForm),
    "categories": ("What is bought under it?", CategoriesForm),
}


class AwardForm(LawfulForm):
    """One award of a framework; `instance` is of the framework already."""

    class Meta:
        model = FrameworkAward
        fields: ClassVar[list[str]] = [
            *("number", "awarded_on", "ends", "apply_from", "apply_to", "single_supplier"),
            *("source", "as_at"),
        ]
        formfield_callback = field_for

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        same = FrameworkAward.objects.filter(framework=self.instance.framework, number=number)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"There is an award {number} already. Give another number.")
        return number

    def terms(self, cleaned: Mapping[str, Any]) -> Terms:
        framework = self.instance.framework
        rest = framework.awards.exclude(pk=self.instance.pk)
        awards = {one.number: one.as_award() for one in rest}
        awards[cleaned["number"]] = Award(
            cleaned["awarded_on"], cleaned["ends"], cleaned["single_supplier"]
        )
        held: Terms = framework.terms()
        return replace(held, awards=[awards[number] for number in sorted(awards)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        opens, closes = cleaned.get("apply_from"), cleaned.get("apply_to")
        if opens and closes and closes < opens:
            self.add_error("apply_to", "This is before the day they can apply from.")
        return cleaned


class LotForm(PlainForm, forms.ModelForm):
    """A lot and who is on it; `instance` is of the framework already."""

    on_it = forms.CharField(
        label="Suppliers on it (optional)",
        help_text="One to a line: the name, then a comma and the company number where it is known, "
        "as in Acme IT Limited, 01234567",
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
    )

    class Meta:
        model = Lot
        fields: ClassVar[list[str]] = ["number", "name", "maximum_value", "categories"]
        formfield_callback = field_for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["on_it"] = "\n".join(map(as_line, self.instance.suppliers.all()))

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        same = Lot.objects.filter(framework=self.instance.framework, number=number)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(f"There is a lot {number} already. Give another number.")
        return number

    def clean_on_it(self) -> dict[str, str]:
        return suppliers_of(self.cleaned_data["on_it"].splitlines())


def as_line(one: LotSupplier) -> str:
    return f"{one.name}, {one.company_number}" if one.company_number else one.name


def suppliers_of(lines: Sequence[str]) -> dict[str, str]:
    """Company number, or none, by name; each name once."""
    if len(lines) > MOST_SUPPLIERS:
        raise forms.ValidationError(f"Give {MOST_SUPPLIERS:,} suppliers at most.")
    found: dict[str, str] = {}
    for place, text in enumerate(lines, start=1):
        before, comma, after = text.strip().rpartition(",")
        number = company_number(after) if comma else None
        name = (before if number else text).strip()
        if name in found:
            raise forms.ValidationError(f"Line {place}: {name} is given twice. Take one away.")
        if len(name) > 300 or not name.isprintable():
            raise forms.ValidationError(f"Line {place} is not a name. Give one to a line.")
        if name:
            found[name] = number or ""
    return found


class FrameworkFileForm(PlainForm):
    """A table of frameworks, or the OCDS file of a notice."""

    file = forms.FileField(
        label="The file",
        help_text="A CSV laid out as those you can download here, or the OCDS file (JSON) of a "
        "notice. Nothing is changed until you have seen what would be.",
        error_messages={
            "required": "Choose the file.",
            "empty": "This file is empty. Choose the one that holds the table or the notice.",
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError("This file is larger than 10 MB. Send it in parts.")
        return file
