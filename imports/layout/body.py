"""Finds where a table's rows begin and end, leaving the notes below it out."""

import re
from collections.abc import Sequence

import numpy as np

from imports.cells import Cell, Sheet
from imports.layout.grid import Counts, Row, filled, first_rows, is_words, text_of

ROWS_AT_THE_END = 200  # how far up notes below a table are looked for
FULL_ROW = 5  # cells: where rows are this full, two words below a gap are a key, not a row
LONG_NOTE = 80  # characters
LEAST_USUAL = 2  # cells: in a list narrower than this, one cell is a row like the others

_TOTAL = re.compile(r"\b(sub-?)?totals?\b", re.IGNORECASE)
_NOTE = re.compile(
    r"(notes?\b|nb\b|n\.b\.|\*|†|©|source\b|key\b|for (more|further)\b|end of\b"
    r"|(no|nil|none)\b|this (list|register|spreadsheet|document)\b)",
    re.IGNORECASE,
)


def data_rows(sheet: Sheet, counts: Counts, *, after: int, headed: int) -> tuple[int, int] | None:
    """Numbers of the first and last data row below row `after`; None when there is none.

    `headed` is how many columns have a heading: under several, rows of one cell are but notes.
    """
    used = np.flatnonzero(counts[after:]) + after + 1
    if not len(used):
        return None
    first, last = int(used[0]), int(used[-1])
    usual = max(float(np.median(counts[used - 1])), min(headed, LEAST_USUAL + 1))
    top = max(first - 1, last - ROWS_AT_THE_END)
    tail = first_rows(sheet, after=top, count=last - top)
    kept = _without_notes(tail, usual=usual)
    return (first, top + kept) if top + kept >= first else None


def _without_notes(rows: Sequence[Row], *, usual: float) -> int:
    """How many of the rows are left once the notes at their end are gone."""
    end = len(rows)
    while end:
        start = _start_of_block(rows, end)
        if start and _is_note_block(rows[start:end], usual=usual):
            end = start
        elif _is_loose_note(rows[end - 1], usual=usual):
            end -= 1
        else:
            break
        while end and not filled(rows[end - 1]):
            end -= 1
    return end


def _start_of_block(rows: Sequence[Row], end: int) -> int:
    """Where the rows without a blank one between them begin; 0: no blank row above."""
    start = end
    while start and filled(rows[start - 1]):
        start -= 1
    return start


def _is_note_block(rows: Sequence[Row], *, usual: float) -> bool:
    most = 2 if usual >= FULL_ROW else 1
    return usual > most and all(_is_note(filled(row), most=most) for row in rows)


def _is_note(cells: Sequence[Cell], *, most: int) -> bool:
    texts = [text_of(cell) for cell in cells]
    return len(cells) <= most and is_words(cells[0]) and not any(map(_TOTAL.search, texts))


def _is_loose_note(row: Row, *, usual: float) -> bool:
    """A note straight under the last row: one cell that says it is one, or a whole sentence."""
    cells = filled(row)
    if len(cells) != 1 or usual <= LEAST_USUAL or not is_words(cells[0]):
        return False
    text = text_of(cells[0])
    return bool(_NOTE.match(text)) or (len(text) >= LONG_NOTE and not _TOTAL.search(text))
