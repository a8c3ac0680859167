"""The sample registers that are text files: six councils, six encodings and habits."""

from datetime import date

from samples.making.contracts import Contract
from samples.making.shapes import (
    Cell,
    Column,
    Fault,
    Layout,
    chance,
    compact,
    dashes,
    description,
    end_as,
    extension_sum,
    extension_words,
    in_capitals,
    in_full,
    padded_pounds,
    plain_number,
    pounds,
    priced,
    size,
    slashes,
    social_value,
    timestamp,
    with_trading_name,
    written,
    yes_no,
)

INVENTED = "Invented data for the Buying Commons samples: no such council or supplier exists."


def mixed(day: date | None) -> str:
    """Two ways to write a date in one column."""
    if day is None:
        return ""
    return dashes(day) if day.toordinal() % 3 == 0 else slashes(day)


def wordy(day: date | None) -> str:
    if day is None:
        return ""
    return in_full(day) if day.toordinal() % 2 else slashes(day)


ASHWOLD = Layout(
    council="ashwold",
    file="ashwold-contracts.csv",
    quirks="comma-separated Windows-1252; two date formats in one column; no references; trading "
    "names; options as a sum; padded amounts; social value in words",
    columns=(
        Column("Contract Name", "title", lambda c: c.title),
        Column("Supplier", "supplier_name", with_trading_name),
        Column("VSCE or SME", "sme", size),
        Column("Start", "start_date", lambda c: mixed(c.start)),
        Column("End (excl. extensions)", "end_date", end_as(mixed)),
        Column("Extension", "extension", extension_sum),
        Column("Notice Period", "notice_period", lambda c: c.notice),
        Column("Annual value £ ex VAT", "annual_value", lambda c: padded_pounds(c.yearly)),
        Column("Dept", "department", lambda c: c.department),
        *priced("Quantity", "Unit", "Unit price £ ex VAT"),
        social_value("ashwold", "Social value"),
    ),
    vat="net",
    faults=(
        Fault("annual_value", "£10,000 – £15,000", "a range"),
        Fault("start_date", "32/01/2026", "impossible date"),
    ),
)


def cpv(contract: Contract) -> str:
    """Councils hold a CPV code for few contracts, and some with text in the cell."""
    if contract.category not in CPV or chance(contract, 3):
        return ""
    return CPV[contract.category]


CPV = {
    "LAP": "30213100-6", "MOBA": "64212000-5", "PRN": "50313200 Photocopier maintenance",
    "LICP": "48000000", "UC": "64210000", "LAN": "32420000-3", "PLN": "48100000-9",
}  # fmt: skip


def nothing(_: Contract) -> Cell:
    return ""


def template(*filled: Column) -> tuple[Column, ...]:
    """All 39 columns of the Local Government Association's template, in its order."""
    by_heading = {column.heading: column for column in filled}
    return tuple(
        by_heading.get(heading) or Column(heading, field, nothing)
        for heading, field in LGA_TEMPLATE
    )


# Headings: Local Government Association, contracts register template (facts of the format).
LGA_TEMPLATE = (
    ("Organisation name", "council_name"),
    ("Organisation Code", "council_code"),
    ("Effective Date", "effective_date"),
    ("Contract Reference number / ID", "reference"),
    ("Open Contracting ID", "ocid"),
    ("Title of the Agreement", "title"),
    ("Contract type", "contract_type"),
    ("Directorate / service responsible", "department"),
    ("Service Category label", "service_category"),
    ("Service category URI", "ignored"),
    ("Description of goods and services", "description"),
    ("Procurement classification: Councils procurement category label", "category"),
    ("Procurement classification: CPV label", "cpv_label"),
    ("Procurement classification: CPV code", "cpv_code"),
    ("Procurement classification: Proclass label", "proclass_label"),
    ("Procurement classification: Proclass code", "proclass_code"),
    ("Contract start date", "start_date"),
    ("End date", "end_date"),
    ("Review date", "review_date"),
    ("Last extension date", "latest_end_date"),
    ("Contract value", "total_value"),
    ("Fixed cost / estimated cost", "value_is_estimate"),
    ("Irrecoverable VAT", "irrecoverable_vat"),
    ("Supplier name", "supplier_name"),
    ("Supplier registered company number", "supplier_company_number"),
    ("Supplier registered charity number", "supplier_charity_number"),
    ("Other supplier ID", "supplier_other_id"),
    ("SME supplier", "sme"),
    ("VCSE supplier", "vcse"),
    ("VCSE supplier type", "vcse_type"),
    ("Nominated contact point: name", "contact_name"),
    ("Nominated contact point: email", "contact_email"),
    ("Nominated contact point: URL", "contact_url"),
    ("Tender process type", "procedure"),
    ("Tender document URL", "tender_url"),
    ("Contract document URL", "document_url"),
    ("Performance information URL", "performance_url"),
    ("Location service label", "area_served"),
    ("Location served URI", "ignored"),
)

THORNMERE = Layout(
    council="thornmere",
    file="thornmere-lga-template.csv",
    quirks="the LGA’s 39-column template, most of it empty; company numbers with a “gb/” prefix; "
    "last extension date; repeated references; a wholly duplicate row; a row of another council",
    columns=template(
        Column("Organisation name", "council_name", lambda _: "Thornmere Council (invented)"),
        Column("Effective Date", "effective_date", lambda _: "30/09/2026"),
        Column("Contract Reference number / ID", "reference", lambda c: c.reference),
        Column("Title of the Agreement", "title", lambda c: c.title),
        Column("Directorate / service responsible", "department", lambda c: c.department.upper()),
        Column("Description of goods and services", "description", description),
        Column("Procurement classification: CPV code", "cpv_code", cpv),
        Column("Contract start date", "start_date", lambda c: slashes(c.start)),
        Column("End date", "end_date", end_as(slashes)),
        Column("Last extension date", "latest_end_date", lambda c: slashes(c.latest)),
        Column("Contract value", "total_value", lambda c: plain_number(c.total)),
        Column("Fixed cost / estimated cost", "value_is_estimate", lambda _: "Estimated"),
        Column("Supplier name", "supplier_name", in_capitals),
        Column("Supplier registered company number", "supplier_company_number",
               lambda c: f"gb/{c.supplier.company_number}" if chance(c, 2) else "",
               lambda c: c.supplier.company_number if chance(c, 2) else None),
        Column("SME supplier", "sme", lambda c: "Yes" if yes_no(c) == "Y" else ""),
        Column("Tender process type", "procedure", lambda c: c.procedure),
        Column("Location service label", "area_served", lambda _: "Other"),
    ),
    reference_style="TH{n}",
    repeated_references=3,
    duplicates=1,
    faults=(
        Fault("council_name", "Northmere Borough Council (invented)", "another council", False),
        Fault("end_date", "31/06/2028", "impossible date"),
        Fault("total_value", "12500 18000", "two amounts run together"),
    ),
)  # fmt: skip

SEABARROW = Layout(
    council="seabarrow",
    file="seabarrow-register.csv",
    quirks="semicolons; title lines above; “p.a.” and brackets in the headings; a redacted "
    "supplier; dates in full and in figures",
    above=(
        ("Seabarrow Borough Council (invented) contract register as at 30/09/2026",),
        (INVENTED,),
    ),
    columns=(
        Column("Reference", "reference", lambda c: c.reference),
        Column("Service / goods contracted", "description", lambda c: c.title),
        Column("Provider name", "supplier_name",
               lambda c: "[Redacted]" if chance(c, 23) and c.category == "NON" else written(c)),
        Column("Start", "start_date", lambda c: wordy(c.start)),
        Column("Finish", "end_date", end_as(wordy)),
        Column("Option to extend", "extension", extension_words),
        Column("Notice", "notice_period", lambda c: c.notice),
        Column("Contract sum p.a. (£, net of VAT)", "annual_value", lambda c: pounds(c.yearly)),
        Column("Section", "department", lambda c: c.department),
        *priced("Quantity", "Unit", "Price each (£)"),
    ),
    reference_style="SBC{n:03d}",
    vat="net",
    faults=(
        Fault("annual_value", "£5,000-£7,500", "a range"),
        Fault("end_date", "31 November 2027", "impossible date"),
    ),
)  # fmt: skip

MOORCOMBE = Layout(
    council="moorcombe",
    file="moorcombe-contracts.txt",
    quirks="UTF-16 with tabs; no references; amounts on both bases without signs; TBC and N/A",
    columns=(
        Column("Contract Title", "title", lambda c: c.title),
        Column("Supplier", "supplier_name", written),
        Column("Co. Reg. No.", "supplier_company_number",
               lambda c: c.supplier.company_number if chance(c, 2) else "N/A",
               lambda c: c.supplier.company_number if chance(c, 2) else None),
        Column("From", "start_date", lambda c: dashes(c.start)),
        Column("To", "end_date", end_as(dashes)),
        Column("Extension period", "extension", extension_words),
        Column("Total cost", "total_value", lambda c: plain_number(c.total)),
        Column("Cost per annum", "annual_value", lambda c: plain_number(c.yearly)),
        Column("Business unit", "department", lambda c: c.department),
    ),
    faults=(
        Fault("end_date", "31-Mar-207", "a year of three digits"),
        Fault("title", "", "no title", recorded=False),
    ),
)  # fmt: skip

RIBBLESHAW = Layout(
    council="ribbleshaw",
    file="ribbleshaw-register.csv",
    quirks="bare CR line ends; dates as YYYYMMDD; suppliers in capitals; blank first heading",
    columns=(
        Column("", "ignored", nothing),
        Column("PROJECT REF", "reference", lambda c: c.reference),
        Column("PROJECT TITLE", "title", lambda c: c.title),
        Column("VENDOR", "supplier_name", in_capitals),
        Column("START DATE", "start_date", lambda c: compact(c.start)),
        Column("END DATE", "end_date", end_as(compact)),
        Column("EXTENSION", "extension", extension_words),
        Column("NOTICE PERIOD", "notice_period", lambda c: c.notice),
        Column("ANNUAL VALUE", "annual_value", lambda c: plain_number(c.yearly)),
        Column("DIRECTORATE", "department", lambda c: c.department),
        *priced("QUANTITY", "UNIT", "UNIT PRICE"),
    ),
    reference_style="{n:05d}",
    references_missing=0,
    faults=(
        Fault("end_date", "20270631", "impossible date"),
        Fault("annual_value", "15000-20000", "a range"),
        Fault("end_date", "20010101", "ends before it starts"),
    ),
)

PENNERDALE = Layout(
    council="pennerdale",
    file="pennerdale-contracts.tsv",
    quirks="the LGA schema’s camelCase headings; tab-separated; ISO timestamps; totals only",
    columns=(
        Column("OrganisationLabel", "council_name",
               lambda _: "Pennerdale Borough Council (invented)"),
        Column("OrganisationURI", "council_code", lambda _: "X09000113"),
        Column("ContractReference", "reference", lambda c: c.reference),
        Column("ContractTitle", "title", lambda c: c.title),
        Column("OrganisationalUnit", "department", lambda c: c.department),
        Column("Description", "description", description),
        Column("CPVCode", "cpv_code", cpv),
        Column("StartDate", "start_date", lambda c: timestamp(c.start)),
        Column("EndDate", "end_date", end_as(timestamp)),
        Column("LastExtensionDate", "latest_end_date", lambda c: timestamp(c.latest)),
        Column("ContractValue", "total_value", lambda c: plain_number(c.total)),
        Column("SupplierName", "supplier_name", written),
        Column("CompaniesHouseRegistrationNumber", "supplier_company_number",
               lambda c: c.supplier.company_number),
        Column("SMESupplier", "sme", lambda c: "true" if yes_no(c) == "Y" else "false"),
        Column("ProcessType", "procedure", lambda c: c.procedure),
    ),
    reference_style="PDL-{n:04d}",
    references_missing=0,
    faults=(
        Fault("supplier_company_number", "99-ABCD", "company number misshapen"),
        Fault("total_value", "24000|31000", "two amounts run together"),
    ),
)  # fmt: skip

TEXTS = (ASHWOLD, THORNMERE, SEABARROW, MOORCOMBE, RIBBLESHAW, PENNERDALE)
