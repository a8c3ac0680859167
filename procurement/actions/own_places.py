"""A council's own place for a category on the sharing grid: giving it, and taking it back."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from procurement.models import OwnPlace
from registry.models import Category, Council, User


@transaction.atomic
def place_own(
    council: Council, category: Category, *, by: User | None, **said: Decimal | str
) -> OwnPlace:
    """It stands from now on; what stood before stays on record. Saying the same says it once."""
    # Two officers at once: the second waits, and its word stands.
    Council.objects.select_for_update().get(pk=council.pk)
    standing = OwnPlace.objects.standing().filter(council=council, category=category)
    if same := standing.filter(**said).first():
        return same
    standing.update(taken_back_at=timezone.now())
    return OwnPlace.objects.create(council=council, category=category, decided_by=by, **said)


@transaction.atomic
def take_back_own(council: Council, category: Category) -> None:
    """The national place holds for the council again; that it had its own stays on record."""
    standing = OwnPlace.objects.standing().filter(council=council, category=category)
    standing.update(taken_back_at=timezone.now())
