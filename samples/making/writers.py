"""Pages to the bytes of a file, the same bytes on every run."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlwt  # type: ignore[import-untyped]
from odf import opendocument, style, table, text  # type: ignore[import-untyped]
from odf.number import DateStyle, Day, Month, Text, Year  # type: ignore[import-untyped]
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from samples.making.shapes import Cell, Page

MADE = datetime(2026, 11, 2, 9, 0, 0)
STAMP = (2026, 11, 2, 9, 0, 0)
EXCEL_DAY_0 = date(1899, 12, 30)

BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")


def xlsx(pages: list[Page], *, from_1904: bool = False) -> bytes:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    if from_1904:
        workbook.epoch = CALENDAR_MAC_1904
    workbook.properties.creator = "Buying Commons samples (invented data)"
    workbook.properties.created = MADE
    for page in pages:
        fill_sheet(workbook.create_sheet(page.name), page)
    workbook.active = next(i for i, page in enumerate(pages) if not page.hidden)
    out = io.BytesIO()
    workbook.save(out)
    return fixed_zip(out.getvalue())


def fill_sheet(sheet: Any, page: Page) -> None:
    for r, c, value in filled(page):
        fill_cell(sheet.cell(r, c, value), heading=r in page.heading_rows)
    for merge in page.merges:
        sheet.merge_cells(merge)
    for r in page.hidden_rows:
        sheet.row_dimensions[r].hidden = True
    for c in range(1, max(map(len, page.rows), default=0) + 1):
        sheet.column_dimensions[get_column_letter(c)].width = 18
    if page.hidden:
        sheet.sheet_state = "hidden"


def filled(page: Page) -> Iterator[tuple[int, int, Cell]]:
    """The cells that hold something, with row and column counted from 1."""
    for r, row in enumerate(page.rows, 1):
        for c, value in enumerate(row, 1):
            if value not in (None, ""):
                yield r, c, value


def fill_cell(cell: Any, *, heading: bool) -> None:
    if heading:
        cell.font, cell.alignment = BOLD, WRAPPED
    if isinstance(cell.value, date):
        cell.number_format = "DD/MM/YYYY"
    elif isinstance(cell.value, Decimal):
        cell.number_format = "£#,##0.00"


def xlsm(pages: list[Page]) -> bytes:
    """A macro-enabled workbook that happens to hold no macros, as many do."""
    plain, enabled = (
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return fixed_zip(xlsx(pages), edit=lambda content: content.replace(plain, enabled))


def xls(pages: list[Page]) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    day_style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for page in pages:
        sheet = workbook.add_sheet(page.name)
        for r, c, value in filled(page):
            if isinstance(value, date) and page.serial_dates:
                sheet.write(r - 1, c - 1, (value - EXCEL_DAY_0).days)
            elif isinstance(value, date):
                sheet.write(r - 1, c - 1, value, day_style)
            else:
                sheet.write(r - 1, c - 1, value)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def ods(pages: list[Page]) -> bytes:
    document = opendocument.OpenDocumentSpreadsheet()
    day_style = day_style_of(document)
    for page in pages:
        sheet = table.Table(name=page.name)
        for row in page.rows:
            line = table.TableRow()
            for value in row:
                line.addElement(ods_cell(value, day_style))
            sheet.addElement(line)
        document.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    document.write(out)
    return fixed_zip(out.getvalue())


def day_style_of(document: Any) -> Any:
    days = DateStyle(name="days")
    for part in (Day(style="long"), Text(text="/"), Month(style="long"), Text(text="/"),
                 Year(style="long")):  # fmt: skip
        days.addElement(part)
    document.automaticstyles.addElement(days)
    cells = style.Style(name="day", family="table-cell", datastylename="days")
    document.automaticstyles.addElement(cells)
    return cells


def ods_cell(value: Cell, day_style: Any) -> Any:
    if value in (None, ""):
        return table.TableCell()
    if isinstance(value, date):
        return table.TableCell(valuetype="date", datevalue=value.isoformat(), stylename=day_style)
    if isinstance(value, Decimal | int | float):
        return table.TableCell(valuetype="float", value=str(value))
    cell = table.TableCell(valuetype="string")
    cell.addElement(text.P(text=str(value)))
    return cell


def delimited(
    page: Page, *, separator: str = ",", encoding: str = "utf-8", ends: str = "\r\n"
) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=ends)
    width = max(map(len, page.rows))
    for row in page.rows:
        cells = ["" if value is None else str(value) for value in row]
        writer.writerow(cells + [""] * (width - len(cells)))
    return out.getvalue().encode(encoding)


def fixed_zip(content: bytes, *, edit: Callable[[bytes], bytes] = bytes) -> bytes:
    """The same archive without the hour it was made: entries in order, one time, no `modified`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename, STAMP)
            fixed.compress_type = entry.compress_type
            fixed.external_attr = 0o644 << 16
            new.writestr(fixed, without_hours(edit(old.read(entry))))
    return out.getvalue()


def without_hours(content: bytes) -> bytes:
    made = MADE.isoformat().encode()
    for element in (rb"dcterms:modified[^>]*", rb"dc:date", rb"meta:creation-date"):
        content = re.sub(rb"(<" + element + rb">)[^<]*", rb"\g<1>" + made + b"Z", content)
    return content
