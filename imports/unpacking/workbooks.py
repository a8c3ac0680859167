"""Reads workbooks: calamine first, openpyxl where calamine gives up, the rest from the XML."""

import re
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from imports.problems import UnreadableFileError
from imports.unpacking.answer import RawSheet
from imports.unpacking.distinct import Budget, SheetBuilder, clean, too_many_rows
from imports.unpacking.limits import (
    LONGEST_SHEET_NAME,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    MEGABYTE,
)
from imports.unpacking.open_documents import Area, merged_down
from imports.unpacking.zips import (
    DAMAGED,
    PROTECTED,
    TOO_MUCH_INSIDE,
    ZIP_FAULTS,
    open_zip,
    read_part,
)

RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SCANNED_AT_A_TIME = 4 * MEGABYTE
LONGEST_ROW_TAG = 2_048
OFFICE_XML = frozenset({"xlsx", "xlsm"})
_XLSX_1904 = re.compile(rb'\bdate1904="(?:1|true)"')
# The record DATEMODE (0x22, two bytes long) with a 1, right before PRECISION (0x0e).
_XLS_1904 = re.compile(rb"\x22\x00\x02\x00\x01\x00\x0e\x00\x02\x00")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*?\shidden="(?:1|true)")[^>]*?\sr="(\d{1,7})"')


class GaveUpError(Exception):
    """Calamine could not read the file; another reader might."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What the XML tells beside the cells, by sheet name."""

    hidden_rows: dict[str, list[int]] = field(default_factory=dict)
    merged: dict[str, list[Area]] = field(default_factory=dict)
    note: str = ""


Ask = Callable[[], Beside]  # asked when the cells are there


def beside(path: Path, kind: str) -> Beside:
    """Reads the XML of a workbook, of the kinds that calamine does not tell all of."""
    if kind in OFFICE_XML:
        return Beside(hidden_rows(path))
    if kind == "ods":
        found = merged_down(path)
        return Beside(merged=found.areas, note=found.note)
    return Beside()


def named_for_its_kind(path: Path, kind: str) -> Path:
    """The file under the suffix of what it is, since calamine goes by the suffix."""
    if path.suffix == f".{kind}":
        return path
    link = Path(tempfile.mkdtemp()) / f"book.{kind}"  # in the folder the parent clears away
    link.symlink_to(path.resolve())
    return link


def read_with_calamine(path: Path, budget: Budget, ask: Ask) -> list[RawSheet]:
    """Every worksheet of a workbook of any kind."""
    try:
        workbook = CalamineWorkbook.from_path(path)
        about = workbook.sheets_metadata
        _check_names([sheet.name for sheet in about])
        return [
            _read_sheet(
                workbook.get_sheet_by_name(sheet.name),
                budget,
                ask=ask,
                is_hidden=sheet.visible != SheetVisibleEnum.Visible,
            )
            for sheet in about
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise UnreadableFileError(PROTECTED) from error
    except (CalamineError, OSError) as error:
        raise GaveUpError(str(error)) from error


def _read_sheet(sheet: CalamineSheet, budget: Budget, *, ask: Ask, is_hidden: bool) -> RawSheet:
    builder = SheetBuilder(sheet.name, budget)
    if sheet.end and sheet.end[0] >= MAX_ROWS:  # said at once, not after so many blank rows
        raise too_many_rows(builder.name)
    first_column = min(sheet.start[1], MAX_COLUMNS) if sheet.start else 0
    rows: Iterator[list[Any]] = sheet.iter_rows()
    # Rows come from the first one on, columns only from the first used.
    margin = [None] * first_column
    if margin:  # blank rows need none
        rows = (margin + row if any(row) or 0 in row else row for row in rows)
    builder.add(rows)
    told = ask()
    return builder.finish(
        hidden=is_hidden,
        hidden_rows=told.hidden_rows.get(sheet.name, []),
        merged=told.merged.get(sheet.name) or _merged_down(sheet),
    )


def _merged_down(sheet: CalamineSheet) -> list[Area]:
    """Areas of one column and several rows: its number, first and last row, counted from 1."""
    areas = sheet.merged_cell_ranges or ()
    return [
        (left + 1, top + 1, bottom + 1)
        for (top, left), (bottom, right) in areas
        if left == right and top < bottom
    ]


def _check_names(sheets: Sequence[str]) -> None:
    if len(sheets) > MAX_SHEETS:
        raise UnreadableFileError(
            f"This workbook has {len(sheets):,} sheets; copy the register into a new workbook and "
            "upload that."
        )
    known: set[str] = set()
    for name in map(clean, sheets):
        if len(name) > LONGEST_SHEET_NAME:
            raise UnreadableFileError(
                f"The name of a sheet has {len(name):,} characters, more than a spreadsheet "
                "program allows; shorten it and upload again."
            )
        if name in known:
            raise UnreadableFileError(
                f"Two sheets of this workbook are both called “{name}”; give one of them another "
                "name and upload again."
            )
        known.add(name)


def read_with_openpyxl(path: Path, budget: Budget, ask: Ask) -> list[RawSheet]:
    """The same by the slower reader, which holds one row at a time."""
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to import and seldom needed

    with warnings.catch_warnings(), path.open("rb") as content:
        warnings.simplefilter("ignore")  # about features of the workbook that are not read
        try:
            # Given the open file, as it would judge a path by its suffix.
            workbook = load_workbook(content, read_only=True, data_only=True, keep_links=False)
            _check_names(workbook.sheetnames)
            return [_stream_sheet(sheet, budget, ask) for sheet in workbook.worksheets]
        except (UnreadableFileError, MemoryError):
            raise
        except Exception as error:  # whatever this reader trips over is the file's doing
            raise UnreadableFileError(DAMAGED) from error


def _stream_sheet(sheet: Any, budget: Budget, ask: Ask) -> RawSheet:
    builder = SheetBuilder(sheet.title, budget)
    sheet.reset_dimensions()  # what the file declares is not believed
    builder.add(sheet.iter_rows(values_only=True, max_row=MAX_ROWS))
    return builder.finish(
        hidden=sheet.sheet_state != "visible", hidden_rows=ask().hidden_rows.get(sheet.title, [])
    )


def hidden_rows(path: Path) -> dict[str, list[int]]:
    """By sheet name, the numbers of the rows an xlsx or xlsm hides; reads every sheet honestly."""
    with open_zip(path) as container:
        parts = _sheet_parts(container)
        present = set(container.namelist())
        try:
            return {name: _scan(container, part) for name, part in parts.items() if part in present}
        except ZIP_FAULTS as error:
            raise UnreadableFileError(DAMAGED) from error


def _sheet_parts(container: ZipFile) -> dict[str, str]:
    """The part of the container that holds each sheet; empty where the directory is unusual."""
    try:
        # This process is confined, and expat itself stops entities that multiply.
        book = ElementTree.fromstring(read_part(container, "xl/workbook.xml"))  # noqa: S314
        links = ElementTree.fromstring(  # noqa: S314
            read_part(container, "xl/_rels/workbook.xml.rels")
        )
    except ElementTree.ParseError:
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    sheets = (element for element in book.iter() if element.tag.endswith("}sheet"))
    return {
        sheet.get("name", ""): _part_name(targets.get(sheet.get(RELATIONSHIP), ""))
        for sheet in sheets
    }


def counts_from_1904(path: Path, kind: str) -> bool:
    """Whether a workbook's days are counted from 1904, as Excel for the Macintosh long did."""
    if kind == "xls":
        return _XLS_1904.search(path.read_bytes()) is not None
    if kind not in OFFICE_XML:
        return False
    with open_zip(path) as container:
        return _XLSX_1904.search(read_part(container, "xl/workbook.xml")) is not None


def _part_name(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _scan(container: ZipFile, part: str) -> list[int]:
    found: dict[int, None] = {}
    unpacked, tail = 0, b""
    with container.open(part) as stream:
        while block := stream.read(SCANNED_AT_A_TIME):
            unpacked += len(block)
            if b'hidden="' in block or b'hidden="' in tail:
                found.update((int(row), None) for row in _HIDDEN_ROW.findall(tail + block))
            tail = block[-LONGEST_ROW_TAG:]
    if unpacked > container.getinfo(part).file_size:
        raise UnreadableFileError(TOO_MUCH_INSIDE)
    return list(found)
