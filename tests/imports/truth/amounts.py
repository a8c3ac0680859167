"""Money as councils write it, and what its heading says that it is."""

from datetime import date

from tests.imports.truth import files
from tests.imports.truth.checks import case, under
from tests.imports.truth.files import page
from tests.imports.truth.layouts import HEADINGS, TITLE, contracts


def total(amount, **more):
    return {"total_value": amount, **more}


def annual(amount):
    return {"annual_value": amount, "total_value": None, "value_basis": "annual"}


NOTHING = {"total_value": None, "annual_value": None}

CELLS = [
    under("amounts as text", "Total value",
          [("£1,234.50", total("1234.50")), ("  £1,234.50  ", total("1234.50")), ("£ -", NOTHING),
           ("(126672)", total("-126672.00")), ("1.2m", total("1200000.00")),
           ("£1.2 million", total("1200000.00")), ("£12k", total("12000.00")), ("TBC", NOTHING),
           ("0", total("0.00")), ("", NOTHING), ("£2.5bn", total("2500000000.00")),
           ("£ 1 234 567.89", total("1234567.89")), ("1,234,567", total("1234567.00")),
           ("£50,000 + VAT", total("50000.00", value_vat="net")),
           ("£60,000 inc VAT", total("60000.00", value_vat="gross")),
           ("approx £40,000", total("40000.00", value_is_estimate=True)),
           ("up to £100,000", total("100000.00", value_is_estimate=True)),
           ("N/A", NOTHING), ("-£500.00", total("-500.00")), ("GBP 1,000", total("1000.00")),
           ("£1000.5", total("1000.50")), ("£750K", total("750000.00")), ("-", NOTHING),
           ("£0.00", total("0.00")), ("(£1,000.00)", total("-1000.00")), ("Nil", NOTHING),
           ("c. £25,000", total("25000.00", value_is_estimate=True)),
           ("£3.25M", total("3250000.00")), ("£100,000.00 (over 4 years)", total("100000.00")),
           ("£1,000 total", total("1000.00"))],
          problems={}, counts={"records": 30}, judged=["negative"]),
    under("amounts for a year among totals", "Contract value",
          [("£12k pa", annual("12000.00")), ("£10,000 p.a.", annual("10000.00")),
           ("£500 per month", annual("6000.00")), ("£20,000 per annum", annual("20000.00")),
           ("£30,000/year", annual("30000.00")), ("£100 pcm", annual("1200.00")),
           ("£90,000", total("90000.00", annual_value=None))],
          problems={}, judged=["per month were multiplied"]),
    under("what is never guessed", "Total value",
          [("£10,000 - £20,000", NOTHING), ("£10k-£20k", NOTHING), ("£12,000£15,000", NOTHING),
           ("12,00012,000", NOTHING), ("£5,000 to £10,000", NOTHING), ("S2,035,000.00", NOTHING),
           ("£1o,000", NOTHING), ("€5,000", NOTHING), ("$5,000", NOTHING),
           ("£25 per hour", NOTHING),
           ("over £100,000", NOTHING), ("< £5,000", NOTHING), ("see contract", NOTHING),
           ("£1,234.56.78", NOTHING), ("Between 5,000 and 10,000", NOTHING), ("5%", NOTHING),
           ("£5,000 / £6,000", NOTHING), ("£120,000", total("120000.00"))],
          problems={"C2": "range", "C3": "range", "C4": "amounts", "C5": "amounts", "C6": "range",
                    "C7": "letter S", "C8": "letter o", "C9": "in euros", "C10": "in dollars",
                    "C11": "rate", "C12": "limit", "C13": "limit", "C14": "not an amount",
                    "C15": "amounts", "C16": "range", "C17": "", "C18": "range"},
          counts={"records": 18, "problem": 0}),
    under("numbers in a workbook", "Total value",
          [(1234.5, total("1234.50")), (0, total("0.00")), (1_000_000, total("1000000.00")),
           (-500, total("-500.00")), ("£2,000", total("2000.00")), (0.1 + 0.2, total("0.30"))],
          suffix="xlsx", problems={}),
    under("a column in euros", "Value (EUR)",
          [("€5,000", total("5000.00")), ("6,000", total("6000.00"))], problems={},
          judged=["in euros, not pounds"]),
    under("a column in dollars", "Contract amount",
          [("$5,000.00", total("5000.00")), ("$6,000.00", total("6000.00"))], problems={},
          judged=["in dollars, not pounds"]),
]  # fmt: skip


def heading(text, field, *, basis, vat, cell="1,000", amount="1000.00"):
    value = {"value_basis": basis, "value_vat": vat, field: amount}
    return under(f"heading “{text}”", text, [(cell, value), (cell, value)],
                 value={"basis": basis, "vat": vat})  # fmt: skip


MEANINGS = [
    heading("Total contract value (excl VAT)", "total_value", basis="total", vat="net"),
    heading("Total Contract Value £", "total_value", basis="total", vat="unknown"),
    heading("Annual value", "annual_value", basis="annual", vat="unknown"),
    heading("Estimated annual contract value (ex. VAT)", "annual_value", basis="annual", vat="net"),
    heading("Yearly spend inc VAT", "annual_value", basis="annual", vat="gross"),
    heading("Value per annum (£)", "annual_value", basis="annual", vat="unknown"),
    heading("Whole life value exc. VAT", "total_value", basis="total", vat="net"),
    heading("Value including extensions", "total_value", basis="total", vat="unknown"),
    heading("Value over full term including any extensions, net of VAT", "total_value",
            basis="total", vat="net"),
    heading("Contract sum (gross)", "total_value", basis="total", vat="gross"),
    heading("Value", "total_value", basis="unknown", vat="unknown"),
    heading("Amount", "total_value", basis="unknown", vat="unknown"),
    heading("Total value £000s", "total_value", basis="total", vat="unknown", amount="1000000.00"),
    heading("Contract value (£k)", "total_value", basis="total", vat="unknown", cell="12.5",
            amount="12500.00"),
    heading("Total value £m", "total_value", basis="total", vat="unknown", cell="1.5",
            amount="1500000.00"),
    heading("Value of contract p.a. (excluding VAT)", "annual_value", basis="annual", vat="net"),
    heading("Total estimated value of contract (inclusive of VAT)", "total_value", basis="total",
            vat="gross"),
]  # fmt: skip
PAIR = [
    [f"C{n}", f"Services lot {n}", f"Firm {n} Ltd", "13/04/2024", "31/03/2027", 1000, 3000]
    for n in range(1, 4)
]
BESIDE = [
    case("annual and total side by side",
         "Ref | Title | Supplier | Start | End | Annual Value | Total Value", *PAIR,
         fields="reference title supplier_name start_date end_date annual_value total_value",
         facts={2: {"annual_value": "1000.00", "total_value": "3000.00"}},
         value={"basis": "total", "sum": "9000.00"}),
    case("VAT from a title row above", *TITLE, "All values exclude VAT", "", HEADINGS,
         *contracts(3, typed=False), value={"vat": "net"}, facts={6: {"value_vat": "net"}}),
    case("VAT from a title row above, inclusive", "Values shown are inclusive of VAT", HEADINGS,
         *contracts(3, typed=False), value={"vat": "gross"}),
    case("basis from a title row above", "Values are annual",
         "Ref | Contract title | Supplier | Start date | End date | Value",
         *contracts(3, typed=False), value={"basis": "annual"},
         facts={3: {"annual_value": "1000.00", "value_basis": "annual"}}),
    case("scale from a title row above", "All figures in £000s", HEADINGS,
         *contracts(3, typed=False), facts={3: {"total_value": "1000000.00"}}),
    case("the heading goes before the title row", "All values exclude VAT",
         "Ref | Title | Supplier | Start | End | Total value (inc VAT)",
         *contracts(3, typed=False), value={"vat": "gross"}),
    case("formatted and unformatted numbers",
         pages=[page(HEADINGS, *contracts(3))], suffix="xlsx",
         write=lambda only: files.styled(only, {"F2": '"£"#,##0.00', "F3": "0"}),
         facts={2: {"total_value": "1000.00"}, 3: {"total_value": "2000.00"}}),
    case("irrecoverable VAT and quantity stand apart",
         "Title | Supplier | End date | Total value | Irrecoverable VAT | Quantity | Unit price",
         "Laptops | Firm Ltd | 31/03/2027 | £5,000 | £0.00 | 10 | £500.00",
         "Phones | Other Ltd | 30/04/2027 | £6,000 | £20 | 20 | £300.00",
         fields="title supplier_name end_date total_value irrecoverable_vat quantity unit_price",
         facts={2: {"irrecoverable_vat": "0.00", "unit_price": "500.00"}}),
    case("amounts of years beside a total",
         "Title | Supplier | Start date | End date | 2023/24 | 2024/25 | Total value",
         ["Laptops", "Firm Ltd", date(2024, 4, 1), date(2027, 3, 31), 100, 200, 300],
         ["Phones", "Other Ltd", date(2024, 4, 1), date(2027, 3, 31), 100, 300, 400],
         suffix="xlsx", facts={2: {"total_value": "300.00"}},
         fields="title supplier_name start_date end_date - - total_value"),
]  # fmt: skip

CASES = [*CELLS, *MEANINGS, *BESIDE]
