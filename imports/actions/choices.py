"""What an officer settles about their council's registers, and takes back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from imports.models import Choice, Upload
from registry.models import User


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing settled; `kind`, `key` and `value` as `Choice` has them."""

    kind: str
    key: str
    value: Any


@transaction.atomic
def choose(upload: Upload, chosen: Iterable[Chosen], *, by: User | None) -> None:
    """Let these stand for the upload's council, each in place of what stood before it."""
    chosen = list(chosen)
    for one in chosen:
        take_back(upload.council_id, one.kind, one.key)
    Choice.objects.bulk_create(
        Choice(
            council_id=upload.council_id,
            kind=one.kind,
            key=one.key,
            value=one.value,
            upload=upload,
            chosen_by=by,
        )
        for one in chosen
    )


def take_back(council: str, kind: str, key: str) -> bool:
    """Withdraw one choice, so that the next reading judges for itself; whether any stood."""
    standing = Choice.objects.standing().of_council(council).filter(kind=kind, key=key)
    return bool(standing.update(withdrawn_at=timezone.now()))
