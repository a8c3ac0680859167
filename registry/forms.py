"""The registry's forms."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from registry.models import Withholding

LONGEST_NAME = 150  # as `User` keeps it


class SignInForm(AuthenticationForm):
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


class SearchForm(forms.Form):
    """One box of words."""

    q = forms.CharField(label="Name", max_length=200, required=False)


class WithholdForm(forms.Form):
    """Which fact of a contract to keep from the public, and why."""

    what = forms.ChoiceField(
        label="What should the public not see?",
        choices=Withholding.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the supplier’s name or the value"},
    )
    reason = forms.ChoiceField(
        label="Why?",
        help_text="The reason is published in its place.",
        choices=Withholding.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason"},
    )
