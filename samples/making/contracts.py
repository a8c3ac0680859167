"""The contracts each invented council holds: designed ones to find joint buys in, and the rest."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from registry.terms import Break, Extension, ExtensionKind, Length, add, latest_end
from samples.making import vocabulary
from samples.making.vocabulary import Supplier

# The day the samples stand on. Nothing here reads the clock.
TODAY = date(2026, 11, 2)
SEED = 20261102

ROLLING = ("Rolling", "Ongoing", "rolling", "Ongoing")
UNKNOWN = ("TBC", "N/A", "", "")
UNVALUED = ("", "TBC", "")
PROCEDURES = (
    "Open", "Restricted", "Quotation", "RFQ", "Framework call-off", "Direct award via framework",
    "Mini-competition", "Invitation to quote", "Published invitation to tender", "Waiver",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Contract:
    """What is true of one invented contract, whatever a register makes of it."""

    title: str
    department: str
    category: str  # a commodity-IT code, "OUT" or "NON"
    supplier: Supplier
    written_supplier: str
    start: date | None
    end: date | None
    end_words: str  # what stands in the end column where there is no date
    yearly: Decimal | None
    extension: Extension = field(default_factory=Extension)
    notice: str = ""
    leave: Break = field(default_factory=Break)
    reference: str = ""
    procedure: str = "Open"
    designed: bool = False  # part of a joint buy: no fault is put into it
    unit_price: Decimal | None = None  # of one laptop

    @property
    def rolling(self) -> bool:
        return self.end_words.lower() in ("rolling", "ongoing")

    @property
    def latest(self) -> date | None:
        """The last day with every option used, where there is any option."""
        if self.end is None or self.extension.kind in (ExtensionKind.UNKNOWN, ExtensionKind.NONE):
            return None
        return latest_end(self.end, self.extension)

    @property
    def years(self) -> int:
        """Whole years of the term, at least one."""
        if self.start is None or self.end is None:
            return 1
        return max(1, round((self.end - self.start).days / 365.25))

    @property
    def quantity(self) -> int | None:
        """Laptops over the term, by the ten; two pounds in ten are for what comes with them."""
        if self.unit_price is None or self.total is None:
            return None
        return int(self.total * 8 / self.unit_price) // 100 * 10

    @property
    def unit(self) -> str:
        return "Laptop" if self.unit_price else ""

    @property
    def total(self) -> Decimal | None:
        return None if self.yearly is None or self.end is None else self.yearly * self.years


@dataclass(frozen=True, slots=True)
class Portfolio:
    """How many contracts a council's register lists, and how many of them are IT."""

    council: str  # short key: "northmere"
    rows: int
    it_rows: int


class Taken:
    """Ends already used by a kind of IT system, so that filler never makes a joint buy."""

    def __init__(self) -> None:
        self.ends: set[tuple[str, date]] = set()

    def free(self, category: str, end: date) -> bool:
        if (category, end) in self.ends:
            return False
        self.ends.add((category, end))
        return True


def contracts_of(portfolio: Portfolio, taken: Taken) -> list[Contract]:
    """Every contract of one council, mixed as registers mix them; the same on every run."""
    random = Random(f"{SEED} {portfolio.council}")  # noqa: S311 - samples, not secrets
    designed = designed_contracts(portfolio.council, random)
    filler = filler_contracts(portfolio.it_rows - len(designed), random, taken)
    others = other_contracts(portfolio.rows - portfolio.it_rows, random)
    found = [*designed, *filler, *others]
    random.shuffle(found)
    return found


def designed_contracts(council: str, random: Random) -> list[Contract]:
    suppliers = vocabulary.it_suppliers()
    return [
        designed_contract(row, suppliers[row["supplier"]], random)
        for row in vocabulary.read("it_contracts.csv")
        if row["council"] == council
    ]


def designed_contract(row: dict[str, str], supplier: Supplier, random: Random) -> Contract:
    rolling = row["end"] == "rolling"
    return Contract(
        title=row["title"],
        department="ICT",
        category=row["category"],
        supplier=supplier,
        written_supplier=random.choice(supplier.forms),
        start=date.fromisoformat(row["start"]),
        end=None if rolling else date.fromisoformat(row["end"]),
        end_words=random.choice(ROLLING) if rolling else "",
        yearly=Decimal(row["annual_value"]),
        extension=extension_of(row["extension"]),
        notice=row["notice"],
        leave=break_of(row["break"]),
        procedure=random.choice(PROCEDURES),
        designed=True,
        unit_price=Decimal(row["unit_price"]) if row["unit_price"] else None,
    )


def extension_of(words: str) -> Extension:
    """Of "up to 12" and "2 x 12", in months, or "until 2028-12-31"; nothing is no option."""
    if not words:
        return Extension(ExtensionKind.NONE)
    if words.startswith("until "):
        day = date.fromisoformat(words.removeprefix("until "))
        return Extension(ExtensionKind.UNTIL, until=day)
    if words.startswith("up to "):
        return Extension(ExtensionKind.UP_TO, (Length(months=int(words.removeprefix("up to "))),))
    count, months = words.split(" x ")
    return Extension(ExtensionKind.PERIODS, (Length(months=int(months)),) * int(count))


def break_of(words: str) -> Break:
    """Of "2027-09-30 with 6 months"."""
    if not words:
        return Break()
    day, months = words.removesuffix(" months").split(" with ")
    return Break(first=date.fromisoformat(day), notice=Length(months=int(months)))


def filler_contracts(count: int, random: Random, taken: Taken) -> list[Contract]:
    """Systems each council buys for itself: fixed terms that end on days of their own."""
    suppliers = vocabulary.it_suppliers()
    rows = random.sample(vocabulary.read("filler_it.csv"), count)
    return [filler_contract(row, suppliers[row["supplier"]], random, taken) for row in rows]


def filler_contract(
    row: dict[str, str], supplier: Supplier, random: Random, taken: Taken
) -> Contract:
    end = a_day(random)
    while not taken.free(row["category"], end):
        end = a_day(random)
    unknown = random.random() < 0.2
    years = random.choice((1, 2, 3, 3, 5))
    return Contract(
        title=row["title"],
        department=row["department"],
        category=row["category"],
        supplier=supplier,
        written_supplier=random.choice(supplier.forms),
        start=add(end, Length(months=-12 * years)) + timedelta(days=1),
        end=None if unknown else end,
        end_words=random.choice(UNKNOWN) if unknown else "",
        yearly=amount(random, int(row["low"]), int(row["high"])),
        extension=Extension(ExtensionKind.NONE),
        procedure=random.choice(PROCEDURES),
    )


def a_day(random: Random) -> date:
    """A day from a year ago to four years on that is no month's end and no 1 January."""
    day = TODAY + timedelta(days=random.randrange(-365, 1460))
    return day.replace(day=2 + day.day % 25)


def other_contracts(count: int, random: Random) -> list[Contract]:
    """Everything a council buys that is not IT: most of any register."""
    rows = vocabulary.read("other_work.csv")
    titles: set[str] = set()
    found: list[Contract] = []
    while len(found) < count:
        row = random.choice(rows)
        title = row["title"].format(
            n=random.randrange(1, 60), place=random.choice(vocabulary.PLACES)
        )
        if title not in titles:
            titles.add(title)
            found.append(other_contract(row, title, random))
    return found


def other_contract(row: dict[str, str], title: str, random: Random) -> Contract:
    supplier = vocabulary.firm(random.randrange(20), row["trade"])
    start, end, end_words = a_term(random)
    valued = random.random() > 0.18
    return Contract(
        title=title,
        department=row["department"],
        category="NON",
        supplier=supplier,
        written_supplier=random.choice(supplier.forms),
        start=start,
        end=end,
        end_words=end_words,
        yearly=amount(random, int(row["low"]), int(row["high"])) if valued else None,
        extension=random.choice(USUAL_EXTENSIONS) if end else Extension(ExtensionKind.NONE),
        notice=random.choice(("", "", "", "3 months", "1 month", "6 months")),
        procedure=random.choice(PROCEDURES),
    )


USUAL_EXTENSIONS = tuple(
    extension_of(words) for words in ("", "", "", "1 x 12", "2 x 12", "up to 24", "up to 12")
)


def a_term(random: Random) -> tuple[date, date | None, str]:
    """Start, end, and the words for an end that is no date: a quarter of them."""
    start = date(random.randrange(2019, 2027), random.choice((1, 4, 4, 4, 7, 9, 10)), 1)
    end = add(start, Length(months=12 * random.choice((1, 2, 3, 3, 4, 5)))) - timedelta(days=1)
    if random.random() < 0.12:
        return start, None, random.choice(ROLLING)
    if end < date(2026, 3, 31) or random.random() < 0.12:
        return start, None, random.choice(UNKNOWN)
    return start, end, ""


def amount(random: Random, low: int, high: int) -> Decimal:
    """Usually round, sometimes to the penny; most lie nearer the low end."""
    pounds = low + (high - low) * random.random() ** 2
    if random.random() < 0.25:
        return Decimal(str(round(pounds, 2)))
    return Decimal(round(pounds / 100) * 100)


def numbered(found: list[Contract], style: str, missing: int) -> list[Contract]:
    """References in the council's style, `missing` in a hundred left out; none where no style."""
    if not style:
        return found
    random = Random(f"{SEED} {style}")  # noqa: S311 - samples, not secrets
    number = random.randrange(100, 400)
    numbered_: list[Contract] = []
    for contract in found:
        number += random.randrange(1, 7)
        year = contract.start.year if contract.start else TODAY.year
        blank = random.randrange(100) < missing and not contract.designed
        reference = "" if blank else style.format(n=number, y=year)
        numbered_.append(replace(contract, reference=reference))
    return numbered_
