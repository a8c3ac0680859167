"""The sample registers that are workbooks: seven councils, seven ways to lay one out."""

from datetime import date

from samples.making.shapes import (
    Column,
    Fault,
    Layout,
    Page,
    break_words,
    description,
    end_as_date,
    extension_sum,
    extension_words,
    in_words_of_term,
    priced,
    several,
    short_money,
    short_truth,
    size,
    social_value,
    written,
    yes_no,
)

INVENTED = "Invented data for the Buying Commons samples: no such council or supplier exists."

LOOKUPS = Page(
    "Lookups",
    [
        ["Directorate", "Procurement route", "Status"],
        ["ICT", "Open", "Live"],
        ["Finance", "Restricted", "Expired"],
        ["Housing", "Quotation", "Extended"],
        ["Environment", "Framework call-off", "Terminated"],
        ["Property", "Waiver", None],
    ],
    heading_rows=(1,),
)

PIVOT = Page(
    "Pivot",
    [
        ["Row Labels", "Count of Contract ref", "Sum of Annual value"],
        ["Environment", 14, 912400],
        ["Finance", 11, 604100],
        ["Housing", 10, 871250],
        ["ICT", 12, 433200],
        ["Grand Total", 47, 2820950],
    ],
    heading_rows=(1,),
)

NORTHMERE = Layout(
    council="northmere",
    file="northmere-contracts-register.xlsx",
    quirks="title rows, notes and “as at” above the headings; lookups and a pivot beside it; "
    "extensions in words; basis and VAT in the headings; a total line",
    above=(
        ("Northmere Borough Council (invented) - Contracts Register",),
        (INVENTED,),
        ("As at", date(2026, 9, 30)),
        ("Note: values exclude recoverable VAT. Contracts below £5,000 are not listed.",),
        (),
    ),
    columns=(
        Column("Contract ref", "reference", lambda c: c.reference),
        Column("Title of contract", "title", lambda c: c.title),
        Column("Description of goods / services", "description", description),
        Column("Directorate", "department", lambda c: c.department),
        Column("Contractor/ Provider", "supplier_name", written),
        Column("Company No.", "supplier_company_number", lambda c: c.supplier.company_number),
        Column("Procurement route", "procedure", lambda c: c.procedure),
        Column("Start date", "start_date", lambda c: c.start),
        Column("End date", "end_date", end_as_date),
        Column("Extension options", "extension", extension_words),
        Column("Notice period", "notice_period", lambda c: c.notice),
        Column("Contract value (total, £, excl. VAT)", "total_value", lambda c: c.total),
        Column("Annual value (£, excl. VAT)", "annual_value", lambda c: c.yearly),
        *priced("Quantity", "Unit", "Unit price (£)"),
        social_value("northmere", "Social value"),
    ),
    reference_style="NBC/{y}/{n:04d}",
    other_pages=(LOOKUPS, PIVOT),
    total_line="Total",
    faults=(
        Fault("end_date", "31/11/2027", "impossible date"),
        Fault("total_value", "£12,000£14,500", "two amounts run together"),
        Fault("supplier_company_number", "990123456789", "company number too long"),
    ),
    vat="net",
)

FENMARSH = Layout(
    council="fenmarsh",
    file="fenmarsh-contract-register-q2.xlsm",
    quirks="macro-enabled workbook (without macros); hidden sheet with last year’s register; "
    "hidden rows; latest end as a date; misspelt heading; flags that hold sizes",
    above=(
        ("Fenmarsh County Council (invented): contract register, quarter 2 2026/27",),
        (INVENTED,),
    ),
    columns=(
        Column("Contract Reference", "reference", lambda c: c.reference),
        Column("Contract Title", "title", lambda c: c.title),
        Column("Service", "department", lambda c: c.department),
        Column("Supplier Name", "supplier_name", written),
        Column("Company Registration Number", "supplier_company_number",
               lambda c: int(c.supplier.company_number)),
        Column("SME / VSCE", "sme", size),
        Column("Contract Start", "start_date", lambda c: c.start),
        Column("Contract End", "end_date", end_as_date),
        Column("Max End Date (inc. extensions)", "latest_end_date", lambda c: c.latest),
        Column("Whole Life Value", "total_value", lambda c: c.total),
        Column("Annual Spend", "annual_value", lambda c: c.yearly),
        Column("Tender process", "procedure", lambda c: c.procedure),
        social_value("fenmarsh", "Social Value Commitments"),
    ),
    reference_style="{n:06d}",
    other_pages=(
        Page(
            "2023 register (old)",
            [
                ["Contract Reference", "Contract Title", "Supplier Name", "Contract Start",
                 "Contract End", "Whole Life Value"],
                ["000011", "Laptops (old contract)", "Marlpit Reprographics Limited",
                 date(2019, 4, 1), date(2023, 3, 31), 401000],
                ["000014", "Telephone lines (old contract)", "Marlpit Reprographics Limited",
                 date(2019, 4, 1), date(2023, 3, 31), 122000],
            ],
            heading_rows=(1,),
            hidden=True,
        ),
    ),
    other_pages_first=True,
    hidden_rows=3,
    faults=(
        Fault("title", None, "no title", recorded=False),
        Fault("total_value", "S2,035,000.00", "a letter for a digit"),
        Fault("end_date", "30/02/2028", "impossible date"),
        Fault("annual_value", "£40,000 - £60,000", "a range"),
    ),
)  # fmt: skip

HARROWDENE = Layout(
    council="harrowdene",
    file="harrowdene-contracts.xlsx",
    quirks="two heading rows with merged group headings; line breaks in headings; amounts in k and "
    "m; break clauses; blank rows between",
    above=(("Harrowdene District Council (invented)",), (INVENTED,)),
    headings=(
        ("Contract", "", "", "Supplier", "", "Dates", "", "", "", "", "Value", ""),
    ),
    merges=("A3:C3", "D3:E3", "F3:J3", "K3:L3"),
    columns=(
        Column("Ref\nno.", "reference", lambda c: c.reference),
        Column("Contract\ntitle:", "title", lambda c: c.title),
        Column("Department", "department", lambda c: c.department),
        Column("Supplier\nname", "supplier_name", written),
        Column("SME\n(Y/N)", "sme", yes_no),
        Column("Start\ndate", "start_date", lambda c: c.start),
        Column("End date\n(excluding\nextensions)", "end_date", end_as_date),
        Column("Extension\noptions", "extension", extension_sum),
        Column("Notice\nperiod", "notice_period", lambda c: c.notice),
        Column("Break clause", "break_clause", break_words),
        Column("Total contract\nvalue", "total_value", lambda c: short_money(c.total),
               lambda c: c.total and short_truth(c.total)),
        Column("Annual\nvalue", "annual_value", lambda c: short_money(c.yearly),
               lambda c: c.yearly and short_truth(c.yearly)),
    ),
    reference_style="HDC-{n}",
    references_missing=0,
    blank_rows=4,
    faults=(
        Fault("title", None, "no title", recorded=False),
        Fault("start_date", "31/04/2025", "impossible date"),
    ),
)  # fmt: skip

LARKWOLD = Layout(
    council="larkwold",
    file="larkwold-city-contracts-2026-27.xlsx",
    quirks="register split over three sheets by directorate; a notes sheet first; dates as real "
    "dates; latest end as a date",
    columns=(
        Column("Contract Number", "reference", lambda c: c.reference),
        Column("Contract Name", "title", lambda c: c.title),
        Column("Service Area", "department", lambda c: c.department),
        Column("Supplier", "supplier_name", written),
        Column("Start Date", "start_date", lambda c: c.start),
        Column("Current End Date", "end_date", end_as_date),
        Column("Last possible end date", "latest_end_date", lambda c: c.latest),
        Column("Notice required", "notice_period", lambda c: c.notice),
        Column("Annual Value £", "annual_value", lambda c: c.yearly),
        Column("Procurement Process", "procedure", lambda c: c.procedure),
        *priced("Quantity", "Unit", "Unit price (£)"),
        social_value("larkwold", "Social value offered"),
    ),
    reference_style="LK{n:05d}",
    references_missing=0,
    sheets_by_department={
        "Corporate": ("ICT", "Finance", "Human Resources", "Legal", "Customer Services",
                      "Democratic Services", "Property", "Economic Development"),
        "Place": ("Housing", "Environment", "Highways", "Planning", "Leisure", "Community Safety",
                  "Libraries"),
        "People": ("Adults", "Children", "Public Health"),
    },
    other_pages=(
        Page(
            "Read me",
            [
                ["Larkwold City Council (invented)"],
                [INVENTED],
                ["Each directorate keeps its own sheet. Questions: contracts@larkwold.example"],
            ],
        ),
    ),
    other_pages_first=True,
    faults=(
        Fault("title", None, "no title", recorded=False),
        Fault("annual_value", "18500.0022750.00", "two amounts run together"),
        Fault("end_date", "29/02/2027", "impossible date"),
    ),
)  # fmt: skip

WOLDERBY = Layout(
    council="wolderby",
    file="wolderby-register.xls",
    quirks="old binary .xls; dates as bare serial numbers; company numbers as numbers; a wholly "
    "duplicate row",
    columns=(
        Column("Contract ID", "reference", lambda c: c.reference),
        Column("Contract description", "description", lambda c: c.title),
        Column("Provider", "supplier_name", written),
        Column("Company registration no", "supplier_company_number",
               lambda c: int(c.supplier.company_number)),
        Column("Commencement date", "start_date", lambda c: c.start),
        Column("Expiry date", "end_date", end_as_date),
        Column("Extensions available", "extension", extension_words),
        Column("Notice", "notice_period", lambda c: c.notice),
        Column("Estimated annual value", "annual_value", lambda c: c.yearly),
        Column("Team", "department", lambda c: c.department),
    ),
    reference_style="W{n}",
    references_missing=0,
    serial_dates=True,
    duplicates=1,
    faults=(Fault("annual_value", "20-25k", "a range"),),
)  # fmt: skip

TAMARWICK = Layout(
    council="tamarwick",
    file="tamarwick-contracts.ods",
    quirks="OpenDocument; title row; break clauses and notice; sentinel end dates meaning none",
    above=(("Tamarwick Council (invented) contracts register at 30 September 2026",), (INVENTED,)),
    columns=(
        Column("Reference Number", "reference", lambda c: c.reference),
        Column("Title of Agreement", "title", lambda c: c.title),
        Column("Local Authority Department", "department", lambda c: c.department),
        Column("Supplier Name", "supplier_name", written),
        Column("Company Number", "supplier_company_number", lambda c: c.supplier.company_number),
        Column("Start Date", "start_date", lambda c: c.start),
        Column("End Date", "end_date",
               lambda c: c.end or c.end_words or date(2099, 12, 31)),
        Column("Options to extend", "extension", extension_words),
        Column("Notice period", "notice_period", lambda c: c.notice),
        Column("Break clause", "break_clause", break_words),
        Column("Contract Value", "total_value", lambda c: c.total),
        Column("Annual Value", "annual_value", lambda c: c.yearly),
        *priced("Quantity", "Unit", "Unit price"),
        social_value("tamarwick", "Social value"),
    ),
    reference_style="TWK-{y}-{n}",
    faults=(
        Fault("supplier_company_number", "GB 990 1234 56", "a VAT number"),
        Fault("end_date", "31/09/2028", "impossible date"),
        Fault("total_value", "€54,000", "another currency"),
    ),
)  # fmt: skip

WESTWESSMOOR = Layout(
    council="westwessmoor",
    file="west-wessmoor-contract-register.xlsx",
    quirks="1904 date system; several suppliers in a cell; an unlabelled total line; latest end as "
    "a date",
    above=(("West Wessmoor Council (invented)",), (INVENTED,), ()),
    columns=(
        Column("Contract no", "reference", lambda c: c.reference),
        Column("Contract", "title", lambda c: c.title),
        Column("Lead department", "department", lambda c: c.department),
        Column("Awarded to", "supplier_name", several),
        Column("Start", "start_date", lambda c: c.start),
        Column("End", "end_date", end_as_date),
        Column("Extended end date if all options used", "latest_end_date", lambda c: c.latest),
        Column("Notice period", "notice_period", lambda c: c.notice),
        Column("Term", "term", in_words_of_term),
        Column("Value p.a. ex VAT", "annual_value", lambda c: c.yearly),
        *priced("Qty", "Unit", "Unit price ex VAT"),
    ),
    reference_style="WW/{n}",
    total_line="",
    vat="net",
    faults=(
        Fault("start_date", "00/04/2024", "impossible date"),
        Fault("annual_value", "£8,000 to £9,500", "a range"),
    ),
)  # fmt: skip

WORKBOOKS = (NORTHMERE, FENMARSH, HARROWDENE, LARKWOLD, WOLDERBY, TAMARWICK, WESTWESSMOOR)
