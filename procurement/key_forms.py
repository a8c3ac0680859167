"""What somebody says to get a key for the API, or to revoke theirs."""

from django import forms

from registry.forms import AddressField
from registry.plain_forms import PlainForm


class KeyForm(PlainForm):
    name = forms.CharField(
        label="Your name, or your organisation’s",
        help_text="So that we know whom to ask before a key is blocked.",
        max_length=100,
        error_messages={
            "required": "Give your name, or that of your organisation.",
            "max_length": "Give a name of at most 100 characters.",
        },
    )
    email = AddressField(
        label="E-mail address",
        help_text="For word of changes to the API. It is shown to administrators alone.",
        error_messages={"required": "Give an e-mail address."},
    )


class RevokeForm(PlainForm):
    key = forms.CharField(
        label="The key to revoke",
        help_text="Whoever has the key may revoke it. It stops at once.",
        max_length=100,
        error_messages={
            "required": "Paste the key to revoke.",
            "max_length": "That is longer than any key of ours.",
        },
    )
