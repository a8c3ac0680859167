"""What the lead authority and the buyer of the grouping settle, one thing a page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from procurement.actions import joint_buys as actions
from procurement.actions import pledging
from procurement.advice import first_step
from procurement.joint_buy_forms import (
    InviteForm,
    LateForm,
    LeadForm,
    MinuteForm,
    PricesForm,
    TermsForm,
)
from procurement.joint_buy_pages.guards import asked_in, for_those_who_run_it
from procurement.merging import leads_replaced
from procurement.models import JointBuy, Pledge
from procurement.signings import done_elsewhere
from registry.formats import day
from registry.models import Council
from registry.permissions import person
from registry.today import today


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, what is said once it is settled, and of what to beware."""

    heading: str
    done: str
    warnings: Sequence[str] = ()


def settled(
    request: HttpRequest,
    this: JointBuy,
    form: forms.BaseForm,
    question: Question,
    do: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Ask it; do it with what was answered, and say so."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except actions.NotDoneError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, question.done)
            return redirect(this)
    context = {
        "joint_buy": this,
        "form": form,
        "heading": question.heading,
        "warnings": question.warnings,
    }
    return render(request, "procurement/joint_buy_ask.html", context)


@for_those_who_run_it
def lead(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """Choose the lead authority among those that said they would."""
    said = Pledge.objects.of(this).standing().filter(would_lead=True)
    councils = [one.participant.council for one in said]
    replaced = leads_replaced(this, [one.pk for one in councils], today=today())
    form = LeadForm(request.POST or None, councils=councils)
    form.fields["council"].label = "Who is the lead authority?"
    if not said:
        messages.error(request, "No council has said yet that it would lead.")
        return redirect(this)
    return settled(
        request,
        this,
        form,
        Question("Who leads?", "The lead authority is chosen.", replaced),
        lambda said: actions.set_lead(this.pk, said["council"], by=person(request)),
    )


@for_those_who_run_it
def terms(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """On a closing date too late for the law's first step the joint buy's page warns."""
    form = TermsForm(request.POST or None, instance=JointBuy.objects.get(pk=this.pk))
    if step := first_step(this, today=today()):
        notice = "The tender notice is due" if step.notice else "Quotes must be asked for"
        form.fields["closing_date"].help_text += f" {notice} by {day(step.by)} at the latest."
    return settled(
        request,
        this,
        form,
        Question("On what terms?", "The terms are set."),
        lambda said: actions.set_terms(this.pk, today=today(), by=person(request), **said),
    )


@for_those_who_run_it
def prices(request: HttpRequest, this: JointBuy) -> HttpResponse:
    held = (f"{one.least_quantity} at £{one.price}" for one in this.expected_prices.all())
    return settled(
        request,
        this,
        PricesForm(request.POST or None, initial={"prices": "\n".join(held)}),
        Question("What will it cost?", "The expected prices are set."),
        lambda said: actions.expect_prices(this.pk, said["prices"], by=person(request)),
    )


def others_of_grouping(this: JointBuy) -> list[Council]:
    found = this.may_ask_in(today())
    return list(found.exclude(pk__in=asked_in(this)))


@for_those_who_run_it
def invite(request: HttpRequest, this: JointBuy) -> HttpResponse:
    councils = others_of_grouping(this)
    if not councils:
        messages.error(request, "Every council of the grouping is asked in already.")
        return redirect(this)
    return settled(
        request,
        this,
        InviteForm(request.POST or None, councils=councils),
        Question("Ask a council in", "The council is asked in."),
        lambda said: actions.invite(this.pk, said["council"], today=today(), by=person(request)),
    )


@for_those_who_run_it
def admit(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """Let a council join after closing."""
    signed = Pledge.objects.of(this).standing().filter(step=Pledge.Step.SIGNED)
    resolution = this.resolutions.last()
    in_already = [
        *signed.values_list("participant__council", flat=True),
        *(resolution.holding if resolution else ()),
    ]
    councils = this.may_ask_in(today()).exclude(pk__in=in_already)
    return settled(
        request,
        this,
        LateForm(request.POST or None, councils=councils),
        Question("Who joins late?", "The council may sign."),
        lambda said: actions.admit_late_joiner(
            this.pk, said["council"], said["quantity"], today=today(), by=person(request)
        ),
    )


@for_those_who_run_it
def minute(request: HttpRequest, this: JointBuy) -> HttpResponse:
    return settled(
        request,
        this,
        MinuteForm(request.POST or None),
        Question("Add to the minutes", "The minute is written down."),
        lambda said: actions.write_minute(this.pk, said["text"], by=person(request)),
    )


@require_POST
@for_those_who_run_it
def resolve(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """Work out which commitments hold as they stand."""
    return tried(
        request,
        this,
        lambda: pledging.resolve_commitments(this.pk, by=person(request)),
        "The commitments are resolved as they stand today.",
    )


@for_those_who_run_it
def close(request: HttpRequest, this: JointBuy) -> HttpResponse:
    """Ask before closing: afterwards no commitment changes."""
    if request.method != "POST":
        if lacks := pledging.before_closing(this, done_elsewhere(this)):
            messages.error(request, lacks)
            return redirect(this)
        context = {"joint_buy": this, "not_set": not_set(this)}
        return render(request, "procurement/joint_buy_close.html", context)
    return tried(
        request,
        this,
        lambda: pledging.close(this.pk, by=person(request)),
        "Closed. The councils that hold can sign.",
    )


def not_set(this: JointBuy) -> list[str]:
    """What councils would sign without, in words."""
    shared = this.get_cost_rule_display().lower()
    lacking = (
        (this.closing_date is None, "A closing date: it closes today, whoever is still deciding."),
        (
            this.costs is None,
            "The lead’s costs: no council knows its part of them when it signs, only how they are "
            f"shared: {shared}.",
        ),
        (
            not this.expected_prices.exists(),
            "An expected price: councils sign without one, and a commitment that names a most it "
            "pays falls out.",
        ),
    )
    return [words for lacks, words in lacking if lacks]


def tried(
    request: HttpRequest, this: JointBuy, do: Callable[[], object], done: str
) -> HttpResponse:
    try:
        do()
    except actions.NotDoneError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(this)
