"""What a council settled before, found again in its next file: sheets, headings and columns.

People rename headings, move columns and add rows above them, so a column is known by more than
its heading. Nothing here loads pandas: pages ask it too.
"""

import re
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from imports.settled import ColumnChoice, SheetChoice

Marks = frozenset[int]

MOST_MARKED = 5_000  # distinct cells looked at, so that a huge column costs no more than another
MOST_MARKS = 300  # kept of them: the lowest, so that two files keep the same ones
FEWEST_MARKS = 5  # "Yes" and "No" tell no column from another
LONGEST_KEY = 500  # headings can be pages long; with a number the key stays below what is stored
ALIKE_VALUES = 0.5  # share of the values of two quarters that are the same
MARGIN = 0.1  # by which the best must lead the next: two date columns may share their values
ALIKE_WORDS = 0.5  # share of the words of two headings
ALIKE_HEADINGS = 0.6  # share of a sheet's headings found again

CHOSEN = "you chose this"
PASSED = "it was read so in the file before"


@dataclass(frozen=True, slots=True)
class Recalled:
    """A remembered column found in this file: the key it was remembered by, and why it is it."""

    key: str
    choice: ColumnChoice
    because: str
    by_values: bool = False


def folded_heading(heading: str) -> str:
    """A heading without what changes from quarter to quarter: case, signs, blanks."""
    return " ".join(re.sub(r"[\W_]+", " ", heading.casefold()).split())


def memory_keys(headings: Mapping[str, str]) -> dict[str, str]:
    """What to remember each column by: its heading folded, and its number among those alike.

    A column without a heading is known by its letter.
    """
    seen: dict[str, int] = {}
    keys: dict[str, str] = {}
    for letter, heading in headings.items():
        folded = folded_heading(heading)[:LONGEST_KEY] or f"column {letter.casefold()}"
        seen[folded] = seen.get(folded, 0) + 1
        keys[letter] = folded if seen[folded] == 1 else f"{folded} {seen[folded]}"
    return keys


def marks(texts: Iterable[str]) -> Marks:
    """What to know a column's values by in another file, whatever order its rows are in."""
    found = {zlib.crc32(text.casefold().encode()) for text in islice(texts, MOST_MARKED) if text}
    return frozenset(sorted(found)[:MOST_MARKS])


def likeness(one: Marks, other: Marks) -> float:
    """The share of values two columns have in common, from 0 to 1; 0 where too few would tell."""
    if min(len(one), len(other)) < FEWEST_MARKS:
        return 0.0
    # Where not all values have marks, only the lowest of both are sure to be in either.
    union = one | other
    lowest = frozenset(sorted(union)[:MOST_MARKS]) if len(union) > MOST_MARKS else union
    return len(one & other & lowest) / len(lowest)


def beside(keys: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The keys left and right of each column; "" at the edge."""
    around = ["", *keys.values(), ""]
    return {letter: (around[at], around[at + 2]) for at, letter in enumerate(keys)}


class Recall:
    """Finds remembered columns in one table: by heading, by values, by words, by place."""

    def __init__(
        self,
        remembered: Mapping[str, ColumnChoice],
        keys: Mapping[str, str],
        *,
        marks_of: Callable[[str], Marks],
        named: Mapping[str, Collection[str]],
    ) -> None:
        """`keys`: of this table by letter. `named`: fields that each column's heading may name."""
        self.remembered = remembered
        self.keys = keys
        self.marks_of = marks_of
        self.named = named
        self.found: dict[str, Recalled] = {}

    def columns(self) -> dict[str, Recalled]:
        """The remembered columns by letter, each at most once."""
        for letter, key in self.keys.items():
            choice = self.remembered.get(key)
            if choice and not self._only_by_letter(letter, choice):
                self.found[letter] = Recalled(key, choice, CHOSEN if choice.chosen else PASSED)
        for scored in (self._by_values, self._by_words, self._by_place):
            by_values = scored == self._by_values
            for letter, key, because in _clear(list(scored()), self.remembered):
                self.found[letter] = Recalled(key, self.remembered[key], because, by_values)
        return self.found

    def _only_by_letter(self, letter: str, choice: ColumnChoice) -> bool:
        """Whether a column without a heading stands where another stood last time."""
        if choice.heading or len(choice.values) < FEWEST_MARKS:
            return False
        return likeness(self.marks_of(letter), choice.values) < ALIKE_VALUES

    def _left_aside(self, letter: str, choice: ColumnChoice) -> bool:
        """Whether a column under this very heading stood beside the remembered one."""
        return self.keys[letter] in choice.left

    def _gone(self) -> list[tuple[str, ColumnChoice]]:
        known = {each.key for each in self.found.values()}
        return [(key, choice) for key, choice in self.remembered.items() if key not in known]

    def _free(self) -> list[str]:
        return [letter for letter in self.keys if letter not in self.found]

    def _by_values(self) -> Iterator["Scored"]:
        gone = [(key, choice) for key, choice in self._gone() if choice.values]
        for letter in self._free() if gone else ():
            values = self.marks_of(letter)
            for key, choice in gone:
                score = likeness(values, choice.values)
                if score >= ALIKE_VALUES and not self._left_aside(letter, choice):
                    yield Scored(score, letter, key, f"its values are those of {_was(choice)}")

    def _by_words(self) -> Iterator["Scored"]:
        for letter in self._free():
            for key, choice in self._gone():
                score = _words_alike(self.keys[letter], key)
                may = not self.named[letter] or choice.field in self.named[letter]
                may = may and not self._left_aside(letter, choice)
                if score >= ALIKE_WORDS and may:
                    yield Scored(score, letter, key, f"its heading is like that of {_was(choice)}")

    def _by_place(self) -> Iterator["Scored"]:
        now = {
            letter: self.found[letter].key if letter in self.found else key
            for letter, key in self.keys.items()
        }
        around = beside(now)
        for letter in self._free():
            for key, choice in self._gone():
                same = choice.beside == around[letter] and all(choice.beside)
                if same and not self.named[letter]:
                    yield Scored(1.0, letter, key, f"it stands in the place of {_was(choice)}")


@dataclass(frozen=True, slots=True)
class Scored:
    """How far a column of this file is one remembered, from 0 to 1."""

    score: float
    letter: str
    key: str
    because: str


def _was(choice: ColumnChoice) -> str:
    name = f"“{choice.heading}”" if choice.heading else f"column {choice.column}"
    return f"{name} last time"


def _clear(
    scored: Sequence[Scored], remembered: Mapping[str, ColumnChoice]
) -> Iterator[tuple[str, str, str]]:
    """The pairs that are each other's best by a margin, so that no coin is tossed.

    One column remembered under several headings is no rival to itself: the newest comes last.
    """
    for one in scored:
        field = remembered[one.key].field
        rivals = [
            each
            for each in scored
            if (each.key == one.key and each is not one)
            or (each.letter == one.letter and remembered[each.key].field != field)
        ]
        if all(one.score >= each.score + MARGIN for each in rivals):
            yield one.letter, one.key, one.because


def _words_alike(one: str, other: str) -> float:
    ours, theirs = set(one.split()), set(other.split())
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def recall_sheets(
    choices: Sequence[SheetChoice], sheets: Mapping[str, Sequence[Sequence[str]]]
) -> dict[str, tuple[int, ...]]:
    """The heading rows of each sheet to read, by its name in this file; empty when none is found.

    `sheets`: the first rows of every sheet as text. The headings tell where they stand now; a
    sheet whose headings are all new is known by its name.
    """
    found: dict[str, tuple[int, ...]] = {}
    for choice in choices:
        names = sorted(sheets, key=lambda name: name != choice.name)
        places = ((name, _heading_rows(choice, sheets[name])) for name in names)
        place = next(((name, rows) for name, rows in places if rows and name not in found), None)
        place = place or _by_name(choice, sheets)
        if place:
            found[place[0]] = place[1]
    return {name: found[name] for name in sheets if name in found}


def _heading_rows(choice: SheetChoice, rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Where most of the remembered headings stand together, the first such place."""
    wanted, depth = set(choice.headings), len(choice.heading_rows)
    if not wanted:
        return ()
    folded = [{folded_heading(cell) for cell in row} for row in rows]
    for first in range(len(folded) - depth + 1):
        here = set().union(*folded[first : first + depth])
        if len(here & wanted) >= ALIKE_HEADINGS * len(wanted):
            return tuple(range(first + 1, first + depth + 1))
    return ()


def _by_name(
    choice: SheetChoice, sheets: Mapping[str, Sequence[Sequence[str]]]
) -> tuple[str, tuple[int, ...]] | None:
    there = choice.heading_rows and len(sheets.get(choice.name, ())) > max(choice.heading_rows)
    return (choice.name, choice.heading_rows) if there else None


def sheet_choice(
    name: str, heading_rows: Sequence[int], rows: Sequence[Sequence[str]]
) -> SheetChoice:
    """A sheet as it is remembered; `rows` are its first, as text."""
    cells = [cell for row in heading_rows for cell in rows[row - 1]]
    folded = dict.fromkeys(filter(None, map(folded_heading, cells)))
    return SheetChoice(name, tuple(heading_rows), tuple(folded))
