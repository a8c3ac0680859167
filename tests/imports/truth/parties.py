"""Suppliers, their numbers and sizes, references, CPV, and the kinds of agreement."""

from tests.imports.truth.checks import case, under

NONE = {"supplier_company_number": None}


def number(text):
    return {"supplier_company_number": text}


def supplier(text):
    return {"supplier_name": text}


def only(name, heading, cells, **expected):
    """A register of titles, ends and this column."""
    rows = [[f"Services lot {n}", "31/03/2027", cell] for n, (cell, _) in enumerate(cells, 1)]
    facts = {n: said for n, (_, said) in enumerate(cells, 2)}
    return case(name, ["Contract title", "End date", heading], *rows, facts=facts, **expected)


NUMBERS = [
    under("company numbers", "Company number",
          [("01234567", number("01234567")), ("1234567", number("01234567")),
           ("234567", number("00234567")), ("gb/02165763", number("02165763")),
           ("SC166891", number("SC166891")), ("sc 166891", number("SC166891")),
           ("OC313158", number("OC313158")), ("IP20558R", number("IP20558R")), ("N/A", NONE),
           ("", NONE), ("GB 02165763", number("02165763")), ("0123 4567", number("01234567")),
           ("Company No: 01234567", number("01234567")), ("NI012345", number("NI012345")),
           ("Sole trader", NONE), ("RC000123", number("RC000123")), ("GB-COH-01234567",
            number("01234567")), ("n/a - public body", NONE), ("Not registered", NONE),
           ("SC12345", number("SC012345")), ("01234567.0", number("01234567"))],
          problems={}, counts={"records": 21}),
    under("company numbers stored as numbers", "Companies House No.",
          [(1234567, number("01234567")), (234567, number("00234567")),
           (12345678, number("12345678")), ("SC166891", number("SC166891"))],
          suffix="xlsx", problems={}),
    under("what is no company number", "Company registration number",
          [("01234567", number("01234567")), ("12345678901", NONE), ("ABC", NONE),
           ("07654321", number("07654321")), ("GB123456789", NONE)],
          problems={"C3": "not a Companies House", "C4": "not a Companies House",
                    "C6": "not a Companies House"}),
    under("charity numbers", "Charity number",
          [("1121596", {"supplier_charity_number": "1121596"}),
           ("SC012345", {"supplier_charity_number": "SC012345"}),
           ("N/A", {"supplier_charity_number": None})], problems={}),
]  # fmt: skip

FLAGS = [
    under("SME column with other things", "SME",
          [("Yes", {"sme": True}), ("No", {"sme": False}), ("SME", {"sme": True}),
           ("Micro", {"sme": True, "supplier_size": "Micro"}),
           ("Large", {"sme": False, "supplier_size": "Large"}),
           ("Charity", {"sme": None, "vcse": True}),
           ("VCSE 1121596", {"vcse": True, "supplier_charity_number": "1121596"}),
           ("Y", {"sme": True}), ("n", {"sme": False}), ("", {"sme": None}),
           ("N/A", {"sme": None}), ("PO12345", {"sme": None}), ("£12,000.00", {"sme": None})],
          problems={"C13": "reference", "C14": "amount of money"}, counts={"records": 13}),
    under("VCSE column with other things", "VCSE?",
          [("Yes", {"vcse": True}), ("No", {"vcse": False}), ("1121596", {"vcse": None}),
           ("Charity 1121596", {"vcse": True, "supplier_charity_number": "1121596"}),
           ("VCSE", {"vcse": True}), ("SME", {"vcse": None, "sme": None}), ("FALSE",
            {"vcse": False}), ("0", {"vcse": False})],
          problems={"C4": "reference"}),
]  # fmt: skip

NAMES = [
    only("supplier cells", "Supplier",
         [("X Ltd t/a Y", supplier("X Ltd t/a Y")),
          ("Y (formerly Z Limited)", supplier("Y (formerly Z Limited)")),
          ("A previously B", supplier("A previously B")), ("ACME IT LIMITED  ",
           supplier("ACME IT LIMITED")), ("[Redacted]", supplier("[Redacted]")),
          ("  Acme   IT Ltd", supplier("Acme IT Ltd")), ("Various", supplier("Various")),
          ("Smith & Sons Ltd", supplier("Smith & Sons Ltd")),
          ("Café Münster GmbH", supplier("Café Münster GmbH")),
          ("Marks, Spencer & Co Ltd", supplier("Marks, Spencer & Co Ltd"))],
         problems={}, judged=["name nobody"]),
    only("several suppliers in one cell", "Supplier name(s)",
         [("Acme Ltd; Beta Ltd; Gamma Ltd", supplier("Acme Ltd; Beta Ltd; Gamma Ltd")),
          ("Acme Ltd\nBeta Ltd", supplier("Acme Ltd Beta Ltd")),
          ("Acme Ltd / Beta plc", supplier("Acme Ltd / Beta plc")),
          ("Delta Ltd", supplier("Delta Ltd"))],
         problems={}, judged=["several suppliers", r"3 rows? under"], counts={"records": 4}),
    case("a supplier called by every name councils use",
         "Contract Ref | Description | Contractor/ Provider | Start Date | End Date",
         "C1 | Laptops | Firm Ltd | 13/04/2024 | 31/03/2027",
         fields="reference description supplier_name start_date end_date",
         facts={2: {"title": "Laptops"}}),
    case("awarded to", "Ref | Project | Awarded to | Award date | Completion date",
         "C1 | Bridge repair | Firm Ltd | 13/04/2024 | 31/03/2027",
         fields="reference title supplier_name award_date end_date"),
    case("supplier, its address and its number",
         "Title | Supplier | Supplier address | Supplier postcode | Company Reg No | SME? | End",
         "Laptops | Firm Ltd | 1 High St | ZZ1 1ZZ | 01234567 | Yes | 31/03/2027",
         "Phones | Other Ltd | 2 High St | ZZ1 1ZZ | 1234568 | No | 31/03/2028",
         fields="title supplier_name - - supplier_company_number sme end_date"),
    case("department, officer and e-mail",
         "Department | Contract title | Supplier | Contract manager | E-mail | End date",
         "Housing | Laptops | Firm Ltd | A Person | a@example.org | 31/03/2027",
         "Parks | Phones | Other Ltd | B Person | b@example.org | 30/06/2027",
         fields="department title supplier_name contact_name contact_email end_date"),
]  # fmt: skip

REFERENCES = [
    case("references keep their zeros and forms",
         "Contract Ref | Title | Supplier | End date",
         "00123 | Laptops | Firm Ltd | 31/03/2027", "DN/2024-17 | Phones | B Ltd | 31/03/2027",
         " | Paper | C Ltd | 31/03/2027", "C#7 | Ink | D Ltd | 31/03/2027",
         facts={2: {"reference": "00123"}, 3: {"reference": "DN/2024-17"}, 4: {"reference": None},
                5: {"reference": "C#7"}}, counts={"records": 4}),
    case("references typed as numbers", "Ref | Title | Supplier | End date",
         [123, "Laptops", "Firm Ltd", "31/03/2027"], [124.0, "Phones", "B Ltd", "31/03/2027"],
         suffix="xlsx", facts={2: {"reference": "123"}, 3: {"reference": "124"}}),
    case("a row too bare is a problem", "Ref | Title | Supplier | End date",
         "C1 | Laptops | Firm Ltd | 31/03/2027", "C2 |  | Other Ltd | 31/03/2027",
         counts={"records": 1, "problem": 1}, problems={"B3": "no title"}),
]  # fmt: skip

CODES = [
    under("CPV codes", "CPV code",
          [("30213100", {"cpv_code": "30213100"}), ("30213100-6", {"cpv_code": "30213100"}),
           ("30213100-6 Portable computers",
            {"cpv_code": "30213100", "cpv_label": "Portable computers"}),
           ("30213100; 30200000", {"cpv_code": "30213100 30200000"}), ("", {"cpv_code": None}),
           ("N/A", {"cpv_code": None}), ("3421310", {"cpv_code": "03421310"})],
          counts={"records": 7}),
    case("CPV codes that lost a nought in a workbook", "Title | Supplier | End date | CPV",
         ["Fuel", "Firm Ltd", "31/03/2027", 9134200], ["Laptops", "B Ltd", "31/03/2027", 30213100],
         suffix="xlsx", facts={2: {"cpv_code": "09134200"}, 3: {"cpv_code": "30213100"}}),
]  # fmt: skip


def kind(name):
    return {"kind": name}


KINDS = [
    under("kinds by the type column", "Contract type",
          [("Contract", kind("contract")), ("Purchase Order", kind("purchase_order")),
           ("PO", kind("purchase_order")), ("Grant", kind("grant")),
           ("Grant agreement", kind("grant")), ("Framework", kind("framework")),
           ("Framework agreement", kind("framework")), ("Call-off", kind("call_off")),
           ("Framework call-off", kind("call_off")), ("DPS", kind("dynamic_market")),
           ("Service contract", kind("contract")), ("", kind("contract"))],
          problems={}, counts={"records": 12}),
    case("orders and grants by reference and title", "Ref | Title | Supplier | End date",
         "PO123456 | Toner | Firm Ltd | 31/03/2027", "C1 | Laptops | Firm Ltd | 31/03/2027",
         "C2 | Grant agreement with Citizens Advice | Advice CIO | 31/03/2027",
         "PO-98765 | Paper | Firm Ltd | 31/03/2027",
         "C3 | Purchase order for chairs | Firm Ltd | 31/03/2027",
         facts={2: kind("purchase_order"), 3: kind("contract"), 4: kind("grant"),
                5: kind("purchase_order"), 6: kind("purchase_order")}),
    case("contracts, then orders under their own headings",
         "Contract Ref | Title | Supplier | Start date | End date | Total value",
         "C1 | Laptops | Firm Ltd | 13/04/2024 | 31/03/2027 | 100",
         "C2 | Phones | Other Ltd | 13/04/2024 | 31/03/2027 | 200", "",
         "PURCHASE ORDERS", "Contract Ref | Title | Supplier | Start date | End date | Total value",
         "PO1234 | Toner | Firm Ltd | 13/04/2024 | 31/03/2025 | 10",
         counts={"records": 3, "not_a_contract": 2},
         facts={2: kind("contract"), 7: kind("purchase_order")}),
    case("orders under a section that says so",
         "Ref | Title | Supplier | Start date | End date | Total value", "Contracts",
         "1 | Laptops | Firm Ltd | 13/04/2024 | 31/03/2027 | 100",
         "2 | Phones | Other Ltd | 13/04/2024 | 31/03/2027 | 200", "Purchase orders",
         "3 | Toner | Firm Ltd | 13/04/2024 | 31/03/2025 | 10",
         "4 | Paper | Other Ltd | 13/04/2024 | 31/03/2025 | 10", "Grants",
         "5 | Youth club | Youth Trust | 13/04/2024 | 31/03/2025 | 10",
         counts={"records": 5, "not_a_contract": 3},
         facts={3: kind("contract"), 6: kind("purchase_order"), 7: kind("purchase_order"),
                9: kind("grant")}),
    case("a call-off by its procedure", "Title | Supplier | End date | Procurement route",
         "Laptops | Firm Ltd | 31/03/2027 | Call-off from RM6098",
         "Phones | B Ltd | 31/03/2027 | Open", "Paper | C Ltd | 31/03/2027 | Mini-competition",
         facts={2: kind("call_off"), 3: kind("contract"), 4: kind("call_off")}),
]  # fmt: skip

CASES = [*NUMBERS, *FLAGS, *NAMES, *REFERENCES, *CODES, *KINDS]
