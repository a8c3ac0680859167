"""Columns by every name councils give them: the field and what its cells say."""

from tests.imports.truth.checks import case

COLUMNS = ("Ref", "Title", "Supplier", "Start date", "End date", "Total value")
ROWS = (
    ("C1", "Laptops for schools", "Firm Ltd", "13/04/2024", "31/03/2027", "£1,000.00"),
    ("C2", "Mobile phones and lines", "Other Ltd", "14/04/2024", "30/06/2027", "£2,000.00"),
)
PLACES = {"reference": 0, "title": 1, "supplier_name": 2, "start_date": 3, "end_date": 4}
PLACES |= {"total_value": 5}
SAYS = ("C1", "Laptops for schools", "Firm Ltd", "2024-04-13", "2027-03-31", "1000.00")


def instead(field, *headings):
    """Each heading in the place of the usual one."""
    place = PLACES[field]
    return [
        case(
            f"{field} headed “{heading}”",
            [*COLUMNS[:place], heading, *COLUMNS[place + 1 :]], *ROWS,
            fields=" ".join(field if at == place else "?" for at in range(len(COLUMNS))),
            facts={2: {field: SAYS[place]}},
        )
        for heading in headings
    ]  # fmt: skip


def described(*headings):
    """Each heading in the place of the title, which is taken from the description."""
    return [
        case(f"a title from what “{heading}” says", [COLUMNS[0], heading, *COLUMNS[2:]], *ROWS,
             facts={2: {"title": SAYS[1], "supplier_name": SAYS[2]}})
        for heading in headings
    ]  # fmt: skip


def besides(field, cells, says, *headings):
    """Each heading as a column more, with these cells; the first of them says `says`."""
    return [
        case(
            f"{field} headed “{heading}”, with “{cells[0]}”", [*COLUMNS, heading],
            *([*row, cell] for row, cell in zip(ROWS, cells, strict=True)),
            fields=" ".join(["?"] * len(COLUMNS) + [field]),
            facts={2: {field: says, "supplier_name": "Firm Ltd", "end_date": "2027-03-31"}},
        )
        for heading in headings
    ]  # fmt: skip


CASES = [
    *instead("reference", "Ctr Ref", "Contract Ref. No.", "Agreement No", "Contract URN",
             "CON REF", "Contract ID", "Ref. No", "Reference number", "Our ref", "Register ref",
             "Contract register number", "Unique ID", "Contract Number (if known)"),
    *instead("title", "What did we buy?", "What is bought", "What is being bought?",
             "Name of contract", "Contract name/title", "Title of Agreement", "What is it for?",
             "Subject of contract", "Project name", "What was purchased?"),
    *described("Contract Description", "Goods or services bought", "Nature of contract",
               "Service / goods provided", "Description of goods and services"),
    *instead("supplier_name", "From whom?", "Who from?", "Bought from", "Who supplies it?",
             "Name of supplier", "Contractor's name", "Contractor / Supplier", "Company",
             "Provider(s)", "Awarded Supplier", "Successful bidder", "Vendor name",
             "Contract awarded to", "Name of contractor(s)", "Who is the supplier?", "Supplied by",
             "Provided by", "Contracting party", "Partner organisation", "Delivery partner"),
    *instead("start_date", "Starts on", "Commences", "Start", "Commencement date", "Date started",
             "Contract from", "Effective from", "Date of commencement", "Contract commencement",
             "In place since", "Began on", "Date contract starts", "From"),
    *instead("end_date", "Expires on", "Expires", "Expiry date", "Ends on", "Contract expiry",
             "Date of expiry", "Termination date", "Contract to", "Valid until", "Runs until",
             "Finish date", "Completion date", "Date contract ends", "End of contract",
             "Current expiry date", "Contract runs to", "Due to end", "End date (excl. extensions)",
             "Expiry of initial term", "Initial end date"),
    *instead("total_value", "Total (whole life)", "Total cost", "Contract sum", "Total £",
             "Whole life cost", "Value (£)", "Contract price", "Award value", "How much?",
             "How much did it cost?", "Estimated total value", "Lifetime value",
             "Aggregate contract value", "Contract amount", "Total worth", "Price",
             "Total value of contract", "Full term value", "Value over full term"),
    *besides("annual_value", ("£500", "£600"), "500.00", "Annual spend (est.)", "Annual cost",
             "Cost per year", "Yearly value", "Annual contract value", "Value p.a.",
             "Per annum (£)", "Average annual spend", "Spend per year", "£ per annum",
             "Annual budget", "Est. annual value", "Value each year", "Annualised value"),
    *besides("supplier_company_number", ("01234567", "07654321"), "01234567", "Co. No.", "Co Reg",
             "Co No", "Co. Reg. No.", "Company No", "CRN", "Companies House number",
             "Company registration", "Companies House ref", "Reg. No.", "Company House No",
             "Registered company number", "Co Reg Number"),
    *besides("supplier_charity_number", ("1121596", "1121597"), "1121596", "Charity No.",
             "Charity Commission number", "Registered charity number", "Charity Reg"),
    *besides("review_date", ("30/09/2026", "31/12/2026"), "2026-09-30", "Renewal due",
             "Review due", "Next review", "Review date", "Date of review", "Renewal date",
             "Due for renewal", "Re-tender date", "Review by"),
    *besides("latest_end_date", ("31/03/2029", "30/06/2029"), "2029-03-31",
             "Contract end date (with extensions)", "Maximum end date", "Final expiry date",
             "End date if extended", "Latest expiry", "Last possible end date", "Extended to",
             "Extension expiry date", "Expiry including extensions", "Ultimate end date",
             "Extendable to", "Can be extended until", "Max expiry",
             "End date incl. all options"),
    *besides("extension", ("2 x 12 months", "1 year"), "2 x 12 months", "Extension",
             "Extension option", "Options", "Option to extend?", "Extension available",
             "Permitted extensions", "Extension periods", "Optional extension", "Extn",
             "Extension terms", "Possible extensions", "Right to extend"),
    *besides("term", ("35 months", "38 months"), "35 months", "Contract term", "Duration", "Length",
             "Contract length", "Period", "Contract period", "Length of contract", "Initial term",
             "Contract duration", "Term of contract"),
    *besides("notice_period", ("3 months", "6 months"), "3 months", "Notice", "Notice period",
             "Notice required", "Termination notice", "Notice to terminate"),
    *besides("contact_name", ("Anna Person", "Bert Person"), "Anna Person", "Contract manager",
             "Owner", "Lead officer", "Responsible officer", "Contract owner", "Officer",
             "Council contact", "Contact officer"),
    *besides("department", ("Housing", "Parks"), "Housing", "Department", "Directorate",
             "Service area", "Dept", "Division", "Service dept", "Responsible department"),
    *besides("procedure", ("Open procedure", "Direct award"), "Open procedure", "Procedure",
             "Procurement route", "Tender process", "Route to market", "Procurement method",
             "Award procedure", "How was it procured?", "Procurement process"),
    *besides("framework", ("RM6098", "RM6100"), "RM6098", "Framework", "Framework used",
             "Framework reference", "Framework name", "Name of framework"),
    *besides("cpv_code", ("30213100", "32250000"), "30213100", "CPV", "CPV code", "CPV codes",
             "Main CPV", "CPV Code(s)", "CPV number"),
    *besides("sme", ("Yes", "No"), True, "SME", "SME?", "Is supplier an SME?", "SME (Y/N)",
             "Small or medium enterprise"),
    *besides("vcse", ("Yes", "No"), True, "VCSE", "VCSE?", "Is supplier a VCSE?", "VCSE (Y/N)",
             "Voluntary or community sector"),
    *besides("status", ("Live", "Expired"), "Live", "Status", "Contract status", "Current status"),
    *besides("contact_email", ("a@example.org", "b@example.org"), "a@example.org", "Email",
             "Contact email", "E-mail address", "Officer's email"),
]  # fmt: skip
