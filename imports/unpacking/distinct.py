"""Turns rows of cells into columns of distinct cells, within the limits, as they stream past."""

from array import array
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import chain, count, islice, repeat, takewhile, zip_longest
from math import isfinite
from sys import getsizeof
from typing import Any

from imports.problems import UnreadableFileError
from imports.unpacking.answer import RawColumn, RawSheet
from imports.unpacking.limits import MAX_CELL_CHARACTERS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS

Row = Sequence[Any]

ROWS_AT_A_TIME = 4_096
ORDINARY = 1_000  # characters
EXACT_INTEGERS = 2**53  # floats below this hold every whole number exactly
BYTES_PER_CODE = 4
BYTES_PER_REFERENCE = 40  # in a list, an array, a hash table and the unpickler's memory
BYTES_PER_HIDDEN_ROW = 64
BYTES_PER_MERGED_AREA = 256
EMPTY = frozenset({None, ""})
TOO_MUCH_AT_ONCE = (
    "This file holds more than the service reads at once; delete what is not part of the register, "
    "or split it into several files, and upload again."
)
_YES, _NO = ("bool", True), ("bool", False)  # stand for True and False, which hash like 1 and 0


class Budget:
    """What is left, over all sheets of one file, of cells and of the parent's memory."""

    def __init__(self, *, parent_bytes: int) -> None:
        self.cells = MAX_CELLS
        self.bytes = parent_bytes

    def spend(self, *, cells: int, size: int) -> None:
        """Take from what is left; refuse the file when nothing is."""
        self.cells -= cells
        self.bytes -= size
        if self.cells < 0:
            raise UnreadableFileError(
                "This file has too many cells to be a contract register; delete what is not part "
                "of the register, or split it into several files, and upload again."
            )
        if self.bytes < 0:
            raise UnreadableFileError(TOO_MUCH_AT_ONCE)


class _Codes(dict[Any, int]):
    """Code of each cell seen in a column; a new one gets the next number."""

    def __init__(self) -> None:
        super().__init__({"": -1, None: -1})
        self.values_seen: list[Any] = []

    def __missing__(self, cell: Any) -> int:
        value = _plain(cell)
        if value is None:
            code = -1
        elif value is cell:
            code = len(self.values_seen)
            self.values_seen.append(value)
        else:
            code = self[value]
        self[cell] = code
        return code

    def learn(self, cells: Iterable[Any]) -> None:
        """Number the new ones among the cells; all at once where none needs a closer look."""
        new = [cell for cell in dict.fromkeys(cells) if cell not in self]
        if _are_plain(new):
            self.update(zip(new, count(len(self.values_seen)), strict=False))
            self.values_seen.extend(new)


def _are_plain(cells: list[Any]) -> bool:
    """Whether `_plain` would leave all the cells as they are; False where that is not sure."""
    kinds = set(map(type, cells))
    if kinds == {str}:
        printable = "".join(cells).isprintable()  # then it holds no NUL and no half character
        return printable and all(map(str.strip, cells)) and len(max(cells, key=len)) < ORDINARY
    if kinds == {float}:
        return all(map(isfinite, cells)) and not any(map(float.is_integer, cells))
    return kinds == {date}


def _plain(cell: Any) -> Any:
    """The cell as the rest of the service knows it: the same object when nothing is to change."""
    if isinstance(cell, str):
        return _plain_text(cell)
    if isinstance(cell, float):
        return _plain_number(cell)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date()
    return cell


def _plain_text(text: str) -> str | None:
    if len(text) > MAX_CELL_CHARACTERS:
        raise UnreadableFileError(
            f"A cell holds {len(text):,} characters, more than a spreadsheet can; "
            "shorten it or remove it and upload again."
        )
    if text.isspace():
        return None
    if "\0" in text:
        return _plain_text(clean(text)) or None
    return clean(text)


def clean(text: str) -> str:
    """The text without what no database stores: NULs, and halves of characters."""
    text = text.replace("\0", "")
    if text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text):
        return text
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def too_many_rows(sheet: str) -> UnreadableFileError:
    """The refusal of a sheet longer than any spreadsheet program holds."""
    return UnreadableFileError(
        f"Sheet “{sheet}” has more than {MAX_ROWS:,} rows; split the register into several files "
        "and upload each."
    )


def _plain_number(number: float) -> float | int | str:
    if not isfinite(number):
        return str(number)
    if number.is_integer() and abs(number) < EXACT_INTEGERS:
        return int(number)
    return number


class _Column:
    """One column while it is being read."""

    def __init__(self) -> None:
        self.codes = array("i")
        self.index = _Codes()

    def add(self, cells: Sequence[Any], *, after_row: int) -> int:
        """Take cells that follow the given row, any skipped being blank; the bytes they need."""
        known = len(self.index.values_seen)
        if bool in set(map(type, cells)):
            cells = [(_NO, _YES)[cell] if isinstance(cell, bool) else cell for cell in cells]
        self.codes.extend(repeat(-1, after_row - len(self.codes)))
        self.index.learn(cells)
        self.codes.extend(array("i", list(map(self.index.__getitem__, cells))))
        new = self.index.values_seen[known:]
        return sum(map(getsizeof, new)) + BYTES_PER_REFERENCE * len(new)

    def last_used(self) -> int:
        """Number of the last row that holds something; 0 when none does."""
        blank_at_end = takewhile(lambda code: code < 0, reversed(self.codes))
        return len(self.codes) - sum(1 for _ in blank_at_end)

    def finish(self, rows: int) -> RawColumn:
        codes, values = self.codes[:rows], self.index.values_seen
        codes.extend(repeat(-1, rows - len(codes)))
        if _YES not in self.index and _NO not in self.index:
            return RawColumn(codes.tobytes(), values)
        return _with_booleans(codes, values)


def _with_booleans(codes: array, values: list[Any]) -> RawColumn:
    """True and False put back; as the words they show where 1 or 0 stand in the same column."""
    as_words = 1 in values or 0 in values
    plain = [_boolean(value, as_words=as_words) for value in values]
    first = {_key(value): code for code, value in reversed(list(enumerate(plain)))}
    kept = sorted(first.values())
    number = {code: place for place, code in enumerate(kept)}
    new_code = [number[first[_key(value)]] for value in plain] + [-1]
    codes = array("i", (new_code[code] for code in codes))
    return RawColumn(codes.tobytes(), [plain[code] for code in kept])


def _boolean(value: Any, *, as_words: bool) -> Any:
    if value not in {_YES, _NO}:
        return value
    return str(value[1]).upper() if as_words else value[1]


def _key(value: Any) -> tuple[bool, Any]:
    return isinstance(value, bool), value


class SheetBuilder:
    """Collects the rows of one sheet."""

    def __init__(self, name: str, budget: Budget) -> None:
        self.name = clean(name)
        self.budget = budget
        self.columns: list[_Column] = []
        self.rows = 0
        self.cells = 0  # already paid for

    def add(self, rows: Iterable[Row]) -> None:
        """Take every row, in order; blank ones count."""
        remaining = iter(rows)
        while chunk := list(islice(remaining, ROWS_AT_A_TIME)):
            if not _is_blank(chunk):
                self._add_chunk(chunk)
            self.rows += len(chunk)

    def _add_chunk(self, chunk: list[Row]) -> None:
        if self.rows + len(chunk) > MAX_ROWS:
            raise too_many_rows(self.name)
        width = self._width(chunk)
        self.columns.extend(_Column() for _ in range(width - len(self.columns)))
        # Counted before the cells are kept, so that the refusal comes before the memory is gone.
        self.budget.spend(cells=len(chunk) * width, size=BYTES_PER_CODE * len(chunk) * width)
        self.cells += len(chunk) * width
        for column, cells in zip(self.columns, zip_longest(*chunk), strict=False):
            self.budget.spend(cells=0, size=column.add(cells, after_row=self.rows))

    def _width(self, chunk: list[Row]) -> int:
        width = max(map(len, chunk))
        if width > MAX_COLUMNS and not _is_blank([row[MAX_COLUMNS:] for row in chunk]):
            raise UnreadableFileError(
                f"Sheet “{self.name}” has something in column {MAX_COLUMNS + 1:,} or further "
                "right; delete the columns that are not part of the register and upload again."
            )
        return min(width, MAX_COLUMNS)

    def finish(
        self,
        *,
        hidden: bool = False,
        hidden_rows: Iterable[int] = (),
        merged: Sequence[tuple[int, int, int]] = (),
    ) -> RawSheet:
        """The sheet up to its last used row and column."""
        self.budget.spend(cells=0, size=BYTES_PER_MERGED_AREA * len(merged))
        used = [column.last_used() for column in self.columns]
        rows = max(used, default=0)
        width = max((place for place, row in enumerate(used, start=1) if row), default=0)
        kept = [row for row in hidden_rows if row <= rows]
        # Blank rows and columns between are counted only now that something stands beyond them.
        cells = max(0, rows * width - self.cells)
        self.budget.spend(
            cells=cells, size=BYTES_PER_CODE * cells + BYTES_PER_HIDDEN_ROW * len(kept)
        )
        columns = [column.finish(rows) for column in self.columns[:width]]
        return RawSheet(self.name, rows, columns, hidden, kept, list(merged))


def _is_blank(rows: Sequence[Row]) -> bool:
    """Whether no row holds anything; nought and False are something."""
    return not any(map(any, rows)) and set(chain.from_iterable(rows)) <= EMPTY
