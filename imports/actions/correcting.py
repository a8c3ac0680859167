"""What people say cells should say: kept, and taken back. Loaded by pages, so without pandas."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from imports.cells import ColumnReading
from imports.mending import Line, order_of
from imports.models import Correction, ProblemRow, Upload
from imports.normalise.written_dates import Order
from imports.settled import Correction as Settled
from registry.models import User


def readings_of(upload: Upload) -> list[ColumnReading]:
    """The columns of an upload as they were read."""
    said = upload.report.get("columns", [])
    names = ("sheet", "column", "heading", "field", "because")
    return [ColumnReading(**{name: one[name] for name in names}) for one in said]


def dates_order(upload: Upload) -> Order:
    """Whether its dates put the day or the month first."""
    return order_of((upload.report.get("dates") or {}).get("order", ""))


def line_of(row: ProblemRow) -> Line:
    return Line(row.row_key, row.cells, row.raw)


@transaction.atomic
def correct(upload: Upload, corrections: Sequence[Settled], *, by: User) -> int:
    """Keep what cells should say, in place of what was said of them before; how many are new."""
    # One word on one cell: of two in one form the last stands.
    said = {(one.field, one.raw, one.row_key): one for one in corrections}
    before = _standing_on(upload.council_id, said.keys())
    same = {key for key, held in before.items() if held.value == said[key].value}
    _withdraw([held.pk for key, held in before.items() if key not in same])
    new = [one for key, one in said.items() if key not in same and one.value != one.raw]
    Correction.objects.bulk_create(
        Correction(
            council_id=upload.council_id,
            upload=upload,
            field=one.field,
            raw=one.raw,
            value=one.value,
            row_key=one.row_key,
            corrected_by=by,
        )
        for one in new
    )
    return len(new)


def _standing_on(
    council: str, cells: Collection[tuple[str, str, str]]
) -> dict[tuple[str, str, str], Correction]:
    standing = Correction.objects.standing().of_council(council)
    asked = standing.filter(field__in={field for field, _, _ in cells})
    found = {(one.field, one.raw, one.row_key): one for one in asked}
    return {key: one for key, one in found.items() if key in cells}


def _withdraw(keys: Sequence[int]) -> None:
    Correction.objects.filter(pk__in=keys).update(withdrawn_at=timezone.now())


def withdraw_correction(correction: Correction) -> None:
    """The cell says again what the file says; withdrawing twice changes nothing."""
    Correction.objects.standing().filter(pk=correction.pk).update(withdrawn_at=timezone.now())
