"""Slips of writing: quotation marks that never close, commas that split a cell, odd amounts."""

from tests.imports.truth.amounts import NOTHING, total
from tests.imports.truth.checks import Case, case, under
from tests.imports.truth.layouts import FIELDS

HEAD = "Ref,Title,Supplier,Start date,End date,Total value"


def lines(name, *rows, suffix="csv", ends="\r\n", **expected):
    """A text file of exactly these lines."""
    content = ends.join([HEAD.replace(",", "\t") if suffix == "tsv" else HEAD, *rows, ""])
    return Case(name, content.encode, suffix, expected=expected)


def row(n, title="Laptops", supplier="Firm Ltd", value="100"):
    return f"C{n},{title},{supplier},13/04/2024,31/03/2027,{value}"


MARKS = [
    lines(f"a quotation mark that never closes in {place}", row(1), first, row(3), row(4), row(5),
          row(6), fields=FIELDS, counts={"read": 6, "records": 6},
          facts={n: {"reference": f"C{n - 1}", "end_date": "2027-03-31"} for n in range(2, 8)},
          judged=["Row 3.*quotation mark"])
    for place, first in {
        "a title": row(2, title='"Laptops'), "a supplier": row(2, supplier='"Firm Ltd'),
        "a reference": f'"{row(2)}',
    }.items()
]  # fmt: skip
MARKS += [
    lines("a quotation mark that closes three rows on", row(1), row(2, title='"Laptops'), row(3),
          row(4, title='"Phones'), row(5), row(6), fields=FIELDS,
          counts={"read": 6, "records": 6}, judged=["Row 3.*quotation mark"],
          facts={n: {"reference": f"C{n - 1}"} for n in range(2, 8)}),
    lines("a quotation mark that never closes in the last row", row(1), row(2), row(3),
          row(4, title='"Phones'), counts={"read": 4, "records": 4}, facts={5: {
              "supplier_name": "Firm Ltd", "total_value": "100.00"}}, judged=["quotation mark"]),
    lines("a quotation mark that never closes, line feeds alone", row(1), row(2, title='"Laptops'),
          row(3), row(4), ends="\n", counts={"read": 4, "records": 4}),
    lines("a quotation mark that never closes, tabs", row(1).replace(",", "\t"),
          row(2, title='"Laptops').replace(",", "\t"), row(3).replace(",", "\t"),
          row(4).replace(",", "\t"), suffix="tsv", counts={"read": 4, "records": 4},
          judged=["quotation mark"]),
    lines("an inch mark inside a cell", row(1, title='19" monitors'), row(2, title='Pipe 4"'),
          row(3), counts={"records": 3}, facts={2: {"title": '19" monitors'}}),
    lines("an address of many lines and commas in one cell", row(1),
          row(2, supplier='"Firm Ltd,\r\n1 High St,\r\nTown, County, ZZ1 1ZZ"'), row(3),
          counts={"read": 3, "records": 3},
          facts={3: {"supplier_name": "Firm Ltd, 1 High St, Town, County, ZZ1 1ZZ"}}),
    lines("a doubled mark inside marks", row(1, title='"The ""Hub"", phase 2"'), row(2),
          counts={"records": 2}, facts={2: {"title": 'The "Hub", phase 2'}}),
]  # fmt: skip
SPLIT = [
    lines("an amount whose comma splits it", row(1), row(2, value="1,234"), row(3), row(4),
          counts={"read": 4, "records": 3, "problem": 1}, problems={"G3": "more cells"},
          value={"sum": "300.00"}),
    lines("a title whose comma splits it", row(1), row(2, title="Paper, ink"), row(3), row(4),
          counts={"read": 4, "records": 3, "problem": 1}, problems={"G3": "more cells"}),
    lines("amounts in millions whose commas split them", row(1), row(2, value="1,234,567"), row(3),
          row(4, value="12,000.50"), counts={"read": 4, "records": 2, "problem": 2},
          problems={"H3": "more cells", "G5": "more cells"}),
    lines("all amounts split", *(row(n, value=f"{n},500") for n in range(1, 5)),
          counts={"read": 4, "records": 0, "problem": 4}),
    lines("quoted commas split nothing", row(1, value='"1,234"'), row(2, title='"Paper, ink"'),
          counts={"records": 2}, problems={}, value={"sum": "1334.00"}),
    lines("empty cells past the headings are nothing", row(1) + ",,,", row(2) + ",", row(3),
          counts={"records": 3}, problems={}),
    case("notes right of a register in a workbook are no split",
         FIELDS.replace(" ", " | "), ["C1", "Laptops", "Firm Ltd", "13/04/2024", "31/03/2027", 100],
         ["C2", "Phones", "B Ltd", "13/04/2024", "31/03/2027", 100, "ask Finance"], suffix="xlsx",
         counts={"records": 2}),
]  # fmt: skip
MONEY = [
    under("half pennies go to the even one", "Total value",
          [("£2.675", total("2.68")), ("£2.665", total("2.66")), ("0.125", total("0.12")),
           ("0.135", total("0.14")), ("1000.005", total("1000.00")), ("1000.015", total("1000.02")),
           ("£1.0049", total("1.00")), ("£1,000.9951", total("1001.00"))], problems={}),
    under("half pennies in a workbook", "Total value",
          [(2.675, total("2.68")), (0.125, total("0.12")), (1000.015, total("1000.02")),
           (0.1 + 0.2, total("0.30")), (1.1 * 3, total("3.30")), (1e6 / 3, total("333333.33"))],
          suffix="xlsx", problems={}),
    under("half pennies of thousands", "Total value (£k)",
          [("1.000005", total("1000.00")), ("1.000015", total("1000.02")), ("12.5",
            total("12500.00"))], problems={}),
    under("commas in odd places", "Total value",
          [("£1,23,456", NOTHING), ("1,2345", NOTHING), ("£12,34", NOTHING), ("1,234,56", NOTHING),
           ("£1,234", total("1234.00"))],
          problems={"C2": "commas", "C3": "commas", "C4": "commas", "C5": "commas"}),
    under("amounts in further dress", "Total value",
          [("£ 1,000", total("1000.00")), ("1,000 GBP", total("1000.00")),
           ("£1,000-", total("-1000.00")), ("£1,000.00 CR", total("-1000.00")),
           ("£1,000 (estimate)", total("1000.00", value_is_estimate=True)),
           ("Circa £5k", total("5000.00", value_is_estimate=True)),
           ("£5k approx", total("5000.00", value_is_estimate=True)),
           ("approx. 5,000", total("5000.00", value_is_estimate=True)),
           ("~£5,000", total("5000.00", value_is_estimate=True)),
           ("£5,000 net", total("5000.00")), ("£1,000,000.00", total("1000000.00")),
           ("1000000", total("1000000.00")), ("£0.5m", total("500000.00")),
           ("£.5m", total("500000.00")), ("£1.5 mil", total("1500000.00")),
           ("1 million", total("1000000.00")), ("£10 thousand", total("10000.00")),
           ("£5,000 excl. VAT", total("5000.00", value_vat="net")),
           ("£5,000 exc VAT", total("5000.00", value_vat="net")),
           ("£5,000 ex. VAT", total("5000.00", value_vat="net")),
           ("£5,000 (exc. VAT)", total("5000.00", value_vat="net")),
           ("£5,000 plus VAT", total("5000.00", value_vat="net")),
           ("£6,000 including VAT", total("6000.00", value_vat="gross")),
           ("£6,000 (inc. VAT)", total("6000.00", value_vat="gross")),
           ("Not disclosed", NOTHING), ("Commercially sensitive", None),
           ("£5,000 over 3 years", total("5000.00")),
           ("£5,000 for the term", total("5000.00"))]),
    under("what is said of amounts that are none", "Total value",
          [("Commercially sensitive", NOTHING), ("Withheld", NOTHING), ("Redacted", NOTHING),
           ("Schedule of rates", NOTHING), ("Various", NOTHING), ("£100", total("100.00"))],
          counts={"records": 6, "problem": 0}),
]  # fmt: skip


def kinds(heading, *cells):
    """A column of ways to buy, and the kind each says."""
    rows = [[f"Services lot {n}", f"Firm {n} Ltd", "31/03/2027", text]
            for n, (text, _) in enumerate(cells, 1)]  # fmt: skip
    facts = {n: {"kind": kind} for n, (_, kind) in enumerate(cells, 2)}
    return case(f"kinds under “{heading}”", ["Title", "Supplier", "End date", heading], *rows,
                facts=facts)  # fmt: skip


CALL_OFFS = [
    kinds("Procurement route",
          *((text, "call_off") for text in (
              "Further competition", "Mini-competition", "mini competition", "Minicompetition",
              "Further competition under a framework", "Via the CCS framework",
              "Under the ESPO framework", "From the YPO framework", "via RM6098",
              "Call off from RM6098", "Call-off contract", "Calloff", "Direct award via framework",
              "Direct award under RM6100 Lot 2", "Framework call-off", "Framework - direct award",
              "Framework (further competition)", "Through the KCS framework agreement",
              "Called off from G-Cloud 13", "Using Crown Commercial Service framework",
              "Direct Award from a Framework", "Awarded under framework agreement RM3808")),
          ("Open", "contract"), ("Restricted", "contract"), ("Direct award", "contract"),
          ("Three quotes", "contract"), ("Competitive flexible procedure", "contract"),
          ("Below threshold", "contract"), ("", "contract"),
          ("Open procedure to establish a framework", "contract"),
          ("No framework used", "contract"), ("Not through a framework", "contract"),
          ("Exempt from competition as no framework serves", "contract")),
    kinds("Contract type",
          *((text, "call_off") for text in (
              "Call-off contract", "Further competition", "Call off", "Framework call off order",
              "Contract under the ESPO framework", "Contract via RM6098")),
          ("Framework agreement", "framework"), ("Contract", "contract"),
          ("Services", "contract"), ("Supplies", "contract"), ("Works", "contract"),
          ("Grant", "grant"), ("Purchase order", "purchase_order"), ("Dynamic market",
           "dynamic_market")),
    case("call-offs by their titles", "Title | Supplier | End date",
         "Call-off contract for laptops | Firm Ltd | 31/03/2027",
         "Laptops call-off under RM6098 | B Ltd | 31/03/2027",
         "Phones via the YPO framework | C Ltd | 31/03/2027",
         "Framework agreement for paper | D Ltd | 31/03/2027",
         "Picture framework repairs | E Ltd | 31/03/2027",
         "Support under the national planning policy framework | F Ltd | 31/03/2027",
         facts={2: {"kind": "call_off"}, 3: {"kind": "call_off"}, 4: {"kind": "call_off"},
                5: {"kind": "framework"}, 6: {"kind": "contract"}, 7: {"kind": "contract"}}),
]  # fmt: skip

CASES = [*MARKS, *SPLIT, *MONEY, *CALL_OFFS]
