"""Text files of every encoding, separator and line end."""

from tests.imports.truth import files
from tests.imports.truth.checks import Case, case
from tests.imports.truth.layouts import FIELDS, HEADINGS

ROWS = [
    "C1 | Café tables, chairs; benches | Müller & Söhne Ltd | 13/04/2024 | 31/03/2027 | £1,000.50",
    "C2 | Phones – mobile | O’Brien Ltd | 14/04/2024 | 30/06/2027 | £2,000",
    "C3 | Paper | Firm Ltd | 15/04/2024 | 30/06/2027 | £300",
]
TRUE = {
    2: {
        "title": "Café tables, chairs; benches", "supplier_name": "Müller & Söhne Ltd",
        "total_value": "1000.50", "end_date": "2027-03-31",
    },
    3: {"title": "Phones – mobile", "supplier_name": "O’Brien Ltd"},
}  # fmt: skip
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
KINDS = {"comma": "csv", "semicolon": "csv", "tab": "tsv", "bar": "txt"}


def written(name, encoding, separator=",", ends="\r\n", *, before=b"", suffix="csv", **expected):
    def write(only):
        return before + files.text(only, separator=separator, encoding=encoding, ends=ends)

    return case(name, HEADINGS, *ROWS, write=write, suffix=suffix, fields=FIELDS, facts=TRUE,
                counts={"records": 3}, **expected)  # fmt: skip


CASES = [
    written(f"{name} in {encoding}", encoding, separator, kind=KINDS[name])
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be")
    for name, separator in SEPARATORS.items()
]
CASES += [
    written(f"line ends {ends!r} in {encoding}", encoding, separator, ends)
    for ends in ("\r", "\n")
    for encoding, separator in (("utf-8", ","), ("cp1252", "\t"), ("utf-16", ";"))
]
CASES += [
    written("UTF-16 of the other end with its mark", "utf-16-be", before=b"\xfe\xff"),
    written("a line that names the separator", "cp1252", ";", before=b"sep=;\r\n"),
    written("a line that names the bar in UTF-8 with mark", "utf-8", "|",
            before=b"\xef\xbb\xbfsep=|\r\n"),
    case("a line break inside a cell", HEADINGS,
         ["C1", "Laptops\r\nand bags", "Firm Ltd", "13/04/2024", "31/03/2027", "100"],
         ["C2", "Phones", "Other\nLtd", "13/04/2024", "31/03/2027", "100"],
         facts={2: {"title": "Laptops and bags"}, 3: {"reference": "C2", "supplier_name":
                "Other Ltd"}}, counts={"records": 2}),
    case("quotation marks in a cell", HEADINGS,
         ["C1", 'The "Hub" project', "Firm Ltd", "13/04/2024", "31/03/2027", "100"],
         facts={2: {"title": 'The "Hub" project'}}),
    case("title rows above a csv with ragged lines",
         write=lambda _: (
             b"Midshire Council contracts register\r\nAs at 31/03/2025\r\n\r\n"
             b"Ref,Title,Supplier,Start,End,Value\r\n"
             b"C1,Laptops,Firm Ltd,13/04/2024,31/03/2027,\"1,000\"\r\n"
             b"C2,Phones,B Ltd,13/04/2024\r\n"
         ), place=([4], 5, 6), counts={"records": 2}, facts={5: {"total_value": "1000.00"}}),
    case("a semicolon file with decimal commas in its notes",
         write=lambda _: (
             b"Ref;Title;Supplier;End date;Total value\n"
             b"C1;Paper, ink, toner;Firm Ltd;31/03/2027;1000\n"
             b"C2;Pens, pencils, rubbers;B Ltd;31/03/2027;2000\n"
         ), fields="reference title supplier_name end_date total_value"),
    Case("an HTML error page", lambda: b"<!DOCTYPE html><html><body><h1>404</h1></body></html>",
         refused="web page"),
    Case("a web page of two tables",
         lambda: files.html(HEADINGS, *ROWS, before="<table><tr><td>Home</td></tr></table>"),
         suffix="xls", expected={"kind": "html", "fields": FIELDS, "counts": {"records": 3}}),
    Case("the LGA's template", lambda: (
        b"OrganisationName,OrganisationCode,EffectiveDate,ContractTitle,ServiceLabel,CPVCode,"
        b"ProcessType,ServiceCategoryLabel,ContractDescription,SupplierName,SupplierStreetAddress,"
        b"StartDate,EndDate,ReviewDate,ContractValue,VATNotRecovered,ReferenceNumber\r\n"
        b"Midshire,http://opendatacommunities.org/id/midshire,31/03/2025,Laptops,IT,30213100,Open,"
        b"ICT,Laptops for staff,Firm Ltd,1 High St,01/04/2024,31/03/2027,30/09/2026,1000,0,C1\r\n"
    ), expected={
        "fields": "council_name council_code effective_date title ? cpv_code procedure ? "
        "description supplier_name - start_date end_date review_date total_value "
        "irrecoverable_vat reference",
    }),
]  # fmt: skip
