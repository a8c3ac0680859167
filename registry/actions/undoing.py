"""Taking back what a person said of suppliers: all that it laid down, and only that."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from registry.actions.asking import owners_of
from registry.actions.known_names import hold
from registry.actions.settling import resettle
from registry.models import (
    GroupMember,
    SupplierJudgement,
    SupplierQuestion,
    SupplierRuling,
    User,
)


@transaction.atomic
def undo(judgement: SupplierJudgement, *, by: User) -> bool:
    """Let stand what stood before it, and rules judge the rest; whether there was anything to."""
    hold()
    standing = SupplierJudgement.objects.standing().filter(pk=judgement.pk)
    if not standing.update(withdrawn_at=timezone.now(), withdrawn_by=by):
        return False
    if judgement.question_id:
        SupplierQuestion.objects.filter(pk=judgement.question_id).update(
            answer="", decided_at=None, decided_by=None
        )
    names = take_back_rulings(judgement, by) | bring_back_rulings(judgement)
    take_back_memberships(judgement, by)
    bring_back_memberships(judgement)
    owners = owners_of(names)
    resettle({key for keys in owners.values() for key in keys})
    return True


def take_back_rulings(judgement: SupplierJudgement, by: User) -> set[str]:
    made = SupplierRuling.objects.standing().filter(judgement=judgement)
    names = names_in(made)
    made.update(withdrawn_at=timezone.now(), withdrawn_by=by)
    return names


def bring_back_rulings(judgement: SupplierJudgement) -> set[str]:
    """Those that gave way to it, unless they were taken back themselves or others stand there."""
    ended = SupplierRuling.objects.filter(ended_by=judgement)
    ended = ended.filter(Q(judgement=None) | Q(judgement__withdrawn_at=None))
    names = names_in(ended)
    standing = SupplierRuling.objects.standing().filter(one__in=names, other__in=names)
    taken = {frozenset(pair) for pair in standing.values_list("one", "other")}
    back = [one for one in ended if frozenset({one.one, one.other}) not in taken]
    stand_again(SupplierRuling, [one.pk for one in back])
    return {name for one in back for name in (one.one, one.other)}


def names_in(rulings: "Collection[SupplierRuling]") -> set[str]:
    return {name for ruling in rulings for name in (ruling.one, ruling.other)}


def take_back_memberships(judgement: SupplierJudgement, by: User) -> None:
    made = GroupMember.objects.standing().filter(judgement=judgement)
    made.update(withdrawn_at=timezone.now(), withdrawn_by=by)


def bring_back_memberships(judgement: SupplierJudgement) -> None:
    ended = GroupMember.objects.filter(ended_by=judgement)
    ended = ended.filter(Q(judgement=None) | Q(judgement__withdrawn_at=None))
    elsewhere = set(
        GroupMember.objects.standing()
        .filter(supplier__in=ended.values("supplier"))
        .values_list("supplier", flat=True)
    )
    stand_again(GroupMember, [one.pk for one in ended if one.supplier_id not in elsewhere])


def stand_again(model: "type[SupplierRuling | GroupMember]", keys: Collection[int]) -> None:
    model._default_manager.filter(pk__in=keys).update(
        withdrawn_at=None, withdrawn_by=None, ended_by=None
    )
