"""Cells that an OpenDocument spreadsheet merges over several rows, which calamine does not tell."""

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from pathlib import Path
from time import thread_time
from zipfile import ZipFile

from imports.problems import UnreadableFileError
from imports.unpacking.limits import MAX_COLUMNS, MAX_ROWS, MEGABYTE
from imports.unpacking.zips import DAMAGED, TOO_MUCH_INSIDE, ZIP_FAULTS, open_zip

Area = tuple[int, int, int]  # column, first and last row, counted from 1

CONTENT = "content.xml"
SCANNED_AT_A_TIME = 4 * MEGABYTE
LONGEST_ROW = 16 * MEGABYTE  # of XML
MOST_SECONDS = 8.0  # of this thread
MOST_AREAS = 100_000
# Where rows and tables begin and end: a row is looked into only where something in it is merged
# downwards, so that a large file costs little more than its unpacking.
_BEGINS = re.compile(rb"<table:table-row(?=[\s/>])|<table:table(?=[\s/>])|</table:table>")
_SPANS_ROWS = re.compile(rb'table:number-rows-spanned="(?!1")')
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])[^>]{0,20000}>?")
_TAG = re.compile(rb"[^>]{0,20000}>?")
_COUNT = re.compile(
    rb'\stable:number-(rows-repeated|columns-repeated|rows-spanned|columns-spanned)="(\d{1,18})"'
)
_NAME = re.compile(rb'\stable:name="([^"]{0,1024})"')

NOT_LOOKED_AT = (
    "This file is too large or unusual to look for merged cells in it: where a cell is merged over "
    "several rows, only the first of them has its text. Save it as .xlsx to have them read."
)


class UnusualError(Exception):
    """The XML is not as spreadsheet programs write it: what is merged would be guessed."""


@dataclass(slots=True)
class Merged:
    """Areas of one column and several rows by sheet name, or the sentence why they are unknown."""

    areas: dict[str, list[Area]] = field(default_factory=dict)
    note: str = ""


def merged_down(path: Path) -> Merged:
    """What a spreadsheet's own XML says is merged; reads all of it, and honestly."""
    with open_zip(path) as container:
        try:
            return Merged(_read(container))
        except KeyError:
            return Merged()
        except UnusualError:
            return Merged(note=NOT_LOOKED_AT)
        except ZIP_FAULTS as error:
            raise UnreadableFileError(DAMAGED) from error


def _read(container: ZipFile) -> dict[str, list[Area]]:
    places, unpacked, rest = _Places(), 0, b""
    began = thread_time()
    with container.open(CONTENT) as stream:
        while block := stream.read(SCANNED_AT_A_TIME):
            unpacked += len(block)
            rest = places.take(rest + block)
            too_much = len(rest) > LONGEST_ROW or places.number > MOST_AREAS
            if too_much or thread_time() - began > MOST_SECONDS:
                raise UnusualError
    places.part(rest)
    if unpacked > container.getinfo(CONTENT).file_size:
        raise UnreadableFileError(TOO_MUCH_INSIDE)
    return places.areas


class _Places:
    """Counts rows and columns as the XML goes by."""

    def __init__(self) -> None:
        self.areas: dict[str, list[Area]] = {}
        self.number = 0
        self.inside = False  # a table
        self.sheet = ""
        self.rows = 0  # of this table so far

    def take(self, xml: bytes) -> bytes:
        """Look at each part but the last, which may go on; that is given back."""
        begins = [found.start() for found in _BEGINS.finditer(xml)]
        for start, end in pairwise(begins):
            self.part(xml[start:end])
        return xml[begins[-1] :] if begins else xml

    def part(self, xml: bytes) -> None:
        """A row, or where a table begins or ends; what follows it up to the next is no matter."""
        if xml.startswith(b"<table:table-row"):
            self._row(xml)
        elif xml.startswith(b"</table:table>"):
            self.inside = False
        elif xml.startswith(b"<table:table"):
            self._table(xml)

    def _table(self, xml: bytes) -> None:
        if self.inside:  # a table inside a cell: its rows are none of the sheet's
            raise UnusualError
        tag = _whole_tag(_TAG.match(xml))
        name = _NAME.search(tag)
        self.inside, self.rows = not tag.endswith(b"/>"), 0
        self.sheet = unescape(name[1].decode("utf-8", "replace")) if name else ""

    def _row(self, xml: bytes) -> None:
        here = self.rows + 1
        self.rows += _counts(_whole_tag(_TAG.match(xml))).get("rows-repeated", 1)
        if _SPANS_ROWS.search(xml):
            self._cells(xml, here)

    def _cells(self, xml: bytes, row: int) -> None:
        column = 1
        for found in _CELL.finditer(xml):
            said = _counts(_whole_tag(found))
            rows = said.get("rows-spanned", 1)
            if rows > 1 and said.get("columns-spanned", 1) == 1 and column <= MAX_COLUMNS:
                area = column, row, min(row + rows - 1, MAX_ROWS)
                self.areas.setdefault(self.sheet, []).append(area)
                self.number += 1
            column += said.get("columns-repeated", 1)


def _whole_tag(found: re.Match[bytes] | None) -> bytes:
    """A tag to its end, unless that is far or a ">" inside an attribute was taken for it."""
    if found is None or not found[0].endswith(b">") or found[0].count(b'"') % 2:
        raise UnusualError
    return found[0]


def _counts(tag: bytes) -> dict[str, int]:
    """The attributes that count, from 1."""
    return {name.decode(): max(int(number), 1) for name, number in _COUNT.findall(tag)}
