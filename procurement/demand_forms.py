"""What the demand page is asked for, and what is written down of talks with suppliers."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from procurement.forward import Asked
from procurement.models import Area, Engagement, JointBuy
from registry.forms import DayField, printable, reaches_somebody
from registry.models import Category, Council, Grouping
from registry.plain_forms import PlainForm

# 056289-2025 as Find a Tender numbers notices, or the ocid of the procurement.
NOTICE = re.compile(r"(\d{6}-\d{4}|ocds-[a-z0-9]{6}-[A-Za-z0-9-]{1,40})", re.ASCII)
MOST_FIRMS = 30
NO_ADDRESS = "Everybody reads this: leave out e-mail addresses and telephone numbers."


def for_everybody(text: str) -> str:
    """Words that put nobody's address on a public page; a notice's number is no telephone's."""
    if reaches_somebody(NOTICE.sub("", text)):
        raise forms.ValidationError(NO_ADDRESS)
    return printable(text).strip()


class DemandForm(PlainForm):
    """One category and one area, or every one."""

    category = forms.ModelChoiceField(
        queryset=Category.objects.bought_together(),
        required=False,
        error_messages={"invalid_choice": "We know no such category. Choose one below."},
    )
    area = forms.ModelChoiceField(
        queryset=Grouping.objects.filter(kind__in=Area.values),
        required=False,
        error_messages={"invalid_choice": "We know no such area. Choose one below."},
    )

    def asked(self) -> Asked:
        """What is not known is left out; the page says so."""
        self.is_valid()
        known = self.cleaned_data
        return Asked(known.get("category"), known.get("area"))


class EngagementForm(PlainForm):
    """Who met whom, when and about what; whose only where there is a choice."""

    side = forms.ChoiceField(
        label="For whom did you talk to suppliers?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose for whom you talked."},
    )
    held_on = DayField(
        label="When was it?",
        help_text="For example, 31 3 2027",
        error_messages={"required": "Give the day."},
    )
    how = forms.ChoiceField(
        label="How did you talk?",
        choices=Engagement.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how you talked."},
    )
    category = forms.ModelChoiceField(
        label="About which category?",
        queryset=Category.objects.bought_together(),
        empty_label="Choose a category",
        error_messages={"required": "Choose a category."},
    )
    joint_buy = forms.ModelChoiceField(
        label="About which joint buy? (optional)",
        help_text="Shown only to those who see the joint buy.",
        queryset=JointBuy.objects.none(),
        required=False,
        empty_label="No joint buy",
    )
    suppliers = forms.CharField(
        label="With which firms?",
        help_text="One a line. Firms, not people.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Name the firms, one a line."},
    )
    told = forms.CharField(
        label="What were they told and asked?",
        help_text="Enough that a firm that was not there is at no disadvantage. Everybody sees it: "
        "leave out prices, quantities and names of people.",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say what they were told and asked."},
    )
    document_url = forms.URLField(
        label="Where can what was shown be read? (optional)",
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": "Give a whole address, such as https://example.org/slides.pdf."},
    )
    notice = forms.CharField(
        label="Preliminary market engagement notice (UK2)",
        help_text="Its number on Find a Tender, such as 056289-2025, or its ocid.",
        max_length=60,
        required=False,
    )
    no_notice_because = forms.CharField(
        label="If there is no notice, why not?",
        help_text="The tender notice will have to say so too (Procurement Act 2023, section 17).",
        max_length=500,
        required=False,
    )
    contact = forms.CharField(
        label="Whom can colleagues ask? (optional)",
        help_text="Shown to your own side alone.",
        max_length=200,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        sides: Mapping[str, Council | Grouping],
        joint_buys: Any,
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sides, self.today = sides, today
        side: Any = self.fields["side"]
        side.choices = [(code, one.name) for code, one in sides.items()]
        if len(sides) == 1:
            del self.fields["side"]
        buys: Any = self.fields["joint_buy"]
        buys.queryset = joint_buys
        buys.label_from_instance = lambda one: (
            f"{one.category.name}, {one.grouping.name}, from {one.start_date}"
        )
        if not joint_buys.exists():
            del self.fields["joint_buy"]

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        if held_on > self.today:
            raise forms.ValidationError("This day is still to come. Record it once you have met.")
        return held_on

    def clean_suppliers(self) -> str:
        firms = for_everybody(self.cleaned_data["suppliers"]).splitlines()
        named = list(dict.fromkeys(filter(None, map(str.strip, firms))))
        if not named:
            raise forms.ValidationError("Name the firms, one a line.")
        if len(named) > MOST_FIRMS:
            raise forms.ValidationError(f"Name at most {MOST_FIRMS} firms; say of others how many.")
        return "\n".join(named)

    def clean_told(self) -> str:
        told = for_everybody(self.cleaned_data["told"])
        if not told:
            raise forms.ValidationError("Say what they were told and asked.")
        return told

    def clean_no_notice_because(self) -> str:
        return for_everybody(self.cleaned_data["no_notice_because"])

    def clean_notice(self) -> str:
        notice: str = self.cleaned_data["notice"]
        if notice and not NOTICE.fullmatch(notice):
            raise forms.ValidationError(
                "Give the number as Find a Tender has it, such as 056289-2025, or its ocid."
            )
        return notice

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (
            cleaned.get("notice") or cleaned.get("no_notice_because") or "notice" in self.errors
        ):
            self.add_error("notice", "Give the notice, or say below why there is none.")
        joint_buy, category = cleaned.get("joint_buy"), cleaned.get("category")
        if joint_buy and category and joint_buy.category_id != category.pk:
            self.add_error("joint_buy", "This joint buy is of another category.")
        return cleaned

    def said(self) -> dict[str, Any]:
        """The columns of what was said; for the only side, where it was not asked."""
        facts = dict(self.cleaned_data)
        codes: Sequence[str] = list(self.sides)
        side = self.sides[facts.pop("side", codes[0])]
        whose = "council" if isinstance(side, Council) else "grouping"
        return {**facts, whose: side}
