"""What councils are asked on the ladder of a joint buy, and what those who run it settle."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms

from procurement.models import JointBuy, Pledge
from registry.forms import DayField, PoundsField
from registry.models import Council
from registry.plain_forms import PlainForm

Step = Pledge.Step
MOST_ATTRIBUTES = 20
MOST_PRICES = 10
MOST_RADIOS = 8
LONGEST_NAME, LONGEST_VALUE = 60, 120
# "500 at £590.50", "500: 590.50", "500 590.50".
PRICE_LINE = re.compile(r"(\d[\d,]{0,15}+)[^\d£]{0,20}+£?\s{0,5}(\d[\d,]{0,15}+(?:\.\d{1,2})?)")
STEPS = [
    (Step.WATCHING, "We are watching"),
    (Step.INTERESTED, "We are interested"),
    (Step.INTENDS, "We intend to buy, about so many"),
    (Step.COMMITS, "We commit to buy, if our conditions hold"),
    (Step.WITHDRAWN, "We withdraw"),
]


class WhoseForm(PlainForm):
    """Asks for the council, where it is one's own only if there is a choice."""

    its_own = True
    council = forms.ModelChoiceField(
        queryset=Council.objects.none(),
        label="Which council?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the council."},
    )

    def __init__(self, *args: Any, councils: Iterable[Council], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = sorted(council.pk for council in councils)
        field: Any = self.fields["council"]
        field.queryset = Council.objects.filter(pk__in=codes)
        field.empty_label = None
        if len(codes) > MOST_RADIOS:
            field.widget = forms.Select()
            field.empty_label = "Choose a council"
        if len(codes) == 1:
            field.initial = codes[0]
            if self.its_own:
                field.widget = forms.HiddenInput()


class StepForm(WhoseForm):
    """Where on the ladder a council stands."""

    step = forms.ChoiceField(
        label="Choose one. You can change it until the closing date.",
        widget=forms.RadioSelect,
        choices=STEPS,
        error_messages={"required": "Choose how far your council goes."},
    )


def number_field(label: str, missing: str = "", **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=10_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}),
        error_messages={
            "required": missing,
            "invalid": "Give a whole number, as in 250.",
            "min_value": "Give 1 or more.",
            "max_value": "Give fewer than ten million.",
        },
        **kwargs,
    )


def pounds_field(label: str, least: Decimal, **kwargs: Any) -> PoundsField:
    return PoundsField(
        label=label,
        min_value=least,
        max_digits=12,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={
            "invalid": "Give pounds as a number, as in 590.50.",
            "min_value": f"Give {least} or more.",
            "max_decimal_places": "Give no more than two figures after the point.",
            "max_digits": "This is too much. Give pounds as a number, as in 590.50.",
        },
        **kwargs,
    )


class QuantitiesForm(PlainForm):
    """How many a council would buy over the whole term, as a range."""

    quantity_low = number_field("At least", "Give the least you would buy.")
    quantity_expected = number_field(
        "Most likely",
        "Give how many you expect to buy.",
        help_text="With those of four councils or more it shows suppliers what is coming: once a "
        "quarter, as a wide step. Yours is shown to nobody but the lead and the buyer.",
    )
    quantity_high = number_field("At most", "Give the most you would buy.")

    def __init__(self, *args: Any, this: JointBuy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counted = this.category.counted_in
        self.fields["quantity_low"].help_text = (
            (f"Counted by {counted}. " if counted else "")
            + "What runs on, such as a user, a line or a licence, counts once and not anew each "
            "month or year."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, expected, high = (cleaned.get(name) for name in self.fields)
        if low and expected and expected < low:
            self.add_error("quantity_expected", f"This is less than the least you gave, {low}.")
        if expected and high and high < expected:
            self.add_error("quantity_high", f"This is less than you expect, {expected}.")
        return cleaned


class SpecificationForm(PlainForm):
    """What a council wants, an attribute a line."""

    specification = forms.CharField(
        label="Specification",
        help_text=(
            "One thing a line, with a colon: Memory: 16 GB. More memory, storage, screen size, "
            "warranty, speed or data is taken to be as good; everything else must be the same."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )

    def clean_specification(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for line in filter(str.strip, self.cleaned_data["specification"].splitlines()):
            name, _, value = (part.strip() for part in line.partition(":"))
            if not name or not value:
                raise forms.ValidationError(f"“{line.strip()}” has no colon, as in Memory: 16 GB.")
            found[name[:LONGEST_NAME].casefold()] = value[:LONGEST_VALUE]
        if len(found) > MOST_ATTRIBUTES:
            raise forms.ValidationError(f"Give at most {MOST_ATTRIBUTES} lines.")
        return found


class SwitchingForm(PlainForm):
    """What it costs a council to leave what it has."""

    switching_once = pounds_field(
        "Once, in pounds",
        Decimal(0),
        help_text="Charges for leaving, moving data, training, running both for a while. It is "
        "spread over the term of the replacement.",
        required=False,
    )
    switching_yearly = pounds_field(
        "In each year, in pounds",
        Decimal(0),
        help_text="What the new thing costs besides its price, such as another licence. Leave "
        "blank what you do not know.",
        required=False,
    )


class LeadingForm(PlainForm):
    """Whether a council would be the lead authority."""

    would_lead = forms.ChoiceField(
        label="Would your council be the lead authority?",
        help_text="The lead runs the procurement for all. Its costs can be shared.",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No")],
        error_messages={"required": "Choose yes or no."},
    )

    def clean_would_lead(self) -> bool:
        return bool(self.cleaned_data["would_lead"] == "yes")


class ConditionsForm(PlainForm):
    """On what a council commits."""

    least_councils = number_field(
        "At least so many councils, yours among them",
        help_text="All that you ask must be met. Leave blank what you do not ask.",
        required=False,
    )
    least_quantity = number_field(
        "At least so many bought together",
        help_text="Over the whole term, counted as yours are.",
        required=False,
    )
    most_price = pounds_field("At most this price each, in pounds", Decimal("0.01"), required=False)
    wants_lead_id = forms.ChoiceField(
        label="With this lead authority", required=False, widget=forms.Select
    )

    def __init__(self, *args: Any, this: JointBuy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        councils = Council.objects.filter(participations__joint_buy=this)
        lead: Any = self.fields["wants_lead_id"]
        lead.choices = [("", "Any"), *councils.values_list("pk", "name")]

    def clean_wants_lead_id(self) -> str | None:
        return self.cleaned_data["wants_lead_id"] or None


class LeadForm(WhoseForm):
    """Which of those that would is the lead authority."""

    its_own = False


class TermsForm(PlainForm, forms.ModelForm):
    """When it closes, what may come late, and the lead's costs."""

    closing_date = DayField(
        label="Closing date",
        help_text="The last day on which councils can commit. For example, 31 3 2027.",
        required=False,
    )
    late_cap = number_field(
        "How many may late joiners add between them?",
        help_text="Nobody may join late where this is blank.",
        required=False,
    )
    costs = pounds_field("What does it cost the lead, in pounds?", Decimal(0), required=False)

    class Meta:
        model = JointBuy
        fields = ["closing_date", "late_cap", "costs", "cost_rule"]
        labels = {"cost_rule": "How are these costs shared?"}
        widgets = {"cost_rule": forms.RadioSelect}


class PricesForm(PlainForm):
    """What each is expected to cost, by how many are bought."""

    prices = forms.CharField(
        label="Expected prices",
        help_text=(
            "One a line: from how many on, then pounds each. For example, 500 at £590. "
            "Only you, the lead and the buyer see them."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=1000,
    )

    def clean_prices(self) -> list[tuple[int, Decimal]]:
        lines = [line.strip() for line in self.cleaned_data["prices"].splitlines() if line.strip()]
        if len(lines) > MOST_PRICES:
            raise forms.ValidationError(f"Give at most {MOST_PRICES} lines.")
        return [self.read(line) for line in lines]

    def read(self, line: str) -> tuple[int, Decimal]:
        found = PRICE_LINE.fullmatch(line)
        if not found:
            raise forms.ValidationError(f"“{line}” is not like 500 at £590.")
        least, price = (part.replace(",", "") for part in found.groups())
        if not 0 < int(least) <= 10_000_000 or not 0 < Decimal(price) < 10**9:
            raise forms.ValidationError(f"“{line}” needs a quantity and a price above nought.")
        return int(least), Decimal(price)


class InviteForm(WhoseForm):
    """A council of the grouping that is not asked in yet."""

    its_own = False


class LateForm(WhoseForm):
    """A council that joins after closing, and for how many."""

    its_own = False

    quantity = number_field("For how many over the whole term?", "Give how many it may buy.")


class MinuteForm(PlainForm):
    """A line of the minutes."""

    text = forms.CharField(
        label="What was said or settled?",
        help_text="All councils asked in can read it. Name no prices or quantities of a council.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Write what was said or settled."},
    )
