"""Headings in further shapes: groups over From and To, rows of hints, cells merged downwards."""

from datetime import date

from tests.imports.truth import files
from tests.imports.truth.checks import case
from tests.imports.truth.files import page
from tests.imports.truth.layouts import FIELDS, HEADINGS, ROW, contracts

BOOKS = ("xlsx", "xls", "ods", "csv")
PERIODS = ("Period", "Contract dates", "Dates", "Term", "Contract term", "Duration",
           "Contract period", "When")  # fmt: skip
PAIRS = (("From", "To"), ("Start", "End"), ("Start date", "End date"), ("Start", "Expiry"),
         ("Commences", "Ends"), ("Begins", "Finishes"), ("From date", "To date"))  # fmt: skip


def typed(suffix):
    return suffix != "csv"


def grouped(group, pair, suffix="xlsx", *, merges=()):
    """A group heading over two dates, all other headings in the row above."""
    rows = contracts(3, typed=typed(suffix))
    return case(
        f"“{group}” over {' and '.join(pair)} in {suffix}{' merged' if merges else ''}",
        pages=[page(f"Ref | Title | Supplier | {group} |  | Value", ["", "", "", *pair, ""], *rows,
                    merges=merges if suffix == "xlsx" else ())],
        suffix=suffix, place=([1, 2], 3, 5), fields=FIELDS, counts={"records": 3}, facts={3: ROW},
        problems={},
    )  # fmt: skip


DOWN = ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2")
GROUPED = [grouped(group, PAIRS[0], merges=DOWN) for group in PERIODS]
GROUPED += [grouped("Period", pair) for pair in PAIRS[1:]]
GROUPED += [grouped("Contract dates", PAIRS[0], suffix) for suffix in BOOKS[1:]]
GROUPED += [
    case(
        f"“{group}” over From and To, groups over all",
        f"Contract |  |  | {group} |  | Money",
        "Ref | Title | Supplier | From | To | Value", *contracts(3, typed=False),
        place=([1, 2], 3, 5), fields=FIELDS, facts={3: ROW}, problems={},
    )
    for group in PERIODS
]  # fmt: skip
GROUPED += [
    case("a term column of dates beside an end", f"{HEADINGS} | Term",
         *[[*row, f"0{n}/04/2024"] for n, row in enumerate(contracts(3, typed=False), 1)],
         fields=f"{FIELDS} -", facts={2: ROW}),
    case("groups of two over every pair",
         "Contract |  | Party |  | Dates |  | Value | ",
         "Ref | Title | Name | Number | From | To | Annual | Total",
         ["C1", "Laptops", "Firm Ltd", "01234567", "13/04/2024", "31/03/2027", 100, 300],
         ["C2", "Phones", "Other Ltd", "07654321", "13/04/2024", "31/03/2027", 200, 600],
         place=([1, 2], 3, 4),
         fields="reference title supplier_name ? start_date end_date annual_value total_value",
         facts={3: {"annual_value": "100.00", "total_value": "300.00", "end_date": "2027-03-31"}}),
]  # fmt: skip

HINTS = {
    "formats": "[text] | [text] | [text] | (dd/mm/yyyy) | (dd/mm/yyyy) | £ ex VAT",
    "brackets": "[text] | [text] | [text] | [date] | [date] | [£ excl. VAT]",
    "only some": " |  |  | (dd/mm/yyyy) | (dd/mm/yyyy) | (£ ex VAT)",
    "only the money": " |  |  |  |  | £ ex VAT",
    "capitals": "TEXT | TEXT | TEXT | DD/MM/YYYY | DD/MM/YYYY | £, EX VAT",
    "must and may": "Mandatory | Mandatory | Mandatory | Optional | Optional | ex. VAT",
    "lengths": "max 20 characters | free text | free text | dd-mm-yyyy | dd-mm-yyyy | excl VAT",
    "dots": "(text) | (text) | (text) | dd.mm.yyyy | dd.mm.yyyy | £ (ex VAT)",
    "short years": "text | text | text | dd/mm/yy | dd/mm/yy | exc VAT",
    "e.g.": "e.g. C-001 | e.g. Laptops | e.g. A Firm | e.g. 01/04/2024 | e.g. 31/03/2027 "
    "| net of VAT",
    "alphanumeric": "alphanumeric | text field | text field | date field | date field "
    "| number, ex VAT",
    "required": "Required | Required | Required | Required | If known | £ net of VAT",
}
HINTED = [
    case(
        f"hints as {name} in {suffix}", HEADINGS, hints, *contracts(3, typed=typed(suffix)),
        suffix=suffix, place=([1, 2], 3, 5), fields=FIELDS, value={"vat": "net"},
        counts={"records": 3, "problem": 0}, facts={3: ROW}, problems={},
    )
    for name, hints in HINTS.items()
    for suffix in ("csv", "xlsx")
]  # fmt: skip
HINTED += [
    case(
        f"hints as {name} in a third row of headings",
        "Contract |  |  | Period |  | Value",
        "Ref | Title | Supplier | From | To | Total", hints, *contracts(3, typed=False),
        place=([1, 2, 3], 4, 6), fields=FIELDS, value={"vat": "net", "basis": "total"},
        counts={"records": 3, "problem": 0}, facts={4: ROW}, problems={},
    )
    for name, hints in HINTS.items()
]  # fmt: skip
HINTED += [
    case("hints of basis and VAT", "Ref | Title | Supplier | Start | End | Value",
         " |  |  | (dd/mm/yyyy) | (dd/mm/yyyy) | (£ per annum, inc VAT)",
         *contracts(3, typed=False), place=([1, 2], 3, 5), value={"vat": "gross"},
         facts={3: {"annual_value": "1000.00", "value_basis": "annual"}}),
    case("hints of thousands", HEADINGS, "[text] | [text] | [text] | [date] | [date] | £000s",
         *contracts(3, typed=False), place=([1, 2], 3, 5),
         facts={3: {"total_value": "1000000.00"}}),
    case("a first row of short words is no row of hints",
         "Ref | Title | Supplier | Start date | End date | Total value",
         "A1 | Text books | Date Palms Ltd | 01/04/2024 | 31/03/2027 | 10",
         "A2 | Optional lunches | Number One Ltd | 01/04/2024 | 31/03/2027 | 10",
         place=([1], 2, 3), counts={"records": 2}),
]  # fmt: skip

LOTS = [
    ["C1", "Care at home", "Firm Ltd", date(2024, 4, 1), date(2027, 3, 31), 1000],
    ["C2", "Care at night", None, date(2024, 4, 1), date(2027, 3, 31), 2000],
    ["C3", "Care at weekends", None, date(2024, 4, 1), date(2027, 3, 31), None],
    ["C4", "Transport", "Other Ltd", date(2024, 4, 1), date(2027, 3, 31), 4000],
    ["C5", "Cleaning", None, date(2024, 4, 1), date(2027, 3, 31), 5000],
]
LOTS_OF_A_PAGE = (
    files.html(
        HEADINGS,
        "C1 | Care at home | Firm Ltd | 01/04/2024 | 31/03/2027 | 1000",
        "C2 | Care at night | 01/04/2024 | 31/03/2027 | 2000",
        "C3 | Transport | Other Ltd | 01/04/2024 | 31/03/2027 | 4000",
        "C4 | Cleaning | Third Ltd | 01/04/2024 | 31/03/2027 | 5000",
    )
    .replace(b"<td>Firm", b"<td rowspan=2>Firm")
    .replace(b"<td>Third", b"<td rowspan=9>Third")
)
MERGED = [
    case(
        "a supplier merged down over its lots",
        pages=[page(HEADINGS, *LOTS, merges=["C2:C4", "F3:F4"])], suffix="xlsx",
        place=([1], 2, 6), counts={"records": 5},
        facts={2: {"supplier_name": "Firm Ltd", "total_value": "1000.00"},
               3: {"supplier_name": "Firm Ltd", "total_value": "2000.00"},
               4: {"supplier_name": "Firm Ltd", "total_value": None},
               5: {"supplier_name": "Other Ltd"}, 6: {"supplier_name": None}},
        judged=["merged"],
    ),
    case(
        "a title, a supplier and a department merged down, money once",
        pages=[page(
            "Title | Supplier | Department | Start date | End date | Annual value",
            ["Care", "Firm Ltd", "Adults", date(2024, 4, 1), date(2027, 3, 31), "£1.2m"],
            [None, None, None, date(2025, 4, 1), date(2028, 3, 31), None],
            ["Cleaning", "B Ltd", "Estates", date(2024, 4, 1), date(2027, 3, 31), "£500"],
            merges=["A2:A3", "B2:B3", "C2:C3", "F2:F3"])],
        suffix="xlsx", counts={"records": 3, "problem": 0},
        facts={2: {"annual_value": "1200000.00"},
               3: {"title": "Care", "supplier_name": "Firm Ltd", "department": "Adults",
                   "annual_value": None, "start_date": "2025-04-01"}},
        judged=["merged"],
    ),
    case(
        "a section's name merged across stays one row",
        pages=[page(HEADINGS, "Housing", *contracts(2), "Parks", *contracts(2, first=3),
                    merges=["A2:F2", "A5:F5"])],
        suffix="xlsx", counts={"records": 4, "not_a_contract": 2},
    ),
    case(
        "a supplier merged down in a web page under a workbook's name",
        write=lambda _: LOTS_OF_A_PAGE, suffix="xls", kind="html", counts={"records": 4},
        facts={2: {"supplier_name": "Firm Ltd"},
               3: {"supplier_name": "Firm Ltd", "total_value": "2000.00"},
               4: {"supplier_name": "Other Ltd"}, 5: {"supplier_name": "Third Ltd"}},
        judged=["merged"],
    ),
    case(
        "nothing is filled where nothing is merged",
        pages=[page(HEADINGS, *LOTS)], suffix="xlsx",
        facts={3: {"supplier_name": None}, 6: {"supplier_name": None}},
    ),
]  # fmt: skip

WIDE = [
    case(f"{count} columns of a council's own beside the register",
         [*HEADINGS.split(" | "), *(f"Internal check {n}" for n in range(count))],
         *[[*row, *("done" for _ in range(count))] for row in contracts(3, typed=False)],
         fields=f"{FIELDS} " + " ".join("?" * count), counts={"records": 3}, facts={2: ROW})
    for count in (1, 12, 40)
]  # fmt: skip

NO_REGISTER = [
    case("staff with a type of contract are refused",
         "Name | Post title | Contract type | Start date | End date | Grade | Department",
         "A Person | Officer | Permanent | 01/04/2020 |  | 7 | Housing",
         "B Person | Clerk | Fixed term | 01/04/2024 | 31/03/2027 | 4 | Parks",
         refused="staff"),
    case("staff with numbers and contracts are refused",
         "Employee no | Surname | Forename | Job title | Contract type | Contract start "
         "| Contract end | FTE",
         "1 | Person | A | Officer | Permanent | 01/04/2020 |  | 1.0",
         "2 | Person | B | Clerk | Fixed term | 01/04/2024 | 31/03/2027 | 0.5", refused="staff"),
    case("agency workers with contracts are refused",
         "Worker name | Job title | Contract type | Contract start date | Contract end date "
         "| Line manager | Hourly rate",
         "A Person | Officer | Agency | 01/04/2020 | 01/04/2025 | C Person | 17",
         "B Person | Clerk | Agency | 01/04/2024 | 31/03/2027 | C Person | 16", refused="staff"),
    case("a contract register with a grade of contract is one",
         "Ref | Title | Supplier | Start date | End date | Contract grade | Contract manager",
         "C1 | Laptops | Firm Ltd | 13/04/2024 | 31/03/2027 | A | A Person",
         counts={"records": 1}),
]  # fmt: skip
GRANTS = [
    case("grants told by headings are grants",
         "Grant ref | Recipient | Purpose of grant | Grant start date | Grant end date "
         "| Grant amount",
         "G1 | Youth Trust | Youth club | 13/04/2024 | 31/03/2027 | 1000",
         "G2 | Arts Trust | Summer fair | 13/04/2024 | 31/03/2027 | 2000",
         facts={2: {"kind": "grant"}, 3: {"kind": "grant"}}, judged=["grant"]),
    case("grants by recipient and award are grants",
         "Grant title | Grant recipient | Award date | Amount awarded | End date",
         "Youth club | Youth Trust | 13/04/2024 | 1000 | 31/03/2027",
         "Summer fair | Arts Trust | 14/04/2024 | 2000 | 31/03/2027",
         facts={2: {"kind": "grant"}, 3: {"kind": "grant"}}, judged=["grant"]),
    case("grants with a funding scheme are grants",
         "Grantee | Grant programme | Project title | Grant awarded (£) | Start date | End date",
         "Youth Trust | Small grants | Youth club | 1000 | 13/04/2024 | 31/03/2027",
         facts={2: {"kind": "grant"}}, judged=["grant"]),
    case("one column that asks whether it is a grant tells of no grants",
         "Ref | Title | Supplier | Start date | End date | Grant funded?",
         "C1 | Laptops | Firm Ltd | 13/04/2024 | 31/03/2027 | No",
         "C2 | Phones | B Ltd | 13/04/2024 | 31/03/2027 | Yes",
         facts={2: {"kind": "contract"}, 3: {"kind": "contract"}}),
]  # fmt: skip

ODD = [
    case("units above the headings", " |  |  |  |  | £ ex VAT", HEADINGS,
         *contracts(3, typed=False), fields=FIELDS, value={"vat": "net"}, counts={"records": 3}),
    case("a blank row, then hints", HEADINGS, "",
         "[text] | [text] | [text] | dd/mm/yyyy | dd/mm/yyyy | £", *contracts(3, typed=False),
         fields=FIELDS, counts={"records": 3, "problem": 0}, problems={}),
    case("a blank row under the headings", HEADINGS, "", *contracts(3, typed=False),
         fields=FIELDS, counts={"records": 3}, facts={3: ROW}),
    case("links and filters above the headings", "Back to contents", "Filter: All | Year: 2025", "",
         HEADINGS, *contracts(3, typed=False), fields=FIELDS, counts={"records": 3},
         place=([4], 5, 7)),
    case("one group over the money alone", " |  |  |  |  | Value (ex VAT) | ",
         "Ref | Title | Supplier | Start | End | Annual | Total",
         *[[*row, 5000] for row in contracts(3, typed=False)], place=([1, 2], 3, 5),
         fields="reference title supplier_name start_date end_date annual_value total_value",
         value={"vat": "net"}),
    case("headings whose words stand in two rows", "Contract | Contract | Supplier | Start | End "
         "| Total", "reference | title | name | date | date | value", *contracts(3, typed=False),
         place=([1, 2], 3, 5), fields=FIELDS, facts={3: ROW}),
    case("groups, headings, hints and numbers", "Contract |  |  | Period |  | Money",
         "Ref | Title | Supplier | From | To | Value",
         "[text] | [text] | [text] | dd/mm/yyyy | dd/mm/yyyy | £ ex VAT",
         "1 | 2 | 3 | 4 | 5 | 6", *contracts(3, typed=False), place=([1, 2, 3, 4], 5, 7),
         fields=FIELDS, value={"vat": "net"}, counts={"records": 3, "problem": 0}, problems={}),
    case("numbers above the headings", "1 | 2 | 3 | 4 | 5 | 6", HEADINGS,
         *contracts(3, typed=False), fields=FIELDS, counts={"records": 3}, place=([2], 3, 5)),
    case("a key above the headings", "Key:", "C | Contract", "F | Framework", "", HEADINGS,
         *contracts(3, typed=False), fields=FIELDS, counts={"records": 3}, place=([5], 6, 8)),
    case("a heading of two years of spend beside the total",
         "Ref | Title | Supplier | Start | End | Spend 2023/24 | Spend 2024/25 | Total value",
         *[[*row[:5], 10, 20, row[5]] for row in contracts(3, typed=False)],
         facts={2: {"total_value": "1000.00", **ROW}}),
    case("one contract alone", HEADINGS, *contracts(1, typed=False), fields=FIELDS,
         counts={"records": 1}, facts={2: ROW}),
    case("headings far down below a long note", *[f"Note {n}: this register lists what the council "
         "has agreed with its suppliers and is published each quarter." for n in range(1, 31)],
         HEADINGS, *contracts(3, typed=False), fields=FIELDS, place=([31], 32, 34)),
]  # fmt: skip

CASES = [*ODD, *GROUPED, *HINTED, *MERGED, *WIDE, *NO_REGISTER, *GRANTS]
