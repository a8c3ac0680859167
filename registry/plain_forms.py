"""What forms of ours have in common: they speak plainly, and text nobody can see is none."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import EMPTY_VALUES

from registry.search import UNSEEN

NOT_LISTED = "This is not in the list. Choose one of it."
NO_FILE = "No file arrived. Choose it anew."
# Where a field has none of its own; of the kinds a field is, the last one here counts.
PLAIN_WORDS: list[tuple[type[forms.Field], dict[str, str]]] = [
    (forms.Field, {"required": "This is needed. Fill it in."}),
    (
        forms.CharField,
        {
            "max_length": "This is too long. Write at most %(limit_value)d characters.",
            UNSEEN: "This holds a character that no text has. Write it anew.",
        },
    ),
    (
        forms.URLField,
        {"invalid": "Give a whole address, such as https://www.example.org/report."},
    ),
    (
        forms.UUIDField,
        {"invalid": "The address names none that we know. Open its page and follow its contracts."},
    ),
    (forms.DateField, {"invalid": "This is not a date. Choose a day, as in 31/03/2027."}),
    (
        forms.IntegerField,
        {
            "invalid": "Give a whole number, as in 250.",
            "min_value": "Give %(limit_value)s or more.",
            "max_value": "Give %(limit_value)s or less.",
        },
    ),
    (
        forms.DecimalField,
        {
            "invalid": "Give the amount in figures, as in 52 or 0.5.",
            "min_value": "Give an amount of %(limit_value)s or more.",
            "max_value": "Give an amount of %(limit_value)s or less.",
            "max_digits": "This is too much. Give an amount below a billion.",
            "max_whole_digits": "This is too much. Give an amount below a billion.",
            "max_decimal_places": "Give no more than %(max)s decimals.",
        },
    ),
    (forms.ChoiceField, {"required": "Choose one.", "invalid_choice": NOT_LISTED}),
    (forms.MultipleChoiceField, {"invalid_list": NOT_LISTED}),
    (forms.ModelChoiceField, {"required": "Choose one.", "invalid_choice": NOT_LISTED}),
    (
        forms.ModelMultipleChoiceField,
        {"invalid_list": NOT_LISTED, "invalid_pk_value": NOT_LISTED},
    ),
    (
        forms.FileField,
        {
            "required": "Choose a file.",
            "invalid": NO_FILE,
            "missing": NO_FILE,
            "empty": "This file is empty. Choose another.",
            "max_length": "The name of this file is too long. Give it a shorter one.",
            "contradiction": "Choose a file, or tick that there is none: not both.",
        },
    ),
]


# They count as letters, and leave the place of one blank.
FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
SHOWN = "LNPS"  # letters, numbers, punctuation and symbols


def shows(text: str) -> bool:
    """Whether any of it can be seen."""
    return any(unicodedata.category(one)[0] in SHOWN and one not in FILLERS for one in text)


class Empty(list[Any]):
    """What a field of text takes for nothing: all that Django does, and text nobody can see.

    A NUL is refused instead: databases are not to meet one, and some texts go there as written.
    """

    def __contains__(self, value: object) -> bool:
        unseen = isinstance(value, str) and "\0" not in value and not shows(value)
        return unseen or super().__contains__(value)


EMPTY = Empty(EMPTY_VALUES)


class PlainForm(forms.Form):
    """A form whose fields speak plainly, those that are added to it late as well."""

    def full_clean(self) -> None:
        for field in self.fields.values():
            plainly(field)
            if isinstance(field, forms.CharField):
                field.empty_values = EMPTY
        super().full_clean()


def plainly(field: forms.Field) -> None:
    """Put words of ours in the place of Django's."""
    djangos = words_of_django(type(field))
    said: dict[str, Any] = field.error_messages
    own = {code: words for code, words in said.items() if words is not djangos.get(code)}
    plain = [words for kind, words in PLAIN_WORDS if isinstance(field, kind)]
    for words in (*plain, own):
        said |= words


def words_of_django(kind: type[forms.Field]) -> Mapping[str, Any]:
    """By code, what a kind of field says where nobody gave it other words."""
    found: dict[str, Any] = {}
    for one in reversed(kind.__mro__):
        if one.__module__.startswith("django."):
            found |= vars(one).get("default_error_messages", {})
    return found
