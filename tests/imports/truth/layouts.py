"""Where the register stands: title rows, merged and several heading rows, sheets, hidden rows."""

from datetime import date

from tests.imports.truth import files
from tests.imports.truth.checks import case
from tests.imports.truth.files import page

HEADINGS = "Ref | Contract title | Supplier | Start date | End date | Total value"
FIELDS = "reference title supplier_name start_date end_date total_value"
THINGS = ["Laptops", "Mobile phones", "Printer leases", "Network support", "Payroll software"]


def contracts(count, *, first=1, typed=True):
    """Rows of `HEADINGS`, with dates as dates or as text."""
    start, end = date(2024, 4, 1), date(2027, 3, 31)
    days = [start, end] if typed else [f"{day:%d/%m/%Y}" for day in (start, end)]
    return [
        [f"C-{n:03}", f"{THINGS[n % 5]} {n}", f"Firm {n} Ltd", *days, 1000 * n]
        for n in range(first, first + count)
    ]


ROW = {"start_date": "2024-04-01", "end_date": "2027-03-31", "latest_end_date": None}
TITLE = ["Midshire District Council", "Contracts register as at 31 March 2025"]
LOOKUP = page("Code | Procedure", "O | Open", "R | Restricted", "D | Direct award", name="Lookups")
PIVOT = page(
    "Row Labels | Sum of Total value | Count of Ref", ["Housing", 9000, 4], ["Parks", 400, 2],
    ["Grand Total", 9400, 6], name="Pivot",
)  # fmt: skip
READ_ME = page(
    "How to fill in this workbook", "Put each contract in a row of its own.",
    "Give the start date and the end date as dd/mm/yyyy.", name="Instructions",
)  # fmt: skip

TOPS = [
    case(
        f"title, notes and a gap above in {suffix}",
        *TITLE, "", "Values exclude VAT", "", HEADINGS,
        *contracts(4, typed=suffix in {"xlsx", "xls", "ods", "xlsm"}),
        suffix=suffix, place=([6], 7, 10), fields=FIELDS, counts={"records": 4, "read": 4},
        facts={7: {"reference": "C-001", "total_value": "1000.00", **ROW}}, kind=suffix,
    )
    for suffix in ("xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt")
]  # fmt: skip

HEADS = [
    case(
        "merged title over the whole width",
        pages=[page(TITLE[0], TITLE[1], HEADINGS, *contracts(3), merges=["A1:F1", "A2:F2"])],
        suffix="xlsx", place=([3], 4, 6), fields=FIELDS,
    ),
    case(
        "group headings merged above",
        pages=[
            page(
                "Contract |  | Supplier |  | Dates |  | Value",
                "Ref | Title | Name | Company no. | Start | End | Total",
                *[
                    [f"C{n}", f"{thing} supply", f"{thing} Ltd", "01234567",
                     date(2024, 4, 1), date(2026, 3, 31), 100 * n]
                    for n, thing in enumerate(THINGS, 1)
                ],
                merges=["A1:B1", "C1:D1", "E1:F1"],
            )
        ],
        suffix="xlsx", place=([1, 2], 3, 7),
        fields="reference title supplier_name supplier_company_number start_date end_date "
        "total_value",
        facts={3: {"supplier_name": "Laptops Ltd", "supplier_company_number": "01234567"}},
    ),
    case(
        "group headings say VAT and basis",
        pages=[
            page(
                "Contract |  |  | Term |  | Value excluding VAT | ",
                "Reference | Title | Supplier | Start | End | Annual | Whole life",
                *[
                    [f"C{n}", f"{thing} supply", f"{thing} Ltd", date(2024, 4, 1),
                     date(2026, 3, 31), 100 * n, 200 * n]
                    for n, thing in enumerate(THINGS, 1)
                ],
                merges=["A1:C1", "D1:E1", "F1:G1"],
            )
        ],
        suffix="xlsx", place=([1, 2], 3, 7),
        fields="reference title supplier_name start_date end_date annual_value total_value",
        value={"basis": "total", "vat": "net"},
        facts={3: {"annual_value": "100.00", "total_value": "200.00", "value_vat": "net"}},
    ),
    case(
        "headings merged downwards beside a pair under a group",
        pages=[
            page(
                "Ref | Title | Supplier | Contract period |  | Value (£)",
                " |  |  | From | To | ",
                *contracts(4),
                merges=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"],
            )
        ],
        suffix="xlsx", place=([1, 2], 3, 6),
        fields="reference title supplier_name start_date end_date total_value",
        facts={3: ROW},
    ),
    case(
        "three heading rows",
        "Midshire Council contracts register", "",
        "About the contract |  |  | When it runs |  | Money",
        "Ref | Title | Supplier | Dates |  | Value",
        " |  |  | Start | End | ",
        *contracts(4),
        suffix="ods", place=([3, 4, 5], 6, 9), fields=FIELDS, facts={6: ROW},
    ),
    case(
        "a row of hints under the headings",
        HEADINGS, "Free text | Mandatory | Mandatory | dd/mm/yyyy | dd/mm/yyyy | ex VAT",
        *contracts(3, typed=False),
        place=([1, 2], 3, 5), fields=FIELDS, value={"vat": "net"}, counts={"records": 3},
    ),
    case(
        "a row of column letters above the headings",
        "A | B | C | D | E | F", HEADINGS, *contracts(3, typed=False),
        place=([2], 3, 5), fields=FIELDS,
    ),
    case(
        "headings with line breaks, colons, stars and blanks",
        ["Contract\nRef:", " Title of\nagreement * ", "Supplier\r\nName:", "Start\nDate*",
         "End\nDate*", "Total Contract\nValue (£):"],
        *contracts(3, typed=False),
        place=([1], 2, 4), fields=FIELDS, value={"basis": "total"},
    ),
    case(
        "headings that are sentences",
        "What is the title of the contract? | Who is the contract with (supplier)? "
        "| When did the contract start? | When does the contract end, not counting any extension? "
        "| What is the total value of the contract over its whole life, excluding VAT?",
        "Laptops | Firm Ltd | 01/04/2024 | 31/03/2026 | 1000",
        "Phones | Other Ltd | 01/04/2024 | 30/06/2026 | 2000",
        place=([1], 2, 3), fields="title supplier_name start_date end_date total_value",
        value={"basis": "total", "vat": "net"},
    ),
    case(
        "misspelt headings",
        "Contarct Ref | Contract Titel | Suplier Name | Comencement Date | Expirey Date "
        "| Total Contract Vlaue | VSCE",
        "C1 | Laptops | Firm Ltd | 01/04/2024 | 31/03/2026 | 1000 | No",
        "C2 | Phones | Other Ltd | 01/04/2024 | 30/06/2026 | 2000 | Yes",
        fields="reference title supplier_name start_date end_date total_value vcse",
    ),
    case(
        "snake and camel case headings of an export",
        "contract_id,contractTitle,supplierName,start_dt,end_dt,total_value_gbp".replace(",", "|"),
        "1|Laptops|Firm Ltd|2024-04-01T00:00:00|2026-03-31T00:00:00|1000.50",
        "2|Phones|Other Ltd|2024-04-01T00:00:00Z|2026-06-30T00:00:00Z|2000",
        fields=FIELDS, facts={2: {"start_date": "2024-04-01", "total_value": "1000.50"}},
    ),
    case(
        "duplicated and blank headings keep their cells",
        "Ref | Title | Supplier | End date |  | Notes | Notes",
        "C1 | Laptops | Firm Ltd | 31/03/2026 | x | y | z",
        "C2 | Phones | Other Ltd | 31/03/2026 | x | y | z",
        fields="reference title supplier_name end_date - ? ?", counts={"records": 2},
    ),
    case(
        "blank column at the left and blank rows above",
        "", "", " | Ref | Contract title | Supplier | Start date | End date | Total value",
        *[[None, *row] for row in contracts(3, typed=False)],
        place=([3], 4, 6), fields=f"- {FIELDS}",
    ),
    case(
        "headings repeated at a page break",
        HEADINGS, *contracts(3, typed=False), HEADINGS, *contracts(2, first=4, typed=False),
        place=([1], 2, 7), counts={"read": 6, "records": 5, "not_a_contract": 1},
    ),
    case(
        "a register without references",
        "Title | Supplier | Start | End | Annual Value",
        "Laptops | Firm Ltd | 01/04/2024 | 31/03/2026 | 1000",
        "Phones | Other Ltd | 13/04/2024 | 30/06/2026 | 2000",
        fields="title supplier_name start_date end_date annual_value",
        facts={2: {"annual_value": "1000.00", "value_basis": "annual"}},
    ),
    case(
        "a register without titles, only descriptions",
        "Contract No | Description of goods/services | Contractor | Start | Expiry",
        "1 | Supply of laptops | Firm Ltd | 01/04/2024 | 31/03/2026",
        "2 | Mobile phones | Other Ltd | 13/04/2024 | 30/06/2026",
        counts={"records": 2, "problem": 0},
        facts={2: {"reference": "1", "title": "Supply of laptops", "supplier_name": "Firm Ltd"}},
    ),
    case(
        "a register of suppliers and categories alone",
        "Contract Ref | Category | Supplier | Start Date | End Date",
        "C1 | Waste collection | Firm Ltd | 01/04/2024 | 31/03/2026",
        "C2 | Highways | Other Ltd | 13/04/2024 | 30/06/2026",
        counts={"records": 2}, facts={2: {"title": "Waste collection"}},
    ),
]  # fmt: skip

ENDS = [
    case(
        "total line and notes below",
        HEADINGS, *contracts(4, typed=False), " | Total |  |  |  | 10000", "",
        "* extended under delegated powers", "Published by Midshire District Council",
        place=([1], 2, 6), counts={"read": 5, "records": 4, "total_line": 1},
        value={"sum": "10000.00"},
    ),
    case(
        "an unlabelled sum at the end",
        HEADINGS, *contracts(4, typed=False), "", " |  |  |  |  | 10000",
        counts={"read": 5, "records": 4, "total_line": 1, "blank": 1}, value={"sum": "10000.00"},
    ),
    case(
        "subtotals under sections of departments",
        HEADINGS, "Housing", *contracts(2, typed=False), "Sub-total: |  |  |  |  | 3000",
        "Parks", *contracts(2, first=3, typed=False), "Subtotal Parks |  |  |  |  | 7000",
        "GRAND TOTAL |  |  |  |  | 10000",
        counts={"records": 4, "not_a_contract": 2, "total_line": 3}, value={"sum": "10000.00"},
    ),
    case(
        "total with a count of contracts",
        HEADINGS, *contracts(3, typed=False), "Total contracts: 3 |  |  |  |  | 6000",
        counts={"records": 3, "total_line": 1},
    ),
    case(
        "a contract whose title speaks of totals is a contract",
        HEADINGS, "C1 | Total facilities management | Firm Ltd | 01/04/2024 | 31/03/2026 | 100",
        "C2 | Total | Total Energies Ltd | 01/04/2024 | 31/03/2026 | 100",
        counts={"records": 2, "total_line": 0},
    ),
    case(
        "trailing blank rows and blank rows between",
        HEADINGS, *contracts(2, typed=False), "", "", *contracts(2, first=3, typed=False), "", "",
        "", place=([1], 2, 7), counts={"records": 4, "blank": 2},
    ),
    case(
        "wholly duplicate rows",
        HEADINGS, *contracts(3, typed=False), *contracts(1, typed=False),
        counts={"read": 4, "records": 3, "duplicate": 1},
    ),
    case(
        "one reference for several lots is no duplicate",
        HEADINGS, "C1 | Care lot 1 | Firm Ltd | 01/04/2024 | 31/03/2026 | 100",
        "C1 | Care lot 2 | Other Ltd | 01/04/2024 | 31/03/2026 | 100",
        "C1 | Care lot 2 | Third Ltd | 01/04/2024 | 31/03/2026 | 100",
        counts={"records": 3, "duplicate": 0},
    ),
]  # fmt: skip

SHEETS = [
    case(
        f"the register among lookups, pivot and instructions in {suffix}",
        pages=[READ_ME, PIVOT, page(*TITLE, HEADINGS, *contracts(3), name="Register"), LOOKUP],
        suffix=suffix, sheets=["Register"], place=([3], 4, 6), fields=FIELDS,
    )
    for suffix in ("xlsx", "xlsm", "xls", "ods")
]  # fmt: skip
SHEETS += [
    case(
        "one sheet a directorate, same headings",
        pages=[
            page(HEADINGS, *contracts(n + 1, first=10 * n), name=name)
            for n, name in enumerate(["Housing", "Parks", "Finance"], 1)
        ],
        suffix="xlsx", sheets=["Housing", "Parks", "Finance"],
        counts={"records": 9}, facts={"Finance!5": {"reference": "C-033"}},
    ),
    case(
        "sheets with headings in another order",
        pages=[
            page(HEADINGS, *contracts(3), name="Housing"),
            page(
                "Supplier | Ref | Contract title | End date | Start date | Total value",
                *[[r[2], r[0], r[1], r[4], r[3], r[5]] for r in contracts(3, first=7)],
                name="Parks",
            ),
        ],
        suffix="ods", sheets=["Housing", "Parks"], counts={"records": 6},
        facts={"Parks!2": {"reference": "C-007", "supplier_name": "Firm 7 Ltd", **ROW}},
    ),
    case(
        "sheets with headings worded otherwise",
        pages=[
            page(HEADINGS, *contracts(3), name="Adults"),
            page(
                "Contract No. | Description of contract | Contractor | Commencement | Expiry "
                "| Contract value (£)",
                *contracts(4, first=7), name="Children",
            ),
        ],
        suffix="xlsx", sheets=["Adults", "Children"], counts={"records": 7},
        facts={"Children!2": {"reference": "C-007", "supplier_name": "Firm 7 Ltd", **ROW}},
    ),
    case(
        "sheets that begin in different rows, one without a column",
        pages=[
            page(*TITLE, "", HEADINGS, *contracts(3), name="2024"),
            page(
                "Contract title | Supplier | Start date | End date | Total value",
                *[row[1:] for row in contracts(3, first=7)], name="2025",
            ),
        ],
        suffix="xlsx", sheets=["2024", "2025"],
        place={"2024": ([4], 5, 7), "2025": ([1], 2, 4)}, counts={"records": 6},
    ),
    case(
        "the same contracts on two sheets count once",
        pages=[
            page(HEADINGS, *contracts(4), name="All"),
            page(HEADINGS, *contracts(2, first=2), name="Ending soon"),
        ],
        suffix="xlsx", counts={"records": 4, "duplicate": 2},
    ),
    case(
        "a hidden sheet of old contracts is told and not read",
        pages=[
            page(HEADINGS, *contracts(3), name="Current"),
            page(HEADINGS, *contracts(9, first=20), name="Old", hidden=True),
        ],
        suffix="xlsx", sheets=["Current"], counts={"records": 3},
        judged=["“Old” is hidden.*not read"],
    ),
    case(
        "hidden rows are read and told",
        pages=[page(HEADINGS, *contracts(6), hidden_rows=[3, 4])],
        suffix="xlsx", counts={"records": 6}, judged=["2 hidden rows"],
    ),
    case(
        "a template and its example sheet beside the register",
        pages=[
            page(HEADINGS, *contracts(1), name="Example"),
            page(HEADINGS, *contracts(3, first=4), name="Return"),
        ],
        suffix="xlsx", sheets=["Return"], counts={"records": 3},
    ),
    case(
        "contracts and a supplier list",
        pages=[
            page(
                "Supplier | Address | Postcode | Telephone",
                *[f"Firm {n} Ltd | {n} High St | ZZ1 1ZZ | 01632 960000" for n in range(1, 30)],
                name="Suppliers",
            ),
            page(HEADINGS, *contracts(3), name="Contracts"),
        ],
        suffix="xlsx", sheets=["Contracts"],
    ),
    case(
        "contracts and a sheet of spend",
        pages=[
            page(
                "Payment date | Supplier | Transaction number | Amount | Expense type",
                *[[date(2025, 1, 9), f"Firm {n} Ltd", n, 500 * n, "Kit"] for n in range(1, 60)],
                name="Spend over 500",
            ),
            page(HEADINGS, *contracts(3), name="Contracts"),
        ],
        suffix="xlsx", sheets=["Contracts"],
    ),
    case(
        "a front page with a contents table",
        pages=[
            page("Midshire", "Contents", "Sheet | What it holds", "Live | Contracts now",
                 "Codes | Lists", name="Cover"),
            page(HEADINGS, *contracts(3), name="Live"), LOOKUP,
        ],
        suffix="ods", sheets=["Live"],
    ),
]  # fmt: skip

REFUSED = [
    case("spend is refused", "Date | Supplier | Invoice number | Net amount | Expense area",
         "01/04/2025 | Firm Ltd | 7 | 500 | Kit", refused="payments"),
    case("staff are refused", "Employee | Job title | Start date | End date | Salary",
         "A Person | Officer | 01/04/2025 |  | 30000", refused="staff"),
    case("headings alone are refused", HEADINGS, refused="nil return"),
    case("headings and a nil line are refused", HEADINGS, "No contracts this quarter",
         refused="nil return"),
    case("a hidden register alone is refused",
         pages=[page("Nothing here", name="Front"),
                page(HEADINGS, *contracts(3), name="Register", hidden=True)],
         suffix="xlsx", refused="unhide"),
    case("a plan of procurements to come is refused",
         "Procurement title | Department | Estimated value | Planned tender date "
         "| Anticipated award date | Proposed start date",
         "Laptops | IT | 5000 | 01/04/2027 | 01/06/2027 | 01/07/2027", refused="plan"),
    case("a list of assets is refused",
         "Asset tag | Serial number | Model | Assigned to | Warranty end date",
         "A1 | X99 | M3 | A Person | 31/03/2027", refused="assets"),
]  # fmt: skip

BESIDES = [
    case(
        "an HTML table named xls", write=lambda _: files.html(HEADINGS, *contracts(3, typed=False)),
        suffix="xls", kind="html", fields=FIELDS, counts={"records": 3},
        judged=["web page", "ends in .xls"],
    ),
    case(
        "csv named xlsx", HEADINGS, *contracts(3, typed=False), write=files.text, suffix="xlsx",
        kind="csv", fields=FIELDS, judged=["ends in .xlsx, but"],
    ),
    case(
        "xlsx named csv", HEADINGS, *contracts(3), write=files.xlsx, suffix="csv",
        kind="xlsx", fields=FIELDS, judged=["ends in .csv, but"],
    ),
]  # fmt: skip

CASES = [*TOPS, *HEADS, *ENDS, *SHEETS, *REFUSED, *BESIDES]
