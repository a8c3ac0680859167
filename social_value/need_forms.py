"""The forms of needs: posting one, narrowing the board down, and a council's decision."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import django_filters as filters
from django import forms

from registry.filters import PageFilter
from registry.formats import day as in_words
from registry.forms import AddressField, DayField, printable, reaches_somebody
from registry.models import Council, Grouping, Role
from registry.plain_forms import PlainForm
from registry.today import today
from social_value.assumptions import assumed
from social_value.forms import FINEST, groups_of_people, measure_with_unit
from social_value.models import Measure, Need
from social_value.models.needs import NeedQuerySet

APPROVE, DECLINE = "approve", "decline"
# What leads readers elsewhere; mail programs make links of bare names too.
LINK = re.compile(r"://|www\.|<|>|\w\.(?:biz|com|eu|info|io|net|org|uk)\b", re.IGNORECASE)
NO_ADDRESS = "Leave out addresses, links and telephone numbers: the council puts people in touch."
WIDE_TEXT = {"rows": 3}


def public_text(text: str) -> str:
    """Words for everybody to read: on lines of their own nothing is kept."""
    if LINK.search(unicodedata.normalize("NFKC", text)) or reaches_somebody(text):
        raise forms.ValidationError(NO_ADDRESS)
    return " ".join(printable(text).split())


class NeedForm(PlainForm):
    """What is needed, where and by when; and whom the council can ask."""

    organisation = forms.CharField(
        label="Which organisation is it for?",
        max_length=200,
        error_messages={"required": "Give the name of the organisation."},
    )
    title = forms.CharField(
        label="What is needed, in a few words?",
        help_text="Everybody can read it. For example, laptops for a homework club.",
        max_length=120,
        error_messages={"required": "Say what is needed."},
    )
    measure = forms.ModelChoiceField(
        Measure.objects.none(),
        label="What is it counted in?",
        empty_label="Choose a measure",
        error_messages={"required": "Choose what it is counted in."},
    )
    amount = forms.DecimalField(
        label="How much of it?",
        help_text="In figures, in the measure’s unit: 30 weeks is 30.",
        min_value=FINEST,
        max_value=Decimal(1_000_000_000),
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={
            "required": "Give the amount.",
            "invalid": "Give the amount in figures, as in 30 or 0.5.",
            "min_value": "Give an amount above nothing.",
        },
    )
    about = forms.CharField(
        label="What will it be used for? (optional)",
        help_text="Everybody can read it. Up to 600 characters.",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    group = forms.ChoiceField(label="For whom?", required=False)
    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="In which council’s area?",
        help_text="Of the councils that use this service. The council decides whether it is shown.",
        empty_label="Choose a council",
        error_messages={"required": "Choose the council."},
    )
    place = forms.CharField(
        label="Where in its area? (optional)",
        help_text="For example, a ward, an estate or a library.",
        max_length=100,
        required=False,
    )
    wanted_from = DayField(
        label="From when can you use it?",
        help_text="For example, 1 1 2027",
        error_messages={"required": "Give the day from which it can be used."},
    )
    wanted_by = DayField(
        label="By when is it needed?",
        help_text="For example, 31 7 2027",
        error_messages={"required": "Give the day by which it is needed."},
    )
    contact_name = forms.CharField(
        label="Whom can the council ask?",
        help_text="A name at work. The council alone sees it.",
        max_length=200,
        error_messages={"required": "Give the name of whom the council can ask."},
    )
    contact_email = AddressField(
        label="E-mail address at work",
        help_text="We write to it to ask whether it was you. The council alone sees it.",
        error_messages={"required": "Give an e-mail address."},
    )
    # No person sees it; programs that fill in every field do.
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = on
        fields: dict[str, Any] = self.fields
        fields["measure"].queryset = Measure.objects.pooled()
        fields["measure"].label_from_instance = measure_with_unit
        fields["council"].queryset = councils_that_decide(on)
        fields["group"].choices = groups_of_people()

    def clean_title(self) -> str:
        return public_text(self.cleaned_data["title"])

    def clean_about(self) -> str:
        return public_text(self.cleaned_data["about"])

    def clean_place(self) -> str:
        return public_text(self.cleaned_data["place"])

    def clean_organisation(self) -> str:
        return public_text(self.cleaned_data["organisation"])

    def clean_wanted_by(self) -> date:
        by: date = self.cleaned_data["wanted_by"]
        last = self.today + timedelta(days=assumed("need_ahead_days"))
        if not self.today < by <= last:
            raise forms.ValidationError(f"Give a day from tomorrow to {in_words(last)}.")
        return by

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("wanted_from"), said.get("wanted_by")
        if first and last and last < first:
            self.add_error("wanted_by", "It is needed by a day before it can be used.")
        return said

    @property
    def by_a_program(self) -> bool:
        return bool(self.data.get("website"))

    def facts(self) -> dict[str, Any]:
        """The columns of the need."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}


def councils_that_decide(day: date) -> Any:
    """Those with somebody who can: officers, whose register may yet be to come."""
    acted_for = Role.objects.filter(kind=Role.Kind.OFFICER).values("council")
    return Council.objects.existing_on(day).filter(pk__in=acted_for).order_by("name")


class NeedDecisionForm(PlainForm):
    """The council's word on a need, and why."""

    decision = forms.ChoiceField(
        label="Shall it go on the board?",
        choices=[(APPROVE, "Approve it"), (DECLINE, "Decline it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is approved."},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Who posted it is told. Needed where it is declined. Up to 300 characters.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs=WIDE_TEXT),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("decision") == DECLINE and not said.get("reason"):
            self.add_error("reason", "Say why it is declined: who posted it is told.")
        return said


class NeedFilter(PageFilter):
    """The board by what is needed and where."""

    measure = filters.ModelChoiceFilter(
        queryset=Measure.objects.pooled(), empty_label="Everything", label="What"
    )
    council = filters.ModelChoiceFilter(
        queryset=Council.objects.none(), empty_label="Every council", label="Council"
    )
    region = filters.ModelChoiceFilter(
        queryset=Grouping.objects.none(),
        empty_label="Every region",
        label="Region",
        method="in_region",
    )

    class Meta:
        model = Need
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_now = self.queryset.order_by()
        kind = Grouping.Kind.REGION
        self.filters["council"].queryset = Council.objects.filter(
            pk__in=open_now.values("council")
        ).order_by("name")
        self.filters["region"].queryset = (
            Grouping.objects.filter(kind=kind, memberships__council__in=open_now.values("council"))
            .distinct()
            .order_by("name")
        )

    def in_region(self, found: NeedQuerySet, _name: str, value: Grouping | None) -> NeedQuerySet:
        if value is None:
            return found
        members = value.memberships.on(today()).values("council")
        return found.filter(council__in=members)
