"""What administrators change of frameworks by hand: it is theirs from then on."""

from collections.abc import Mapping

from django.db import transaction

from procurement.actions.frameworks import mark_edited
from procurement.models import Framework, FrameworkAward, FrameworkOwner, Lot, LotSupplier


def keep(framework: Framework) -> None:
    """Mark it before it is saved; its owner goes under the name it has now."""
    framework.edited = True
    for owner in FrameworkOwner.objects.all():
        if framework.owner.casefold() in map(str.casefold, owner.names):
            framework.owner = owner.name


@transaction.atomic
def keep_award(award: FrameworkAward) -> None:
    award.save()
    mark_edited([award.framework_id])


@transaction.atomic
def keep_suppliers(lot: Lot, numbers: Mapping[str, str]) -> None:
    """Those on a lot, by name; other numbers held of one that stays are kept."""
    lot.suppliers.exclude(name__in=numbers).delete()
    for name, number in numbers.items():
        LotSupplier.objects.update_or_create(
            lot=lot, name=name, defaults={"company_number": number}
        )
    mark_edited([lot.framework_id])


@transaction.atomic
def remove(part: FrameworkAward | Lot) -> None:
    reference = part.framework_id
    part.delete()
    mark_edited([reference])
