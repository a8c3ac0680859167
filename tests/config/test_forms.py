"""Every form of the project speaks in words of its own."""

from collections.abc import Iterator

import pytest
from django import forms
from django.urls import get_resolver
from django.utils.functional import Promise

from registry.plain_forms import PlainForm, plainly, words_of_django

APPS = ("config", "imports", "procurement", "registry", "social_value")


def forms_below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for one in kind.__subclasses__():
        yield one
        yield from forms_below(one)


def ours() -> set[type[forms.BaseForm]]:
    """Forms that the project's modules define; those of the admin are made elsewhere."""
    assert get_resolver().url_patterns  # loads every page, and with it every form
    return {one for one in forms_below(forms.BaseForm) if one.__module__.split(".")[0] in APPS}


def test_every_form_of_ours_is_a_plain_one():
    found = ours()

    assert len(found) > 40
    assert [one for one in found if not issubclass(one, PlainForm)] == []


def test_no_field_of_ours_says_what_django_says():
    fields = [field for form in ours() for field in form.base_fields.values()]
    assert len(fields) > 150

    for field in fields:
        plainly(field)
        said = [field.error_messages[code] for code in words_of_django(type(field))]
        assert not any(isinstance(words, Promise) for words in said), (field.label, said)
        unsaid = {one.code for one in field.validators if hasattr(one, "code")}
        assert unsaid <= field.error_messages.keys() | {"invalid"}, field.label


class Asked(PlainForm):
    name = forms.CharField()
    note = forms.CharField(required=False)
    amount = forms.DecimalField(error_messages={"required": "Give the amount."})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["late"] = forms.IntegerField()


@pytest.mark.parametrize(
    ("field", "said", "answer"),
    [
        ("name", "", "This is needed. Fill it in."),
        ("amount", "", "Give the amount."),
        ("amount", "x", "Give the amount in figures, as in 52 or 0.5."),
        ("late", "1.5", "Give a whole number, as in 250."),
    ],
)
def test_a_field_says_its_own_words_first_and_then_ours(field, said, answer):
    assert Asked({field: said}).errors[field] == [answer]


@pytest.mark.parametrize(
    "blank", ["\u200b", "\u200b \u2060\ufeff", "\u202e\u00ad", "\u3164", "\u2800\ufe0f", "\ue000"]
)
def test_text_of_which_nothing_is_seen_is_no_text(blank):
    form = Asked({"name": blank, "note": blank, "amount": "1", "late": "1"})

    assert form.errors == {"name": ["This is needed. Fill it in."]}
    assert form.cleaned_data["note"] == ""


@pytest.mark.parametrize("text", ["a", "?", "£", "९", "Ü", "a\u200bb", "\u200b👍"])
def test_text_of_which_anything_is_seen_is_kept(text):
    form = Asked({"name": text, "amount": "1", "late": "1"})

    assert form.is_valid()
    assert form.cleaned_data["name"] == text
