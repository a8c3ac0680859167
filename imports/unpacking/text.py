"""Reads delimited text: its encoding, its separator, and its records as programs number them."""

import codecs
import csv
import re
from array import array
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from math import log2

from imports.problems import UnreadableFileError
from imports.unpacking.limits import MAX_CELL_CHARACTERS

SEPARATORS = {
    ",": ("csv", "commas"),
    ";": ("csv", "semicolons"),
    "\t": ("tsv", "tabs"),
    "|": ("txt", "vertical bars"),
}
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
RECORDS_JUDGED = 5_000
CHARACTERS_JUDGED = 8_000_000  # fewer records, where lines have no end
HEAD = 4_096
_LINE = re.compile(r"[^\r\n]++(?:\r\n?+|\n)?+|\r\n?+|\n")  # never goes back over a long line
LONGEST_CLOSED = 1_000_000  # how far on the end of a cell is looked for that is too long
FEWEST_CELLS = 4  # below this, commas in a cell's lines make no rows
_SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?\r?\n?', re.IGNORECASE)


def decode(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: by its mark, by its NULs, UTF-8, else cp1252."""
    for mark, codec, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(codec, "replace"), encoding
    if utf16 := _utf16_by_nuls(content[:HEAD]):
        return content.decode(utf16, "replace"), "UTF-16"
    _refuse_binary(content[:HEAD])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "Windows-1252"
    if _TELLS_TWICE.search(text):
        return _TWICE.sub(_once, text), "twice encoded UTF-8"
    return text, "UTF-8"


# UTF-8 that was taken for Windows-1252 and saved as UTF-8 again: "Â£1,000", "Oâ€™Brien".
_BYTE_OF = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(128, 256)}
_TAIL = "".join(re.escape(sign) for sign, byte in _BYTE_OF.items() if byte < 0xC0)
_TWICE = re.compile(f"[Â-ô][{_TAIL}]{{1,3}}")
_TELLS_TWICE = re.compile("Â£|â€|Â\xa0")


def _once(found: re.Match[str]) -> str:
    try:
        return bytes(_BYTE_OF[sign] for sign in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _utf16_by_nuls(head: bytes) -> str:
    """The codec, when every second byte is mostly NUL as in UTF-16 without a mark; else ""."""
    even, odd = head[::2], head[1::2]
    if not odd:
        return ""
    at_even, at_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if at_odd > 0.4 and at_even < 0.05:
        return "utf-16-le"
    if at_even > 0.4 and at_odd < 0.05:
        return "utf-16-be"
    return ""


def _refuse_binary(head: bytes) -> None:
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in head)
    if control > 0.1 * len(head):
        raise UnreadableFileError(
            "This is not a kind of file the service reads; open the register in your spreadsheet "
            "program, save it as .xlsx or .csv and upload that."
        )


def separator_of(text: str) -> str:
    """The separator under which most records have the same, larger number of cells."""
    judged = text[:CHARACTERS_JUDGED]
    return max(SEPARATORS, key=lambda separator: _evenness(judged, separator))


def _evenness(text: str, separator: str) -> float:
    """How evenly the separator cuts records, for how many cells; less where it cuts badly."""
    widths: Counter[int] = Counter()
    cells = after_blank = 0
    with suppress(UnreadableFileError):  # said when the rows are read in earnest
        for record in islice(records(text, separator), RECORDS_JUDGED):
            widths[len(record)] += any(record)
            cells += max(0, len(record) - 1)  # a blank line has no cell
            after_blank += sum(cell.startswith(" ") for cell in record[1:])
    split = {width: count for width, count in widths.items() if width > 1}
    if not any(split.values()):
        return 0.0
    width, count = max(split.items(), key=lambda item: item[1] * log2(item[0]))
    even = (count / widths.total()) ** 3 * log2(width)
    in_prose = 1 - after_blank / (2 * cells)  # ", " is punctuation more often than not
    return even * in_prose * (1.0 if _quotes_fit(text, separator) else 0.25)


def _quotes_fit(text: str, separator: str) -> bool:
    """Whether every closing quotation mark is followed by the separator or the line's end."""
    return _fits(_lines(text), separator)


def _fits(lines: Iterable[str], separator: str) -> bool:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        deque(islice(reader, RECORDS_JUDGED), maxlen=0)
    except csv.Error:
        return False
    return True


@dataclass(slots=True)
class Noticed:
    """What is seen of records while they are read."""

    widths: array = field(default_factory=lambda: array("i"))  # cells of each
    unclosed: list[int] = field(default_factory=list)  # rows with a mark that never closes


class _Lines:
    """The lines of a text, and which of them a record has taken so far; these can be put back."""

    def __init__(self, text: str, separator: str) -> None:
        self.source = _lines(text)
        self.text, self.separator = text, separator
        self.put_back: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.put_back.popleft() if self.put_back else next(self.source)
        self.taken.append(line)
        return line

    @cached_property
    def usual_width(self) -> int:
        """The number of cells most lines without a quotation mark have; 0: there are none."""
        lines = islice(_lines(self.text), RECORDS_JUDGED)
        widths = Counter(line.count(self.separator) + 1 for line in lines if '"' not in line)
        return max(widths, key=lambda width: (widths[width], width), default=0)

    def doubtful(self) -> bool:
        """Whether a mark that never closes may stand in what was taken."""
        return len(self.taken) > 1 or self.taken[0].count('"') % 2 == 1


def records(text: str, separator: str, noticed: Noticed | None = None) -> Iterator[list[str]]:
    """One list a spreadsheet row: a blank line is a row, a line break in quotation marks is not.

    A quotation mark that never closes would take the rows below into its cell: it is left out.
    """
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    noticed = noticed if noticed is not None else Noticed()
    lines = _Lines(text, separator)
    # "a", "b": the marks count although a blank stands before them.
    blanks = f'"{separator} "' in text[:HEAD]
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=blanks)
    while (record := _next_record(reader)) is not None:
        if lines.doubtful() and (first := _without_mark(lines)):
            record = first
            noticed.unclosed.append(len(noticed.widths) + 1)
            lines.put_back.extendleft(reversed(lines.taken[1:]))
        if record is TOO_LONG:
            raise _too_long(len(noticed.widths) + 1, closed=_closes(lines))
        if any(sign in line for line in lines.taken for sign in ('="', "'")):
            record = [_KEPT_AS_TEXT.sub(r"\1\2", cell) for cell in record]
        noticed.widths.append(len(record))
        lines.taken.clear()
        yield record


# What programs write to keep a number as text: ="00123" and '00123.
_KEPT_AS_TEXT = re.compile(r"""^="(.*)"$|^'(?=\d)(.*)$""", re.DOTALL)
TOO_LONG = ["a cell longer than any spreadsheet holds"]


def _next_record(reader: Iterator[list[str]]) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error:
        return TOO_LONG


def _too_long(row: int, *, closed: bool) -> UnreadableFileError:
    advice = "shorten it" if closed else "shorten it, or add the quotation mark missing there,"
    return UnreadableFileError(
        f"A cell that begins in row {row:,} holds more than {MAX_CELL_CHARACTERS:,} "
        f"characters; {advice} and upload again."
    )


def _closes(lines: _Lines) -> bool:
    """Whether a record with too long a cell ends as wide as the others: no mark is missing."""
    csv.field_size_limit(LONGEST_CLOSED)
    rest = chain(lines.taken, lines.put_back, lines.source)
    try:
        record = next(csv.reader(rest, delimiter=lines.separator, strict=True), [])
    except csv.Error:
        return False
    return lines.usual_width in {0, len(record)}


def _without_mark(lines: _Lines) -> list[str]:
    """The cells of the first line without the mark that swallows the others; [] if none does."""
    first, *others = lines.taken
    if lines.usual_width < FEWEST_CELLS:
        return []
    if _fits(lines.taken, lines.separator) and not _hold_rows(others, lines):
        return []
    for mark in reversed([*re.finditer(f'(?:^|{re.escape(lines.separator)})(")', first)]):
        line = first[: mark.start(1)] + first[mark.end(1) :]
        cells = _next_record(csv.reader([line], delimiter=lines.separator)) or []
        if len(cells) == lines.usual_width and _fits([line], lines.separator):
            return cells
    return []


def _hold_rows(others: Sequence[str], lines: _Lines) -> bool:
    """Whether a line reads as a whole row; commas before a blank are those of prose."""
    sign = lines.separator
    return any(
        '"' not in line and line.count(sign) - line.count(f"{sign} ") >= lines.usual_width - 1
        for line in others
    )


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, bare carriage returns among them; without a copy of the text."""
    return (found[0] for found in _LINE.finditer(text))


def take_separator_line(text: str) -> tuple[str, str]:
    """The text without a leading "sep=;" line, which programs obey but never show; and its sign."""
    if said := _SEPARATOR_LINE.match(text):
        return text[said.end() :], said[1]
    return text, ""
