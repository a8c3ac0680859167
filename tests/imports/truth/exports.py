"""Headings as systems export them and as officers dress them; tables with odd neighbours."""

from datetime import date

from tests.imports.truth.checks import case, under
from tests.imports.truth.files import page
from tests.imports.truth.layouts import FIELDS, HEADINGS, ROW, contracts

PLAIN = ("Contract reference", "Contract title", "Supplier name", "Start date", "End date",
         "Total value")  # fmt: skip


def dressed(name, *headings, fields=FIELDS, **expected):
    """The usual six columns under these headings."""
    return case(f"headings {name}", list(headings), *contracts(4, typed=False), fields=fields,
                facts={2: {"reference": "C-001", "supplier_name": "Firm 1 Ltd",
                           "total_value": "1000.00", **ROW}}, problems={}, **expected)  # fmt: skip


def each(dress):
    return [dress(n, heading) for n, heading in enumerate(PLAIN, 1)]


DRESSED = [
    dressed("in capitals", *each(lambda _, text: text.upper())),
    dressed("in capitals, run together", *each(lambda _, text: text.upper().replace(" ", ""))),
    dressed("in small letters, run together", *each(lambda _, text: text.lower().replace(" ", ""))),
    dressed("with underscores", *each(lambda _, text: text.upper().replace(" ", "_"))),
    dressed("with hyphens", *each(lambda _, text: text.replace(" ", "-"))),
    dressed("with full stops", *each(lambda _, text: text.replace(" ", "."))),
    dressed("with numbers before", *each(lambda n, text: f"{n}. {text}")),
    dressed("with numbers in brackets before", *each(lambda n, text: f"({n}) {text}")),
    dressed("with letters before", *each(lambda n, text: f"{'ABCDEF'[n - 1]}) {text}")),
    dressed("with question numbers", *each(lambda n, text: f"Q{n}: {text}")),
    dressed("with footnotes", *each(lambda n, text: f"{text} (see note {n})")),
    dressed("with raised numbers", *each(lambda n, text: f"{text}{'¹²³⁴⁵⁶'[n - 1]}")),
    dressed("with stars", *each(lambda _, text: f"* {text} *")),
    dressed("in quotation marks", *each(lambda _, text: f"“{text}”")),
    dressed("in square brackets", *each(lambda _, text: f"[{text}]")),
    dressed("with blanks that do not break", *each(lambda _, text: text.replace(" ", "\xa0"))),
    dressed("with double blanks", *each(lambda _, text: f"  {text.replace(' ', '   ')}  ")),
    dressed("with zero-width signs", *each(lambda _, text: f"\u200b{text}\ufeff")),
    dressed("with must marks", *each(lambda _, text: f"{text} (mandatory)")),
    dressed("with must words", *each(lambda _, text: f"{text} - REQUIRED")),
    dressed("with a file's prefix", *each(lambda _, text: f"contracts.{text.replace(' ', '_')}")),
    dressed("of a sheet prefix", *each(lambda _, text: f"Contract: {text}")),
    dressed("with help", "Contract reference - the number your council gave the contract",
            "Contract title - give a short title of up to 100 characters",
            "Supplier name - the full legal name of the supplier",
            "Start date - the day on which the contract starts, as dd/mm/yyyy",
            "End date - the day on which the contract ends, as dd/mm/yyyy",
            "Total value - the whole value of the contract in pounds"),
    dressed("cut short", "Cont. Ref", "Cont. Title", "Supp. Name", "Cont. Start", "Cont. End",
            "Cont. Val."),
    dressed("cut shorter", "Ref.", "Desc.", "Supplr", "Start Dt", "End Dt", "Tot Val", fields="?"
            " ? supplier_name start_date end_date total_value"),
    dressed("as questions", "What is its reference?", "What is the contract for?",
            "Who is it with?", "When does it start?", "When does it end?",
            "How much is it worth in total?"),
    dressed("of the US", "Contract Number", "Title", "Vendor", "Begin Date", "Expiration Date",
            "Contract Amount"),
    dressed("of a lawyer", "Agreement number", "Title of agreement", "Counterparty",
            "Commencement Date", "Expiry Date", "Contract Sum"),
]  # fmt: skip

EXPORTS = [
    case("an export of notices",
         "Notice Identifier | Notice Type | Organisation Name | Status | Published Date | Title "
         "| Description | Postcode | Region | Cpv Codes | Contract start date | Contract end date "
         "| Awarded Date | Awarded Value | Supplier | OJEU Procedure Type",
         "MID-1 | Contract | Midshire District Council | Awarded | 01/03/2024 | Laptops "
         "| Laptops for staff | ZZ1 1ZZ | North West | 30213100 | 13/04/2024 | 31/03/2027 "
         "| 20/02/2024 | 1000 | Firm Ltd | Open procedure",
         facts={2: {"reference": "MID-1", "title": "Laptops", "supplier_name": "Firm Ltd",
                    "start_date": "2024-04-13", "end_date": "2027-03-31", "cpv_code": "30213100",
                    "award_date": "2024-02-20", "total_value": "1000.00",
                    "procedure": "Open procedure"}}),
    case("an export of a contracts system",
         "Contract ID | Contract title | Contract description | Supplier(s) | Contract start date "
         "| Contract end date | Contract review date | Extension available? "
         "| Estimated total value | Estimated annual value | Contract owner | Department "
         "| Is the supplier an SME?",
         "DN1 | Laptops | For staff | Firm Ltd | 13/04/2024 | 31/03/2027 | 30/09/2026 | Yes "
         "| £3,000.00 | £1,000.00 | A Person | ICT | No",
         fields="reference title description supplier_name start_date end_date review_date "
         "extension total_value annual_value contact_name department sme",
         facts={2: {"total_value": "3000.00", "annual_value": "1000.00"}}),
    case("an export of a system of accounts",
         "Contract Reference (Auto) | Contract Name | Primary Supplier: Account Name "
         "| Contract Start Date | Current End Date | Maximum End Date | Total Contract Value "
         "| Contract Manager: Full Name | Lifecycle Stage",
         "A-1 | Laptops | Firm Ltd | 13/04/2024 | 31/03/2027 | 31/03/2029 | GBP 3,000.00 "
         "| A Person | Live",
         fields="reference title supplier_name start_date end_date latest_end_date total_value "
         "contact_name ?"),
    case("an effective date of each contract is its start",
         "Contract Number | Title | Vendor | Effective Date | Expiration Date | Amount",
         "C1 | Laptops | Firm LLC | 4/13/2024 | 3/31/2027 | $100",
         "C2 | Phones | Other LLC | 5/14/2024 | 3/31/2027 | $200",
         fields="reference title supplier_name start_date end_date total_value",
         facts={2: {"start_date": "2024-04-13"}}),
    case("an export with a counter and a time of export",
         "Report run: 31/03/2025 09:00", "",
         "# | Contract Ref | Title | Supplier | Start | End | Value",
         "1 | C1 | Laptops | Firm Ltd | 13/04/2024 | 31/03/2027 | 100",
         "2 | C2 | Phones | B Ltd | 13/04/2024 | 31/03/2027 | 200",
         fields="- reference title supplier_name start_date end_date total_value",
         place=([3], 4, 5), facts={4: {"reference": "C1"}}),
]  # fmt: skip

SPANS = [
    under(f"both dates under “{heading}”", heading,
          [("01/04/2024 - 31/03/2027", {"start_date": "2024-04-01", "end_date": "2027-03-31"}),
           ("13/04/2024 to 31/03/2028", {"start_date": "2024-04-13", "end_date": "2028-03-31"}),
           ("1 April 2024 – 31 March 2027", {"start_date": "2024-04-01", "end_date": "2027-03-31"}),
           ("Apr 2024 - Mar 2027", {"start_date": "2024-04-01", "end_date": "2027-03-31"}),
           ("From 01/04/2024 to 31/03/2027", {"start_date": "2024-04-01",
                                              "end_date": "2027-03-31"})],
          problems={})
    for heading in ("Contract dates", "Contract period", "Dates", "Contract term", "Period",
                    "Duration", "Start and end date", "Contract start and end dates", "Term")
]  # fmt: skip

NEIGHBOURS = [
    case("a list of choices right of the register",
         [*HEADINGS.split(" | "), "", "Choices"],
         *[[*row, "", choice] for row, choice in
           zip(contracts(3, typed=False), ["Open", "Restricted", "Direct"], strict=True)],
         fields=f"{FIELDS} - -", counts={"records": 3}, facts={2: ROW}),
    case("a list of choices that is longer than the register",
         [*HEADINGS.split(" | "), "", "Choices"],
         *[[*row, "", "Open"] for row in contracts(3, typed=False)],
         *[["", "", "", "", "", "", "", choice] for choice in ("Direct", "Restricted")],
         counts={"records": 3, "problem": 0}),
    case("an example row that says so",
         HEADINGS, "Example | Supply of paper | A Firm Ltd | 01/04/2020 | 31/03/2021 | 1",
         *contracts(3, typed=False), counts={"records": 3, "not_a_contract": 1}),
    case("page footers between rows",
         HEADINGS, *contracts(2, typed=False), "Page 1 of 2", HEADINGS,
         *contracts(2, first=3, typed=False), "Page 2 of 2",
         counts={"records": 4, "problem": 0, "total_line": 0}),
    case("two suppliers side by side", "Title | Supplier 1 | Supplier 2 | Start | End",
         "Laptops | Firm Ltd | Other Ltd | 13/04/2024 | 31/03/2027",
         "Phones | B Ltd |  | 13/04/2024 | 31/03/2027",
         fields="title supplier_name - start_date end_date",
         facts={2: {"supplier_name": "Firm Ltd"}, 3: {"supplier_name": "B Ltd"}}),
    case("original and current ends", "Title | Supplier | Start date | Original end date "
         "| Revised end date",
         "Laptops | Firm Ltd | 13/04/2024 | 31/03/2027 | 31/03/2028",
         "Phones | B Ltd | 13/04/2024 | 31/03/2027 | ",
         facts={2: {"end_date": "2028-03-31"}}),
    case("an unfinished template of many blank numbered rows", HEADINGS,
         *contracts(2, typed=False), *[[f"C-{n:03}", "", "", "", "", ""] for n in range(3, 30)],
         counts={"records": 2, "problem": 0}),
    case("a register on its side is refused",
         "Contract title | Laptops | Phones | Paper", "Supplier | Firm Ltd | B Ltd | C Ltd",
         "Start date | 13/04/2024 | 13/04/2024 | 13/04/2024",
         "End date | 31/03/2027 | 31/03/2027 | 31/03/2027", refused="does not look like"),
    case("expired contracts below under a title of their own",
         HEADINGS, *contracts(2, typed=False), "", "Expired contracts", HEADINGS,
         *contracts(2, first=3, typed=False),
         counts={"records": 4, "not_a_contract": 2, "blank": 1}),
    case("dates and times typed in a workbook beside text dates", HEADINGS,
         ["C1", "Laptops", "Firm Ltd", date(2024, 4, 1), "31/03/2027", "£1,000"],
         ["C2", "Phones", "B Ltd", "01/04/2024", date(2027, 3, 31), 1000.0],
         suffix="xlsx", facts={2: ROW, 3: ROW}, problems={}),
    case("a sheet a year, newest first",
         pages=[page(HEADINGS, *contracts(2, first=n), name=f"{2026 - n}-{27 - n}")
                for n in (1, 3, 5)], suffix="xlsx", counts={"records": 6}),
    case("blanks that do not break in cells", HEADINGS,
         "C1 | Laptops\xa0and bags | Firm\xa0Ltd | 01/04/2024\xa0 | \xa031/03/2027 | £\xa01,000.00",
         facts={2: {**ROW, "supplier_name": "Firm Ltd", "total_value": "1000.00"}}, problems={}),
]  # fmt: skip

CASES = [*DRESSED, *EXPORTS, *SPANS, *NEIGHBOURS]
