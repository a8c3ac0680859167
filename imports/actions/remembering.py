"""What applying an upload adds to what is remembered of its council's registers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from imports.actions.choices import Chosen, choose, take_back
from imports.cells import ColumnReading, Table
from imports.memory import beside, marks, memory_keys, sheet_choice
from imports.models import Choice, Upload
from imports.normalise.rows import columns_of
from imports.settled import ColumnChoice
from imports.snapshot import decode_column, encode_column, encode_sheet
from imports.understanding import Understood, tops
from registry.models import User
from registry.records import IGNORED

Kind = Choice.Kind


def remember(upload: Upload, understood: Understood, *, by: User | None) -> None:
    """Keep what tells each column next time: its values and neighbours beside its heading.

    Columns that somebody chose stay chosen. The others were seen and let pass: they are kept
    with less weight, and only if a person applied the upload.
    """
    council = upload.council_id
    standing = {(one.kind, one.key): one for one in Choice.objects.standing().of_council(council)}
    for table in understood.tables:
        readings = [each for each in understood.columns if each.sheet == table.sheet]
        seen = columns_seen(table, readings)
        for reading in readings:
            keep_column(upload, reading, seen[reading.column], standing, by=by)
    if held := standing.get((Kind.SHEET, "")):
        refresh(held, sheets_seen(understood))


def columns_seen(table: Table, readings: Sequence[ColumnReading]) -> dict[str, ColumnChoice]:
    """Every column of a table with what tells it, by letter."""
    columns = columns_of(table)
    around = beside(memory_keys(table.headings))
    return {
        each.column: ColumnChoice(
            field=each.field,
            heading=each.heading[:200],
            column=each.column,
            beside=around[each.column],
            values=marks(columns[each.column].texts),
            meaning=(each.basis, each.vat),
            left=tuple(one.key for one in readings if one.rival == each.field != IGNORED),
            chosen=False,
        )
        for each in readings
    }


def keep_column(
    upload: Upload,
    reading: ColumnReading,
    seen: ColumnChoice,
    standing: Mapping[tuple[str, str], Choice],
    *,
    by: User | None,
) -> None:
    """Bring a column's choice up to date, under the heading it has now, or make it one."""
    held = standing.get((Kind.COLUMN, reading.recalled or reading.key))
    chosen = held is not None and decode_column(held.value).chosen
    if held is not None and chosen and held.value["field"] != reading.field:
        return  # another column took the field: what was chosen stands as it was
    if not chosen and (by is None or reading.field == IGNORED):
        return
    value = encode_column(replace(seen, chosen=chosen))
    if held is not None and held.key == reading.key:
        refresh(held, value)
    else:
        move(upload, held, Chosen(Kind.COLUMN, reading.key, value), by=by)


def move(upload: Upload, held: Choice | None, chosen: Chosen, *, by: User | None) -> None:
    """Remember a column by its new heading, in the name of whoever settled the old one."""
    if held is not None:
        take_back(upload.council_id, held.kind, held.key)
    choose(upload, [chosen], by=held.chosen_by if held else by)


def refresh(held: Choice, value: Any) -> None:
    if held.value != value:
        held.value = value
        held.save(update_fields=["value"])


def sheets_seen(understood: Understood) -> list[dict[str, Any]]:
    rows = tops(understood.workbook)
    return [
        encode_sheet(sheet_choice(table.sheet, table.heading_rows, rows[table.sheet]))
        for table in understood.tables
    ]
