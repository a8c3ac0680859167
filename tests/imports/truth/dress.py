"""Cells in further dress: dates and ends in words, traces of other programs, spoilt signs."""

from tests.imports.truth.amounts import NOTHING, annual, total
from tests.imports.truth.checks import Case, case, under
from tests.imports.truth.days import NO_END, ROLLS, STARTED, end
from tests.imports.truth.layouts import FIELDS

LAST = end("2027-03-31")
DAYS = [
    under("one day in many forms", "End date",
          [(text, LAST) for text in (
              "31.3.27", "31-03-27", "31/03/2027 23:59", "31 03 2027", "2027/03/31", "2027.03.31",
              "March 31st 2027", "31March2027", "31-Mar-2027", "31-MAR-27", "Wed 31 Mar 2027",
              "31/03/2027 (TBC)", "31st Mar '27", "31/03/2027?", "31/03/2027*", "c.31/03/2027",
              "c. 31/03/2027", "31/ 03/ 2027", "31 /03/2027", "31//03//2027", "31/03/ 27",
              "2027-03-31 00:00:00.000", "2027-03-31T00:00:00+00:00", "31/03/2027 12:00:00 AM",
              "31\\03\\2027", "31_03_2027", "31 march 2027", "31 MARCH 2027", "31 Mar. 2027",
              "31, March 2027", "31st day of March 2027", "31/03/2027.", "(31/03/2027)",
              "[31/03/2027]", "'31/03/2027", "31–03–2027", "31/03/27 ", "Expires 31/03/2027",
              "Ends on 31 March 2027", "Ends: 31/03/2027", "Up to 31/03/2027",
              "up to and including 31/03/2027", "31/03/2027 at the latest",
              "End of March 2027", "end March 2027", "approx March 2027", "03/2027", "2027-03",
              "Mar 2027", "mar 27", "March, 2027", "March-2027", "Mar '27")],
          problems={}),
    under("ends that have come or are spoken of", "End date",
          [("Expired 31/03/2024", end("2024-03-31")), ("Terminated 31/03/2024", end("2024-03-31")),
           ("Ended 31/03/2024", end("2024-03-31")), ("Completed 31/03/2024", end("2024-03-31")),
           ("Extended to 31/03/2029", end("2029-03-31")),
           ("Contract ends 31/03/2029", end("2029-03-31")),
           ("31/03/2029 - contract extended", end("2029-03-31")),
           ("31/03/2029 (original end 31/03/2027)", end("2029-03-31")),
           ("31/03/2029 (was 31/03/2027)", end("2029-03-31"))],
          problems={}),
    under("ends that just go on", "End date",
          [(text, ROLLS) for text in (
              "Ongoing - annual renewal", "Rolling 12 months", "12 month rolling", "Rolling annual",
              "rolling monthly", "Rolls on", "Ongoing until terminated", "Open-ended", "Indefinite",
              "No fixed end date", "Evergreen", "Perpetual licence", "Continuous", "On going",
              "Ongoing (no end date)", "Month by month", "Renews annually", "Auto renewal",
              "Automatic renewal each year", "Annually renewed", "Until notice is given")],
          beside=STARTED, problems={}),
    under("ends that are not known", "End date",
          [(text, NO_END) for text in (
              "TBC", "tbc", "TBA", "T.B.C.", "To be agreed", "To be advised", "N/A", "n/a", "NA",
              "None", "-", "--", "?", "??", "Unknown", "Not known", "Not stated", "Not applicable",
              "Pending", "#N/A", "#REF!", "#VALUE!", "NULL", "null", "nil", ".", "…", "x",
              "Awaiting confirmation", "As required", "As and when required", "Ad hoc", "One-off",
              "One off purchase")],
          beside=STARTED, problems={}),
]  # fmt: skip

MONEY = [
    under("amounts with spoilt signs", "Total value",
          [(text, total("1000.00")) for text in (
              "Â£1,000.00", "\ufffd1,000.00", "ï¿½1,000", "?1,000.00", "£1,000.00\xa0",
              "£\u20091,000", "£1,000/-", "£1,000.00 ", "£1,000.000", "£ 1000", "GBP1,000.00",
              "£GBP 1,000", "'1000", "\"1,000\"", "£1000.", "£1,000 only",
              "1,000.00 GBP", "1000 pounds", "£1k", "£1.0k", "1K")],
          problems={}),
    under("headings of amounts with spoilt signs", "Total value (Â£)",
          [("Â£1,000", total("1000.00")), ("2,000", total("2000.00"))], problems={}),
    under("amounts for a year in further words", "Contract value",
          [(text, annual("1200.00")) for text in (
              "£1,200 pa", "£1,200pa", "£1,200 p/a", "£1,200 per year", "£1,200 a year",
              "£1,200/yr", "£1,200 annually", "£1,200 each year", "£100 a month", "£100 monthly",
              "£100/month", "£100 per calendar month", "£1.2k p.a.", "approx £1,200 pa",
              "£1,200 (per annum)", "£1,200 (annual)", "£1200 yearly")]
          + [("£3,600", total("3600.00"))]),
    under("amounts that are several", "Total value",
          [(text, NOTHING) for text in (
              "£3,000 (£1,000 pa)", "£1,000 x 3", "3 x £1,000", "£1,000 + £2,000",
              "Year 1 £1,000, year 2 £2,000", "£1,000; £2,000", "£10-20k", "£1m-£2m",
              "£1,000 - 2,000", "1,000/2,000")],
          counts={"records": 10, "problem": 0}),
]  # fmt: skip


def raw(name, *lines, encoding="utf-8", **expected):
    return Case(name, lambda: "\r\n".join([*lines, ""]).encode(encoding), "csv",
                expected=expected)  # fmt: skip


HEAD = "Ref,Title,Supplier,Start date,End date,Total value"
FIRST = {
    "reference": "00123",
    "title": "Laptops",
    "supplier_name": "Firm Ltd",
    "start_date": "2024-04-13",
    "end_date": "2027-03-31",
    "total_value": "1000.00",
}
TRACES = [
    raw("cells kept as text by a formula", HEAD,
        '="00123",="Laptops",="Firm Ltd",="13/04/2024",="31/03/2027",="1000"',
        '="00124",="Phones",="B Ltd",="13/04/2024",="31/03/2027",="2000"', facts={2: FIRST}),
    raw("cells kept as text by a formula in quotation marks", HEAD,
        '"=""00123""",Laptops,Firm Ltd,13/04/2024,31/03/2027,1000',
        '"=""00124""",Phones,B Ltd,13/04/2024,31/03/2027,2000', facts={2: FIRST}),
    raw("cells kept as text by an apostrophe", HEAD,
        "'00123,Laptops,Firm Ltd,'13/04/2024,'31/03/2027,'1000",
        "'00124,Phones,B Ltd,'13/04/2024,'31/03/2027,'2000", facts={2: FIRST}),
    raw("lines of nothing but commas", HEAD, "00123,Laptops,Firm Ltd,13/04/2024,31/03/2027,1000",
        ",,,,,", ",,,,,", "00124,Phones,B Ltd,13/04/2024,31/03/2027,2000", ",,,,,", ",,,,,",
        facts={2: FIRST}, counts={"records": 2, "blank": 2}, place=([1], 2, 5)),
    raw("every cell in quotation marks", *(
        ",".join(f'"{cell}"' for cell in line.split(",")) for line in (
            HEAD, "00123,Laptops,Firm Ltd,13/04/2024,31/03/2027,1000",
            "00124,Phones,B Ltd,13/04/2024,31/03/2027,2000")),
        facts={2: FIRST}, fields=FIELDS),
    raw("blanks after every comma", *(line.replace(",", ", ") for line in (
        HEAD, "00123,Laptops,Firm Ltd,13/04/2024,31/03/2027,1000",
        "00124,Phones,B Ltd,13/04/2024,31/03/2027,2000")), facts={2: FIRST}, fields=FIELDS),
    raw("blanks after every comma, before quotation marks", *(
        ", ".join(f'"{cell}"' for cell in line.split(",")) for line in (
            HEAD, "00123,Laptops,Firm Ltd,13/04/2024,31/03/2027,1000",
            "00124,Phones,B Ltd,13/04/2024,31/03/2027,2000")),
        facts={2: FIRST}, fields=FIELDS),
    raw("a comma at every line's end", *(f"{line}," for line in (
        HEAD, "00123,Laptops,Firm Ltd,13/04/2024,31/03/2027,1000",
        "00124,Phones,B Ltd,13/04/2024,31/03/2027,2000")), facts={2: FIRST}),
    raw("words spoilt by a wrong encoding", HEAD,
        "00123,Laptops,Firm Ltd,13/04/2024,31/03/2027,Â£1000",
        "00124,Phones â€“ mobile,Oâ€™Brien Ltd,13/04/2024,31/03/2027,Â£2000",
        facts={2: FIRST, 3: {"total_value": "2000.00"}}),
]  # fmt: skip

SEVERAL = [
    case("two columns of options", "Title | Supplier | Start date | End date | Extension 1 "
         "| Extension 2", "Laptops | Firm Ltd | 01/04/2024 | 31/03/2027 | 12 months | 12 months",
         "Phones | B Ltd | 01/04/2024 | 31/03/2027 | 1 year | ",
         "Paper | C Ltd | 01/04/2024 | 31/03/2027 |  | ",
         facts={2: {"latest_end_date": "2029-03-31"}, 3: {"latest_end_date": "2028-03-31"},
                4: {"latest_end_date": None}}, problems={}),
    case("three columns of options in months", "Title | Supplier | Start date | End date "
         "| Option 1 (months) | Option 2 (months) | Option 3 (months)",
         "Laptops | Firm Ltd | 01/04/2024 | 31/03/2027 | 12 | 12 | 6",
         "Phones | B Ltd | 01/04/2024 | 31/03/2027 | 12 |  | ",
         facts={2: {"latest_end_date": "2029-09-30"}, 3: {"latest_end_date": "2028-03-31"}},
         problems={}),
]  # fmt: skip

CASES = [*DAYS, *MONEY, *TRACES, *SEVERAL]
