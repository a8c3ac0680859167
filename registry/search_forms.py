"""The forms that keep a search: a person's own, and one of an e-mail address without an account."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django import forms

from registry.forms import AddressField, printable
from registry.mailboxes import NOT_ONE
from registry.models import SavedSearch
from registry.plain_forms import PlainForm

LONGEST_QUERY = 1000  # as `SavedSearch` keeps it


class SaveSearchForm(PlainForm):
    """A list as it is narrowed down, and a name for it."""

    page = forms.CharField(max_length=30)
    query = forms.CharField(max_length=LONGEST_QUERY, required=False)
    name = forms.CharField(max_length=100)


class TellMeForm(PlainForm):
    """What to call a search, and where to write."""

    name = forms.CharField(
        label="What shall we call this search?",
        help_text="Our mails to you call it so.",
        max_length=100,
        error_messages={
            "required": "Give the search a name.",
            "max_length": "Give a name of at most 100 characters.",
        },
    )
    email = AddressField(
        label="Your e-mail address",
        help_text="We write to it first, to ask whether it was you.",
        error_messages={"required": NOT_ONE},
    )
    # No person sees it; programs that fill in every field do.
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_name(self) -> str:
        return " ".join(printable(self.cleaned_data["name"]).split())

    @property
    def by_a_program(self) -> bool:
        return bool(self.data.get("website"))


def query_of(asked: forms.BaseForm) -> str:
    """What a list is narrowed down by and nothing else: no page, no order, nothing unknown."""
    given = ((name, asked.data.get(name, "")) for name in asked.fields)
    return urlencode([(name, value) for name, value in given if value])


def in_words(asked: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Each thing that a list is narrowed down by, with its label. Of a valid form."""
    for name, field in asked.fields.items():
        value: Any = asked.cleaned_data.get(name)
        if value in (None, "", False):
            continue
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            value = dict(field.choices).get(value, value)  # type: ignore[arg-type]
        yield str(asked[name].label), "Yes" if value is True else str(value)


def name_for(words: str, narrowed: list[tuple[str, str]]) -> str:
    """A name that who asks may keep: "Frameworks: Laptops, East of England"."""
    said = ", ".join(label if value == "Yes" else value for label, value in narrowed)
    longest: int = SavedSearch._meta.get_field("name").max_length or 0
    return (f"{words}: {said}" if said else words)[:longest]
