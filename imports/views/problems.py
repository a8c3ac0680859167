"""Problems of an upload put right: on the page, one row at a time, or in a workbook."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from imports.actions.answering import general, left_out, of_row, own
from imports.actions.correcting import (
    correct,
    dates_order,
    line_of,
    readings_of,
    withdraw_correction,
)
from imports.forms import SentBackForm
from imports.mending import usable
from imports.models import Correction, ProblemRow, Upload
from imports.problem_list import Entry, Kind, by_letter, kinds_of
from imports.settled import Correction as Said
from imports.showing import corrections_in
from imports.tasks import put_right, take_back
from imports.views.uploads import RECORDING_LIMIT, not_acted_for, of_own_council, summary
from registry.formats import count
from registry.jobs import ask
from registry.permissions import person
from registry.records import FIELDS

# More than this is put right in the register itself, or in bulk until fewer are left.
MOST_SHOWN = 1_000
NOTHING_SAID = "Nothing was typed or ticked, so nothing was put right."


@of_own_council
def problems(request: HttpRequest, found: Upload) -> HttpResponse:
    """What is wrong by kind, with what each should say; answers become corrections."""
    kinds = kinds_shown(request, found)
    faults: list[tuple[str, str]] = []
    if request.method == "POST" and mends(found):
        said = answers(request, found, kinds)
        faults = [(f"say-{e.first.pk}", e.fault) for k in kinds for e in k.entries if e.fault]
        if said and not faults:
            keep(request, found, said)
            return redirect("imports:problems", found.pk)
        if not faults:
            messages.warning(request, NOTHING_SAID)
    context = {"upload": found, "kinds": kinds, "each": request.GET.get("each") == "1"}
    context |= {"faults": faults, "not_acted_for": not_acted_for(found)}
    context |= how_many(found, kinds, asked_heading(request))
    return render(request, "imports/problems.html", {**context, **around(found), **summary(found)})


def asked_heading(request: HttpRequest) -> str | None:
    heading = request.GET.get("heading")
    return None if heading is None else heading.replace("\0", "")


def kinds_shown(request: HttpRequest, found: Upload) -> list[Kind]:
    shown = found.problems.select_related("line")
    heading = asked_heading(request)
    if heading is not None:
        shown = shown.filter(heading=heading)
    each = request.GET.get("each") == "1"
    return kinds_of(shown[:MOST_SHOWN], readings_of(found), dates_order(found), one_by_one=each)


def how_many(found: Upload, kinds: Sequence[Kind], heading: str | None) -> dict[str, Any]:
    """How many of how many are on the page and in the workbook, where that is not all."""
    asked = found.problems.all() if heading is None else found.problems.filter(heading=heading)
    shown, number = sum(kind.number for kind in kinds), asked.count()
    return {
        "more": {"shown": shown, "of": number} if number > shown else None,
        "rows_in_book": found.problem_rows.count(),
        "rows_beyond": found.problems.filter(line=None).values("sheet", "row").distinct().count(),
    }


def around(found: Upload) -> dict[str, Any]:
    """What stands beside the problems: work under way, what was taken over, the workbook."""
    job = found.job
    ours = job is not None and job.task in {put_right.name, take_back.name}
    return {
        "working": job if job and job.open else None,
        "told": job.message if job and ours and not job.open else "",
        "mends": mends(found),
        "later": later(found),
        "corrections": corrections_in(found),
        "sent_back": SentBackForm(),
    }


def later(found: Upload) -> Upload | None:
    """A file recorded after this one: its word would be turned back by mending this."""
    if found.state != Upload.State.APPLIED:
        return None
    applied = Upload.objects.of_council(found.council_id).applied()
    return applied.filter(applied_at__gt=found.applied_at).order_by("applied_at").last()


def mends(found: Upload) -> bool:
    """Whether putting right this upload's problems would still do something."""
    if found.state not in {Upload.State.READ, Upload.State.APPLIED}:
        return False
    return not (found.job and found.job.open) and later(found) is None


def answers(request: HttpRequest, found: Upload, kinds: Sequence[Kind]) -> list[Said]:
    """Corrections from the form; what is no better is told at its entry."""
    said = []
    for entry in (entry for kind in kinds for entry in kind.entries):
        key = entry.first.pk
        entry.typed = request.POST.get(f"say-{key}", "").strip()
        entry.blank, entry.out = f"blank-{key}" in request.POST, f"out-{key}" in request.POST
        answer = answer_to(found, entry)
        if isinstance(answer, str):
            entry.fault = answer
        elif answer is not None:
            said.append(answer)
    return said


def answer_to(found: Upload, entry: Entry) -> Said | str | None:
    if entry.out and entry.may_be_left_out and entry.first.line:
        return left_out(entry.first.line)
    if entry.column is None or not (entry.typed or (entry.blank and entry.may_be_blank)):
        return None
    text, order = "" if entry.blank else entry.typed, dates_order(found)
    if entry.everywhere:
        return general(text, entry.first.value, entry.column, order)
    columns = [each for each in readings_of(found) if each.sheet == entry.first.sheet]
    return own(text, entry.first, columns, entry.column.column, order)


def keep(request: HttpRequest, found: Upload, said: Sequence[Said]) -> None:
    """Keep corrections, and ask for what they mend to be recorded."""
    with transaction.atomic():
        made = correct(found, said, by=person(request))
        ask_for(found, put_right.name, request)
    messages.success(request, f"{count(made, 'correction')} kept, for this file and the next.")


def ask_for(found: Upload, task: str, request: HttpRequest) -> None:
    """Ask for work on this upload, unless some is under way: then that is waited for."""
    held = Upload.objects.select_for_update(of=("self",)).get(pk=found.pk)
    if held.job and held.job.open:
        return
    held.job = ask(task, subject=held.name, by=person(request), limit_seconds=RECORDING_LIMIT)
    held.save(update_fields=["job"])


@of_own_council
@require_safe
def problems_progress(request: HttpRequest, found: Upload) -> HttpResponse:
    """The moving part of the page while rows are put right; the whole page once it is done."""
    if found.job and found.job.open:
        return render(request, "parts/progress.html", {"job": found.job, "url": request.path})
    response = HttpResponse()
    response["HX-Redirect"] = reverse("imports:problems", args=[found.pk])
    return response


@of_own_council
def problem_row(request: HttpRequest, found: Upload) -> HttpResponse:
    """One row with all its cells, to be put right as a whole."""
    row = get_object_or_404(ProblemRow, upload=found, pk=number(request.GET.get("row", "")))
    columns = [c for c in usable(readings_of(found)) if c.sheet == row.sheet]
    texts = {each.column: row.cells.get(each.column, "") for each in columns}
    faults: dict[str, str] = {}
    if request.method == "POST" and mends(found):
        texts = {letter: request.POST.get(letter, text) for letter, text in texts.items()}
        said, faults = of_row(row, texts, columns, dates_order(found))
        said = [left_out(row)] if "out" in request.POST else said
        if said and ("out" in request.POST or not faults):
            keep(request, found, said)
            return redirect("imports:problems", found.pk)
        if not faults:
            messages.warning(request, "Nothing was changed in this row.")
    wrong = by_letter(row.problems.all())
    cells = [
        {
            "letter": each.column,
            "heading": each.heading,
            "label": FIELDS[each.field].label,
            "text": texts[each.column],
            "fault": faults.get(each.column, ""),
            "wrong": wrong.get(each.column, ""),
        }
        for each in columns
    ]
    waits = row.problems.waiting().exists()
    context = {"upload": found, "row": row, "cells": cells, "waits": waits, "mends": mends(found)}
    context["faults"] = [(f"cell-{one['letter']}", one["fault"]) for one in cells if one["fault"]]
    return render(request, "imports/problem_row.html", context)


def number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


@of_own_council
@require_safe
def problem_book(_request: HttpRequest, found: Upload) -> HttpResponse:
    """The problem rows as a workbook, with a note on each bad cell."""
    from imports.problem_book import Wrong, write_book  # noqa: PLC0415 - openpyxl loads numpy

    rows = found.problem_rows.prefetch_related("problems")
    if not rows:
        return redirect("imports:problems", found.pk)
    wrong = [Wrong(one.sheet, one.row, line_of(one), by_letter(one.problems.all())) for one in rows]
    response = HttpResponse(
        write_book(wrong, readings_of(found), upload=found.pk),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    response["Content-Disposition"] = f'attachment; filename="problems-of-upload-{found.pk}.xlsx"'
    return response


@of_own_council
@require_POST
def send_back(request: HttpRequest, found: Upload) -> HttpResponse:
    """Keep the workbook that came back, and ask for its changes to be taken."""
    form = SentBackForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["file"]))
    elif mends(found):
        with transaction.atomic():
            found.sent_back.delete(save=False)
            found.sent_back.save("", ContentFile(form.cleaned_data["file"].read()), save=False)
            found.save(update_fields=["sent_back"])
            ask_for(found, take_back.name, request)
    return redirect("imports:problems", found.pk)


@of_own_council
@require_POST
def undo_correction(request: HttpRequest, found: Upload) -> HttpResponse:
    """Take one correction back: its cells say again what the file says."""
    mine = Correction.objects.of_council(found.council_id)
    one = get_object_or_404(mine, pk=number(request.POST.get("correction", "")))
    if mends(found):
        with transaction.atomic():
            withdraw_correction(one)
            ask_for(found, put_right.name, request)
        messages.success(request, "The correction was taken back.")
    return redirect("imports:problems", found.pk)
