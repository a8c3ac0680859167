"""Groups: suppliers under one parent, each on its own; who said so, from when until when."""

from django.db import transaction
from django.utils import timezone

from registry.models import GroupMember, Supplier, SupplierGroup, SupplierJudgement, User

What = SupplierJudgement.What


@transaction.atomic
def put_in_group(supplier: Supplier, group: SupplierGroup, *, by: User) -> SupplierJudgement | None:
    """Let it belong to this group and no other. None: it does already."""
    if group_of(supplier) == group:
        return None
    within = SupplierJudgement.objects.create(
        what=What.JOINED, one=supplier.name, other=group.name, decided_by=by
    )
    enter(supplier, group, within)
    return within


@transaction.atomic
def leave_group(supplier: Supplier, *, by: User) -> SupplierJudgement | None:
    """Let it belong to no group. None: nobody said that it does."""
    group = group_of(supplier)
    if group is None:
        return None
    within = SupplierJudgement.objects.create(
        what=What.LEFT, one=supplier.name, other=group.name, decided_by=by
    )
    end_memberships(supplier, within)
    return within


def enter(supplier: Supplier, group: SupplierGroup, within: SupplierJudgement) -> None:
    end_memberships(supplier, within)
    GroupMember.objects.create(
        group=group, supplier=supplier, judgement=within, decided_by=within.decided_by
    )


def end_memberships(supplier: Supplier, within: SupplierJudgement) -> None:
    """Its own and those of suppliers merged into it; they come back if this is taken back."""
    standing = GroupMember.objects.standing().of(supplier).order_by()
    GroupMember.objects.filter(pk__in=list(standing.values_list("pk", flat=True))).update(
        withdrawn_at=timezone.now(), withdrawn_by=within.decided_by, ended_by=within
    )


def put_in_one_group(one: Supplier, other: Supplier, within: SupplierJudgement) -> None:
    """In the group that either is in, else in one named for the first."""
    group = group_of(one) or group_of(other) or group_under(one)
    for supplier in (one, other):
        if group_of(supplier) != group:
            enter(supplier, group, within)


def group_of(supplier: Supplier) -> SupplierGroup | None:
    member = GroupMember.objects.standing().of(supplier).select_related("group").first()
    return member.group if member else None


def group_under(parent: Supplier) -> SupplierGroup:
    return SupplierGroup.objects.filter(parent=parent).first() or group_called(parent.name, parent)


def group_called(name: str, parent: Supplier | None = None) -> SupplierGroup:
    held = SupplierGroup.objects.filter(name__iexact=name).first()
    return held or SupplierGroup.objects.create(name=name, parent=parent)
