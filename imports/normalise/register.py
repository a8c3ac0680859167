"""A register's tables to contract records and problems, counted row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from imports.cells import ColumnReading, Table
from imports.normalise.orders import Orders, Place, decide
from imports.normalise.outcome import Normalised
from imports.normalise.rows import Column, columns_of
from imports.normalise.summary import leave_out_repeats, summarise
from imports.normalise.tables import TableReader
from imports.normalise.written_dates import Evidence, evidence
from imports.preface import SAID, preface
from imports.settled import NOTHING_SETTLED, Settled
from registry.records import FIELDS, FieldType

FILLED_DOWN = (
    "{count:,} empty cells of sheet “{sheet}” are merged with a cell above: they were read as "
    "saying the same. Amounts were left where they stand."
)


def normalise(
    tables: Sequence[Table],
    columns: Sequence[ColumnReading],
    *,
    settled: Settled = NOTHING_SETTLED,
) -> Normalised:
    """What the tables of one register say, row by row.

    Every row is counted once: `read` = records + problem + duplicate + not a contract + total
    line, blank rows apart. An optional cell that cannot be read is left out of its record and
    listed as a problem with `recorded`. `settled` holds people's word on dates such as
    03/04/2027 and on ends such as "ongoing"; without it the file itself decides.
    """
    by_sheet = {table.sheet: columns_of(table) for table in tables}
    told = [replace(each, field=each.further) if each.further else each for each in columns]
    mapped = [each for each in told if each.field in FIELDS and each.sheet in by_sheet]
    orders = _orders(by_sheet, mapped, day_first=settled.day_first)
    judged = [*orders.judgements, *_said_above(tables), *_filled_down(tables)]
    result = Normalised(judgements=judged)
    readers = [
        TableReader(
            table,
            by_sheet[table.sheet],
            [c for c in mapped if c.sheet == table.sheet],
            orders,
            settled.rolling_words,
        )
        for table in tables
    ]
    for reader in readers:
        reader.read_into(result)
    if len(readers) > 1:
        leave_out_repeats(result)
    summarise(result, readers, orders)
    return result


def _said_above(tables: Sequence[Table]) -> list[str]:
    """What was taken from the notes above the headings."""
    words = {table.sheet: preface(table.above).words for table in tables}
    return [SAID.format(sheet=sheet, words=said) for sheet, said in words.items() if said]


def _filled_down(tables: Sequence[Table]) -> list[str]:
    return [
        FILLED_DOWN.format(count=table.filled_down, sheet=table.sheet)
        for table in tables
        if table.filled_down
    ]


def _orders(
    by_sheet: Mapping[str, Mapping[str, Column]],
    columns: Sequence[ColumnReading],
    *,
    day_first: bool | None,
) -> Orders:
    found: dict[Place, Evidence] = {}
    headings: dict[Place, str] = {}
    for each in columns:
        column = by_sheet[each.sheet].get(each.column)
        if column is not None and FIELDS[each.field].type in {FieldType.DATE, FieldType.TERM}:
            place = (each.sheet, each.column)
            found[place] = evidence(column.cells)
            headings[place] = each.heading
    return decide(found, headings, day_first=day_first)
