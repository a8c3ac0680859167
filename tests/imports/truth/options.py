"""Options, terms and sums in the many words of registers, beside the dates that judge them."""

from datetime import date

from tests.imports.truth.checks import case, under

THREE_YEARS = (("Start date", "01/04/2024"), ("End date", "31/03/2027"))
STARTED = (("Start date", "01/04/2024"),)
FOR_1_YEAR, FOR_2_YEARS = "2028-03-31", "2029-03-31"


def latest(day):
    return {"end_date": "2027-03-31", "latest_end_date": day}


def all_mean(day, *texts):
    return [(text, latest(day)) for text in texts]


WORDS = [
    under("two years of options", "Extension options",
          all_mean(
              FOR_2_YEARS,
              "3 years with option to extend for 2 further years",
              "3 years with option to extend for a further 2 years",
              "3 years with the option to extend for up to 2 years",
              "3 years with an option of 2 years",
              "3 years plus 2 year option", "3 years, extendable by 2 years",
              "up to 2 x 12 months", "Up to two 12-month extensions", "3 + 2", "3 years +1 +1",
              "3yrs +1 +1", "3 yrs (+1 +1)", "3 yr + 1 yr + 1 yr", "36m + 12m + 12m",
              "36 months + 12 months + 12 months", "36 + 12 + 12", "36+24",
              "with the option of a further 24 months", "2 further years",
              "option of two further years", "Option of 2 further years", "an additional 24 months",
              "one plus one", "1yr+1yr", "1 yr + 1yr", "2 extensions of 12 months",
              "2 extensions of up to 12 months each", "2 one-year extensions",
              "two one year extensions", "extendable by 24 months", "12+12", "12 + 12 months",
              "12m + 12m", "12mths + 12mths", "2 x 1yr", "2x1 year", "2*12m", "1 x 2 years",
              "2 x 12", "2 x 12 mths", "2 × 12 months", "2 times 12 months",
              "24 months (12 + 12)", "24 months in 12 month increments",
              "Up to 2 years in 12 month increments", "2 years in one-year periods",
              "Yes: 2 years", "Y (24 months)", "Yes (2 years)", "Yes - 2 x 12 months",
              "2yrs (1+1)", "+ 24 months", "+2 years", "+ 2", "+1+1 years", "5 years (3+1+1)",
              "5 years (3 + 2)", "3+2", "3 + up to 2 years", "maximum of 24 months",
              "up to a maximum of 2 years", "not exceeding 24 months", "24 months max",
              "max 24 months", "Options: 1 year, 1 year", "1 year and 1 year",
              "Option to extend for up to two years", "Can be extended by up to 24 months",
              "Possible 2 year extension", "Option for 2 years", "Twenty-four months",
              "Two (2) years", "two (2) periods of twelve (12) months",
              "Two further periods of up to 12 months", "a further two years",
              "a further period of 2 years", "a further period of up to 24 months",
              "2 optional extensions of 1 year each", "2no. 12 month extensions",
              "2 no. 1 year options", "Extension of up to 24 months available",
              "24 month extension option", "Option 1: 12 months; Option 2: 12 months",
              "1 year + 1 year option", "12 months plus 12 months",
              "optional 12 months + optional 12 months", "[1+1]", "(1+1)", "1 + 1 (years)",
              "1+1yrs", "Until 31/03/2029", "to 31 March 2029", "31 March 2029",
              "May be extended to 31/03/2029", "Could be extended until 31st March 2029",
              "March 2029", "Mar-29", "Extended to March 2029",
          ),
          beside=THREE_YEARS, problems={}),
    under("one year of options", "Extension options",
          all_mean(
              FOR_1_YEAR,
              "1 further year", "a further year", "an additional 12 months", "36m + 12m",
              "3 years + 1 year", "3 years + 12 months", "3+1", "option for 1 year",
              "option for one year", "Possible 1 year extension", "+12 months", "+1", "+ 1 year",
              "Extension of 1 year to 31/03/2028", "one year extension", "a one-year extension",
              "12 month option", "52 weeks of options and 1 year", "1 x 12", "up to 12 months",
              "option to extend by a year", "another 12 months", "an extra year",
              "1 year (optional)", "12 months (at council's discretion)", "one optional year",
              "3 months' notice to extend for 12 months",
          ),
          beside=THREE_YEARS, problems={}),
    under("no options", "Extension options",
          all_mean(
              None, "Not extendable", "No extension options", "none remaining", "Nil", "0",
              "No further extensions available", "no option to extend", "No options remaining",
              "Fully extended", "All extensions used", "Without extension", "No right to extend",
              "Extension not available", "Not applicable", "no extension permitted",
          ),
          beside=THREE_YEARS, problems={}),
]  # fmt: skip


def sums(name, *cells, **expected):
    """Options beside a contract of their own dates: (start, end, text, facts)."""
    rows = [
        [f"Services lot {n}", f"Firm {n} Ltd", start, end, text]
        for n, (start, end, text, _) in enumerate(cells, 1)
    ]
    facts = {n: said for n, (*_, said) in enumerate(cells, 2)}
    return case(name, "Title | Supplier | Start date | End date | Extension options", *rows,
                facts=facts, **expected)  # fmt: skip


def run_on(day):
    return {"latest_end_date": day}


Y1, Y2, Y3, Y4, Y5 = (f"31/03/{year}" for year in range(2025, 2030))
S = "01/04/2024"
SUMS = [
    sums("sums that are only options",
         (S, Y3, "1 year + 1 year + 6 months", run_on("2029-09-30")),
         (S, Y3, "12 months + 12 months + 6 months", run_on("2029-09-30")),
         (S, Y3, "12 + 6 + 6", run_on("2029-03-31")),
         (S, Y3, "1 + 1 + 1", run_on("2030-03-31")),
         (S, Y4, "1 year + 2 years", run_on("2031-03-31")),
         (S, Y5, "2 + 2", run_on("2033-03-31")),
         (S, Y5, "6 months + 12 months", run_on("2030-09-30")),
         counts={"records": 7}, judged=["term is not among"]),
    sums("sums that state the whole term",
         (S, Y3, "3 + 1 + 1", run_on("2029-03-31")), (S, Y2, "2+1+1", run_on("2028-03-31")),
         (S, Y1, "1+1+1", run_on("2027-03-31")), (S, Y4, "4 + 2", run_on("2030-03-31")),
         (S, Y2, "24 months + 12 months", run_on("2027-03-31")),
         (S, Y3, "3 years + 6 months", run_on("2027-09-30")),
         (S, Y2, "2 yrs (+1 +1)", run_on("2028-03-31")),
         (S, Y1, "1 + 2", run_on("2027-03-31")), (S, Y1, "12+12", run_on("2026-03-31"))),
    sums("an end that includes some options or all",
         (S, Y5, "3+1+1", run_on("2029-03-31")), (S, Y4, "3+1+1", run_on("2029-03-31")),
         (S, Y3, "2+1", run_on("2027-03-31")), (S, Y3, "2+1+1", run_on("2028-03-31")),
         judged=["already includes"]),
    sums("a sum of like options may include its end or not",
         (S, Y2, "1+1", run_on("2028-03-31")), (S, Y4, "2 years + 2 years", run_on("2032-03-31")),
         (S, Y1, "1+1", run_on("2026-03-31")),
         judged=["first term and what may follow", "could be"]),
    sums("terms longer than the contract's",
         (S, Y2, "3 + 1", run_on("2027-03-31")), ("13/05/2024", Y3, "3+1+1", run_on("2029-03-31"))),
]  # fmt: skip


def both(end, last):
    return {"end_date": end, "latest_end_date": last}


BESIDE_A_DATE = [
    under("options written with the end", "End date",
          [("until 31 March 2028 with the option of a further 24 months",
            both("2028-03-31", "2030-03-31")),
           ("31/03/2028 (with option to extend for 1 year)", both("2028-03-31", "2029-03-31")),
           ("31/03/2028 plus 2 x 12 months", both("2028-03-31", "2030-03-31")),
           ("31/03/2028 (+1+1)", both("2028-03-31", "2030-03-31")),
           ("31/03/2028 + 12 months", both("2028-03-31", "2029-03-31")),
           ("31/03/2028 +1", both("2028-03-31", "2029-03-31")),
           ("March 2028 + 1 + 1", both("2028-03-31", "2030-03-31")),
           ("31 March 2028, option to extend to 31 March 2030", both("2028-03-31", "2030-03-31")),
           ("31/03/2028 (extendable to 31/03/2029)", both("2028-03-31", "2029-03-31")),
           ("31st March 2028 with up to 24 months extension", both("2028-03-31", "2030-03-31")),
           ("31/03/2028", both("2028-03-31", None))],
          beside=STARTED, problems={}),
    under("options after the date of an extended end", "Contract end date (with extensions)",
          [("31/03/2027 + 1 + 1", both("2027-03-31", "2029-03-31")),
           ("31/03/2027 (2 x 12 months)", both("2027-03-31", "2029-03-31")),
           ("31/03/2028", {"latest_end_date": "2028-03-31"})],
          beside=STARTED, problems={}, judged=["extension options"]),
    under("options after the date of an extended end, beside the end", "Latest end date",
          [("31/03/2027 + 1 + 1", latest(FOR_2_YEARS)),
           ("31/03/2028 + 12 months", latest(FOR_2_YEARS)),
           ("31/03/2028", latest(FOR_1_YEAR))],
          beside=THREE_YEARS, problems={}),
    under("a term in the start column", "Start date",
          [("01/04/2024 for 3 years", {"start_date": "2024-04-01", "end_date": "2027-03-31"}),
           ("01/04/2024 (3+1+1)", {"start_date": "2024-04-01", **both("2027-03-31", "2029-03-31")}),
           ("13/04/2024", {"start_date": "2024-04-13", "end_date": None})],
          problems={}),
]  # fmt: skip


def ended(day, last=None):
    return {"end_date": day, "latest_end_date": last}


TERMS = [
    under("terms without an end", "Contract term",
          [("3 years", ended("2027-03-31")), ("36 months", ended("2027-03-31")),
           ("3yrs", ended("2027-03-31")), ("Three years", ended("2027-03-31")),
           ("3 year", ended("2027-03-31")), ("3+1", ended("2027-03-31", "2028-03-31")),
           ("3 years + 2", ended("2027-03-31", "2029-03-31")),
           ("3 years (+1 +1)", ended("2027-03-31", "2029-03-31")),
           ("3 yrs + 1 yr + 1 yr", ended("2027-03-31", "2029-03-31")),
           ("2 yrs (+1 +1)", ended("2026-03-31", "2028-03-31")),
           ("36m + 12m", ended("2027-03-31", "2028-03-31")),
           ("3 years with the option to extend for a further 2 years",
            ended("2027-03-31", "2029-03-31")),
           ("3 years with an option for a further 2 x 12 months",
            ended("2027-03-31", "2029-03-31")),
           ("3 years with option to extend up to 24 months", ended("2027-03-31", "2029-03-31")),
           ("3 years plus 1 plus 1", ended("2027-03-31", "2029-03-31")),
           ("Three years with two one-year options", ended("2027-03-31", "2029-03-31")),
           ("1 year", ended("2025-03-31")), ("12m", ended("2025-03-31")),
           ("18 months", ended("2025-09-30")), ("2 years 6 months", ended("2026-09-30")),
           ("26 weeks", ended("2024-09-29")), ("3 years from award", ended("2027-03-31")),
           ("initial 3 years", ended("2027-03-31")),
           ("36 months + 2 x 12 months", ended("2027-03-31", "2029-03-31"))],
          beside=STARTED, problems={}),
    case("first and second extension dates",
         "Title | Supplier | Start date | End date | Extension 1 date | Extension 2 date",
         "Laptops | Firm Ltd | 01/04/2024 | 31/03/2027 | 31/03/2028 | 31/03/2029",
         "Phones | B Ltd | 01/04/2024 | 31/03/2027 | 31/03/2028 | ",
         "Paper | C Ltd | 01/04/2024 | 31/03/2027 |  | ",
         facts={2: run_on("2029-03-31"), 3: run_on("2028-03-31"), 4: run_on(None)},
         judged=["last of (the|several)"], problems={}),
    case("first, second and third extensions to dates",
         "Title | Supplier | End date | 1st extension to | 2nd extension to | 3rd extension to",
         "Laptops | Firm Ltd | 31/03/2027 | 31/03/2028 | 31/03/2029 | 31/03/2030",
         "Phones | B Ltd | 31/03/2027 | 30/09/2027 | 31/03/2028 | N/A",
         facts={2: run_on("2030-03-31"), 3: run_on("2028-03-31")}, problems={}),
    case("two extension end dates, typed", "Title | Supplier | End date | Extension end date 1 "
         "| Extension end date 2",
         ["Laptops", "Firm Ltd", date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31)],
         ["Phones", "B Ltd", date(2027, 3, 31), date(2028, 3, 31), None],
         suffix="xlsx", facts={2: run_on("2029-03-31"), 3: run_on("2028-03-31")}),
]  # fmt: skip


NONE = {"end_date": None}
SLIPS = [
    under("years that are slips of typing", "End date",
          [("31/3/1027", NONE), ("31/03/0227", NONE), ("31/03/1207", NONE),
           ("31/03/2207", NONE), ("31/03/3027", NONE), ("13/03/2027", {"end_date": "2027-03-13"}),
           ("31/03/1827", NONE)],
          problems={"C2": "1027", "C3": "0227", "C4": "1207", "C5": "2207", "C6": "3027",
                    "C8": "1827"}),
    under("years that stand for none", "End date",
          [("01/01/1900", NONE), ("31/12/9999", NONE), ("31/12/2099", NONE), ("31/12/99", NONE),
           ("01/01/2099", NONE), ("31/03/2099", NONE), ("30/12/1899", NONE), ("00/01/1900", NONE),
           ("01/01/1901", NONE), ("31/12/2999", NONE), ("01/01/0001", NONE), ("99/99/9999", NONE),
           ("31/12/1899", NONE), ("01/01/1753", NONE), ("13/03/2027", {"end_date": "2027-03-13"})],
          problems={}),
]  # fmt: skip

CASES = [*WORDS, *SUMS, *BESIDE_A_DATE, *TERMS, *SLIPS]
