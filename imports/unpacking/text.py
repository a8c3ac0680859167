"""Reads delimited text: its encoding, its separator, and its records as programs number them."""

import codecs
import csv
import re
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
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
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "Windows-1252"


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
    return even * in_prose * (1.0 if _quotes_fit(text, separator) else 0.5)


def _quotes_fit(text: str, separator: str) -> bool:
    """Whether every closing quotation mark is followed by the separator or the line's end."""
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    try:
        deque(islice(reader, RECORDS_JUDGED), maxlen=0)
    except csv.Error:
        return False
    return True


def records(text: str, separator: str) -> Iterator[list[str]]:
    """One list a spreadsheet row: a blank line is a row, a line break in quotation marks is not."""
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    reader = csv.reader(_lines(text), delimiter=separator)
    row = 1
    try:
        for record in reader:
            yield record
            row += 1
    except csv.Error as error:
        raise UnreadableFileError(
            f"A cell that begins in row {row:,} holds more than {MAX_CELL_CHARACTERS:,} "
            "characters; add the quotation mark missing there and upload again."
        ) from error


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, bare carriage returns among them; without a copy of the text."""
    return (found[0] for found in _LINE.finditer(text))


def take_separator_line(text: str) -> tuple[str, str]:
    """The text without a leading "sep=;" line, which programs obey but never show; and its sign."""
    if said := _SEPARATOR_LINE.match(text):
        return text[said.end() :], said[1]
    return text, ""
