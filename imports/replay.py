"""What a reading took over from what was settled before, in words, each to be undone singly."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from imports.cells import ColumnReading, Table
from imports.memory import CHOSEN
from imports.normalise.reading import says_nothing, text_of
from imports.normalise.rows import columns_of
from imports.normalise.written_dates import written
from imports.settled import Replayed, Settled
from registry.records import FIELDS, FieldType

LONGEST_WORDS = 60  # characters; a longer cell is a note
MOST_WORDS = 12

BASES = {"total": "for the whole term", "annual": "for a year", "unknown": "for a term not stated"}
VATS = {"net": "without VAT", "gross": "with VAT", "unknown": "VAT not stated"}


def end_words(tables: Sequence[Table], columns: Sequence[ColumnReading]) -> dict[str, int]:
    """What stands for an end and is no date, most frequent first, with the number of its rows."""
    found: Counter[str] = Counter()
    ends = {(each.sheet, each.column) for each in columns if each.field == "end_date"}
    for table in tables:
        for letter, column in columns_of(table).items() if _has(ends, table) else ():
            if (table.sheet, letter) not in ends:
                continue
            rows = Counter(column.codes[column.codes >= 0].tolist())
            for code, cell in enumerate(column.cells):
                if isinstance(cell, str) and is_words(cell):
                    found[column.texts[code].casefold()] += rows[code]
    return dict(found.most_common(MOST_WORDS))


def _has(ends: set[tuple[str, str]], table: Table) -> bool:
    return any(sheet == table.sheet for sheet, _ in ends)


def is_words(cell: str) -> bool:
    """Whether a cell says something that is not a date: "ongoing", "until further notice"."""
    text = text_of(cell)
    telling = len(text) <= LONGEST_WORDS and any(map(str.isalpha, text))
    return telling and not says_nothing(text) and written(text) is None


def replayed(
    settled: Settled,
    heading_rows: Mapping[str, Sequence[int]],
    columns: Sequence[ColumnReading],
    words: Mapping[str, int],
) -> list[Replayed]:
    """Everything settled before that bore on this reading."""
    found = [Replayed("sheet", "", _sheets(heading_rows))] if heading_rows else []
    found += _columns(columns)
    dates = any(_type(each) in {FieldType.DATE, FieldType.TERM} for each in columns)
    if settled.day_first is not None and dates:
        which = "day" if settled.day_first else "month"
        found.append(Replayed("day first", "", f"Dates put the {which} first."))
    found += _meanings(settled, columns)
    for text, goes_on in settled.rolling_words.items():
        if text in words:
            means = "is a rolling contract" if goes_on else "is an end that is not known"
            found.append(Replayed("rolling", text, f"“{text}” {means}."))
    return found


def _sheets(heading_rows: Mapping[str, Sequence[int]]) -> str:
    said = (
        f"sheet “{name}” is read, its headings in row {' and '.join(map(str, rows))}"
        for name, rows in heading_rows.items()
    )
    return _sentence("; ".join(said))


def _columns(columns: Sequence[ColumnReading]) -> Iterator[Replayed]:
    for each in columns:
        if each.recalled:
            what = FIELDS[each.field].label if each.field in FIELDS else "kept, not used"
            why = "" if each.because.startswith(CHOSEN) else f": {each.because}"
            name = f"“{each.heading}”" if each.heading else f"Column {each.column}"
            yield Replayed("column", each.recalled, f"{name} is {what}{why}.")


def _meanings(settled: Settled, columns: Sequence[ColumnReading]) -> Iterator[Replayed]:
    for each in columns:
        key = next((k for k in (each.key, each.recalled) if k in settled.meanings), "")
        if key and _type(each) is FieldType.MONEY:
            basis, vat = settled.meanings[key]
            words = f"“{each.heading}” is {BASES[basis]}, {VATS[vat]}."
            yield Replayed("meaning", key, words)


def _type(reading: ColumnReading) -> FieldType | None:
    return FIELDS[reading.field].type if reading.field in FIELDS else None


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
