"""People's word on who is who among suppliers: kept, applied to every contract, taken back."""

from collections.abc import Collection, Iterable
from itertools import product

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from registry.actions.groups import put_in_one_group
from registry.actions.known_names import hold
from registry.actions.settling import resettle
from registry.models import (
    Supplier,
    SupplierJudgement,
    SupplierQuestion,
    SupplierRuling,
    User,
)
from registry.models.judgements import SupplierRulingQuerySet

Verdict = SupplierRuling.Verdict
Answer = SupplierQuestion.Answer
What = SupplierJudgement.What


@transaction.atomic
def answer(question: SupplierQuestion, said: str, *, by: User) -> SupplierJudgement | None:
    """Settle a question; what it says of the two suppliers holds for files to come.

    None where a colleague was faster, or a file settled it.
    """
    hold()
    asked = SupplierQuestion.objects.to_ask().filter(pk=question.pk)
    if not asked.update(answer=said, decided_at=timezone.now(), decided_by=by):
        return None
    question.refresh_from_db()
    one, other = question.one, question.other
    within = SupplierJudgement.objects.create(
        what=said,
        one=question.one_name,
        other=question.other_name,
        question=question,
        decided_by=by,
    )
    if said == Answer.SAME:
        join(one, other, within)
        return within
    rule(Verdict.DIFFERENT, [(one.name, other.name), (within.one, within.other)], within)
    resettle([one.pk, other.pk])
    if said == Answer.GROUP:
        put_in_one_group(one, other, within)
    return within


@transaction.atomic
def merge(one: Supplier, other: Supplier, *, by: User) -> SupplierJudgement:
    """Make one supplier of two, for these and all later files."""
    hold()
    within = SupplierJudgement.objects.create(
        what=What.SAME, one=one.name, other=other.name, decided_by=by
    )
    join(one, other, within)
    return within


def join(one: Supplier, other: Supplier, within: SupplierJudgement) -> None:
    between = Q(one__in=names_of(one), other__in=names_of(other))
    between |= Q(one__in=names_of(other), other__in=names_of(one))
    end(SupplierRuling.objects.filter(between, verdict=Verdict.DIFFERENT), within)
    rule(Verdict.SAME, [(one.name, other.name)], within)
    resettle([one.pk, other.pk])


@transaction.atomic
def split_off(supplier: Supplier, names: Collection[str], *, by: User) -> SupplierJudgement | None:
    """Let these names of a supplier be another, and never its again. None: nothing to part."""
    hold()
    held = names_of(supplier)
    gone = [name for name in held if name in names and name != supplier.name]
    kept = [name for name in held if name not in gone]
    if not gone or not kept:
        return None
    if supplier.own_name in gone:  # its identifier stays with the name it is shown under
        Supplier.objects.filter(pk=supplier.pk).update(met_as="")
    within = SupplierJudgement.objects.create(
        what=What.SPLIT, one=supplier.name, other=", ".join(gone)[:300], decided_by=by
    )
    between = Q(one__in=gone, other__in=kept) | Q(one__in=kept, other__in=gone)
    end(SupplierRuling.objects.filter(between, verdict=Verdict.SAME), within)
    rule(Verdict.DIFFERENT, product(gone, kept), within)
    rule(Verdict.SAME, [(gone[0], name) for name in gone[1:]], within)
    resettle([supplier.pk])
    return within


def rule(verdict: str, pairs: Iterable[tuple[str, str]], within: SupplierJudgement) -> None:
    """Note a verdict on pairs of names in place of any before it."""
    asked = {frozenset(pair): pair for pair in pairs if pair[0] != pair[1]}
    names = {name for pair in asked for name in pair}
    standing = SupplierRuling.objects.standing().filter(one__in=names, other__in=names)
    held = {frozenset({one.one, one.other}): one for one in standing}
    over = [r.pk for pair, r in held.items() if pair in asked and r.verdict != verdict]
    end(SupplierRuling.objects.filter(pk__in=over), within)
    SupplierRuling.objects.bulk_create(
        SupplierRuling(
            verdict=verdict, one=one, other=other, judgement=within, decided_by=within.decided_by
        )
        for pair, (one, other) in asked.items()
        if pair not in held or held[pair].verdict != verdict
    )


def end(rulings: SupplierRulingQuerySet, within: SupplierJudgement) -> None:
    """Let rulings give way to a later judgement; they come back when that is taken back."""
    rulings.standing().update(
        withdrawn_at=timezone.now(), withdrawn_by=within.decided_by, ended_by=within
    )


def names_of(supplier: Supplier) -> list[str]:
    return list(supplier.names.order_by("pk").values_list("name", flat=True))
