"""A council moves on the ladder, one question a page, and checks its answers.

Answers wait in the person's session: prices and quantities stand in no address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from procurement.actions import pledging
from procurement.actions.joint_buys import NotDoneError
from procurement.joint_buy_forms import (
    ConditionsForm,
    LeadingForm,
    QuantitiesForm,
    SpecificationForm,
    StepForm,
    SwitchingForm,
)
from procurement.joint_buy_pages.guards import for_those_who_pledge, own_councils
from procurement.merging import consent_reminders
from procurement.models import JointBuy, Participant, Pledge
from procurement.signings import signed_elsewhere, told
from registry.models import Council
from registry.permissions import person, powers_of
from registry.today import today

Step = Pledge.Step
Answers = dict[str, Any]
INTENT = ("quantities", "specification", "switching", "leading")
# Which pages follow the step chosen.
WAY: Mapping[str, tuple[str, ...]] = {
    Step.INTENDS: INTENT,
    Step.COMMITS: (*INTENT, "conditions"),
}
FORMS: Mapping[str, Callable[..., forms.Form]] = {
    "quantities": QuantitiesForm,
    "specification": SpecificationForm,
    "switching": SwitchingForm,
    "leading": LeadingForm,
    "conditions": ConditionsForm,
}
# Forms that ask of the joint buy itself: its councils, or what it counts.
ASKED_OF_THIS = ("quantities", "conditions")
HEADINGS = {
    "quantities": "How many would you buy over the whole term?",
    "specification": "What must it be?",
    "switching": "What would switching cost you?",
    "leading": "Would you lead?",
    "conditions": "On what conditions?",
}


@dataclass(slots=True)
class Draft:
    """What a person has answered so far for one council of one joint buy."""

    request: HttpRequest
    this: JointBuy

    @property
    def key(self) -> str:
        return f"pledge {self.this.pk}"

    @property
    def answers(self) -> Answers:
        return dict(self.request.session.get(self.key, {}))

    def keep(self, page: str, said: Answers) -> None:
        self.request.session[self.key] = {**self.answers, page: said}

    def forget(self) -> None:
        self.request.session.pop(self.key, None)

    @property
    def participant(self) -> Participant | None:
        """The council it is for, if this person acts for it."""
        code = self.answers.get("step", {}).get("council", "")
        if not powers_of(self.request.user).may_act_for(code):
            return None
        found = self.this.participants.select_related("council", "joint_buy")
        return found.filter(council=code).first()

    @property
    def step(self) -> Pledge.Step:
        return Step(self.answers["step"]["step"])

    @property
    def way(self) -> tuple[str, ...]:
        return WAY.get(self.step, ())

    def form(self, page: str, data: Any = None) -> forms.Form:
        """The page's form, with what was answered, or else with what the council said last."""
        more: dict[str, Any] = {"this": self.this} if page in ASKED_OF_THIS else {}
        initial = self.answers.get(page) or (said_before(self.participant) if not data else {})
        return FORMS[page](data, initial=initial, **more)

    def next(self) -> str:
        return next((page for page in self.way if page not in self.answers), "check")


def said_before(participant: Participant | None) -> Answers:
    """A council's last word as its forms would have it."""
    said = participant.pledges.last() if participant else None
    if said is None:
        return {}
    figures = (*pledging.QUANTITIES, *pledging.SWITCHING, *pledging.CONDITIONS)
    return {
        **{name: getattr(said, name) for name in figures},
        "specification": as_lines(said.specification),
        "would_lead": "yes" if said.would_lead else "no",
    }


def as_lines(specification: Mapping[str, str]) -> str:
    return "\n".join(f"{name.capitalize()}: {value}" for name, value in specification.items())


@for_those_who_pledge
def move(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """Ask how far a council goes."""
    draft = Draft(request, this)
    councils = own_councils(request, this)
    form = StepForm(request.POST or None, councils=councils, initial=draft.answers.get("step"))
    if form.is_valid() and form.cleaned_data["step"] == Step.COMMITS:
        refuse_bought(this, form)
    if not form.is_valid():
        own = signed_elsewhere(this, own_contracts(this, councils), reader=powers_of(request.user))
        context = {
            "joint_buy": this,
            "form": form,
            "heading": "How far does your council go?",
            "signed": told(own),
        }
        return render(request, "procurement/joint_buy_ask.html", context)
    council = form.cleaned_data["council"].pk
    if draft.answers.get("step", {}).get("council") != council:
        draft.forget()
    draft.keep("step", {"council": council, "step": form.cleaned_data["step"]})
    return redirect(f"procurement:pledge_{draft.next()}", this.pk)


def refuse_bought(this: JointBuy, form: forms.Form) -> None:
    """Before any question of what is signed for in another joint buy."""
    participant = this.participants.select_related("council", "joint_buy__category")
    try:
        pledging.check_not_done(participant.get(council=form.cleaned_data["council"]))
    except NotDoneError as refused:
        form.add_error("step", str(refused))


def own_contracts(this: JointBuy, councils: list[Council]) -> list[UUID]:
    return list(this.members.filter(council__in=councils).values_list("contract", flat=True))


@for_those_who_pledge
def ask(request: HttpRequest, this: JointBuy, page: str) -> HttpResponse:
    """One page of questions; the next follows, or the answers to check."""
    draft = Draft(request, this)
    if draft.participant is None or page not in draft.way:
        return redirect("procurement:move", this.pk)
    form = draft.form(page, request.POST or None)
    if not form.is_valid():
        context = {
            "joint_buy": this,
            "form": form,
            "heading": HEADINGS[page],
            "council": draft.participant.council,
            "warnings": reminders(draft) if page == "conditions" else [],
        }
        return render(request, "procurement/joint_buy_ask.html", context)
    draft.keep(page, {name: request.POST.get(name, "") for name in form.fields})
    return redirect(f"procurement:pledge_{draft.next()}", this.pk)


@for_those_who_pledge
def check(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """Check your answers; the button records them."""
    draft = Draft(request, this)
    participant = draft.participant
    if participant is None:
        return redirect("procurement:move", this.pk)
    answered = {page: draft.form(page, draft.answers.get(page, {})) for page in draft.way}
    wrong = next((page for page, form in answered.items() if not form.is_valid()), None)
    if wrong:
        return redirect(f"procurement:pledge_{wrong}", this.pk)
    said = {k: v for form in answered.values() for k, v in form.cleaned_data.items()}
    if request.method == "POST":
        record(request, participant, draft.step, said)
        draft.forget()
        return redirect(this)
    said["lead"] = Council.objects.filter(pk=said.get("wants_lead_id")).first()
    context = {
        "joint_buy": this,
        "council": participant.council,
        "step": draft.step,
        "said": said,
        "way": draft.way,
        "warnings": reminders(draft) if draft.step == Step.COMMITS else [],
    }
    return render(request, "procurement/joint_buy_check.html", context)


def reminders(draft: Draft) -> list[str]:
    """Of consent that committing may ask for."""
    councils = [draft.participant.council] if draft.participant else []
    reader = powers_of(draft.request.user)
    return list(consent_reminders(draft.this, councils, today=today(), reader=reader).values())


def record(
    request: HttpRequest, participant: Participant, step: Pledge.Step, said: Answers
) -> None:
    try:
        pledging.pledge(participant, step, today=today(), by=person(request), **said)
    except NotDoneError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Recorded for {participant.council.name}: {step.label.lower()}.")
