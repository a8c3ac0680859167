"""Dates as councils write them, and when a contract ends."""

from datetime import date, datetime

from tests.imports.truth import files
from tests.imports.truth.checks import case, under
from tests.imports.truth.files import page

NO_END = {"end_date": None, "rolling": False}
ROLLS = {"end_date": None, "rolling": True}
STARTED = (("Start date", "01/04/2024"),)


def end(day):
    return {"end_date": day, "rolling": False}


def spans(*cells):
    """A register whose start and end columns hold these pairs of cells."""
    rows = [[f"Services lot {n}", f"Firm {n} Ltd", *pair] for n, pair in enumerate(cells, 1)]
    return [["Contract title", "Supplier", "Start date", "End date"], *rows]


WORDS = [
    under("ends that are words", "End date",
          [("TBC", NO_END), ("Ongoing", ROLLS), ("Rolling", ROLLS), ("N/A", NO_END), ("", NO_END),
           ("31/03/2027", end("2027-03-31")), ("on-going", ROLLS), ("ROLLING", ROLLS),
           ("-", NO_END), ("Unknown", NO_END), ("rolling contract", ROLLS),
           ("Until terminated", ROLLS), ("Perpetual", ROLLS), ("no end date", ROLLS),
           ("Month to month", ROLLS), ("to be confirmed", NO_END), ("n/k", NO_END),
           ("Not known", NO_END), ("Open ended", ROLLS), ("auto-renews", ROLLS),
           ("?", NO_END), ("30/09/2026 then rolling", None)],
          beside=STARTED, problems={}, counts={"records": 22, "problem": 0}),
    under("rolling words in an ods", "Expiry Date",
          [("Rolling - 3 months notice", ROLLS), ("Ongoing (review annually)", ROLLS),
           ("Annual rolling", ROLLS), ("tbc", NO_END), (date(2027, 3, 31), end("2027-03-31"))],
          suffix="ods", beside=STARTED, problems={}, dates={"rows_rolling": 3, "rows_with_end": 1}),
    under("sentinel ends", "End date",
          [("31/12/2099", NO_END), ("01/01/1900", NO_END), ("31/12/9999", NO_END),
           ("00/00/0000", NO_END), ("01/01/2099", NO_END), ("31/03/2027", end("2027-03-31"))],
          beside=STARTED, problems={}, judged=["stand for .*no"], counts={"records": 6}),
    under("sentinel ends typed as dates", "End date",
          [(date(2099, 12, 31), NO_END), (date(1900, 1, 1), NO_END), (date(9999, 12, 31), NO_END),
           (date(2027, 3, 31), end("2027-03-31"))],
          suffix="xlsx", beside=STARTED, problems={}, judged=["stand for .*no"],
          dates={"rows_with_end": 1}),
    under("sentinel starts", "Start date",
          [("01/01/1900", {"start_date": None}), ("13/04/2024", {"start_date": "2024-04-13"})],
          beside=(("End date", "31/03/2027"),), problems={}),
]  # fmt: skip

FORMS = [
    under("many forms of one column", "End date",
          [("01-Jan-2000", end("2000-01-01")), ("31/03/2015", end("2015-03-31")),
           ("15 July 2015", end("2015-07-15")), ("2016-02-29", end("2016-02-29")),
           ("20270331", end("2027-03-31")), ("31.03.2027", end("2027-03-31")),
           ("31-03-2027", end("2027-03-31")), ("31/3/27", end("2027-03-31")),
           ("Mar-27", end("2027-03-31")), ("March 2027", end("2027-03-31")),
           ("31st March 2027", end("2027-03-31")), ("31 Mar 27", end("2027-03-31")),
           ("2027-03-31T00:00:00", end("2027-03-31")), ("2027-03-31 00:00:00", end("2027-03-31")),
           ("31/03/2027 00:00", end("2027-03-31")), ("Wednesday 31 March 2027", end("2027-03-31")),
           ("31st of March, 2027", end("2027-03-31")), ("March 31, 2027", end("2027-03-31")),
           ("31/03/2027 (extended)", end("2027-03-31")), ("until 31/03/2027", end("2027-03-31")),
           ("Sept 2026", end("2026-09-30")), ("02/2028", end("2028-02-29")),
           ("2026-10-24T23:00:00Z", end("2026-10-25")), ("46112", end("2026-03-31")),
           (" 31/03/2027 ", end("2027-03-31")), ("31/Mar/2027", end("2027-03-31"))],
          problems={}, dates={"order": "day first"}, counts={"records": 26}),
    under("dates that cannot be", "End date",
          [("31/11/2026", NO_END), ("30/02/2027", NO_END), ("31/03/227", NO_END),
           ("2027", NO_END), ("2026/27", NO_END), ("00/03/2027", NO_END), ("32/01/2027", NO_END),
           ("31/03/2027", end("2027-03-31")), ("Spring", NO_END), ("Q3", NO_END),
           ("31/03/20277", NO_END)],
          problems={"C2": "November has 30 days", "C3": "February 2027 has 28 days",
                    "C4": "three digits", "C5": "year", "C6": "period", "C7": "does not exist",
                    "C8": "does not exist", "C10": "not a date", "C11": "period",
                    "C12": "5 digits"},
          counts={"records": 11, "problem": 0}),
    under("starts by month take its first day", "Start Date",
          [("Mar-27", {"start_date": "2027-03-01"}), ("April 2024", {"start_date": "2024-04-01"})],
          judged=["first day"]),
    case("dates typed as dates in xlsx", *spans((date(2024, 4, 3), date(2027, 3, 4))),
         suffix="xlsx", facts={2: {"start_date": "2024-04-03", "end_date": "2027-03-04"}}),
    case("dates in an xls of the 1904 epoch", write=None, suffix="xlsx",
         pages=[page(*spans((date(2024, 4, 3), date(2027, 3, 4))))],
         facts={2: {"start_date": "2024-04-03", "end_date": "2027-03-04"}}),
    case("dates in a workbook of the 1904 epoch",
         write=lambda only: files.xlsx(only, from_1904=True), suffix="xlsx",
         pages=[page(*spans((date(2024, 4, 3), date(2027, 3, 4))))],
         facts={2: {"start_date": "2024-04-03", "end_date": "2027-03-04"}}),
    case("serials without a format in a workbook of the 1904 epoch",
         write=lambda only: files.xlsx(only, from_1904=True), suffix="xlsx",
         pages=[page(*spans((43923, 44988), (43924, date(2027, 3, 4))))],
         facts={2: {"start_date": "2024-04-03", "end_date": "2027-03-04"}}),
    case("serials in an xls", *spans((date(2024, 4, 3), date(2027, 3, 4))),
         write=files.serials, suffix="xls", judged=["day count"],
         facts={2: {"start_date": "2024-04-03", "end_date": "2027-03-04"}}),
    case("serials among formatted dates",
         *spans((45385, date(2027, 3, 4)), (date(2024, 4, 3), 46450)), suffix="xlsx",
         facts={2: {"start_date": "2024-04-03"}, 3: {"end_date": "2027-03-04"}},
         judged=["day count"]),
    case("serials in a csv", *spans((45385, 46450), (45386, 46451)),
         facts={2: {"start_date": "2024-04-03", "end_date": "2027-03-04"}}, judged=["day count"]),
    case("times of daylight saving", *spans((datetime(2024, 3, 31, 23), datetime(2027, 3, 31, 1))),
         suffix="xlsx", facts={2: {"start_date": "2024-04-01", "end_date": "2027-03-31"}}),
    case("an end before its start", *spans(("01/04/2027", "31/03/2024"), ("13/04/2024", "")),
         facts={2: {"start_date": "2027-04-01", "end_date": None}},
         problems={"D2": "before the start"}, counts={"records": 2}),
]  # fmt: skip

ORDERS = [
    case("day first, told by one date", *spans(("03/04/2024", "02/03/2027"), ("13/04/2024", "")),
         facts={2: {"start_date": "2024-04-03", "end_date": "2027-03-02"}},
         dates={"order": "day first"}),
    case("ambiguous alone: UK custom and told",
         *spans(("03/04/2024", "02/03/2027"), ("05/06/2024", "07/08/2027")),
         facts={2: {"start_date": "2024-04-03"}}, dates={"order": "day first"},
         judged=["Nothing under .Start date. tells", "as in the UK"]),
    case("US order, told by many", *spans(("3/4/2024", "2/28/2027"), ("3/15/2024", "12/31/2027"),
                                          ("4/13/2024", "11/30/2026")),
         facts={2: {"start_date": "2024-03-04", "end_date": "2027-02-28"}},
         dates={"order": "month first"}),
    case("US order of two digit years", *spans(("1/2/24", "12/31/26"), ("10/25/24", "9/30/27")),
         facts={2: {"start_date": "2024-01-02", "end_date": "2026-12-31"}},
         dates={"order": "month first"}),
    case("one column cannot tell, the other can",
         *spans(("03/04/2024", "31/03/2027"), ("05/06/2024", "30/09/2027")),
         facts={2: {"start_date": "2024-04-03"}}, dates={"order": "day first"}),
    case("two orders in one column",
         *spans(("13/04/2024", ""), ("14/04/2024", ""), ("15/04/2024", ""), ("04/16/2024", "")),
         facts={2: {"start_date": "2024-04-13"}, 5: {"start_date": None}},
         problems={"C5": "there is no month 16"}, judged=["two orders"]),
    case("ISO stays ISO beside day first", *spans(("2024-04-01", "13/04/2027"), ("2024-02-01", "")),
         facts={2: {"start_date": "2024-04-01", "end_date": "2027-04-13"}}),
]  # fmt: skip

START = (("Start date", "01/04/2024"), ("End date", "31/03/2027"))


def latest(day):
    return {"latest_end_date": day}


EXTENSIONS = [
    under("extensions in words", "Extension options",
          [("2 x 12 months", latest("2029-03-31")), ("1 x 24 months", latest("2029-03-31")),
           ("up to 24 months", latest("2029-03-31")),
           ("option to extend 24m", latest("2029-03-31")),
           ("12 months", latest("2028-03-31")), ("1 year", latest("2028-03-31")),
           ("two further periods of one year", latest("2029-03-31")),
           ("1+1", latest("2029-03-31")), ("+1+1", latest("2029-03-31")),
           ("3+1+1", latest("2029-03-31")), ("3 years + 2 years", latest("2029-03-31")),
           ("None", latest(None)), ("No", latest(None)),
           ("Yes", latest(None)), ("Y", latest(None)), ("", latest(None)), ("TBC", latest(None)),
           ("N/A", latest(None)), ("2 years", latest("2029-03-31")),
           ("Option to extend for a further 12 months", latest("2028-03-31")),
           ("31/03/2030", latest("2030-03-31")), ("Up to 31/03/2030", latest("2030-03-31")),
           ("31/03/2027 + 1 + 1", latest("2029-03-31")), ("1 yr + 1 yr", latest("2029-03-31")),
           ("Yes - 2 years", latest("2029-03-31")), ("Yes, 12 months", latest("2028-03-31")),
           ("2 x 1 year extensions", latest("2029-03-31")), ("24", latest("2029-03-31")),
           ("6 months", latest("2027-09-30")), ("1 + 1 years", latest("2029-03-31")),
           ("Two 12 month extensions", latest("2029-03-31")),
           ("2 years (1+1)", latest("2029-03-31")), ("18 months", latest("2028-09-30")),
           ("Optional 2 year extension", latest("2029-03-31")),
           ("12 month extension available", latest("2028-03-31")),
           ("one year plus one year", latest("2029-03-31")),
           ("Extended to 31/03/2029", latest("2029-03-31"))],
          beside=START, problems={}, counts={"records": 37}),
    under("extension in months by its heading", "Extension (months)",
          [("24", latest("2029-03-31")), ("12", latest("2028-03-31")), ("0", latest(None)),
           ("", latest(None)), ("2 x 12", latest("2029-03-31"))], beside=START, problems={}),
    under("extension in years by its heading", "Extension period (years)",
          [("2", latest("2029-03-31")), ("1", latest("2028-03-31")), ("1+1", latest("2029-03-31"))],
          beside=START, problems={}),
    under("extension as yes and no", "Extension available (Y/N)",
          [("Y", latest(None)), ("N", latest(None)), ("Yes", latest(None)),
           ("No", latest(None))], beside=START, problems={}),
    under("last extension date", "Last extension date",
          [("31/03/2029", latest("2029-03-31")), ("30/09/2026", latest(None)),
           ("N/A", latest(None)), ("", latest(None)), ("31/03/2027", latest("2027-03-31"))],
          beside=START, problems={}, judged=["before the end date"]),
    under("extended end typed as dates", "End date including extensions",
          [(date(2029, 3, 31), latest("2029-03-31")), (date(2028, 3, 31), latest("2028-03-31"))],
          suffix="xlsx", beside=(("Start date", date(2024, 4, 1)), ("End date", date(2027, 3, 31))),
          fields="title supplier_name start_date end_date latest_end_date"),
    under("options beside the end itself", "End date",
          [("31/03/2025 + 1 + 1", {"end_date": "2025-03-31", "latest_end_date": "2027-03-31"}),
           ("31/03/2025 + 2 x 12 months",
            {"end_date": "2025-03-31", "latest_end_date": "2027-03-31"}),
           ("31/03/2025 (option to extend 12 months)",
            {"end_date": "2025-03-31", "latest_end_date": "2026-03-31"}),
           ("30/06/2026", {"end_date": "2026-06-30", "latest_end_date": None})],
          beside=STARTED, problems={}),
    under("the term in years and options, no end column", "Contract length",
          [("3 years", {"end_date": "2027-03-31"}),
           ("3+1+1", {"end_date": "2027-03-31", "latest_end_date": "2029-03-31"}),
           ("24 months", {"end_date": "2026-03-31"}),
           ("2 years + 1 year option", {"end_date": "2026-03-31", "latest_end_date": "2027-03-31"}),
           ("5", None), ("Rolling", ROLLS), ("Annual", None)],
          beside=STARTED, judged=["had a term but no end date"]),
    under("term in months by its heading", "Contract Duration (months)",
          [("36", {"end_date": "2027-03-31"}), ("12", {"end_date": "2025-03-31"})],
          beside=STARTED),
    under("rolling said in the type of contract", "Contract Type",
          [("Rolling annual contract", {"rolling": True, "end_date": None}),
           ("Fixed", {"rolling": False})], beside=STARTED),
    case("term and extension columns together",
         "Title | Supplier | Start date | Initial term | Extension option",
         "Laptops | Firm Ltd | 01/04/2024 | 3 years | 1 + 1",
         "Phones | Other Ltd | 13/05/2024 | 24 months | up to 12 months",
         facts={2: {"end_date": "2027-03-31", "latest_end_date": "2029-03-31"},
                3: {"end_date": "2026-05-12", "latest_end_date": "2027-05-12"}}),
    case("notice and break clauses stand in their fields",
         "Title | Supplier | End date | Notice period | Break clause | Review date",
         "Laptops | Firm Ltd | 31/03/2027 | 3 months | Yes, after year 2 | 30/09/2026",
         "Phones | Other Ltd | 31/03/2027 | 6 | None | 30/06/2026",
         fields="title supplier_name end_date notice_period break_clause review_date"),
]  # fmt: skip

CASES = [*WORDS, *FORMS, *ORDERS, *EXTENSIONS]
