"""The child process: `python -m imports.unpacking FILE NAME READER SECONDS`, answer to stdout."""

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path, PurePath

from imports.problems import UnreadableFileError
from imports.unpacking import html, kinds, text, workbooks
from imports.unpacking.answer import Answer, RawSheet, send
from imports.unpacking.distinct import TOO_MUCH_AT_ONCE, Budget, SheetBuilder
from imports.unpacking.limits import MAX_FILE_BYTES, MEGABYTE, confine, parent_allowance
from imports.unpacking.outcomes import GAVE_UP, SECOND_READER
from imports.unpacking.zips import DAMAGED

HEAD = 8_192
LONGEST_NAME_TAKEN = 100
MOST_SLIPS_TOLD = 10
UNCLOSED = (
    "Row {row:,} holds a quotation mark that never closes: it was left out, and the rows below "
    "were read as rows. Check that row."
)


def main(file: str, name: str, reader: str, seconds: str) -> int:
    """Answer for one file; the exit code says only whether there is an answer."""
    gc.disable()  # the process is short and makes no cycles worth collecting
    confine(wall_seconds=float(seconds))
    try:
        answer = unpack(Path(file), name=name, reader=reader)
    except UnreadableFileError as refusal:
        answer = Answer(refused=str(refusal))
    except (MemoryError, RecursionError, workbooks.GaveUpError):
        return GAVE_UP
    send(answer, sys.stdout.buffer)
    return 0


def unpack(path: Path, *, name: str, reader: str) -> Answer:
    """The file as sheets of distinct cells."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise UnreadableFileError(
            f"This file is larger than {MAX_FILE_BYTES // MEGABYTE} MB; copy the register into a "
            "new workbook and upload that."
        )
    with path.open("rb") as content:
        head = content.read(HEAD)
    if not head.strip(b"\0\t\r\n \xef\xbb\xbf"):
        raise UnreadableFileError("This file is empty; choose the register and upload it again.")
    budget = Budget(parent_bytes=parent_allowance(size))
    kind = kinds.sniff(path, head)
    if kind == "text":
        if reader == SECOND_READER:  # there is one way to read text, and it took too much
            raise UnreadableFileError(TOO_MUCH_AT_ONCE)
        return _unpack_text(path, name=name, budget=budget)
    return _unpack_workbook(path, kind, budget=budget, reader=reader)


def _unpack_workbook(path: Path, kind: str, *, budget: Budget, reader: str) -> Answer:
    if reader == SECOND_READER and kind not in workbooks.OFFICE_XML:
        raise UnreadableFileError(DAMAGED)
    path = workbooks.named_for_its_kind(path, kind)
    with ThreadPoolExecutor(max_workers=1) as other:  # inflating the XML takes no interpreter
        beside = other.submit(workbooks.beside, path, kind)
        from_1904 = workbooks.counts_from_1904(path, kind)
        if reader != SECOND_READER:
            sheets = workbooks.read_with_calamine(path, budget, beside.result)
            said = beside.result().note if sheets else ""  # asked only where there are cells
            return Answer(kind, sheets, [said] if said else [], from_1904=from_1904)
        sheets = workbooks.read_with_openpyxl(path, budget, beside.result)
    notes = ["Read with the second, slower reader: the first gave up."]
    return Answer(kind, sheets, notes, from_1904=from_1904)


def _unpack_text(path: Path, *, name: str, budget: Budget) -> Answer:
    content, encoding = text.decode(path.read_bytes())
    if kinds.kind_of_text(content) == "html":
        return _unpack_html(content, budget=budget)
    content, separator = text.take_separator_line(content)
    separator = separator or text.separator_of(content)
    kind, called = text.SEPARATORS[separator]
    builder = SheetBuilder(_sheet_name(name), budget)
    noticed = text.Noticed()
    builder.add(text.records(content, separator, noticed))
    sheet = builder.finish()
    sheet = replace(sheet, widths=noticed.widths[: sheet.rows].tobytes())
    notes = [f"Read as {encoding} text with its columns separated by {called}."]
    if "\0" in content:
        notes.append("NUL characters were left out of the text.")
    notes += [UNCLOSED.format(row=row) for row in noticed.unclosed[:MOST_SLIPS_TOLD]]
    return Answer(kind, [sheet], notes)


def _unpack_html(content: str, *, budget: Budget) -> Answer:
    sheets: list[RawSheet] = []
    for number, table in enumerate(html.tables(content), start=1):
        builder = SheetBuilder(f"Table {number}", budget)
        builder.add(table.rows)
        sheets.append(builder.finish(merged=table.merged))
    notes = ["Read as a web page saved under a spreadsheet's name; rows are counted in its table."]
    return Answer("html", sheets, notes)


def _sheet_name(name: str) -> str:
    """What a spreadsheet program calls the one sheet of a text file."""
    return PurePath(name).stem[:LONGEST_NAME_TAKEN] or "Sheet1"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
