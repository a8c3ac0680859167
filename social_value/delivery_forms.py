"""The forms of what was delivered: recording, correcting, confirming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat

from registry.forms import DayField
from registry.models import Contract
from registry.permissions import Powers
from registry.plain_forms import PlainForm
from social_value.actions.deliveries import NO_EVIDENCE, Evidence
from social_value.actions.doubts import doubts
from social_value.acts import BEGINNING, NOT_EVIDENCE, Act, faults, is_evidence, shared_out
from social_value.models import AgreedPool, Delivery, Measure, Need
from social_value.quantities import many

FINEST = Decimal("0.0001")
ALIKE = (
    "As much by the same supplier on the same day is recorded already. If this is the same act, "
    "go back: an act counts once. If it is another one, say so below."
)
NOT_OURS = (
    "Give some of it to a contract of your own council. What counts for other councils alone is "
    "theirs to record."
)
DOUBTED = "If it is a slip, put it right; if not, say below that it is right."
TOO_LARGE = "This file is larger than {limit}. Send a smaller one, or give a link to it."


def amount_field(label: str, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=required,
        min_value=FINEST if required else Decimal(0),
        max_digits=13,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={
            "invalid": "Give the amount in figures, as in 52 or 0.5",
            "required": "Give how much was done",
        },
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is for: a measure of the contract it was begun at, or a record to correct."""

    contract: Contract
    measure: Measure
    others: Sequence[Contract]  # that the act may count for as well
    powers: Powers  # of who records it
    corrected: Delivery | None = None
    pool: AgreedPool | None = None  # that it is done for


class DeliveryForm(PlainForm):
    """One act of a measure, begun at one contract."""

    amount = amount_field("How much was done")
    done_on = DayField(
        label="On which day was it done?",
        help_text="The last day, where it took several. For example, 31 3 2027.",
        error_messages={"required": "Give the day on which it was done"},
    )
    words = forms.CharField(
        label="What was done",
        max_length=500,
        required=False,
        help_text="Name no people. Only councils it counts for see this.",
    )
    area = forms.ChoiceField(label="In which council’s area")
    place = forms.CharField(label="Where", max_length=200, required=False)
    file = forms.FileField(label="Evidence: a file", required=False)
    link = forms.URLField(
        label="Or evidence: a link",
        required=False,
        max_length=1000,
        assume_scheme="https",
        error_messages={"invalid": "Give the whole address, as in https://www.example.org/report"},
    )
    need = forms.ModelChoiceField(
        Need.objects.none(),
        label="Which community’s need it was for",
        required=False,
        empty_label="None",
        help_text="Then the community confirms it as well.",
    )

    def __init__(
        self,
        *args: Any,
        asked: "Asked",
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.contract, self.measure, self.others = asked.contract, asked.measure, asked.others
        self.corrected, self.pool = asked.corrected, asked.pool
        self.today, self.powers = today, asked.powers
        limit = filesizeformat(settings.EVIDENCE_MAX_BYTES)
        self.fields["file"].help_text = f".pdf, .jpg, .png, .docx or .xlsx, up to {limit}." + (
            " Leave blank to keep the one there is." if self.corrected else ""
        )
        unit = many(self.measure.unit)
        self.fields["amount"].label = f"How much was done, in {unit}"
        self.ask_where()
        self.ask_for_others(unit)
        if self.corrected:
            self.fields["because"] = forms.CharField(
                label="Why it is corrected",
                max_length=300,
                error_messages={"required": "Say why it is corrected"},
            )

    def ask_where(self) -> None:
        councils = {one.council_id: one.council.name for one in [self.contract, *self.others]}
        area, need = self.fields["area"], self.fields["need"]
        area.choices, area.initial = list(councils.items()), self.contract.council_id  # type: ignore[attr-defined]
        if len(councils) == 1:
            area.widget = forms.HiddenInput()
            self.initial.setdefault("area", self.contract.council_id)
        asked_for = Q(measure=self.measure, council__in=list(councils), state=Need.State.APPROVED)
        if self.pool and self.pool.need_id:
            asked_for |= Q(pk=self.pool.need_id)
        needs: QuerySet[Need] = Need.objects.filter(asked_for)
        need.queryset = needs  # type: ignore[attr-defined]
        if not needs.exists():
            del self.fields["need"]

    def ask_for_others(self, unit: str) -> None:
        """What is not said to be for another contract is for the one it was begun at."""
        for one in self.others:
            label = f"{one.title[:120]} ({one.council.short_name}), in {unit}"
            self.fields[self.name_of(one)] = amount_field(label, required=False)

    @property
    def own_fields(self) -> list[forms.BoundField]:
        names = {self.name_of(one) for one in self.others}
        return [field for field in self.visible_fields() if field.name not in names]

    @property
    def shared_fields(self) -> list[forms.BoundField]:
        return [self[self.name_of(one)] for one in self.others]

    @property
    def is_shared(self) -> bool:
        return any(field.value() or field.errors for field in self.shared_fields)

    @staticmethod
    def name_of(contract: Contract) -> str:
        return f"for-{contract.pk}"

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data.get("file")
        if file is None:
            return None
        if (file.size or 0) > settings.EVIDENCE_MAX_BYTES:
            limit = filesizeformat(settings.EVIDENCE_MAX_BYTES)
            raise forms.ValidationError(TOO_LARGE.format(limit=limit))
        beginning = file.read(BEGINNING)
        file.seek(0)
        if not is_evidence(file.name or "", beginning):
            raise forms.ValidationError(NOT_EVIDENCE)
        return file

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        has = said.get("file") or said.get("link") or self.corrected
        if not has and not {"file", "link"} & set(self.errors):
            self.add_error("file", NO_EVIDENCE)
        if said.get("done_on") is None and "done_on" not in self.errors:
            self.add_error("done_on", "Give the day on which it was done")
        if not self.errors:
            self.check(self.act)
        return said

    def check(self, act: Act) -> None:
        unit, adds_up = self.measure.unit, self.measure.adds_up
        for name, fault in faults(act, unit, adds_up=adds_up, today=self.today):
            self.add_error(name, fault)
        if not self.errors and not self.counts_for_own(act):
            self.add_error("amount", NOT_OURS)
        if self.errors:
            return
        self.ask_about(act)
        if not self.corrected and "another" not in self.data:
            alike = Delivery.objects.like(
                list(act.credits), measure=act.measure, amount=act.amount, done_on=act.done_on
            )
            if alike.exists():
                self.fields["another"] = forms.BooleanField(
                    label="It is another act", required=False
                )
                self.add_error(None, ALIKE)

    def counts_for_own(self, act: Act) -> bool:
        """Or who records it could neither see it afterwards nor put it right."""
        every = (self.contract, *self.others)
        credited = {one.council_id for one in every if one.pk in act.credits}
        return any(map(self.powers.may_act_for, credited))

    def ask_about(self, act: Act) -> None:
        """What is more often a slip than meant is recorded once somebody says that it is meant."""
        if "right" in self.data:
            return
        found = doubts(act, self.measure, self.contract, corrected=self.corrected)
        if found:
            self.add_error(None, " ".join([*found, DOUBTED]))
            self.fields["right"] = forms.BooleanField(label="This is right", required=False)

    @property
    def act(self) -> Act:
        said = self.cleaned_data
        others = {one.pk: said.get(self.name_of(one)) for one in self.others}
        need = said.get("need")
        return Act(
            measure=self.measure.pk,
            amount=said["amount"],
            done_on=said["done_on"],
            area=said["area"],
            credits=shared_out(said["amount"], self.contract.pk, others),
            place=said["place"],
            words=said["words"],
            pool=self.pool_key,
            need=need.pk if need else None,
        )

    @property
    def pool_key(self) -> UUID | None:
        """The pool the act is for, as named or as recorded before."""
        if self.pool:
            return self.pool.pk
        return self.corrected.pool if self.corrected else None

    @property
    def evidence(self) -> Evidence:
        said = self.cleaned_data
        return Evidence(said.get("file"), said["link"], self.corrected)


AGREES, DISAGREES = "yes", "no"


class ConfirmForm(PlainForm):
    """Whether it happened so; who says no says why."""

    agrees = forms.ChoiceField(
        label="Did it happen so?",
        choices=[(AGREES, "Yes"), (DISAGREES, "No, or not like this")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it happened so"},
    )
    words = forms.CharField(
        label="If not: what is wrong",
        max_length=300,
        required=False,
        help_text="Name no people.",
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("agrees") == DISAGREES and not said.get("words"):
            self.add_error("words", "Say what is wrong, so that it can be corrected")
        return said

    @property
    def answer(self) -> dict[str, Any]:
        return {
            "agrees": self.cleaned_data["agrees"] == AGREES,
            "words": self.cleaned_data["words"],
        }


class TakeBackForm(PlainForm):
    because = forms.CharField(
        label="Why it is taken back",
        max_length=300,
        error_messages={"required": "Say why it is taken back"},
    )
