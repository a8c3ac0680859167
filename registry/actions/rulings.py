"""People's word on who is who among suppliers: kept, applied to every contract, taken back."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from registry.actions.asking import owners_of
from registry.actions.known_names import hold
from registry.actions.settling import resettle
from registry.models import (
    GroupMember,
    Supplier,
    SupplierGroup,
    SupplierQuestion,
    SupplierRuling,
    User,
)

Verdict = SupplierRuling.Verdict
Answer = SupplierQuestion.Answer


@transaction.atomic
def answer(question: SupplierQuestion, said: str, *, by: User) -> None:
    """Settle a question; what it says of the two suppliers holds for files to come."""
    hold()
    asked = SupplierQuestion.objects.to_ask().filter(pk=question.pk)
    answered = asked.update(answer=said, decided_at=timezone.now(), decided_by=by)
    if not answered:
        return  # a colleague was faster, or a file settled it
    question.refresh_from_db()
    if said == Answer.SAME:
        merge(question.one, question.other, by=by)
        return
    rule(Verdict.DIFFERENT, question.one.name, question.other.name, by=by)
    rule(Verdict.DIFFERENT, question.one_name, question.other_name, by=by)
    resettle([question.one_id, question.other_id])
    if said == Answer.GROUP:
        put_in_one_group(question.one, question.other, by=by)


@transaction.atomic
def merge(one: Supplier, other: Supplier, *, by: User) -> None:
    """Make one supplier of two, for these and all later files."""
    hold()
    between = Q(one__in=names_of(one), other__in=names_of(other))
    between |= Q(one__in=names_of(other), other__in=names_of(one))
    apart = SupplierRuling.objects.standing().filter(between, verdict=Verdict.DIFFERENT)
    apart.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    rule(Verdict.SAME, one.name, other.name, by=by)
    resettle([one.pk, other.pk])


@transaction.atomic
def split_off(supplier: Supplier, names: Collection[str], *, by: User) -> None:
    """Let these names of a supplier be another, and never its again."""
    hold()
    held = names_of(supplier)
    gone = [name for name in held if name in names and name != supplier.name]
    kept = [name for name in held if name not in gone]
    if not gone or not kept:
        return
    for name in gone:
        joined = SupplierRuling.objects.standing().filter(
            Q(one=name, other__in=kept) | Q(other=name, one__in=kept), verdict=Verdict.SAME
        )
        joined.update(withdrawn_at=timezone.now(), withdrawn_by=by)
        for other in kept:
            rule(Verdict.DIFFERENT, name, other, by=by)
    for name in gone[1:]:
        rule(Verdict.SAME, gone[0], name, by=by)
    resettle([supplier.pk])


@transaction.atomic
def take_back(ruling: SupplierRuling, *, by: User) -> None:
    """Let rules judge again of what a person had decided."""
    hold()
    standing = SupplierRuling.objects.standing().filter(pk=ruling.pk)
    if not standing.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        return
    owners = owners_of([ruling.one, ruling.other])
    resettle({key for keys in owners.values() for key in keys})
    names = {ruling.one, ruling.other}
    SupplierQuestion.objects.filter(one_name__in=names, other_name__in=names).exclude(
        decided_at=None
    ).update(answer="", decided_at=None, decided_by=None)


def rule(verdict: str, one: str, other: str, *, by: User) -> None:
    """Note a verdict on two names in place of any before it."""
    if one == other:
        return
    pair = Q(one=one, other=other) | Q(one=other, other=one)
    standing = SupplierRuling.objects.standing().filter(pair)
    if standing.filter(verdict=verdict).exists():
        return
    standing.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    SupplierRuling.objects.create(verdict=verdict, one=one, other=other, decided_by=by)


def names_of(supplier: Supplier) -> list[str]:
    return list(supplier.names.order_by("pk").values_list("name", flat=True))


# Groups: suppliers under one parent, each on its own


@transaction.atomic
def put_in_group(supplier: Supplier, group: SupplierGroup, *, by: User) -> None:
    leave_group(supplier)
    GroupMember.objects.create(group=group, supplier=supplier, decided_by=by)


def leave_group(supplier: Supplier) -> None:
    supplier.memberships.standing().update(withdrawn_at=timezone.now())


def put_in_one_group(one: Supplier, other: Supplier, *, by: User) -> None:
    """In the group that either is in, else in one named for the first."""
    group = group_of(one) or group_of(other) or group_under(one)
    for supplier in (one, other):
        if group_of(supplier) != group:
            put_in_group(supplier, group, by=by)


def group_of(supplier: Supplier) -> SupplierGroup | None:
    member = supplier.memberships.standing().select_related("group").first()
    return member.group if member else None


def group_under(parent: Supplier) -> SupplierGroup:
    return SupplierGroup.objects.filter(parent=parent).first() or group_called(parent.name, parent)


def group_called(name: str, parent: Supplier | None = None) -> SupplierGroup:
    held = SupplierGroup.objects.filter(name__iexact=name).first()
    return held or SupplierGroup.objects.create(name=name, parent=parent)


def rulings_on(names: Iterable[str]) -> "list[SupplierRuling]":
    """What people decided of these names, the latest first."""
    found = SupplierRuling.objects.of_names(list(names)).select_related(
        "decided_by", "withdrawn_by"
    )
    return list(found.order_by("-decided_at", "-pk"))
