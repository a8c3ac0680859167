"""Builders of files that nobody should send, and of small honest workbooks to spoil."""

import io
import struct
import zipfile
from datetime import date

import openpyxl
import xlwt

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SHEET_PART = "xl/worksheets/sheet1.xml"
HEADINGS = ("Reference", "Contract title", "Supplier", "Start date", "End date", "Contract value")
ROW = ("C-1", "Laptops", "Ash Ltd", "01/04/2025", "31/03/2027", "1000")


def xlsx(rows, *, epoch=None) -> bytes:
    """An honest workbook of one sheet."""
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def register_xlsx(count=20) -> bytes:
    return xlsx(
        [["Title", "Supplier", "End date"]] + [["Laptops", "Firm", date(2027, 3, 31)]] * count
    )


def raw_xlsx(sheet, *, parts=None, content_type=SHEET_TYPE, workbook=None) -> bytes:
    """A workbook whose one sheet has this XML, with whatever other parts are wanted."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    every = {
        "[Content_Types].xml": f'{head}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIPS}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": workbook
        or f'{head}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
        '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    return zipped(every | (parts or {}))


def zipped(parts) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        for name, text in parts.items():
            container.writestr(name, text)
    return content.getvalue()


def cells(*places) -> str:
    """Sheet data with a value in each place, such as "B3", in order of rows."""
    rows = "".join(
        f'<row r="{"".join(filter(str.isdigit, place))}">'
        f'<c r="{place}" t="inlineStr"><is><t>{place} is here</t></is></c></row>'
        for place in places
    )
    return f"<sheetData>{rows}</sheetData>"


def inline(place, text) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def register_xml(odd="", *, after="", second='r="2"') -> str:
    """A register of one row, whose value is in an odd cell where one is given, as sheet data."""
    head, said = (
        "".join(inline(f"{letter}{row}", text) for letter, text in zip(letters, texts, strict=True))
        for row, letters, texts in ((1, "ABCDEF", HEADINGS), (2, "ABCDE", ROW[:-1]))
    )
    odd = odd or inline("F2", ROW[-1])
    return f'<sheetData><row r="1">{head}</row><row {second}>{said}{odd}</row></sheetData>{after}'


def book_of(*names, targets=("worksheets/sheet1.xml",)) -> dict[str, str]:
    """The parts of a workbook whose sheets have these names and stand in these parts, in turn."""
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONSHIPS}/worksheet" '
        f'Target="{targets[(n - 1) % len(targets)]}"/>'
        for n in range(1, len(names) + 1)
    )
    return {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONSHIPS}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        "</Relationships>",
    }


def shared_strings(content, *, said="") -> dict[str, str]:
    """The parts that give a workbook these shared strings, whatever number of them is said."""
    kind = f"{RELATIONSHIPS}/sharedStrings"
    links = book_of("S")["xl/_rels/workbook.xml.rels"]
    link = f'<Relationship Id="rId9" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    return {
        "xl/_rels/workbook.xml.rels": links.replace("</Relationships>", link),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" {said}>{content}</sst>',
    }


def register_xls(*, sheet="Contracts") -> bytes:
    book = xlwt.Workbook()
    first = book.add_sheet(sheet)
    for row, texts in enumerate((HEADINGS, ROW)):
        for column, text in enumerate(texts):
            first.write(row, column, text)
    return saved(book)


def register_csv(value="1000", *, headings=HEADINGS, row=ROW) -> str:
    """A register of one row, with this as its value."""
    return "\n".join([",".join(headings), ",".join([*row[:-1], value])]) + "\n"


def ods_row(*cells_of_row, times=1) -> str:
    inside = "".join(cells_of_row)
    return f'<table:table-row table:number-rows-repeated="{times}">{inside}</table:table-row>'


def ods_register(odd="", *, before="", after="") -> str:
    """Rows of a register in an OpenDocument table, its value in an odd cell where one is given."""
    said = [ods_cell(text) for text in ROW[:-1]] + [odd or ods_cell(ROW[-1])]
    return before + ods_row(*map(ods_cell, HEADINGS)) + ods_row(*said) + after


def ods(body, *, manifest="") -> bytes:
    """An OpenDocument spreadsheet whose one table has this XML."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        {
            "mimetype": ODS_TYPE,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
            f"{manifest}</manifest:manifest>",
            "content.xml": f'<office:document-content xmlns:office="{office}:office:1.0" '
            f'xmlns:table="{office}:table:1.0" xmlns:text="{office}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="S">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_cell(text="x", *, times=1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{times}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def with_directory_size(content: bytes, part: str, size: int) -> bytes:
    """The zip with another unpacked size claimed for one part, in both of its directories."""
    spoilt = bytearray(content)
    name = part.encode()
    for signature, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        place = spoilt.find(signature)
        while place >= 0:
            if spoilt[place + name_at : place + name_at + len(name)] == name:
                struct.pack_into("<I", spoilt, place + size_at, size)
            place = spoilt.find(signature, place + 4)
    return bytes(spoilt)


def with_many_names_for_one_part(content: bytes, times: int) -> bytes:
    """The zip with its directory listing the last part again and again, under one offset."""
    end = content.rfind(b"PK\x05\x06")
    last = content[content.rfind(b"PK\x01\x02") : end]
    tail = bytearray(content[end:])
    entries, size = struct.unpack_from("<H", tail, 10)[0], struct.unpack_from("<I", tail, 12)[0]
    struct.pack_into("<HHI", tail, 8, entries + times, entries + times, size + times * len(last))
    return content[:end] + last * times + bytes(tail)


def with_flag(content: bytes, flag: int) -> bytes:
    """The zip with a flag set for every entry."""
    spoilt = bytearray(content)
    for signature, flag_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = spoilt.find(signature)
        while place >= 0:
            spoilt[place + flag_at] |= flag
            place = spoilt.find(signature, place + 4)
    return bytes(spoilt)


def ole(*streams) -> bytes:
    """The beginnings of an OLE container that names these streams."""
    names = b"".join(stream.encode("utf-16-le") + b"\0" * 64 for stream in streams)
    return OLE + b"\0" * 504 + names + b"\0" * 2048


def deep_xml(depth) -> str:
    return "<a>" * depth + "</a>" * depth


ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{ENTITIES}]>'
