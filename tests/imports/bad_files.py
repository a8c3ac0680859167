"""Bad files by name: what builds each, and the words it ends in, or None where it can be read."""

import random
from zipfile import ZipInfo

from tests.imports.hostile import (
    HEADINGS,
    LAUGHS,
    MAIN,
    OLE,
    ROW,
    SHEET_PART,
    book_of,
    cells,
    deep_xml,
    inline,
    ods,
    ods_cell,
    ods_register,
    ods_row,
    ole,
    raw_xlsx,
    register_csv,
    register_xls,
    register_xlsx,
    register_xml,
    shared_strings,
    with_directory_size,
    with_flag,
    with_many_names_for_one_part,
    zipped,
)

MILLION = 1_000_000
LINK = """<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<externalBook><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalBook></externalLink>"""
OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def blanks(megabytes):
    return f"<sheetData>{' ' * megabytes * MILLION}</sheetData>"


def with_link_to(target):
    """A workbook whose sheet is a link of the file system."""
    link = ZipInfo(SHEET_PART)
    link.external_attr = 0o120777 << 16
    parts = {"[Content_Types].xml": "spreadsheetml.sheet.main", **book_of("S"), link: target}
    return zipped(parts)


def odd(cell, **more):
    return lambda: raw_xlsx(register_xml(cell, **more))


def text(content, encoding="utf-8"):
    return lambda: content.encode(encoding)


def spoilt(content, seed):
    """The file with some of its bytes changed, as a bad disk would."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


OTHER_KINDS = {
    "empty": (lambda: b"", "empty"),
    "only blanks": (lambda: b" \r\n\t\n", "empty"),
    "only nul": (lambda: b"\0" * 10_000, "empty"),
    "only a mark": (lambda: b"\xef\xbb\xbf", "empty"),
    "only a mark of utf-16": (lambda: b"\xff\xfe", "has no rows"),
    "noise": (lambda: random.Random(1).randbytes(50_000), "not a kind of file"),
    "pdf": (lambda: b"%PDF-1.7 ...", "This is a PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n....", "This is a picture"),
    "gzip": (lambda: b"\x1f\x8b\x08....", "gzip"),
    "program": (lambda: b"MZ\x90\0" + random.Random(2).randbytes(9_000), "a program"),
    "database": (lambda: b"SQLite format 3\0" + b"\0" * 4_000, "a database"),
    "rich text": (lambda: b"{\\rtf1 Register}", "Rich Text"),
    "json": (lambda: b'[{"title": "Laptops"}]', "This is JSON"),
    "json of lines": (lambda: b'{"a": 1}\n{"a": 2}\n', "This is JSON"),
    "json nested deep": (lambda: b"[" * 300_000, "This is JSON"),
    "json in utf-16": (text('{"a": 1}', "utf-16"), "This is JSON"),
    "xml": (lambda: b"<?xml version='1.0'?><root/>", "This is XML"),
    "drawing": (
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>',
        "No row of headings",
    ),
    "xml that multiplies": (text(LAUGHS + "<x>&a11;</x>"), "This is XML"),
    "e-mail": (lambda: b"From: officer@example.org\nSubject: register\n\nHello", "e-mail"),
    "word": (
        lambda: zipped({"[Content_Types].xml": f"<Types>{WORD}</Types>", "word/document.xml": "x"}),
        "Word document",
    ),
    "old word": (lambda: ole("WordDocument"), "Word document"),
    "outlook": (lambda: ole("__substg1.0_0037001F"), "e-mail"),
    "zip of files": (lambda: zipped({"a.xlsx": register_xlsx(), "b.csv": "x"}), "zip archive"),
    "zip of folders": (lambda: zipped({f"{n}/": "" for n in range(50)}), "zip archive"),
    "empty zip": (lambda: zipped({}), "zip archive"),
}

CONTAINERS = {
    "protected xlsx": (lambda: ole("EncryptionInfo", "EncryptedPackage"), "password"),
    "protected zip": (lambda: with_flag(register_xlsx(), 1), "password"),
    "protected ods": (lambda: ods("", manifest="<manifest:encryption-data/>"), "password"),
    "sheet missing": (lambda: zipped({"[Content_Types].xml": "<Types/>"}), "damaged"),
    "bomb": (lambda: raw_xlsx(blanks(120)), "unpacks to far more"),
    "lying directory": (
        lambda: with_directory_size(raw_xlsx(blanks(60)), SHEET_PART, 3_000),
        "damaged",
    ),
    "directory that claims a terabyte": (
        lambda: with_directory_size(register_xlsx(), SHEET_PART, 2**32 - 2),
        "unpacks to far more",
    ),
    "directory that claims nothing": (
        lambda: with_directory_size(raw_xlsx(register_xml()), SHEET_PART, 0),
        "damaged",
    ),
    "parts that overlap": (
        lambda: with_many_names_for_one_part(raw_xlsx(blanks(4)), 4_000),
        "damaged",
    ),
    "too many parts": (
        lambda: raw_xlsx(cells("A1"), parts={f"x/{n}": "" for n in range(5_100)}),
        "unpacks to far more",
    ),
    "macros": (lambda: raw_xlsx(register_xml(), parts={"xl/vbaProject.bin": b"\0" * 9_000}), None),
    "links to other books": (
        lambda: raw_xlsx(register_xml(), parts={"xl/externalLinks/externalLink1.xml": LINK}),
        None,
    ),
    "paths outside": (
        lambda: raw_xlsx(register_xml(), parts={"../../outside": "x", "/absolute": "x"}),
        None,
    ),
    "folders and nul names": (
        lambda: raw_xlsx(register_xml(), parts={"xl/": "", "a\0b": "x", "\u202egpj.exe": "x"}),
        None,
    ),
    "no relations": (
        lambda: raw_xlsx(register_xml(), parts={"xl/_rels/workbook.xml.rels": ""}),
        "damaged",
    ),
    "sheet on the web": (
        lambda: raw_xlsx("", parts=book_of("S", targets=["http://example.org/sheet.xml"])),
        "has no rows",
    ),
    "sheet that is a link": (lambda: with_link_to("/etc/passwd"), "damaged"),
    "sheet outside": (
        lambda: raw_xlsx("", parts=book_of("S", targets=["../../../../etc/passwd"])),
        "has no rows",
    ),
    "binary workbook of noise": (
        lambda: zipped(
            {
                "[Content_Types].xml": "ms-excel.sheet.binary.macroEnabled",
                "xl/workbook.bin": random.Random(4).randbytes(5_000),
            }
        ),
        "damaged",
    ),
    "book of itself": (lambda: register_xlsx() + register_xlsx(), None),
}

WORKBOOKS = {
    "no sheets": (lambda: raw_xlsx("", parts=book_of()), "has no rows"),
    "9,000 sheets": (
        lambda: raw_xlsx(register_xml(), parts=book_of(*range(9_000))),
        "has 9,000 sheets",
    ),
    "two sheets of one name": (
        lambda: raw_xlsx(register_xml(), parts=book_of("Contracts", "Contracts")),
        "both called “Contracts”",
    ),
    "sheet of an endless name": (
        lambda: raw_xlsx(register_xml(), parts=book_of("n" * 300)),
        "has 300 characters",
    ),
    "sheet of a nul name": (
        lambda: raw_xlsx(register_xml(), parts=book_of("a&#0;b")),
        "damaged",
    ),
    "sheet of half a character": (
        lambda: raw_xlsx(register_xml(), parts=book_of("a&#xD800;b")),
        "damaged",
    ),
    "sheet named backwards": (
        lambda: raw_xlsx(register_xml(), parts=book_of("\u202estcartnoC\u200b")),
        None,
    ),
    "sheet without a name": (lambda: raw_xlsx(register_xml(), parts=book_of("")), None),
    "entities that multiply": (
        lambda: raw_xlsx(cells("A1"), workbook=LAUGHS + "<x>&a11;</x>"),
        "damaged",
    ),
    "entities in a sheet": (
        lambda: raw_xlsx("", parts={SHEET_PART: LAUGHS + "<x>&a11;</x>"}),
        "has no rows",
    ),
    "a file of the server as a cell": (
        lambda: raw_xlsx(
            "",
            parts={
                SHEET_PART: f'{OUTSIDE}<worksheet xmlns="{MAIN}">'
                f"{register_xml(inline('F2', '&e;'))}</worksheet>"
            },
        ),
        "damaged",
    ),
    "deep sheet": (lambda: raw_xlsx(deep_xml(50_000)), "has no rows"),
    "deep book": (lambda: raw_xlsx("", workbook=deep_xml(50_000)), "has no rows"),
    "sheet that never closes": (
        lambda: raw_xlsx("", parts={SHEET_PART: f'<worksheet xmlns="{MAIN}"><sheetData><row r="1'}),
        "damaged",
    ),
    "shared text out of range": (odd('<c r="F2" t="s"><v>99999999</v></c>'), "damaged"),
    "shared text below nought": (odd('<c r="F2" t="s"><v>-1</v></c>'), "damaged"),
    "shared texts that claim billions": (
        lambda: raw_xlsx(
            register_xml('<c r="F2" t="s"><v>0</v></c>'),
            parts=shared_strings(
                "<si><t>9</t></si>", said='count="4294967295" uniqueCount="4294967295"'
            ),
        ),
        "damaged",
    ),
    "shared text of 40 million signs": (
        lambda: raw_xlsx(
            register_xml('<c r="F2" t="s"><v>0</v></c>'),
            parts=shared_strings(f"<si><t>{'x' * 40 * MILLION}</t></si>"),
        ),
        "holds 40,000,000 characters",
    ),
    "endless cell": (odd(inline("F2", "x" * 40_000)), "more than a spreadsheet can"),
    "absurd place": (lambda: raw_xlsx(cells("A1", "XFD1048576")), "further right"),
    "impossible place": (lambda: raw_xlsx(cells("A1", "ZZZZZ99999999")), "damaged"),
    "places that are none": (odd('<c r="0F"><v>1</v></c><c r="@@"><v>1</v></c>'), "damaged"),
    "row of four billion": (
        lambda: raw_xlsx(
            '<sheetData><row r="4000000000"><c r="A4000000000"><v>1</v></c></row></sheetData>'
        ),
        "more than 1,048,576 rows",
    ),
    "row nought": (odd("", second='r="0"'), "no rows under them"),
    "far row": (lambda: raw_xlsx(cells("A1", "C1048576")), "No row of headings"),
    "absurd dimension": (
        lambda: raw_xlsx('<dimension ref="A1:XFD1048576"/>' + register_xml()),
        None,
    ),
    "columns without end": (
        lambda: raw_xlsx('<cols><col min="1" max="999999999"/></cols>' + register_xml()),
        None,
    ),
    "merged over a million rows": (
        odd("", after='<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'),
        None,
    ),
    "a hundred thousand merged cells": (
        odd("", after="<mergeCells>" + '<mergeCell ref="A9:B9"/>' * 100_000 + "</mergeCells>"),
        None,
    ),
    "number beyond all": (odd('<c r="F2"><v>1e400</v></c>'), None),
    "number that is none": (odd('<c r="F2"><v>NaN</v></c>'), None),
    "number of words": (odd('<c r="F2"><v>twelve</v></c>'), None),
    "day out of range": (odd('<c r="F2" t="d"><v>99999-99-99T99:99:99</v></c>'), None),
    "yes and no of seven": (odd('<c r="F2" t="b"><v>7</v></c>'), None),
    "error cells": (odd('<c r="F2" t="e"><v>#REF!</v></c>'), None),
    "kind of cell unheard of": (odd('<c r="F2" t="zz"><v>1</v></c>'), None),
    "style out of range": (odd('<c r="F2" s="999999"><v>1</v></c>'), None),
    "formula never worked out": (odd('<c r="F2"><f>1+1</f></c>'), None),
    "endless formula": (odd(f'<c r="F2"><f>{"1+" * 2 * MILLION}1</f><v>2</v></c>'), None),
    "formula that runs programs": (
        odd("<c r=\"F2\" t=\"str\"><f>cmd|'/c calc'!A1</f><v>=cmd|'/c calc'!A1</v></c>"),
        None,
    ),
}

MERGED_DOWN = '<table:table-cell table:number-rows-spanned="2"/>'
OPEN_DOCUMENTS = {
    "ods bomb": (lambda: ods(ods_row(ods_cell(times=16_384), times=1_048_576)), "damaged"),
    "ods nonsense": (lambda: ods(ods_row(ods_cell(times=99**9), times=-5)), "damaged"),
    "ods of a million rows": (lambda: ods(ods_register(after=ods_row(times=1_048_576))), None),
    "ods of a million rows alike": (
        lambda: ods(ods_row(ods_cell(), times=1_048_576)),
        "No row of headings",
    ),
    "ods without content": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        "damaged",
    ),
    "ods of a day that is none": (
        lambda: ods(
            ods_register(
                '<table:table-cell office:value-type="date" office:date-value="99999-99-99"/>'
            )
        ),
        None,
    ),
    "ods of a number beyond all": (
        lambda: ods(
            ods_register('<table:table-cell office:value-type="float" office:value="1e999"/>')
        ),
        None,
    ),
    "ods of two tables of one name": (
        lambda: ods(f'{ods_register()}</table:table><table:table table:name="S">{ods_register()}'),
        "both called “S”",
    ),
    "ods of an endless name": (
        lambda: ods(f'{ods_register()}</table:table><table:table table:name="{"n" * 300}">'),
        "has 300 characters",
    ),
    "ods of many cells merged downwards": (
        lambda: ods(ods_register(after=ods_row(MERGED_DOWN * 900) * 200)),
        None,
    ),
    "ods nested deep": (lambda: ods(ods_register(after=deep_xml(50_000))), None),
}

OLD_WORKBOOKS = {
    "cut off xls": (lambda: ole("Workbook"), "damaged"),
    "unknown ole": (lambda: ole("Something"), "damaged"),
    "xls of noise": (lambda: OLE + random.Random(5).randbytes(20_000), "damaged"),
    "half an xls": (lambda: register_xls()[:3_000], "damaged"),
    "protected xls": (
        lambda: register_xls().replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1),
        "password",
    ),
    "xls of a nul name": (
        lambda: register_xls(sheet="CoQntr").replace(b"CoQntr", b"Co\0ntr"),
        None,
    ),
}

TEXTS = {
    "quotation mark left open": (
        lambda: b'Title,Supplier\n"Laptops,Firm\n' + b"x,y\n" * 20_000,
        "begins in row 2",
    ),
    "a line of 100 MB": (lambda: b"x" * 100 * MILLION, "more than 32,767"),
    "70 MB of signs that take four bytes each": (
        lambda: "".join(f"😀 {n} {'x' * 990}\n" for n in range(70_000)).encode(),
        "more than the service reads",
    ),
    "100,000 columns": (lambda: b"x," * 100_000 + b"x\n", "further right"),
    "50,000 blank columns": (
        lambda: register_csv("1" + "," * 50_000).encode(),
        None,
    ),
    "a million and a half blank rows": (
        lambda: register_csv().encode() + b",\n" * 1_500_000,
        None,
    ),
    "too many rows": (lambda: b"a,b\n" * 1_050_000, "split the register"),
    "too many cells": (
        lambda: (b"1\n" * 4_095 + b"," * 999 + b"1\n") * 5,
        "too many cells",
    ),
    "utf-16 without a mark": (text(register_csv(), "utf-16-le"), None),
    "utf-16 cut in the middle": (lambda: register_csv().encode("utf-16")[:-1], None),
    "utf-32": (text(register_csv(), "utf-32"), None),
    "encodings mixed": (
        lambda: (
            register_csv("£1".encode().decode("latin-1")).encode("latin-1")
            + "C-2,Café,Ash Ltd,01/04/2025,31/03/2027,£2\n".encode("cp1252")
        ),
        None,
    ),
    "nul in every cell": (lambda: register_csv("10\0" + "00").encode(), None),
    "half a character": (lambda: register_csv("\ud800").encode("utf-16-le", "surrogatepass"), None),
    "bare carriage returns": (lambda: register_csv().replace("\n", "\r").encode(), None),
    "numbers beyond all": (lambda: register_csv("1e400").encode(), None),
    "amount of a thousand digits": (lambda: register_csv("9" * 1_000).encode(), None),
    "amount that is no number": (lambda: register_csv("NaN").encode(), None),
    "amount of other digits": (lambda: register_csv("١٢٣٤").encode(), None),
    "day of the year nought": (
        lambda: register_csv(
            row=("C-1", "Laptops", "Ash", "01/04/0000", "31/03/99999", "")
        ).encode(),
        None,
    ),
    "year of a page": (
        lambda: register_csv(row=(*ROW[:4], "31/03/" + "9" * 2_000, "")).encode(),
        None,
    ),
    "headings of a page each": (
        lambda: register_csv(
            headings=[f"{heading} {'of ours ' * 400}" for heading in HEADINGS],
            row=("C-1", "Laptops", "Ash Ltd", "31/11/2025", "31/11/2027", ""),
        ).encode(),
        None,
    ),
    "cells of a page each": (
        lambda: register_csv("9", row=[f"{said}{' x' * 9_000}" for said in ROW]).encode(),
        None,
    ),
    "headings from right to left": (
        lambda: register_csv(headings=[f"\u202e{heading}\u200f" for heading in HEADINGS]).encode(),
        None,
    ),
    "formulas": (lambda: register_csv("=cmd|'/c calc'!A1").encode(), None),
    "control signs": (lambda: register_csv("\x01\x02\x0b\x0c\x1b[31m").encode(), None),
    "only separators": (lambda: b",,,,\n" * 1_000, "has no rows"),
    "a mark that opens a line of many characters": (
        lambda: b"Ref,Title,Supplier,Start date\n" * 9 + b'1,"' + b"x" * 33_000 + b",b,c\n2,b,c,d",
        "more than 32,767",
    ),
    "only quotation marks": (lambda: b'"' * 200_000, "more than 32,767"),
    "only headings": (lambda: ",".join(HEADINGS).encode(), "no rows under them"),
}

PAGES = {
    "error page": (lambda: b"<!DOCTYPE html><html><h1>403 Forbidden</h1></html>", "web page"),
    "tables in tables": (lambda: b"<html>" + b"<table><tr><td>" * 20_000, "web page"),
    "endless spans": (
        lambda: b"<table>" + b"<tr><td colspan=9999999 rowspan=9999999>x<td>y" * 3_000,
        "web page",
    ),
    "tag that never closes": (
        lambda: b'<table><tr><td title="' + b"x" * 30 * MILLION,
        "tags that never close",
    ),
    "comment that never closes": (
        lambda: b"<table><tr><td>1</td></tr><!-- " + b"-" * 30 * MILLION,
        "tags that never close",
    ),
    "tags of tags": (lambda: b"<table>" + b"<" * 200_000, "web page"),
    "tag of a million attributes": (
        lambda: b"<table " + b"a=1 " * MILLION + b">",
        "tags that never close",
    ),
}

GOOD = {"xlsx": raw_xlsx(register_xml()), "ods": ods(ods_register()), "xls": register_xls()}
SPOILT = {
    f"spoilt {kind} {seed}": (lambda kind=kind, seed=seed: spoilt(GOOD[kind], seed), "")
    for kind in GOOD
    for seed in range(4)
} | {
    f"{sixteenths} sixteenths of an {kind}": (
        lambda kind=kind, part=sixteenths: GOOD[kind][: len(GOOD[kind]) * part // 16],
        "damaged",
    )
    for kind in ("xlsx", "ods")
    for sixteenths in (range(1, 16) if kind == "xlsx" else (4, 8, 12))
}

BAD_FILES = {
    **OTHER_KINDS, **CONTAINERS, **WORKBOOKS, **OPEN_DOCUMENTS, **OLD_WORKBOOKS, **TEXTS, **PAGES,
    **SPOILT,
}  # fmt: skip

# Those that go through the pages and the registry as well.
IN_FULL = (
    *("noise", "half an xls", "too many parts", "two sheets of one name"),
    *("sheet of an endless name", "xls of a nul name", "sheet named backwards"),
    *("sheet without a name", "number beyond all", "amount of a thousand digits"),
    *("amount of other digits", "nul in every cell", "half a character", "control signs"),
    *(
        "year of a page",
        "headings of a page each",
        "cells of a page each",
        "headings from right to left",
    ),
    *("formulas", "day of the year nought", "numbers beyond all"),
)
