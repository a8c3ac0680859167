"""Finds the row or rows that hold a sheet's headings, and what each column is headed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from imports.cells import Cell
from imports.headings import recognise
from imports.layout.grid import Row, filled, is_value, is_words, text_of
from imports.layout.verdicts import LONGEST_HEADING, telltales

ROWS_SEARCHED = 60
CANDIDATES = 30
MOST_HEADING_ROWS = 4
FEWEST_NUMBERED = 3  # columns
LEAST_SCORE = 1.2  # two headings that surely name a field, or one and several fair ones
LEAST_CELLS = 2
LEAST_HINTS = 0.6  # of the cells of a row of hints
MOST_VALUES = 0.25  # of the cells: a heading may be a year or a bare number
LATER_COUNTS = 0.985  # a row further down has to be better to be believed
WORDS_ONLY = 0.05  # what a heading of unknown words adds
TELLTALE = 0.8  # what a heading of another kind of list adds
LONGEST_GROUP = 60  # characters

_YEAR = re.compile(r"(19|20)\d\d(\s?[/\-–]\s?(20)?\d\d)?")  # heads a column of yearly amounts
_TITLE = re.compile(
    r"\b(register|version|updated|as at|published|council|borough|page|quarter|prepared|notes?)\b",
    re.IGNORECASE,
)
_FORMAT = (
    r"d{1,2}[/.\- ]?m{1,3}[/.\- ]?y{2,4}|max(?:imum)?\.? ?\d+ ?(?:char(?:acter)?s?|words?)"
    r"|yes ?/ ?no|y ?/ ?n|drop ?down(?: list)?|e\.?g\.?.{0,60}|please .{0,80}"
    r"|if (?:known|applicable|any)"
)
_OF_MONEY = (
    r"£(?: ?k| ?m|(?: ?000s?))?|000s?|gbp|(?:net|gross|exc?l?|inc?l?|excluding|including|exclusive"
    r"|inclusive|plus|before)?\.? ?(?:of )?vat|per (?:annum|year)|p\.a\.?"
)
_MAYBE = (
    r"mandatory|optional|required|compulsory|free ?text|text(?: field)?|alpha-?numeric|numeric"
    r"|date(?: field)?|number(?: field)?|currency|net|gross|annual|total|whole life"
)
# Nothing else than a row that tells how to fill the columns in has a cell like the sure ones.
_SURE_HINT = re.compile(rf"[(\[]?(?:{_FORMAT}|(?:(?:{_OF_MONEY})[ ,;()]*)+)[)\]]?", re.IGNORECASE)
_HINT = re.compile(
    rf"[(\[]?(?:{_FORMAT}|(?:(?:{_OF_MONEY}|{_MAYBE})[ ,;()]*)+)[)\]]?", re.IGNORECASE
)
_TELLING_HINT = re.compile(rf"{_OF_MONEY}|\b(?:net|gross|annual|total|whole life)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeadingBlock:
    """The heading rows of a sheet (numbers from 1), and the heading of each column."""

    rows: list[int]
    headings: list[str]
    score: float = 0.0


def find_headings(rows: Sequence[Row], *, first: int = 1) -> HeadingBlock | None:
    """The most convincing heading block among the rows, numbered from `first`; None: no such."""
    candidates = [place for place, row in enumerate(rows) if _could_head(row)][:CANDIDATES]
    if not candidates:
        return None
    scores = {
        place: heading_score(rows[place]) * LATER_COUNTS**rank
        for rank, place in enumerate(candidates)
    }
    best = max(scores, key=lambda place: scores[place])
    places = _whole_block(rows, best)
    headings = join_headings([rows[place] for place in places])
    score = max(scores[best], heading_score(headings))
    if score < LEAST_SCORE:
        return None
    return HeadingBlock([first + place for place in places], headings, score)


def _could_head(row: Row) -> bool:
    cells = [cell for cell in filled(row) if not _YEAR.fullmatch(text_of(cell))]
    values = sum(map(is_value, cells))
    return len(cells) - values >= LEAST_CELLS and values <= MOST_VALUES * len(cells)


def heading_score(row: Row) -> float:
    """How well the cells read as headings: each field counts once, as its best cell names it."""
    texts = [text_of(cell) for cell in row if is_words(cell)]
    of_others = {text for found in telltales(texts).values() for text in found}
    short = sum(1 for text in texts if len(text) <= LONGEST_GROUP)
    return _field_score(texts) + TELLTALE * len(of_others) + WORDS_ONLY * short


def _field_score(texts: Sequence[str]) -> float:
    by_field: dict[str, float] = {}
    for text in texts:
        for match in recognise(text[:LONGEST_HEADING])[:1]:
            by_field[match.field] = max(match.score, by_field.get(match.field, 0.0))
    return sum(by_field.values())


def _whole_block(rows: Sequence[Row], best: int) -> list[int]:
    """The places of the heading rows: the best, group headings above it, second halves below."""
    places = [best]
    while len(places) < MOST_HEADING_ROWS:
        below = _place_below(rows, places[-1])
        if below is None or not _continues(rows[places[-1]], rows[below]):
            break
        places.append(below)
    while places[0] > 0 and len(places) < MOST_HEADING_ROWS:
        if not _groups(rows[places[0] - 1], rows[places[0]]):
            break
        places.insert(0, places[0] - 1)
    return places


def _place_below(rows: Sequence[Row], place: int) -> int | None:
    """The next row; past a blank one only a row of hints still belongs to the headings."""
    if place + 1 >= len(rows):
        return None
    beyond = place + 2
    if filled(rows[place + 1]) or beyond >= len(rows) or not _is_hints(filled(rows[beyond])):
        return place + 1
    return beyond


def _groups(above: Row, row: Row) -> bool:
    """Whether the row above holds group headings of this one rather than a title or a note."""
    cells = filled(above)
    if not cells or not all(
        is_words(cell) and len(text_of(cell)) <= LONGEST_GROUP for cell in cells
    ):
        return False
    if all(len(text_of(cell)) == 1 for cell in cells):
        return False  # A, B, C ... as a form names its columns
    alone_at_the_left = len(cells) == 1 and next(iter(filled(row)), None) == _below(above, row)
    is_title = len(cells) <= LEAST_CELLS and any(_TITLE.search(text_of(cell)) for cell in cells)
    is_note = alone_at_the_left or _label_and_value(above, row)
    return not is_note and not is_title and len(cells) <= len(filled(row))


def _label_and_value(above: Row, row: Row) -> bool:
    """Two cells side by side where the headings begin, "Prepared by" and a name: groups span."""
    begins = next((place for place, cell in enumerate(row) if cell is not None), 0)
    places = [place for place, cell in enumerate(above) if cell is not None]
    return places == [begins, begins + 1] and len(filled(row)) > LEAST_CELLS + 1


def _below(above: Row, row: Row) -> object:
    """What stands under the only cell of the row above."""
    return next((under for cell, under in zip(above, row, strict=True) if cell is not None), None)


def _continues(row: Row, below: Row) -> bool:
    """Whether the row below is a second half of the headings: it says more only where the
    first leaves room, or it tells how to fill the columns in.
    """
    cells = filled(below)
    if not cells:
        return False
    if _is_hints(cells) or _is_numbering(below):
        return True
    if not all(map(is_words, cells)) or len(cells) >= len(filled(row)):
        return False
    room = [cell is None for cell in row]
    spanning = [
        cell is not None and after for cell, after in zip(row, [*room[1:], False], strict=True)
    ]
    fits = all(
        room[place] or spanning[place] for place, cell in enumerate(below) if cell is not None
    )
    return fits and _names_fields([row, below])


def _names_fields(rows: list[Row]) -> bool:
    """Whether the joined headings name as much as the first row does alone."""
    alone = [text_of(cell) for cell in rows[0] if is_words(cell)]
    return _field_score(join_headings(rows)) > _field_score(alone) - WORDS_ONLY


def _is_hints(cells: Sequence[Cell]) -> bool:
    texts = [text_of(cell) for cell in cells if isinstance(cell, str)]
    if len(cells) < LEAST_CELLS:
        return any(map(_SURE_HINT.fullmatch, texts))
    return sum(1 for text in texts if _HINT.fullmatch(text)) >= LEAST_HINTS * len(cells)


def _is_numbering(row: Row) -> bool:
    """1, 2, 3 ... under the headings, as forms have."""
    numbers = [text_of(cell).strip("()") for cell in row if cell is not None]
    if len(numbers) < FEWEST_NUMBERED or not all(map(str.isdecimal, numbers)):
        return False
    counted = [int(number) for number in numbers if len(number) < 5]
    return len(counted) == len(numbers) and all(b == a + 1 for a, b in pairwise(counted))


def join_headings(rows: Sequence[Row]) -> list[str]:
    """One heading a column; a group heading holds for the blank cells to its right as well."""
    rows = [*rows[:1], *map(_without_hints, rows[1:])]
    spread = [_spread(row, rows[place + 1 :]) for place, row in enumerate(rows)]
    return [_joined(parts) for parts in zip(*spread, strict=True)]


def _without_hints(row: Row) -> Row:
    """What a row of hints says of amounts; how to fill the columns in names none of them."""
    if not _is_hints(filled(row)):
        return row
    return [cell if _TELLING_HINT.search(text_of(cell)) else None for cell in row]


def _spread(row: Row, below: Sequence[Row]) -> list[str]:
    texts = [text_of(cell) for cell in row]
    group = ""
    for place, text in enumerate(texts):
        group = text or group
        if not text and any(other[place] is not None for other in below):
            texts[place] = group
    return texts


def _joined(parts: Sequence[str]) -> str:
    kept = [part for part in parts if part and not part.strip("()").isdecimal()]
    return " / ".join(dict.fromkeys(kept or [part for part in parts if part]))
